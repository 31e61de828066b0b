"""Governance in figures: tolerances used, decisions answered, reports sent, colours believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.governance.rag_status import steps_better
from portfolio.measure.measure import Measure, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ReportAge:
    """How old a project's newest report is, and how old it may be, in calendar days."""

    age: int
    cadence: int
    grace: int

    @property
    def is_stale(self) -> bool:
        """Tell whether a report is missing."""
        return self.age > self.cadence + self.grace

    @property
    def is_two_cadences_old(self) -> bool:
        """Tell whether a second report is missing as well."""
        return self.age > 2 * self.cadence + self.grace


def report_age(
    last: date | None, start: date | None, as_of: date, cadence: int, grace: int
) -> Measure[ReportAge]:
    """Return the age of the newest report: as_of - end of its period, in calendar days.

    ``last`` is the end of the last reported period; where nothing was ever reported the age counts
    from the project's start. Neither known: no_data; a start in the future: not_started.

    Source: worked example WE-56 (cadence 14, grace 3, age 21: stale).

    >>> report_age(date(2026, 3, 6), None, date(2026, 3, 27), 14, 3).value.is_stale
    True
    """
    since = last or start
    if since is None:
        return unknown("no_data", "neither a report nor a start is known")
    if since > as_of and last is None:
        return unknown("not_started", "the project has not started")
    return Measure(ReportAge((as_of - since).days, cadence, grace))


@dataclass(frozen=True, slots=True)
class RagIntegrity:
    """Which declared colours are better or worse than the computed ones, by id."""

    comparable: tuple[str, ...]
    optimistic: tuple[str, ...]
    two_steps: tuple[str, ...]
    pessimistic: tuple[str, ...]
    no_data: tuple[str, ...]

    @property
    def watermelon_rate(self) -> Measure[Decimal]:
        """Return the share of comparable colours that are better than the data."""
        if not self.comparable:
            return unknown("no_data", "no declared colour can be compared")
        return Measure(Decimal(len(self.optimistic)) / len(self.comparable))


def rag_integrity(colours: Mapping[str, tuple[str, str]]) -> RagIntegrity:
    """Compare declared and computed colours: the watermelon check.

    ``colours`` gives (declared, computed) by id. A computed grey is not comparable. A difference
    is a question to the project manager, never a correction.

    Source: worked example WE-62.

    >>> rag_integrity({"atlas": ("green", "red"), "portal": ("red", "amber")}).optimistic
    ('atlas',)
    """
    steps = {name: steps_better(*pair) for name, pair in colours.items()}
    known = {name: step for name, step in steps.items() if step is not None}
    return RagIntegrity(
        tuple(known),
        tuple(name for name, step in known.items() if step > 0),
        tuple(name for name, step in known.items() if step > 1),
        tuple(name for name, step in known.items() if step < 0),
        tuple(name for name, step in steps.items() if step is None),
    )
