"""The dates of a contract's renewal: until when notice can be given and a decision taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from portfolio.calendar import Calendar, add_months
from portfolio.measure.measure import Measure, unknown

if TYPE_CHECKING:
    from portfolio.model.commercial.contracts import Contract
    from portfolio.values import Duration

_DAYS_PER_WEEK = 5
_MONTHS = {"mo": 1, "y": 12}
_HOURS_PER_DAY = {"eh": 24, "h": 7, "min": 420}


@dataclass(frozen=True, slots=True)
class NoticeDates:
    """The last days on which a contract can be left.

    ``contractual`` is the last day by the contract; ``deadline`` the last working day up to it;
    ``decision_due`` leaves the internal lead before the contractual day; ``term_end`` is the end
    that the notice prevents from being passed.
    """

    term_end: date
    contractual: date
    deadline: date
    decision_due: date


def before(day: date, length: Duration, calendar: Calendar) -> date:
    """Return the day that lies a duration before another.

    Months and years are calendar months, clipped to the end of a short month; ``cd`` and ``ed``
    are calendar days; ``d`` and ``w`` working days; a part of a day counts as a whole one.

    Source: worked examples WE-15 and WE-23.

    >>> from decimal import Decimal
    >>> from portfolio.values import Duration
    >>> before(date(2026, 5, 31), Duration(Decimal(3), "mo"), Calendar("work"))
    datetime.date(2026, 2, 28)
    """
    if length.unit in _MONTHS:
        return add_months(day, -ceil(length.amount * _MONTHS[length.unit]))
    if length.unit in {"cd", "ed"}:
        return day - timedelta(days=ceil(length.amount))
    if length.unit == "w":
        return calendar.add_working_days(day, -ceil(length.amount * _DAYS_PER_WEEK))
    if length.unit == "d":
        return calendar.add_working_days(day, -ceil(length.amount))
    return day - timedelta(days=ceil(length.amount / _HOURS_PER_DAY[length.unit]))


def term_end(end: date, term_months: int | None, as_of: date) -> date:
    """Return the end of the running term of a contract that renews by itself.

    The end as signed, moved by whole terms, counted from that end, until it is not before as_of.
    Without a term it stays where it is.

    Source: domain convention of this toolkit.

    >>> term_end(date(2024, 5, 31), 12, date(2026, 1, 20))
    datetime.date(2026, 5, 31)
    """
    if not term_months or end >= as_of:
        return end
    months = (as_of.year - end.year) * 12 + as_of.month - end.month
    terms = max(1, months // term_months)
    while add_months(end, terms * term_months) < as_of:
        terms += 1
    return add_months(end, terms * term_months)


def notice_dates(contract: Contract, as_of: date, calendar: Calendar) -> Measure[NoticeDates]:
    """Return until when notice must be given, and when to decide about it.

    contractual day = end - notice - delivery lead; deadline = that day, or the working day before
    it; decision due = contractual day - internal lead. A month is never taken for 30 days. A
    contract that renews by itself and has passed its end is in a further term.

    No end, no notice, or no renewal: no_data.

    Source: worked example WE-15.

    >>> from decimal import Decimal
    >>> from portfolio.model.commercial.contracts import Contract, Renewal
    >>> from portfolio.values import Duration
    >>> lease = Contract(id="lease", title="Lease", end=date(2026, 5, 31),
    ...                  renewal=Renewal(mode="auto", notice=Duration(Decimal(3), "mo")))
    >>> found = notice_dates(lease, date(2026, 1, 20), Calendar("work")).value
    >>> found.deadline.isoformat(), found.decision_due.isoformat()
    ('2026-02-27', '2026-01-29')
    """
    renewal = contract.renewal
    if contract.end is None or renewal is None or renewal.notice is None or renewal.mode == "none":
        return unknown("no_data", "no end, notice or renewal is stated")
    months = renewal.term_months if renewal.mode == "auto" else None
    end = term_end(contract.end, months, as_of)
    contractual = before(before(end, renewal.notice, calendar), renewal.delivery_lead, calendar)
    deadline = calendar.previous_working_day(contractual)
    due = before(contractual, renewal.internal_lead, calendar)
    return Measure(NoticeDates(end, contractual, deadline, due))
