"""The colours of the months behind, declared and computed, as git has them."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmo_cli.options import Session
    from portfolio.analysis.speaking_up import Seen
    from portfolio.report.pack import Pack

MONTHS = 6


def with_past(session: Session, pack: Pack) -> Pack:
    """Return a pack with the colours of the last six months and of now; without git, of now."""
    found: dict[str, list[Seen]] = {}
    for id_, seen in (*_behind(session, pack), *_now(pack)):
        found.setdefault(id_, []).append(seen)
    return replace(pack, seen={id_: tuple(days) for id_, days in found.items()})


def _behind(session: Session, pack: Pack) -> Iterator[tuple[str, Seen]]:
    from pmo_cli.opening import find_folder
    from portfolio.calendar import add_months
    from portfolio.history import HistoryError, commit_until, snapshot
    from portfolio.loading.loader import load_texts
    from portfolio.report.pack import Pack as Then

    root, looked_at = find_folder(session), set()
    for months in range(MONTHS, 0, -1):
        day = add_months(pack.as_of, -months)
        commit = commit_until(root, day.isoformat(), os.environ)
        if commit is None or commit in looked_at:
            continue
        looked_at.add(commit)
        try:
            texts = snapshot(root, commit, os.environ).texts
        except HistoryError:
            continue
        then = load_texts(texts, as_of=day).portfolio
        if then is not None:
            yield from _now(Then(then))


def _now(pack: Pack) -> Iterator[tuple[str, Seen]]:
    from portfolio.analysis.speaking_up import Seen
    from portfolio.report.sections.delivery import declared_colour

    for project in pack.live_projects:
        computed = pack.health[project.id].overall
        yield project.id, Seen(pack.as_of, declared_colour(project), computed)
