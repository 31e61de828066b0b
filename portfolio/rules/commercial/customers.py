"""Rules about customers: heard, and answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.model.commercial.contracts import Customer
from portfolio.model.commercial.customers import Complaint, Response, Survey, Touchpoint
from portfolio.network.calendars import project_calendar
from portfolio.rules.phrases import ago, counted
from portfolio.rules.rule import Problem, rule

if TYPE_CHECKING:
    from datetime import date

    from portfolio.view.view import View

_SILENCE_DAYS = 182
_ACKNOWLEDGE_DAYS = 2
_RESOLVE_DAYS = 20


@rule(Severity.WARNING, Customer)
def cus_no_feedback(customer: Customer, portfolio: View) -> Iterator[Problem]:
    """A key customer has not been heard for half a year.

    What it does:
        Reports a customer of tier key or strategic without an answered survey and without a
        meeting in the last six months. Speaks only where surveys or meetings are kept at all.

    Why it matters:
        Silence is not satisfaction.

    Example:
        customer: {id: bigco, name: Bigco, tier: key, account_owner: anna-reyes}
        touchpoint: {customer: bigco, date: 2025-06-12, kind: service_review}

    Use instead:
        customer: {id: bigco, name: Bigco, tier: key, account_owner: anna-reyes}
        touchpoint: {customer: bigco, date: 2026-03-12, kind: service_review}
    """
    if customer.tier == "standard":
        return
    if not portfolio.all(Survey) and not portfolio.all(Touchpoint):
        return
    heard = max(_heard(customer, portfolio), default=None)
    if heard is not None and portfolio.as_of - heard <= timedelta(days=_SILENCE_DAYS):
        return
    last = f"last heard on {heard}, {ago(heard, portfolio.as_of)}" if heard else "never heard"
    yield Problem(
        customer,
        f"{customer.name!r} is a {customer.tier} customer and was {last}; "
        f"allowed are {_SILENCE_DAYS} days",
        "tier",
        "hold a review, or send a survey",
    )


def _heard(customer: Customer, portfolio: View) -> Iterator[date]:
    """Yield the days on which a customer was met or answered a survey."""
    for meeting in portfolio.related(customer, Touchpoint, "customer"):
        if meeting.date_ <= portfolio.as_of:
            yield meeting.date_
    for survey in portfolio.related(customer, Survey, "subject"):
        for answer in portfolio.related(survey, Response, "survey"):
            day = answer.on or survey.sent_on
            if day is not None and day <= portfolio.as_of:
                yield day


@rule(Severity.WARNING, Complaint)
def cus_complaint_late(complaint: Complaint, portfolio: View) -> Iterator[Problem]:
    """A complaint was not acknowledged within two working days, or is open for more than twenty.

    What it does:
        Counts working days from `raised_on` to the status date while `acknowledged_on`, or
        `resolved_on`, is missing.

    Why it matters:
        Trust goes faster than it comes.

    Example:
        complaint: {id: wrong-bill, title: Wrong bill, customer: acme, owner: cleo-marsh,
          raised_on: 2026-03-20}

    Use instead:
        complaint: {id: wrong-bill, title: Wrong bill, customer: acme, owner: cleo-marsh,
          raised_on: 2026-03-20, acknowledged_on: 2026-03-20}
    """
    raised = complaint.raised_on
    if raised is None or complaint.resolved_on is not None:
        return
    waiting = project_calendar(portfolio, None).working_days_between(raised, portfolio.as_of)
    days = counted(waiting, "working day")
    if complaint.acknowledged_on is None and waiting > _ACKNOWLEDGE_DAYS:
        yield Problem(
            complaint,
            f"raised {days} ago and not acknowledged; the customer hears from us within "
            f"{_ACKNOWLEDGE_DAYS}",
            "raised_on",
            "call the customer and write acknowledged_on",
        )
    elif waiting > _RESOLVE_DAYS:
        yield Problem(
            complaint,
            f"open for {days}; allowed are {_RESOLVE_DAYS}",
            "raised_on",
            "settle it, and tell the customer when",
        )
