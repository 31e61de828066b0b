"""Every problem of a portfolio at once, of loading and of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.application.open import Opened
    from portfolio.diagnostic import Diagnostic
    from portfolio.loading.loader import Loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationRequest:
    """Which findings are wanted.

    ``words`` are paths and selectors of what they are in or about, ``exclude`` selectors of what
    they are not about; ``select`` and ``ignore`` codes or their beginnings. ``against`` is a ref
    that the portfolio is compared with, ``only_new`` leaves out what was found there already,
    ``accepted`` brings what the baseline file accepts, too.
    """

    words: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    against: str | None = None
    only_new: bool = False
    accepted: bool = False

    @property
    def is_partial(self) -> bool:
        """Tell whether some findings are not looked for."""
        return bool(self.words or self.exclude or self.select or self.ignore)


@dataclass(frozen=True, slots=True)
class Validation:
    """What was checked, what was found in reading order, and what a summary says beside."""

    loaded: Loaded
    findings: tuple[Diagnostic, ...]
    asides: tuple[str, ...] = ()


def validate(opened: Opened, asked: ValidationRequest | None = None) -> Validation:
    """Return every problem; a Failure for a selector, a ref or a baseline that cannot be read."""
    from portfolio.application.validation.baseline import baseline_path, split

    asked = asked or ValidationRequest()
    found = _compared(opened, asked)
    if asked.accepted:
        return found
    partial = asked.is_partial or asked.only_new
    findings, accepted = split(baseline_path(opened.root), found.findings, partial=partial)
    return Validation(found.loaded, findings, (*found.asides, *accepted))


def _compared(opened: Opened, asked: ValidationRequest) -> Validation:
    """Find, against history where that is asked for; with what the summary says of it."""
    if asked.against is None:
        return Validation(opened.loaded, found_in(opened, opened.loaded, asked))
    from portfolio.application.validation.merge_base import only_new, open_base

    base = open_base(opened, asked.against)
    loaded = base.behind(opened.loaded)
    findings = found_in(opened, loaded, asked)
    if not asked.only_new:
        return Validation(loaded, findings, base.notes)
    findings, known = only_new(findings, base, asked.select, asked.ignore, opened.view.audience)
    return Validation(loaded, findings, (*base.notes, *known))


def found_in(opened: Opened, loaded: Loaded, asked: ValidationRequest) -> tuple[Diagnostic, ...]:
    """Return the findings in the files, and on what, is meant."""
    from portfolio.application.selection import limited
    from portfolio.application.validation.findings import judge

    findings = judge(loaded, asked.select, asked.ignore, opened.view.audience)
    if not asked.words and not asked.exclude:
        return findings
    return limited(opened, findings, asked.words, asked.exclude)
