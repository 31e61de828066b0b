"""Governance in figures: tolerances used, decisions answered, reports sent, colours believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.measure.measure import Measure, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_RANK = {"green": 0, "amber": 1, "red": 2}
_WEIGHTS = {Severity.ERROR: 5, Severity.WARNING: 2, Severity.INFO: 1}
_DAYS_PER_WEEK = 7


def tolerance_use(
    baseline: Decimal, tolerance: Decimal, forecast: Decimal, *, more_is_worse: bool = True
) -> Measure[Decimal]:
    """Return the share of a tolerance that a forecast uses; above 1 is an exception.

    use = max(0, adverse deviation) / tolerance, where the deviation is forecast - baseline for
    cost and time, and baseline - forecast for benefits (``more_is_worse=False``). All three are in
    one unit: money, or days.

    A favourable deviation uses 0. A tolerance of 0 is used up by any adverse deviation: no ratio.

    Source: manage by exception as in PRINCE2; worked example WE-60.

    >>> tolerance_use(Decimal(1000), Decimal(50), Decimal(1062)).value
    Decimal('1.24')
    """
    deviation = forecast - baseline if more_is_worse else baseline - forecast
    if deviation <= 0:
        return Measure(Decimal(0))
    if tolerance <= 0:
        return unknown("zero_denominator", "the tolerance is 0")
    return Measure(deviation / tolerance)


def quantile(values: Sequence[int], share: float) -> Measure[Decimal]:
    """Return the value below which a share of the values lies, by linear interpolation.

    With n sorted values x_0 .. x_(n-1) and h = share (n - 1): x_floor(h) + (h - floor(h)) times
    the distance to the next value. A share of 0.5 is the median. No values: no_data.

    Source: the definition that spreadsheets and numpy use by default.

    >>> quantile([8, 3], 0.5).value
    Decimal('5.5')
    """
    if not values:
        return unknown("no_data", "there are no values")
    ordered = sorted(values)
    position = Fraction(share).limit_denominator(1000) * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    found = ordered[below] + (position - below) * (ordered[above] - ordered[below])
    return Measure(Decimal(found.numerator) / Decimal(found.denominator))


def decision_latency(
    decisions: Iterable[tuple[date, date | None]], share: float = 0.5
) -> Measure[Decimal]:
    """Return how many calendar days decisions took: the median, or another quantile.

    latency = decided_on - raised_on, over those that were decided; each pair is (raised, decided).
    Open ones have no latency yet: show their age beside it, or the slow ones stay invisible.
    None decided: no_data.

    Source: worked example WE-56.

    >>> decision_latency([(date(2026, 3, 2), date(2026, 3, 10)), (date(2026, 3, 5), None)]).value
    Decimal('8')
    """
    spans = [(decided - raised).days for raised, decided in decisions if decided is not None]
    return quantile(spans, share) if spans else unknown("no_data", "no decision has been taken")


def decisions_on_time(
    decisions: Iterable[tuple[date, date | None]], as_of: date
) -> Measure[Decimal]:
    """Return the share of due decisions that were taken by the day they were needed.

    on time = decided on or before needed_by / all needed by as_of; each pair is (needed_by,
    decided_on). What is due and still open counts as missed. None due: no_data.

    Source: worked example WE-56.

    >>> decisions_on_time([(date(2026, 3, 16), date(2026, 3, 12))], date(2026, 3, 27)).value
    Decimal('1')
    """
    due = [(needed, decided) for needed, decided in decisions if needed <= as_of]
    if not due:
        return unknown("no_data", "no decision was due")
    kept = sum(decided is not None and decided <= needed for needed, decided in due)
    return Measure(Decimal(kept) / len(due))


def cost_of_delay(per_week: Decimal, needed_by: date, as_of: date) -> Decimal:
    """Return what waiting for an overdue decision has cost so far, in the rate's currency.

    cost = cost per week x overdue calendar days / 7; nothing before the day it is needed.

    Source: domain convention of this toolkit.

    >>> cost_of_delay(Decimal(18000), date(2026, 3, 17), date(2026, 3, 31))
    Decimal('36000')
    """
    return per_week * max(0, (as_of - needed_by).days) / _DAYS_PER_WEEK


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


def action_closure(
    actions: Iterable[tuple[date, date | None]], start: date, end: date
) -> Measure[Decimal]:
    """Return the share of the actions due in a period that were done by their day.

    closure = done on or before due / due in the period (first and last day included); each pair is
    (due, done_on). None due: no_data.

    Source: domain convention of this toolkit.

    >>> action_closure([(date(2026, 3, 2), date(2026, 3, 2)), (date(2026, 3, 9), None)],
    ...                date(2026, 3, 1), date(2026, 3, 31)).value
    Decimal('0.5')
    """
    due = [(day, done) for day, done in actions if start <= day <= end]
    if not due:
        return unknown("no_data", "no action was due")
    return Measure(Decimal(sum(done is not None and done <= day for day, done in due)) / len(due))


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


def steps_better(declared: str, computed: str) -> int | None:
    """Return by how many steps a declared colour is better than the computed one.

    Negative is worse; None where one of the two is no colour (grey, or not stated).

    Source: worked example WE-62.

    >>> steps_better("green", "red"), steps_better("red", "amber"), steps_better("green", "grey")
    (2, -1, None)
    """
    if declared not in _RANK or computed not in _RANK:
        return None
    return _RANK[computed] - _RANK[declared]


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


def data_quality_index(
    violated: Iterable[Severity], applicable: Iterable[Severity]
) -> Measure[Decimal]:
    """Return how much of the checked weight holds, from 0 to 1.

    index = 1 - sum of the weights of violated checks / sum of the weights of applicable checks,
    with weight 5 for an error, 2 for a warning, 1 for information. Nothing applicable: no_data.

    Source: domain convention of this toolkit.

    >>> data_quality_index([Severity.WARNING], [Severity.ERROR, Severity.WARNING,
    ...                                         Severity.WARNING, Severity.INFO]).value
    Decimal('0.8')
    """
    whole = sum(_WEIGHTS[severity] for severity in applicable)
    if not whole:
        return unknown("no_data", "no check applies")
    return Measure(1 - Decimal(sum(_WEIGHTS[severity] for severity in violated)) / whole)
