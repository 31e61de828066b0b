"""Change to baselines in figures: what was approved, how long requests wait, what drifted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, both, given, unknown
from portfolio.measure.statistics import quantile
from portfolio.model.governance import Baseline, ChangeRequest
from portfolio.network.calendars import project_calendar, working_minutes

if TYPE_CHECKING:
    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View

APPROVED = frozenset({"approved", "implemented"})
OPEN = frozenset({"draft", "submitted", "assessed", "deferred"})
_MEDIAN, _NINE_IN_TEN = 0.5, 0.9


@dataclass(frozen=True, slots=True)
class CumulativeChange:
    """What a baseline has absorbed, as shares of the original: net, and gross to show churn."""

    net: Decimal
    gross: Decimal


def cumulative_change(
    impacts: Iterable[Decimal], original: Decimal | None
) -> Measure[CumulativeChange]:
    """Return the sum of approved impacts / the original budget or duration, net and gross.

    Net adds signed impacts, gross their absolute values: +100 and -100 are 0 net and 200 gross.
    Nothing approved: 0. No original: no_data; an original of 0: zero_denominator.

    Source: domain A5.

    >>> found = cumulative_change([Decimal(30), Decimal(-10)], Decimal(200)).value
    >>> found.net, found.gross
    (Decimal('0.1'), Decimal('0.2'))
    """
    if original is None:
        return unknown("no_data", "there is no original baseline")
    if original == 0:
        return unknown("zero_denominator", "the original baseline is 0")
    stated = list(impacts)
    net = sum(stated, Decimal(0))
    gross = sum((abs(each) for each in stated), Decimal(0))
    return Measure(CumulativeChange(net / original, gross / original))


@dataclass(frozen=True, slots=True)
class RequestTimes:
    """Calendar days that requests took to be decided, and how long the open ones wait."""

    median: Measure[Decimal]
    nine_in_ten: Measure[Decimal]
    decided: int
    waiting: tuple[tuple[ChangeRequest, int], ...]


def request_times(requests: Iterable[ChangeRequest], as_of: date) -> RequestTimes:
    """Return median and P90 of decided - raised, and the age of open requests, oldest first.

    Calendar days. A request without `raised_on` counts in neither. None decided: no_data.

    Source: domain A5.

    >>> raised = [ChangeRequest(id=f"c{n}", raised_on=date(2026, 3, 2), decided_on=decided,
    ...                         status="approved" if decided else "submitted")
    ...           for n, decided in enumerate([date(2026, 3, 6), date(2026, 3, 12), None])]
    >>> found = request_times(raised, date(2026, 3, 31))
    >>> found.median.value, [(request.id, age) for request, age in found.waiting]
    (Decimal('7'), [('c2', 29)])
    """
    known = [(each, each.raised_on) for each in requests if each.raised_on is not None]
    spans = [(each.decided_on - day).days for each, day in known if each.decided_on is not None]
    waiting = [
        (each, (as_of - day).days)
        for each, day in known
        if each.decided_on is None and each.status in OPEN
    ]
    waiting.sort(key=lambda item: (-item[1], item[0].id))
    none: Measure[Decimal] = unknown("no_data", "no request has been decided")
    return RequestTimes(
        quantile(spans, _MEDIAN) if spans else none,
        quantile(spans, _NINE_IN_TEN) if spans else none,
        len(spans),
        tuple(waiting),
    )


def unauthorised_drift(
    original: Decimal | None, approved: Iterable[Decimal], current: Decimal | None
) -> Measure[Decimal]:
    """Return current baseline - (original + approved changes); anything but 0 was not approved.

    In the unit of the baselines: money of one currency, or days. A baseline without the figure:
    no_data.

    Source: domain A5.

    >>> unauthorised_drift(Decimal(500), [Decimal(20)], Decimal(545)).value
    Decimal('25')
    """
    change = sum(approved, Decimal(0))
    first, last = (given(each, "a baseline does not state it") for each in (original, current))
    return both(first, last, lambda before, now: now - before - change)


@dataclass(frozen=True, slots=True)
class ChangeState:
    """What a project's baseline absorbed in money and in working days, and what drifted."""

    cost: Measure[CumulativeChange]
    time: Measure[CumulativeChange]
    cost_drift: Measure[Decimal]
    time_drift: Measure[Decimal]
    approved: int
    open: int


def change_state(portfolio: View, project: Project) -> ChangeState:
    """Return the change that a project's baseline has absorbed, from its requests and baselines.

    The original is version 1, the current the newest. Money counts in the currency of the original
    only; time in working days of the project's calendar, from the project's start. Drift compares
    the newest baseline with the requests that it, or one before it, says it contains.

    Source: domain convention of this toolkit.
    """
    requests = portfolio.related(project, ChangeRequest, "project")
    agreed = [each for each in requests if each.status in APPROVED]
    baselines = sorted(portfolio.related(project, Baseline, "project"), key=lambda b: b.version)
    contained = [each for each in agreed if each.baseline_after is not None]
    first, last = (baselines[0], baselines[-1]) if baselines else (None, None)
    budget = first.bac.amount if first is not None and first.bac is not None else None
    return ChangeState(
        cumulative_change(_costs(agreed, first), budget),
        cumulative_change(_days(portfolio, project, agreed), _length(portfolio, project, first)),
        unauthorised_drift(budget, _costs(contained, first), _budget(last, first)),
        unauthorised_drift(
            _length(portfolio, project, first),
            _days(portfolio, project, contained),
            _length(portfolio, project, last),
        ),
        len(agreed),
        sum(each.status in OPEN for each in requests),
    )


def _costs(requests: Sequence[ChangeRequest], first: Baseline | None) -> list[Decimal]:
    currency = first.bac.currency if first is not None and first.bac is not None else None
    stated = (each.impact.cost for each in requests if each.impact is not None)
    return [cost.amount for cost in stated if cost is not None and cost.currency == currency]


def _budget(last: Baseline | None, first: Baseline | None) -> Decimal | None:
    if last is None or first is None or last.bac is None or first.bac is None:
        return None
    return last.bac.amount if last.bac.currency == first.bac.currency else None


def _days(portfolio: View, project: Project, requests: Sequence[ChangeRequest]) -> list[Decimal]:
    calendar = project_calendar(portfolio, project)
    stated = (each.impact.time for each in requests if each.impact is not None)
    return [
        Decimal(working_minutes(time, calendar)) / calendar.minutes_per_day
        for time in stated
        if time is not None and time.is_working
    ]


def _length(portfolio: View, project: Project, baseline: Baseline | None) -> Decimal | None:
    if baseline is None or baseline.finish is None or project.start is None:
        return None
    calendar = project_calendar(portfolio, project)
    return Decimal(calendar.working_days_between(project.start, baseline.finish))
