"""Whether a schedule is built so that its dates can be believed: the countable DCMA checks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolio.analysis.sampling import is_surely_above

if TYPE_CHECKING:
    from portfolio.model.delivery import Activity

HARD_CONSTRAINTS = frozenset({"MSO", "MFO", "SNLT", "FNLT"})
LONG_DAYS = 44
ENOUGH = 10
"""A share of fewer activities than this says nothing about a plan."""
_ENDS = 1


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The activities that fail a check, out of how many, and the share that is allowed."""

    failing: tuple[Activity, ...]
    count: int
    limit: float

    @property
    def is_failed(self) -> bool:
        """Tell whether more fail than allowed, beyond chance, in a plan of ten or more."""
        return self.count >= ENOUGH and is_surely_above(len(self.failing), self.count, self.limit)


def incomplete(activities: Sequence[Activity]) -> list[Activity]:
    """Return the activities that the checks look at: unfinished, and no level of effort.

    Source: DCMA 14-point assessment.

    >>> incomplete([])
    []
    """
    return [each for each in activities if each.actual_finish is None and not each.loe]


def missing_logic(activities: Sequence[Activity], awaited: Collection[str]) -> CheckResult:
    """Check that work has a predecessor and a successor, DCMA point 1: at most 5 % have not.

    ``awaited`` are the ids that something waits for. One start and one end of a plan are allowed.

    Source: DCMA 14-point assessment; worked example WE-55.

    >>> missing_logic([], []).is_failed
    False
    """
    checked = incomplete(activities)
    starts = [each for each in checked if not each.predecessors and each.actual_start is None]
    ends = [each for each in checked if each.id not in awaited]
    loose = {each.id: each for each in (*starts[_ENDS:], *ends[:-_ENDS])}
    return CheckResult(tuple(loose.values()), len(checked), 0.05)


def hard_constraints(activities: Sequence[Activity]) -> CheckResult:
    """Check that imposed dates do not replace logic, DCMA point 5: at most 5 %.

    MSO, MFO, SNLT and FNLT count. Source: DCMA 14-point assessment; worked example WE-55.

    >>> hard_constraints([]).count
    0
    """
    checked = incomplete(activities)
    failing = [c for c in checked if c.constraint and c.constraint.type in HARD_CONSTRAINTS]
    return CheckResult(tuple(failing), len(checked), 0.05)


def long_durations(activities: Sequence[Activity], minutes_per_day: int) -> CheckResult:
    """Check that work is cut small enough to be seen, DCMA point 8: at most 5 % above 44 days.

    Working time only. Source: DCMA 14-point assessment; worked example WE-55.

    >>> long_durations([], 420).count
    0
    """
    checked = [each for each in incomplete(activities) if each.duration.is_working]
    longest = LONG_DAYS * minutes_per_day
    failing = [c for c in checked if c.duration.working_minutes(minutes_per_day) > longest]
    return CheckResult(tuple(failing), len(checked), 0.05)


def missed_tasks(activities: Sequence[Activity], as_of: date) -> CheckResult:
    """Check that work finishes when its baseline says, DCMA point 11: at most 5 % are late.

    Of the activities with a baseline finish by the status date: those that finished later, or not.

    Source: DCMA 14-point assessment; worked example WE-55.

    >>> missed_tasks([], date(2026, 3, 31)).count
    0
    """
    due = [a for a in activities if a.baseline_finish and a.baseline_finish <= as_of and not a.loe]
    late = [
        a
        for a in due
        if a.baseline_finish and (a.actual_finish is None or a.actual_finish > a.baseline_finish)
    ]
    return CheckResult(tuple(late), len(due), 0.05)
