"""Whether a schedule is built so that its dates can be believed: the fourteen DCMA checks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.model.delivery.projects import Activity

HARD_CONSTRAINTS = frozenset({"MSO", "MFO", "SNLT", "FNLT"})
LONG_DAYS = 44
ENOUGH = 10
"""A share of fewer activities than this says nothing about a plan."""
_ENDS = 1
_ALL = 100


@dataclass(frozen=True, slots=True)
class Check:
    """One of the fourteen points: what it counts, and how much of it is allowed.

    ``limit`` is the most that is allowed, or the least where ``at_least``; None where the point
    only informs.
    """

    number: int
    name: str
    what: str
    limit: float | None
    at_least: bool = False


CHECKS: Mapping[str, Check] = {
    each.name: each
    for each in (
        Check(1, "logic", "activities without predecessor or successor", 0.05),
        Check(2, "leads", "links with a lead", 0),
        Check(3, "lags", "links with a lag", 0.05),
        Check(4, "link types", "links from finish to start", 0.90, at_least=True),
        Check(5, "hard constraints", "activities with a hard constraint", 0.05),
        Check(6, "high float", "activities with more than 44 days of float", 0.05),
        Check(7, "negative float", "activities with negative float", 0),
        Check(8, "long duration", "activities longer than 44 days", 0.05),
        Check(9, "invalid dates", "activities with an impossible date", 0),
        Check(10, "resources", "activities without resource or budget", None),
        Check(11, "missed tasks", "activities that missed their baseline", 0.05),
        Check(12, "critical path test", "days that the end moves of 600", 1, at_least=True),
        Check(13, "CPLI", "critical path length index", 0.95, at_least=True),
        Check(14, "BEI", "baseline execution index", 0.95, at_least=True),
    )
}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: how many of how many, their ratio, and who fails.

    ``value`` is None where the check cannot be made, and ``reason`` says why.
    """

    check: Check
    hits: float = 0
    count: float = 0
    value: float | None = None
    reason: str = ""
    failing: tuple[Activity, ...] = ()

    @property
    def is_failed(self) -> bool:
        """Tell whether the value is on the wrong side of the limit; on it is right."""
        limit = self.check.limit
        if self.value is None or limit is None:
            return False
        return self.value < limit if self.check.at_least else self.value > limit

    @property
    def is_judged(self) -> bool:
        """Tell whether the check could be made and has a limit."""
        return self.value is not None and self.check.limit is not None


def judged(
    name: str, hits: int, count: int, failing: Sequence[Activity] = (), enough: int = ENOUGH
) -> CheckResult:
    """Return a share, judged by its check; not measurable of nothing, or of too few to be a share.

    value = hits / count. A check that allows none at all needs no number to be judged.

    Source: DCMA 14-point assessment; worked example WE-55.

    >>> judged("lags", 18, 310).is_failed, judged("logic", 9, 240).is_failed
    (True, False)
    >>> judged("logic", 1, 8).reason
    'only 8 to count; a share needs 10'
    """
    check = CHECKS[name]
    if not count:
        return CheckResult(check, reason="there is nothing to count")
    if count < enough and check.limit:
        reason = f"only {count} to count; a share needs {enough}"
        return CheckResult(check, hits, count, None, reason, tuple(failing))
    return CheckResult(check, hits, count, hits / count, "", tuple(failing))


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
    return judged("logic", len(loose), len(checked), tuple(loose.values()))


def links_of(activities: Sequence[Activity]) -> tuple[CheckResult, CheckResult, CheckResult]:
    """Check leads, lags and link types, DCMA points 2 to 4: none, at most 5 %, at least 90 % FS.

    The links counted are those into unfinished work; ``failing`` are the activities they enter.
    Source: DCMA 14-point assessment; worked example WE-55.

    >>> [result.count for result in links_of([])]
    [0, 0, 0]
    """
    links = [(each, link) for each in incomplete(activities) for link in each.predecessors]
    leads = [each for each, link in links if link.lag is not None and link.lag.amount < 0]
    lags = [each for each, link in links if link.lag is not None and link.lag.amount > 0]
    others = [each for each, link in links if link.type != "FS"]
    return (
        judged("leads", len(leads), len(links), leads),
        judged("lags", len(lags), len(links), lags),
        judged("link types", len(links) - len(others), len(links), others),
    )


def hard_constraints(activities: Sequence[Activity]) -> CheckResult:
    """Check that imposed dates do not replace logic, DCMA point 5: at most 5 %.

    MSO, MFO, SNLT and FNLT count. Source: DCMA 14-point assessment; worked example WE-55.

    >>> hard_constraints([]).count
    0
    """
    checked = incomplete(activities)
    failing = [c for c in checked if c.constraint and c.constraint.type in HARD_CONSTRAINTS]
    return judged("hard constraints", len(failing), len(checked), failing)


