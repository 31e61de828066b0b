"""A way out of an overload as half a sentence, with its price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.resources.day_rate import NOT_HERE
from portfolio.report.formatting import in_words
from portfolio.values import Money

if TYPE_CHECKING:
    from decimal import Decimal

    from portfolio.impact.resources.overallocation_options import Relief
    from portfolio.measure.measure import Measure
    from portfolio.report.pack import Pack


def relief_words(pack: Pack, relief: Relief) -> str:
    """Say what to do and what it costs."""
    return f"{_what(pack, relief)}: {price_words(relief.money)}"


def _what(pack: Pack, relief: Relief) -> str:
    work, days = f"“{pack.name(relief.work)}”", f"{relief.days:.1f} d"
    if relief.way == "move":
        room = f"{relief.slip} beyond its float" if relief.slip else "inside its float"
        return f"move {work} by {_working_days(relief.shift)}, {room}"
    if relief.way == "hand_over":
        taker = relief.person.label if relief.person else "somebody"
        return f"hand {days} of {work} to {taker}"
    if relief.way == "stop":
        return f"let {work} wait {_working_days(relief.shift)}"
    return f"hire or borrow {days}"


def _working_days(count: int) -> str:
    return f"{count} working {'day' if count == 1 else 'days'}"


def price_words(money: Measure[Money]) -> str:
    """Say what a way costs, or why nobody can say."""
    if money.value is None:
        return f"price {money.reason}" if money.reason == NOT_HERE else f"no price: {money.reason}"
    if not money.value.amount:
        return "costs nothing"
    amount = in_words(Money(abs(money.value.amount), money.value.currency))
    return f"costs {amount}" if money.value.amount < 0 else f"saves {amount}"


def whole_percent(share: Decimal) -> str:
    """Write a ratio in whole percent.

    >>> from decimal import Decimal
    >>> whole_percent(Decimal("1.111"))
    '111 %'
    """
    return f"{100 * share:.0f} %"
