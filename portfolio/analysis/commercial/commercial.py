"""Commercial: what a late milestone costs under a contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.measure.measure import Measure, unknown
from portfolio.network.calendars import days_later
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.calendar import Calendar
    from portfolio.model.commercial.contracts import Contract, Damages

_WEEK = 7
_WHOLE = Decimal(100)


def liquidated_damages(
    chargeable_days: int,
    rate: Decimal,
    per: Literal["day", "week", "started_week"] = "day",
    cap: Decimal | None = None,
) -> Decimal:
    """Return what a delay costs under a clause of liquidated damages.

    damages = min(rate x chargeable units, cap); a unit is a calendar day, a whole week, or each
    week that has started. Not late: 0. No cap: unlimited.

    Source: worked example WE-14.

    >>> liquidated_damages(50, Decimal(5000), cap=Decimal(200000))
    Decimal('200000')
    >>> liquidated_damages(45, Decimal(15000), "started_week", Decimal(300000))
    Decimal('105000')
    """
    late = max(0, chargeable_days)
    units = {"day": late, "week": late // _WEEK, "started_week": -(-late // _WEEK)}[per]
    amount = rate * units
    return amount if cap is None else min(amount, cap)


def free_until(clause: Damages, agreed: date, calendar: Calendar) -> date:
    """Return the last day on which a promised milestone costs nothing.

    agreed date + granted extension of time + grace, each in its own unit.

    Source: worked example WE-14.

    >>> from portfolio.calendar import Calendar
    >>> from portfolio.model.commercial.contracts import Damages
    >>> from portfolio.values import Duration
    >>> clause = Damages(grace=Duration(Decimal(14), "cd"))
    >>> free_until(clause, date(2026, 5, 22), Calendar("work"))
    datetime.date(2026, 6, 5)
    """
    due = agreed
    if clause.extension is not None and clause.extension.amount:
        due = days_later(due, clause.extension, calendar)
    return days_later(due, clause.grace, calendar) if clause.grace.amount else due


def damages_rate(contract: Contract, clause: Damages) -> Measure[Money]:
    """Return the amount for each unit of delay.

    The rate as stated, else the stated share of the contract's value: value x of_value_pct / 100.
    Neither, or a share without a value: no_data.

    Source: worked example WE-14.

    >>> from portfolio.model.commercial.contracts import Contract, Damages
    >>> deal = Contract(id="deal", title="Deal", value=Money(Decimal(3000000), "GBP"))
    >>> damages_rate(deal, Damages(of_value_pct=Decimal("0.5"))).value.amount == 15000
    True
    """
    if clause.rate is not None:
        return Measure(clause.rate)
    if clause.of_value_pct is None:
        return unknown("no_data", "the contract states no rate")
    if contract.value is None:
        return unknown("no_data", "the rate is a share of a contract value that is not stated")
    share = clause.of_value_pct / _WHOLE
    return Measure(Money(contract.value.amount * share, contract.value.currency))