def floats(
    activities: Sequence[Activity], total_float: Mapping[str, float]
) -> tuple[CheckResult, CheckResult]:
    """Check float, DCMA points 6 and 7: at most 5 % above 44 working days, none below zero.

    ``total_float`` is in working days by id. Source: DCMA 14-point assessment; WE-55.

    >>> [result.count for result in floats([], {})]
    [0, 0]
    """
    checked = [each for each in incomplete(activities) if each.id in total_float]
    high = [each for each in checked if total_float[each.id] > LONG_DAYS]
    negative = [each for each in checked if total_float[each.id] < 0]
    return (
        judged("high float", len(high), len(checked), high),
        judged("negative float", len(negative), len(checked), negative),
    )


def long_durations(activities: Sequence[Activity], minutes_per_day: int) -> CheckResult:
    """Check that work is cut small enough to be seen, DCMA point 8: at most 5 % above 44 days.

    Working time only. Source: DCMA 14-point assessment; worked example WE-55.

    >>> long_durations([], 420).count
    0
    """
    checked = [each for each in incomplete(activities) if each.duration.is_working]
    longest = LONG_DAYS * minutes_per_day
    failing = [c for c in checked if c.duration.working_minutes(minutes_per_day) > longest]
    return judged("long duration", len(failing), len(checked), failing)


def invalid_dates(
    activities: Sequence[Activity], early_finish: Mapping[str, date], as_of: date
) -> CheckResult:
    """Check that the past is past, DCMA point 9: no forecast before the day, no actual after it.

    ``early_finish`` is the forecast of unfinished work by id; work at 100 % has none.
    Source: DCMA 14-point assessment.

    >>> invalid_dates([], {}, date(2026, 3, 31)).count
    0
    """
    checked = [each for each in activities if not each.loe]
    failing = [
        each
        for each in checked
        if any(day and day > as_of for day in (each.actual_start, each.actual_finish))
        or (not _is_done(each) and early_finish.get(each.id, as_of) < as_of)
    ]
    return judged("invalid dates", len(failing), len(checked), failing)


def _is_done(activity: Activity) -> bool:
    return activity.actual_finish is not None or activity.pct_complete == _ALL


def resources(activities: Sequence[Activity]) -> CheckResult:
    """Count unfinished work without resource or budget, DCMA point 10, for information.

    Not measurable where no activity states either. Milestones do no work. Source: DCMA point 10.

    >>> resources([]).count
    0
    """
    checked = [each for each in incomplete(activities) if each.duration.amount]
    bare = [each for each in checked if not each.resources and each.budget is None]
    if checked and len(bare) == len(checked):
        return CheckResult(CHECKS["resources"], reason="the plan states no resources or budgets")
    return judged("resources", len(bare), len(checked), bare)


def missed_tasks(activities: Sequence[Activity], as_of: date) -> CheckResult:
    """Check that work finishes when its baseline says, DCMA point 11: at most 5 % are late.

    Of the activities with a baseline finish by the status date: those that finished later, or not.

    Source: DCMA 14-point assessment; worked example WE-55.

    >>> missed_tasks([], date(2026, 3, 31)).count
    0
    """
    due = _due(activities, as_of)
    late = [
        each for each in due if (each.actual_finish or date.max) > (each.baseline_finish or as_of)
    ]
    return judged("missed tasks", len(late), len(due), late)


def critical_path_test(moved: float, added: float = 600) -> CheckResult:
    """Check that the end of a plan moves with its critical work, DCMA point 12.

    Both in working days. Source: DCMA 14-point assessment.

    >>> critical_path_test(600).is_failed, critical_path_test(595).is_failed
    (False, True)
    """
    return CheckResult(CHECKS["critical path test"], moved, added, moved / added)


def critical_path_length_index(length: float, total_float: float) -> CheckResult:
    """Check how realistic the end is, DCMA point 13: CPLI = (length + float) / length >= 0.95.

    Length of the critical path from the status date and total float in working days.

    Source: DCMA 14-point assessment; worked example WE-55.

    >>> critical_path_length_index(60, -5).value
    0.9166666666666666
    """
    if length <= 0:
        return CheckResult(CHECKS["CPLI"], reason="no work lies ahead")
    total = length + total_float
    return CheckResult(CHECKS["CPLI"], total, length, total / length)


def baseline_execution_index(activities: Sequence[Activity], as_of: date) -> CheckResult:
    """Check how much of what is due is done, DCMA point 14: BEI = completed / due >= 0.95.

    Source: DCMA 14-point assessment; worked example WE-55.

    >>> baseline_execution_index([], date(2026, 3, 31)).reason
    'there is nothing to count'
    """
    due = _due(activities, as_of)
    open_ones = [each for each in due if each.actual_finish is None]
    return judged("BEI", len(due) - len(open_ones), len(due), open_ones)


def _due(activities: Sequence[Activity], as_of: date) -> list[Activity]:
    return [a for a in activities if a.baseline_finish and a.baseline_finish <= as_of and not a.loe]
