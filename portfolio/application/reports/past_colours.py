"""The colours of the months behind, declared and computed, as git has them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.application.noted import Noted
from portfolio.measure.statistics import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.analysis.governance.status_reporting import Seen
    from portfolio.history.git import History
    from portfolio.report.pack import Pack

MONTHS = 6


def with_past(history: History, pack: Pack) -> Noted[Pack]:
    """Return a pack with the colours of the last six months and of now; without git, of now."""
    behind = _behind(history, pack)
    found = grouped((*behind.value, *_now(pack)))
    with_them = replace(pack, seen={id_: tuple(days) for id_, days in found.items()})
    return Noted(with_them, behind.notes)


def _behind(history: History, pack: Pack) -> Noted[list[tuple[str, Seen]]]:
    from portfolio.calendar import add_months
    from portfolio.history.commits import commit_until
    from portfolio.history.error import HistoryError, NoRepositoryError
    from portfolio.history.snapshots import snapshot
    from portfolio.loading.loader import load_texts
    from portfolio.report.pack import Pack as Then
    from portfolio.view.view import view_of

    looked_at = set()
    found: list[tuple[str, Seen]] = []
    for months in range(MONTHS, 0, -1):
        day = add_months(pack.as_of, -months)
        try:
            commit = commit_until(history, day.isoformat())
            if commit is None or commit in looked_at:
                continue
            looked_at.add(commit)
            texts = snapshot(history, commit).texts
        except NoRepositoryError:
            return Noted(found)
        except HistoryError as error:
            return Noted(found, (f"without the months behind: {error.message}; {error.hint}",))
        then = load_texts(texts, as_of=day).portfolio
        if then is not None:
            found += _now(Then(view_of(then, pack.portfolio.audience)))
    return Noted(found)


def _now(pack: Pack) -> Iterator[tuple[str, Seen]]:
    from portfolio.analysis.governance.status_reporting import Seen
    from portfolio.report.sections.delivery.portfolio_on_a_page import declared_colour

    for project in pack.live_projects:
        computed = pack.health[project.id].overall
        yield project.id, Seen(pack.as_of, declared_colour(project), computed)
