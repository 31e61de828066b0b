"""The best set of proposals inside budget and capacity, and how sure one can be of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from portfolio.analysis.strategy.optimisation import SECONDS, Demand, choose, conflict

TOTAL = ""
"""The name of the budget over all periods."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What asks to be chosen.

    ``cost`` is by period, with the whole under ``TOTAL``; ``capacity`` is FTE by skill;
    ``requires`` and ``excludes`` are ids of other candidates.
    """

    id: str
    value: float
    cost: Mapping[str, float] = field(default_factory=dict)
    capacity: Mapping[str, float] = field(default_factory=dict)
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    mandatory: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What there is to spend by period and to use by skill, and what somebody has settled."""

    budget: Mapping[str, float] = field(default_factory=dict)
    capacity: Mapping[str, float] = field(default_factory=dict)
    pinned_in: frozenset[str] = frozenset()
    pinned_out: frozenset[str] = frozenset()

    def scaled(self, factor: float) -> Limits:
        """Return the same limits with every budget times a factor."""
        return replace(self, budget={key: each * factor for key, each in self.budget.items()})


@dataclass(frozen=True, slots=True)
class Selected:
    """The best set found. ``gap`` is what a better one could be worth more, 0 a proven optimum.

    ``conflict`` names demands that cannot be met together where there is no set at all.
    """

    ids: tuple[str, ...]
    value: float
    gap: float
    is_optimal: bool
    conflict: tuple[str, ...] = ()

    @property
    def is_feasible(self) -> bool:
        """Tell whether there is a set that meets every demand."""
        return not self.conflict


def select(candidates: Sequence[Candidate], limits: Limits, seconds: float = SECONDS) -> Selected:
    """Return the set of the highest value inside the limits.

    Maximises the sum of values; costs stay inside the budget of every period and capacity inside
    the supply of every skill; what requires another comes with it, of two that exclude each other
    one comes at most, and what is mandatory or pinned comes. Only a proven optimum is called so.

    Source: domain A13; worked examples WE-50 and WE-51.
    """
    demands = list(_demands(candidates, limits))
    found = choose([each.value for each in candidates], demands, seconds)
    if found is None:
        reasons = tuple(each.words for each in conflict(len(candidates), demands))
        return Selected((), 0.0, 0.0, is_optimal=False, conflict=reasons)
    ids = tuple(candidates[number].id for number in found.numbers)
    return Selected(ids, found.value, found.gap, found.is_optimal)


def _demands(candidates: Sequence[Candidate], limits: Limits) -> Iterator[Demand]:
    numbers = {each.id: number for number, each in enumerate(candidates)}
    for number, each in enumerate(candidates):
        yield from _settled(each, number, limits)
        yield from _tied(each, number, numbers)
    for period, most in limits.budget.items():
        costs = {n: each.cost[period] for n, each in enumerate(candidates) if period in each.cost}
        yield Demand(
            f"the budget of {most:,.0f}{f' in {period}' if period else ''}", costs, at_most=most
        )
    for skill, most in limits.capacity.items():
        needs = {
            n: each.capacity[skill] for n, each in enumerate(candidates) if skill in each.capacity
        }
        yield Demand(f"{most:g} FTE of {skill}", needs, at_most=most)


def _settled(candidate: Candidate, number: int, limits: Limits) -> Iterator[Demand]:
    if candidate.mandatory:
        yield Demand(f"{candidate.id} is mandatory", {number: 1.0}, at_least=1.0)
    if candidate.id in limits.pinned_in:
        yield Demand(f"{candidate.id} is pinned in", {number: 1.0}, at_least=1.0)
    if candidate.id in limits.pinned_out:
        yield Demand(f"{candidate.id} is pinned out", {number: 1.0}, at_most=0.0)


def _tied(candidate: Candidate, number: int, numbers: Mapping[str, int]) -> Iterator[Demand]:
    for other in candidate.requires:
        words = f"{candidate.id} requires {other}"
        if other in numbers:
            yield Demand(words, {number: 1.0, numbers[other]: -1.0}, at_most=0.0)
        else:
            yield Demand(f"{words}, which cannot be chosen", {number: 1.0}, at_most=0.0)
    for other in candidate.excludes:
        if other in numbers and other != candidate.id:
            pair = {number: 1.0, numbers[other]: 1.0}
            yield Demand(f"{candidate.id} excludes {other}", pair, at_most=1.0)


def frontier(
    candidates: Sequence[Candidate], limits: Limits, shares: Sequence[float]
) -> tuple[tuple[float, Selected], ...]:
    """Return the best set for each share of the budgets: what more or less money would bring."""
    return tuple((share, select(candidates, limits.scaled(share))) for share in shares)


def stays(selections: Sequence[Selected], id_: str) -> float:
    """Return in which share of selections something was chosen, 0..1; those without a set count.

    Source: domain A13 (sensitivity).
    """
    return sum(id_ in each.ids for each in selections) / len(selections)
