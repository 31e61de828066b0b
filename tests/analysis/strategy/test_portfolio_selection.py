"""The best set under budget and capacity: WE-50, WE-51, a large one, and one that cannot be."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from portfolio.analysis.strategy.portfolio_selection import (
    TOTAL,
    Candidate,
    Limits,
    frontier,
    select,
    stays,
)

# WE-50: values and weights of the knapsack example that OR-Tools publishes.
VALUES = (360, 83, 59, 130, 431, 67, 230, 52, 93, 125, 670, 892, 600, 38, 48, 147, 78, 256, 63, 17,
          120, 164, 432, 35, 92, 110, 22, 42, 50, 323, 514, 28, 87, 73, 78, 15, 26, 78, 210, 36, 85,
          189, 274, 43, 33, 10, 19, 389, 276, 312)  # fmt: skip
COSTS = (7, 0, 30, 22, 80, 94, 11, 81, 70, 64, 59, 18, 0, 36, 3, 8, 15, 42, 9, 0, 42, 47, 52, 32,
         26, 48, 55, 6, 29, 84, 2, 4, 18, 56, 7, 29, 93, 44, 71, 3, 86, 66, 31, 65, 0, 79, 20, 65,
         52, 13)  # fmt: skip
FIFTY = [
    Candidate(str(number), value, {TOTAL: cost})
    for number, (value, cost) in enumerate(zip(VALUES, COSTS, strict=True))
]

# WE-51: value, cost, developers, analysts.
SIX = {
    "P1": (60, 300, 4, 1), "P2": (10, 120, 1, 1), "P3": (75, 350, 3, 2),
    "P4": (55, 250, 5, 1), "P5": (50, 240, 3, 2), "P6": (48, 200, 2, 1),
}  # fmt: skip
CANDIDATES = [
    Candidate(
        name,
        value,
        {TOTAL: cost},
        {"dev": developers, "ba": analysts},
        requires=("P1",) if name == "P3" else (),
        excludes=("P6",) if name == "P5" else (),
        mandatory=name == "P2",
    )
    for name, (value, cost, developers, analysts) in SIX.items()
]
LIMITS = Limits({TOTAL: 1000}, {"dev": 11, "ba": 5})


@pytest.mark.parametrize(("budget", "optimum"), [(850, 7534), (425, 5960), (0, 733)])
def test_fifty_items_reach_the_published_optimum(budget: float, optimum: float) -> None:
    found = select(FIFTY, Limits({TOTAL: budget}))
    assert found.value == optimum
    assert found.is_optimal


def test_budget_two_skills_and_prerequisites_at_once() -> None:
    found = select(CANDIDATES, LIMITS)
    assert found.ids == ("P1", "P2", "P3", "P6")
    assert found.value == 193
    assert found.is_optimal


def test_what_is_pinned_in_comes_and_what_is_pinned_out_does_not() -> None:
    """Every set is tried: the best one with P5 in it and without P1."""
    found = select(CANDIDATES, Limits(LIMITS.budget, LIMITS.capacity, frozenset({"P5"})))
    assert "P5" in found.ids
    assert "P6" not in found.ids
    without = select(
        CANDIDATES, Limits(LIMITS.budget, LIMITS.capacity, pinned_out=frozenset({"P1"}))
    )
    assert not {"P1", "P3"} & set(without.ids)


def test_it_is_the_best_of_all_sets_of_random_proposals() -> None:
    draw = Random(7)
    for _ in range(20):
        items = [
            Candidate(
                str(number),
                draw.randint(1, 50),
                {"2026": draw.randint(1, 20), "2027": draw.randint(0, 9)},
                {"dev": draw.randint(0, 4)},
            )
            for number in range(8)
        ]
        limits = Limits({"2026": 50, "2027": 20}, {"dev": 9})
        best = max(
            sum(each.value for each in chosen)
            for count in range(9)
            for chosen in combinations(items, count)
            if sum(each.cost["2026"] for each in chosen) <= 50
            and sum(each.cost["2027"] for each in chosen) <= 20
            and sum(each.capacity["dev"] for each in chosen) <= 9
        )
        assert select(items, limits).value == best


def test_a_request_that_cannot_be_met_names_what_conflicts_and_nothing_else() -> None:
    pins = frozenset({"P3", "P4"})
    found = select(CANDIDATES, Limits(LIMITS.budget, LIMITS.capacity, pins))
    assert not found.is_feasible
    assert not found.is_optimal
    assert set(found.conflict) == {
        "P3 is pinned in",
        "P3 requires P1",
        "P4 is pinned in",
        "11 FTE of dev",
    }


def test_both_of_two_that_exclude_each_other_is_a_conflict() -> None:
    found = select(CANDIDATES, Limits(pinned_in=frozenset({"P5", "P6"})))
    assert set(found.conflict) == {"P5 is pinned in", "P6 is pinned in", "P5 excludes P6"}


def test_what_requires_something_that_is_no_candidate_is_not_chosen() -> None:
    lonely = Candidate("lonely", 5, requires=("gone",))
    assert select([lonely], Limits()).ids == ()
    pinned = select([lonely], Limits(pinned_in=frozenset({"lonely"})))
    assert pinned.conflict == (
        "lonely is pinned in",
        "lonely requires gone, which cannot be chosen",
    )


def test_more_money_never_brings_less() -> None:
    points = frontier(CANDIDATES, LIMITS, (0.2, 0.5, 0.9, 1.0, 1.5))
    values = [found.value for _, found in points]
    assert values == sorted(values)
    assert values[3] == 193


def test_how_often_something_stays_in() -> None:
    points = [found for _, found in frontier(CANDIDATES, LIMITS, (0.5, 1.0))]
    assert stays(points, "P2") == 1
    assert stays(points, "P3") == 0.5


def large(count: int, periods: int, skills: int) -> tuple[list[Candidate], Limits]:
    """Return proposals that ask for about three times what there is."""
    draw = Random(11)
    items = []
    for number in range(count):
        cost = {f"p{n}": float(draw.randint(5, 100)) for n in range(periods)}
        capacity = {f"s{n}": draw.randint(1, 30) / 10 for n in draw.sample(range(skills), 4)}
        value = sum(cost.values()) * draw.uniform(0.8, 1.4)
        requires = (f"i{draw.randrange(number)}",) if number and number % 10 == 0 else ()
        items.append(Candidate(f"i{number}", value, cost, capacity, requires))
    budget = {f"p{n}": sum(each.cost[f"p{n}"] for each in items) / 3 for n in range(periods)}
    supply = {
        f"s{n}": sum(each.capacity.get(f"s{n}", 0.0) for each in items) / 3 for n in range(skills)
    }
    return items, Limits(budget, supply)


def test_500_proposals_12_periods_and_20_skills_come_with_their_gap() -> None:
    items, limits = large(500, 12, 20)
    # A second of a busy machine is not a second: more of them where they bring too little.
    tries = (select(items, limits, seconds=seconds) for seconds in (2, 8, 60))
    found = next(each for each in tries if each.ids and each.gap < 0.01)
    spent = [
        sum(each.cost[period] for each in items if each.id in found.ids) for period in limits.budget
    ]
    assert all(
        used <= most + 1e-6 for used, most in zip(spent, limits.budget.values(), strict=True)
    )


def test_no_time_is_said_and_not_taken_for_no_set() -> None:
    items, limits = large(500, 12, 20)
    pinned = Limits(limits.budget, limits.capacity, frozenset({"i10"}))
    with pytest.raises(TimeoutError, match="in 0 seconds"):
        select(items, pinned, seconds=0.0)
