"""From a release to everyday work: readiness, success, stability, early life support, run cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.measure.measure import Measure, ratio, share, unknown

if TYPE_CHECKING:
    from portfolio.model.operations.services import ChangeEvent, ReadinessCriterion

_WEEKS_BEFORE = 8
_WEEKS_AFTER = 4
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class ReadinessResult:
    """How ready operations are: the share of what is mandatory that is met, and what stands out.

    ``blocking`` are the mandatory criteria not met: with any of them the answer is no.
    ``unreasoned`` do not apply for a reason that nobody gives; they count as applicable.
    """

    share: Measure[Decimal]
    met: int
    applicable: int
    blocking: tuple[ReadinessCriterion, ...]
    partly: tuple[ReadinessCriterion, ...]
    unreasoned: tuple[ReadinessCriterion, ...]

    @property
    def is_no_go(self) -> bool:
        """Tell whether something mandatory is not met, whatever the share says."""
        return bool(self.blocking)


def operational_readiness(criteria: Iterable[ReadinessCriterion]) -> ReadinessResult:
    """Return mandatory criteria met / mandatory criteria that apply, 0..1.

    Any mandatory `not_met` is a no-go whatever the share. `not_applicable` needs a reason; without
    one the criterion counts as applicable. Nothing mandatory applies: no_data.

    Source: domain A11.
    """
    mandatory = [each for each in criteria if each.mandatory]
    excused = [each for each in mandatory if each.status == "not_applicable"]
    unreasoned = tuple(each for each in excused if not each.reason)
    count = len(mandatory) - len(excused) + len(unreasoned)
    met = sum(each.status == "met" for each in mandatory)
    return ReadinessResult(
        ratio(Decimal(met), count, "nothing mandatory applies", "no_data"),
        met,
        count,
        tuple(each for each in mandatory if each.status == "not_met"),
        tuple(each for each in mandatory if each.status == "partly"),
        unreasoned,
    )


def change_success(events: Iterable[ChangeEvent]) -> Measure[Decimal]:
    """Return the share of finished releases without rollback, failure or caused incident, 0..1.

    A finished one that does not say how many incidents it caused counts as without. None
    finished: no_data.

    Source: domain A11.

    >>> from datetime import date
    >>> from portfolio.model.operations.services import ChangeEvent
    >>> ends = [("done", 0), ("done", 2), ("rolled_back", 0), ("done", None), ("planned", None)]
    >>> change_success(ChangeEvent(id=f"r{n}", go_live=date(2026, 3, 2), status=status,
    ...                            incidents_caused=caused)
    ...                for n, (status, caused) in enumerate(ends)).value
    Decimal('0.5')
    """
    ended = [each for each in events if each.status in {"done", "rolled_back", "failed"}]
    clean = (each.status == "done" and not each.incidents_caused for each in ended)
    return share(clean, "no release is finished")


@dataclass(frozen=True, slots=True)
class Stability:
    """Incidents a week before and after a release; the ratio where there were any before."""

    before: Decimal
    after: Decimal

    @property
    def ratio(self) -> Measure[Decimal]:
        """Return after / before, 1 is as before; none before: zero_denominator."""
        return ratio(self.after, self.before, "no incident in the weeks before")

    @property
    def difference(self) -> Decimal:
        """Return how many more incidents a week there are."""
        return self.after - self.before


def stability(days_from_go_live: Iterable[int], days_since: int) -> Measure[Stability]:
    """Return incidents a week in the four weeks after a go-live against the eight before.

    ``days_from_go_live`` is when each incident was opened, negative before; the day itself counts
    as after. With fewer than four weeks behind it the weeks so far count, the first one in full.
    Not yet live: not_started. The season is not taken out.

    Source: domain A11.

    >>> found = stability([-50, -20, -3, -1, 0, 2, 9, 30], days_since=60).value
    >>> found.ratio.value
    Decimal('1.5')
    """
    if days_since < 0:
        return unknown("not_started", "not yet live")
    offsets = list(days_from_go_live)
    weeks = Decimal(min(max(days_since + 1, 7), 7 * _WEEKS_AFTER)) / 7
    before = sum(-7 * _WEEKS_BEFORE <= day < 0 for day in offsets)
    after = sum(0 <= day < 7 * _WEEKS_AFTER and day <= days_since for day in offsets)
    return Measure(Stability(Decimal(before) / _WEEKS_BEFORE, Decimal(after) / weeks))


def exit_reached(
    values: Sequence[Decimal],
    threshold: Decimal,
    direction: Literal["higher", "lower"],
    consecutive: int = 2,
) -> Measure[bool]:
    """Tell whether the last values, oldest first, are all inside an exit threshold.

    The threshold itself is inside. Fewer values than ``consecutive``: no_data, not yet no.

    Source: domain A11, exit of early life support.

    >>> exit_reached([Decimal(3), Decimal(2), Decimal(2)], Decimal(2), "lower").value
    True
    >>> exit_reached([Decimal(2)], Decimal(2), "lower").code
    'no_data'
    """
    last = values[-consecutive:]
    if len(last) < consecutive:
        return unknown("no_data", f"{len(last)} of {consecutive} periods are measured")
    if direction == "higher":
        return Measure(all(value >= threshold for value in last))
    return Measure(all(value <= threshold for value in last))


@dataclass(frozen=True, slots=True)
class RunCostDelta:
    """What services cost more, or less, to run: a month, in the first year, and unbudgeted."""

    monthly: Decimal
    first_year: Decimal
    unbudgeted: Measure[Decimal]

    @property
    def steady_year(self) -> Decimal:
        """Return the difference of a whole year, once everything has changed."""
        return self.monthly * _MONTHS


@dataclass(frozen=True, slots=True)
class RunCostStep:
    """The run cost of a service before and after, and the months of the first year it holds."""

    retired: Decimal
    new: Decimal
    months: int
    budgeted: bool | None = None


def run_cost_delta(steps: Iterable[RunCostStep]) -> Measure[RunCostDelta]:
    """Return new monthly - retired monthly, in the first year, and the share nobody budgeted.

    All amounts in one currency; positive is dearer. Unbudgeted is the share of the increases;
    without an increase: finished. No step: no_data.

    Source: domain A11.

    >>> found = run_cost_delta([RunCostStep(Decimal(15500), Decimal(17300), 10, False),
    ...                         RunCostStep(Decimal(41000), Decimal(36500), 9, True)]).value
    >>> found.monthly, found.first_year, found.steady_year, found.unbudgeted.value
    (Decimal('-2700'), Decimal('-22500'), Decimal('-32400'), Decimal('1'))
    """
    found = list(steps)
    if not found:
        return unknown("no_data", "no run cost is stated")
    deltas = [step.new - step.retired for step in found]
    dearer = [(delta, step) for delta, step in zip(deltas, found, strict=True) if delta > 0]
    more = sum((delta for delta, _ in dearer), Decimal(0))
    open_ = sum((delta for delta, step in dearer if step.budgeted is False), Decimal(0))
    share = ratio(open_, more, "nothing costs more", "finished")
    year = sum((d * step.months for d, step in zip(deltas, found, strict=True)), Decimal(0))
    return Measure(RunCostDelta(sum(deltas, Decimal(0)), year, share))


def productivity_dip(people: int, dip: Decimal, recovery_weeks: Decimal) -> Decimal:
    """Return the person-weeks that a go-live costs: people x dip x recovery weeks / 2.

    ``dip`` is the share of output lost at first, 0..1; it recovers in a straight line, so half of
    the rectangle is lost.

    Source: domain A5; worked example WE-45.

    >>> productivity_dip(120, Decimal("0.25"), Decimal(6))
    Decimal('90.00')
    """
    return people * dip * recovery_weeks / 2
