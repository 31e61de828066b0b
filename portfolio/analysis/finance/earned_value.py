"""Earned value: what was planned, earned and spent until a day, and what the whole will cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from portfolio.measure.measure import Measure, given, per, ratio, unknown

_COST_WEIGHT = Decimal("0.8")
_LAST_PERIODS = 3
EARLY = Decimal("0.2")
"""Below this share of the work a cost performance says little: its forecasts are `early`."""

EstimateMethod = Literal[
    "remaining_at_budget",
    "cost_performance",
    "cost_and_schedule_performance",
    "weighted_performance",
    "bottom_up",
    "recent_cost_performance",
]


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """Budget at completion, planned value, earned value and actual cost, in one currency."""

    bac: Decimal
    pv: Decimal
    ev: Decimal
    ac: Decimal

    @property
    def cost_variance(self) -> Decimal:
        """Return EV - AC; negative is dearer than planned."""
        return self.ev - self.ac

    @property
    def schedule_variance(self) -> Decimal:
        """Return EV - PV; negative is later than planned."""
        return self.ev - self.pv

    @property
    def cost_performance_index(self) -> Measure[Decimal]:
        """Return EV / AC: the work that a unit of money has bought.

        Nothing planned, earned or spent: not_started. Work earned and nothing spent, or credit
        notes beyond all costs: zero_denominator.

        Source: PMI, Practice Standard for Earned Value Management; worked examples WE-01, WE-04.
        """
        if not self.ev and not self.ac:
            return unknown("not_started", "nothing was earned or spent")
        return per(self.ev, self.ac, "nothing was spent")

    @property
    def schedule_performance_index(self) -> Measure[Decimal]:
        """Return EV / PV: the work done of what was planned. It ends at 1 even when late.

        Nothing planned until now: not_started.

        Source: PMI, Practice Standard for Earned Value Management; worked examples WE-01, WE-07.
        """
        return per(self.ev, self.pv, "nothing was planned until now", "not_started")

    @property
    def is_finished(self) -> bool:
        """Tell whether everything was earned."""
        return self.ev >= self.bac > 0


def pooled_earned_value(parts: Iterable[EarnedValue]) -> EarnedValue:
    """Add the figures of several projects, so that an index is never an average of indices.

    Source: domain convention 12: pool numerators and denominators.

    >>> both = pooled_earned_value([EarnedValue(*map(Decimal, (100, 50, 40, 80))),
    ...                EarnedValue(*map(Decimal, (900, 500, 500, 400)))])
    >>> both.cost_performance_index.value
    Decimal('1.125')
    """
    found = list(parts)
    columns = zip(*((each.bac, each.pv, each.ev, each.ac) for each in found), strict=True)
    return EarnedValue(*(sum(column, Decimal(0)) for column in columns)) if found else NOTHING


NOTHING = EarnedValue(Decimal(0), Decimal(0), Decimal(0), Decimal(0))


def to_complete_performance_index(
    figures: EarnedValue, target: Decimal | None = None
) -> Measure[Decimal]:
    """Return the work that each unit of money left must buy: (BAC - EV) / (target - AC).

    ``target`` is the budget, or a new estimate at completion. All work earned: finished. Nothing
    left to spend and work to do: unreachable.

    Source: PMI; Lipke 2016 for the alarm at 1.10; worked examples WE-01, WE-04.

    >>> to_complete_performance_index(EarnedValue(*map(Decimal, (100, 90, 80, 105)))).code
    'unreachable'
    """
    left = figures.bac - figures.ev
    if left <= 0:
        return unknown("finished", "all the work is earned")
    money = (figures.bac if target is None else target) - figures.ac
    return per(left, money, "no money is left for the work that is", "unreachable")


@dataclass(frozen=True, slots=True)
class Estimate:
    """One way to estimate the cost at completion, and what comes out of it."""

    method: EstimateMethod
    value: Measure[Decimal]


@dataclass(frozen=True, slots=True)
class EstimateRange:
    """The lowest, the selected and the highest estimate at completion, and why that one.

    ``is_early`` tells that less than a fifth is earned: a cost performance says little yet.
    """

    low: Decimal
    selected: Decimal
    high: Decimal
    method: EstimateMethod
    reason: str
    is_early: bool
    all: tuple[Estimate, ...]


def estimates(
    figures: EarnedValue,
    *,
    bottom_up: Decimal | None = None,
    recent_index: Measure[Decimal] | None = None,
) -> tuple[Estimate, ...]:
    """Return the family of estimates at completion.

    AC + (BAC - EV) at the planned rate; AC + (BAC - EV) / CPI; the same by CPI x SPI; by
    0.8 CPI + 0.2 SPI; AC + ``bottom_up``, which is what people expect to spend from now on; and by
    ``recent_index``, the CPI of the last three periods. An index of 0 or without a value gives no
    estimate.

    Source: PMI; Christensen 1993; worked examples WE-01, WE-03, WE-04.
    """
    cost, pace = figures.cost_performance_index, figures.schedule_performance_index
    both: Measure[Decimal] = unknown("no_data", "an index is not known")
    weighted = both
    if cost.value is not None and pace.value is not None:
        both = Measure(cost.value * pace.value)
        weighted = Measure(_COST_WEIGHT * cost.value + (1 - _COST_WEIGHT) * pace.value)
    detailed = given(bottom_up, "nobody estimated what is left").map(figures.ac.__add__)
    return (
        Estimate("remaining_at_budget", _by_index(figures, Measure(Decimal(1)))),
        Estimate("cost_performance", _by_index(figures, cost)),
        Estimate("cost_and_schedule_performance", _by_index(figures, both)),
        Estimate("weighted_performance", _by_index(figures, weighted)),
        Estimate("bottom_up", detailed),
        Estimate(
            "recent_cost_performance",
            _by_index(figures, recent_index or unknown("no_data", "fewer than three periods")),
        ),
    )


def _by_index(figures: EarnedValue, index: Measure[Decimal]) -> Measure[Decimal]:
    left, why = figures.bac - figures.ev, "nothing was earned for what was spent"
    return index.then(lambda known: per(left, known, why)).map(figures.ac.__add__)


def estimate_range(
    figures: EarnedValue,
    *,
    bottom_up: Decimal | None = None,
    is_current: bool = True,
    recent_index: Measure[Decimal] | None = None,
) -> Measure[EstimateRange]:
    """Return the estimate at completion as low, selected, high, with the reason for the selection.

    Selected is the bottom-up one where it ``is_current``, made within one cadence; else BAC / CPI
    from a fifth complete on; else the rest at the planned rate. No budget: no_data.

    Source: domain A2; worked examples WE-01, WE-03.

    >>> found = estimate_range(EarnedValue(*map(Decimal, (500000, 250000, 200000, 290000)))).value
    >>> found.method, found.selected
    ('cost_performance', Decimal('725000.0000000000000000000000'))
    """
    if figures.bac <= 0:
        return unknown("no_data", "no budget is stated")
    family = estimates(figures, bottom_up=bottom_up, recent_index=recent_index)
    known = {each.method: each.value.value for each in family if each.value.value is not None}
    complete = figures.ev / figures.bac
    method, reason = _selected(known, complete, is_current=is_current)
    values = list(known.values())
    return Measure(
        EstimateRange(
            min(values), known[method], max(values), method, reason, complete < EARLY, family
        )
    )


def _selected(
    known: dict[EstimateMethod, Decimal], complete: Decimal, *, is_current: bool
) -> tuple[EstimateMethod, str]:
    if "bottom_up" in known and is_current:
        return "bottom_up", "somebody estimated what is left, not longer than one cadence ago"
    if "cost_performance" in known and complete >= EARLY:
        return "cost_performance", "a fifth of the work is done: cost performance tends to hold"
    return "remaining_at_budget", "less than a fifth of the work is done: too early for an index"


def recent_cost_performance(snapshots: Sequence[EarnedValue]) -> Measure[Decimal]:
    """Return the cost performance of the last three periods, from cumulative figures, oldest first.

    (EV now - EV three periods ago) / (AC now - AC three periods ago). Fewer than four snapshots:
    small_sample. Nothing spent meanwhile: zero_denominator.

    Source: domain A2.

    >>> recent_cost_performance([]).code
    'small_sample'
    """
    if len(snapshots) <= _LAST_PERIODS:
        return unknown("small_sample", "fewer than three periods")
    now, then = snapshots[-1], snapshots[-1 - _LAST_PERIODS]
    earned, spent = now.ev - then.ev, now.ac - then.ac
    return ratio(earned, spent, "nothing was spent in three periods")
