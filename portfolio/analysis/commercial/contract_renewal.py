"""The dates of a contract's renewal: until when notice can be given and a decision taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Literal

from portfolio.calendar import Calendar, add_months
from portfolio.measure.measure import Measure, unknown
from portfolio.network.calendars import named_calendar
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.commercial.contracts import Contract
    from portfolio.values import Duration
    from portfolio.view.view import View

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


WINDOWS = (30, 90, 180)
"""The calendar days before a notice date in which it is looked at more and more closely."""
_YEAR = 12

Position = Literal["to decide", "notice to serve", "settled", "passed"]


@dataclass(frozen=True, slots=True)
class RenewalStep:
    """Where one contract stands on its way to the last day for notice.

    ``position``: `to decide`; `notice to serve`, where it was decided to leave, to renegotiate or
    to take an option and the notice is not yet given; `settled`; `passed`, where the day went by
    undecided or without the notice. ``days_left`` are calendar days to the notice deadline.
    """

    contract: Contract
    dates: NoticeDates
    days_left: int
    position: Position

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to do something before the deadline."""
        return self.position in {"to decide", "notice to serve"}

    @property
    def window(self) -> int | None:
        """Return the narrowest of 30, 90 and 180 days that holds the deadline; None beyond."""
        if self.days_left < 0:
            return None
        return next((days for days in WINDOWS if self.days_left <= days), None)


def contract_notice(portfolio: View, contract: Contract) -> Measure[NoticeDates]:
    """Return the dates of notice of a contract, counted on its calendar."""
    return notice_dates(contract, portfolio.as_of, named_calendar(portfolio, contract.calendar))


def renewal_step(portfolio: View, contract: Contract) -> Measure[RenewalStep]:
    """Return where a contract stands on its way to the last day for notice.

    No end, no notice, or no renewal: no_data. A contract that ended and does not roll: finished.

    Source: domain A8; worked example WE-15.
    """

    def step(found: NoticeDates) -> Measure[RenewalStep]:
        if found.term_end < portfolio.as_of:
            return unknown("finished", f"it ended on {found.term_end}")
        left = (found.deadline - portfolio.as_of).days
        return Measure(RenewalStep(contract, found, left, _position(contract, left)))

    return contract_notice(portfolio, contract).then(step)


def _position(contract: Contract, left: int) -> Position:
    renewal = contract.renewal
    if renewal is None or renewal.notice_served_on is not None:
        return "settled"
    silence_is_meant = {"auto": "renew", "option": "exit"}.get(renewal.mode or "")
    if renewal.decision == silence_is_meant:
        return "settled"
    if left < 0:
        return "passed"
    return "to decide" if renewal.decision == "undecided" else "notice to serve"


def renewal_calendar(portfolio: View, contracts: Iterable[Contract]) -> tuple[RenewalStep, ...]:
    """Return the renewals of contracts by their notice deadline, the earliest first."""
    steps = (renewal_step(portfolio, contract).value for contract in contracts)
    known = [step for step in steps if step is not None]
    return tuple(sorted(known, key=lambda step: (step.dates.deadline, step.contract.id)))


def committed_by_silence(contract: Contract) -> Measure[Money]:
    """Return what one more term costs or brings at the price of the first.

    committed = value x months of the renewed term / months of the signed term. No value, term,
    start or end: no_data.

    Source: domain A8, notice deadline passed with automatic renewal.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from portfolio.model.commercial.contracts import Renewal, Contract
    >>> lease = Contract(id="lease", title="Lease", start=date(2024, 8, 1), end=date(2026, 7, 31),
    ...                  value=Money(Decimal(480), "GBP"), renewal=Renewal(term_months=12))
    >>> str(committed_by_silence(lease).value)
    '240 GBP'
    """
    term = contract.renewal.term_months if contract.renewal is not None else None
    if contract.value is None or term is None:
        return unknown("no_data", "the value or the term of renewal is not stated")
    whole, currency = contract.value.amount * term, contract.value.currency
    return term_months_of(contract).map(lambda signed: Money(whole / signed, currency))


def term_months_of(contract: Contract) -> Measure[int]:
    """Return the months of a contract's signed term, both days included; a part counts as one.

    >>> from datetime import date
    >>> from portfolio.model.commercial.contracts import Contract
    >>> deal = Contract(id="deal", title="Deal", start=date(2024, 8, 1), end=date(2026, 7, 31))
    >>> term_months_of(deal).value
    24
    """
    start, end = contract.start, contract.end
    if start is None or end is None:
        return unknown("no_data", "the start or the end is not stated")
    whole = (end.year - start.year) * _YEAR + end.month - start.month
    months = whole + (1 if end.day >= start.day else 0)
    return Measure(months) if months > 0 else unknown("zero_denominator", "the term has no month")
