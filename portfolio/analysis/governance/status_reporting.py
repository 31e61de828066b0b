"""Governance in figures: tolerances used, decisions answered, reports sent, colours believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from portfolio.analysis.governance.rag_status import steps_better
from portfolio.measure.measure import Measure, ratio, unknown
from portfolio.measure.privacy import FEWEST_SHOWN
from portfolio.model.delivery.projects import Project

if TYPE_CHECKING:
    from portfolio.view.view import View


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
        known, better = len(self.comparable), Decimal(len(self.optimistic))
        return ratio(better, known, "no declared colour can be compared", "no_data")


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


BAD = frozenset({"amber", "red"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What a project declared and what its data said on one day."""

    day: date
    declared: str
    computed: str


def lag_days(seen: Sequence[Seen]) -> Measure[int]:
    """Return the days from the first computed amber or red to the first declared one.

    Declared no later: 0. Not declared until the last day that was looked at: the days until then,
    so that silence does not look quick. Never computed amber: not_started.

    Source: domain A10 (speak-up lag).

    >>> days = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    >>> colours = [("green", "amber"), ("green", "amber"), ("amber", "amber")]
    >>> lag_days([Seen(day, *each) for day, each in zip(days, colours)]).value
    59
    """
    ordered = sorted(seen, key=lambda each: each.day)
    first = next((each.day for each in ordered if each.computed in BAD), None)
    if first is None:
        return unknown("not_started", "the data never said amber")
    declared = next((each.day for each in ordered if each.declared in BAD), ordered[-1].day)
    return Measure(max(0, (declared - first).days))


def speak_up_lag(portfolio: View, seen: Mapping[str, Sequence[Seen]]) -> Measure[Decimal]:
    """Return the median lag over projects, never of one person: four project managers or more.

    ``seen`` are the days looked at by the project's id. No project that was ever amber: no_data.

    Source: domain A10; a measure of the culture, never published by name.
    """
    found = [
        (lag, project.project_manager.id)
        for id_, days in seen.items()
        if (lag := lag_days(days).value) is not None
        and (project := portfolio.find(id_, Project)) is not None
        and project.project_manager is not None
    ]
    if not found:
        return unknown("no_data", "no history of a project that was amber")
    if len({manager for _, manager in found}) < FEWEST_SHOWN:
        return unknown("small_sample", f"projects of fewer than {FEWEST_SHOWN} managers")
    return Measure(Decimal(median(lag for lag, _ in found)))
