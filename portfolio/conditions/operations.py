"""What can be done with two values of a condition, and how a value reads."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from portfolio.listing import listed
from portfolio.values import Duration, Money

Value = Any
"""A number, money, date, duration, text, truth, a tuple of these, or None where not known."""


class ConditionError(ValueError):
    """A condition that cannot be read or judged; ``column`` is where in its text, 1-based."""

    def __init__(self, message: str, column: int = 1, hint: str = "") -> None:
        """Keep what is wrong, where in the text, and what would be right."""
        super().__init__(message)
        self.column = column
        self.hint = hint


_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SUMS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_SMALLEST_UNITS: Mapping[str, tuple[str, int]] = {"w": ("d", 5), "h": ("min", 60), "y": ("mo", 12)}


def shown(value: Value) -> str:
    """Write a value as a person reads it in a condition.

    >>> shown(Money(Decimal(620000), "GBP")), shown(None)
    ('620,000 GBP', 'not known')
    """
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Money):
        return f"{value.amount:,f} {value.currency}".rstrip()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, tuple):
        return f"[{listed(map(shown, value), last=', ')}]"
    return str(value)


def type_of(value: Value) -> str:
    """Return the word for the type of a value."""
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "a truth"),
        ((int, Decimal), "a number"),
        (Money, "money"),
        (date, "a date"),
        (Duration, "a duration"),
        (tuple, "a list"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "a text")


def compared(sign: str, left: Value, right: Value) -> bool:
    """Tell whether two known values stand in an order; raise ConditionError where types do not fit.

    Money is compared with a number by its amount.
    """
    if isinstance(left, Money) and isinstance(right, Money):
        _same_currency(left, right)
        return _ORDERS[sign](left.amount, right.amount)
    if isinstance(left, Duration) and isinstance(right, Duration):
        return _ORDERS[sign](*_same_unit(left, right))
    if isinstance(left, Money) and _is_number(right):
        left = left.amount
    elif isinstance(right, Money) and _is_number(left):
        right = right.amount
    elif type_of(left) != type_of(right):
        raise _unfit(left, right, f"they cannot be compared by {sign}")
    try:
        return _ORDERS[sign](left, right)
    except TypeError:
        raise _unfit(left, right, f"they have no order by {sign}") from None


def is_in(item: Value, items: Value) -> bool:
    """Tell whether a list has an item, or a text contains one, small letters or capitals."""
    if isinstance(items, tuple):
        return any(type_of(item) == type_of(each) and compared("=", item, each) for each in items)
    if isinstance(items, str) and isinstance(item, str):
        return item.casefold() in items.casefold()
    message = f"{shown(items)} is {type_of(items)}, not a list"
    raise ConditionError(message)


def computed(sign: str, left: Value, right: Value) -> Value:
    """Return a sum, difference, product or quotient of two known values.

    Money takes money of its currency and, to be multiplied or divided, numbers; money by money is
    a number; the difference of two dates is a number of calendar days. Division by zero gives
    nothing. Other types raise ConditionError.
    """
    if sign == "/" and _amount(right) == 0:
        return None
    if isinstance(left, Money) and isinstance(right, Money):
        _same_currency(left, right)
        if sign == "/":
            return left.amount / right.amount
        if sign != "*":
            return Money(_SUMS[sign](left.amount, right.amount), left.currency or right.currency)
    elif isinstance(left, Money) and _is_number(right):
        return Money(_SUMS[sign](left.amount, right), left.currency)
    elif isinstance(right, Money) and _is_number(left) and sign != "/":
        return Money(_SUMS[sign](left, right.amount), right.currency)
    elif _is_number(left) and _is_number(right):
        return _SUMS[sign](Decimal(left), Decimal(right))
    elif isinstance(left, date) and isinstance(right, date) and sign == "-":
        return Decimal((left - right).days)
    raise _unfit(left, right, f"{sign} does not go between them")


def _amount(value: Value) -> Value:
    return value.amount if isinstance(value, Money) else value


def _unfit(left: Value, right: Value, problem: str) -> ConditionError:
    sides = f"{shown(left)} is {type_of(left)} and {shown(right)} is {type_of(right)}"
    return ConditionError(f"{sides}: {problem}")


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _same_currency(left: Money, right: Money) -> None:
    if "" not in (left.currency, right.currency) and left.currency != right.currency:
        message = f"{shown(left)} and {shown(right)} are in different currencies"
        raise ConditionError(message)


def _same_unit(left: Duration, right: Duration) -> tuple[Decimal, Decimal]:
    (mine, unit), (yours, other) = _smallest(left), _smallest(right)
    if unit != other:
        message = f"{left} and {right} are in units that cannot be compared"
        raise ConditionError(message)
    return mine, yours


def _smallest(duration: Duration) -> tuple[Decimal, str]:
    unit, factor = _SMALLEST_UNITS.get(duration.unit, (duration.unit, 1))
    return duration.amount * factor, unit
