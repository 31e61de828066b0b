"""The portfolio at the merge base, for `pmo validate --against REF` and `--new`."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.application.open import Opened
    from portfolio.diagnostic import Diagnostic
    from portfolio.loading.loader import Loaded
    from portfolio.view.audience import Audience


@dataclass(frozen=True, slots=True)
class Base:
    """What a commit held, and what the summary says of it."""

    loaded: Loaded
    commit: str
    notes: tuple[str, ...]

    def behind(self, loaded: Loaded) -> Loaded:
        """Return what was loaded with this as its past."""
        from portfolio.model.portfolio import Past

        if loaded.portfolio is None or self.loaded.portfolio is None:
            return loaded
        past = Past(self.loaded.portfolio, self.commit)
        return replace(loaded, portfolio=loaded.portfolio.compared_with(past))


def open_base(opened: Opened, ref: str) -> Base:
    """Load the portfolio at the merge base of a ref and HEAD; a Failure where it is missing."""
    from portfolio.application.commit import history_of
    from portfolio.history.commits import merge_base
    from portfolio.history.error import HistoryError
    from portfolio.history.snapshots import snapshot
    from portfolio.loading.loader import load_texts

    try:
        with history_of(opened) as history:
            then = snapshot(history, merge_base(history, ref))
    except HistoryError as error:
        raise Failure(error.message, error.hint) from None
    gc.disable()
    try:
        loaded = load_texts(then.texts, as_of=opened.view.as_of)
    finally:
        gc.freeze()
        gc.enable()
    return Base(loaded, then.commit, tuple(_notes(opened, loaded, then.commit, then.absent)))


def _notes(opened: Opened, loaded: Loaded, commit: str, absent: Sequence[str]) -> Iterator[str]:
    from portfolio.rules.phrases import counted

    if loaded.portfolio is None:
        yield f"{commit} holds no portfolio that can be read, so nothing is compared"
    else:
        yield f"compared with {commit}"
    if opened.origin.overlays:
        yield "--with is not part of the past"
    if absent:
        yield f"{counted(len(absent), 'file')} in git LFS not compared"


def only_new(
    findings: Sequence[Diagnostic],
    base: Base,
    select: Sequence[str],
    ignore: Sequence[str],
    audience: Audience,
) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
    """Return the findings that the base lacks, and what the summary says of the others.

    A finding about an entity is known by the entity, so that moving it to another file makes
    nothing new.
    """
    from portfolio.application.validation.findings import judge
    from portfolio.application.validation.fingerprint import fingerprinted
    from portfolio.rules.phrases import counted

    if base.loaded.portfolio is None:
        return tuple(findings), ()
    before = judge(base.loaded, select, ignore, audience)
    known = {mark for _, mark in fingerprinted(map(_wherever, before))}
    marks = (mark for _, mark in fingerprinted(map(_wherever, findings)))
    marked = zip(findings, marks, strict=True)
    new = tuple(found for found, mark in marked if mark not in known)
    old = len(findings) - len(new)
    return new, (f"{counted(old, 'finding')} that {base.commit} has already",) if old else ()


def _wherever(found: Diagnostic) -> Diagnostic:
    return replace(found, location=replace(found.location, path="")) if found.entity else found
