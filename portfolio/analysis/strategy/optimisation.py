"""The one place that knows the solver: yes-or-no choices of the highest value inside limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

SECONDS = 60.0
"""How long a better choice is looked for before the best one so far is taken."""
GAP = 1e-6
_SEED = 1


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that a choice has to meet: bounds on a weighted count of what is chosen.

    ``words`` say it to a person, ``weights`` are by the number of the candidate.
    """

    words: str
    weights: Mapping[int, float]
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The numbers of what is chosen, and its value.

    ``gap`` is the share by which a better choice could still be worth more; 0 is a proven optimum.
    """

    numbers: tuple[int, ...]
    value: float
    gap: float

    @property
    def is_optimal(self) -> bool:
        """Tell whether it is proved that no choice is worth more."""
        return self.gap <= GAP


def choose(
    values: Sequence[float], demands: Sequence[Demand], seconds: float = SECONDS
) -> Choice | None:
    """Return the choice of the highest value that meets every demand; None where none does.

    Raises TimeoutError where the time is over before any choice was found.
    """
    if not values:
        return Choice((), 0.0, 0.0)
    import highspy

    solver = highspy.Highs()
    solver.silent()
    for option, setting in (
        ("time_limit", seconds), ("mip_rel_gap", GAP), ("random_seed", _SEED), ("threads", 1)
    ):  # fmt: skip
        solver.setOptionValue(option, setting)
    count = len(values)
    solver.addVars(count, [0.0] * count, [1.0] * count)
    solver.changeColsCost(count, range(count), list(values))
    solver.changeColsIntegrality(count, range(count), [highspy.HighsVarType.kInteger] * count)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    for demand in demands:
        low = -highspy.kHighsInf if demand.at_least is None else demand.at_least
        high = highspy.kHighsInf if demand.at_most is None else demand.at_most
        weights = list(demand.weights.values())
        solver.addRow(low, high, len(weights), list(demand.weights), weights)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        message = f"no choice was found in {seconds:g} seconds"
        raise TimeoutError(message)
    chosen = solver.getSolution().col_value
    numbers = tuple(number for number in range(count) if chosen[number] > 0.5)  # noqa: PLR2004
    gap = 0.0 if status == highspy.HighsModelStatus.kOptimal else info.mip_gap
    return Choice(numbers, fsum(values[number] for number in numbers), gap)


def conflict(count: int, demands: Sequence[Demand]) -> tuple[Demand, ...]:
    """Return demands that cannot be met together, none of which could be left out of the conflict.

    Each demand is left out in turn and comes back only where the rest could be met without it. The
    demands must not be feasible.
    """
    kept = list(demands)
    for demand in demands:
        without = [each for each in kept if each is not demand]
        if choose([0.0] * count, without) is None:
            kept = without
    return tuple(kept)
