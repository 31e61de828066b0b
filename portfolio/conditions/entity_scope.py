"""Conditions about entities: what their words mean, and whether one holds for an entity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portfolio.analysis.columns import register_columns
from portfolio.analysis.commercial.contract_renewal import before
from portfolio.conditions.expression import Call, Count, Expression
from portfolio.conditions.language import names_in, parse
from portfolio.conditions.operations import ConditionError, Value, shown, type_of
from portfolio.measure.figure import column_names, computed_columns, value_at
from portfolio.measure.measure import Measure
from portfolio.model.kinds import kind_named
from portfolio.network.calendars import days_later, project_calendar
from portfolio.record import Record, Ref
from portfolio.values import Duration, Period

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.view.view import View

AS_OF = "as_of"


class EntityScope:
    """One entity of a portfolio, as a condition sees it."""

    def __init__(self, entity: Entity, portfolio: View) -> None:
        """Keep both."""
        self.entity = entity
        self.portfolio = portfolio

    def value(self, name: str) -> Value:
        """Return a field, nested ones dotted, or a computed column; `as_of` is the status date."""
        if name == AS_OF:
            return self.portfolio.as_of
        compute = computed_columns(type(self.entity)).get(name)
        if compute is not None:
            return plain(compute(self.entity, self.portfolio))
        return plain(value_at(self.entity, name))

    def call(self, name: str, arguments: Sequence[Value]) -> Value:
        """Return what one of the functions gives; None where an argument is not known."""
        return None if None in arguments else FUNCTIONS[name](self, *arguments)

    def count(self, kind: str, condition: Expression | None) -> Value:
        """Return how many entities of a kind refer to this one and meet a condition."""
        wanted = kind_named(kind)
        found = self.portfolio.related(self.entity, wanted) if wanted is not None else ()
        if condition is None:
            return Decimal(len(found))
        scopes = (EntityScope(each, self.portfolio) for each in found)
        return Decimal(sum(condition.evaluate(scope) is True for scope in scopes))

    def later(self, day: date, duration: Duration) -> date:
        """Return a day moved by a duration, working time on the usual calendar."""
        calendar = project_calendar(self.portfolio, None)
        if duration.amount < 0:
            return before(day, Duration(-duration.amount, duration.unit), calendar)
        return days_later(day, duration, calendar)


def _days(_: EntityScope, first: Value, last: Value) -> Value:
    _must_be(date, first, last)
    return Decimal((last - first).days)


def _working_days(scope: EntityScope, first: Value, last: Value) -> Value:
    _must_be(date, first, last)
    calendar = project_calendar(scope.portfolio, None)
    return Decimal(calendar.working_days_between(first, last))


def _size(_: EntityScope, items: Value) -> Value:
    _must_be((tuple, str), items)
    return Decimal(len(items))


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "days": _days,
    "working_days": _working_days,
    "size": _size,
}
"""`days(a, b)` and `working_days(a, b)` from one date to another, `size(list or text)`."""
_ARGUMENTS = {"days": 2, "working_days": 2, "size": 1}


def _must_be(wanted: type | tuple[type, ...], *values: Value) -> None:
    for value in values:
        if not isinstance(value, wanted):
            message = f"{shown(value)} is {type_of(value)}, which the function does not take"
            raise ConditionError(message)


def plain(value: Any) -> Value:  # noqa: ANN401
    """Return a value of a field or column as conditions know values.

    A reference is its full id, a record with a short form is that, a list is a tuple.
    """
    if isinstance(value, Measure):
        return plain(value.value)
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, Record):
        short = value.SHORTHAND
        return plain(getattr(value, value.FIELDS[short].name)) if short else str(value)
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value.text if isinstance(value, Period) else value


def condition_about(kind: type[Entity], text: str) -> Expression:
    """Read a condition about entities of a kind; raise ConditionError for what means nothing."""
    expression = parse(text)
    for problem in _unknown(kind, expression):
        raise problem
    return expression


def _known(kind: type[Entity]) -> set[str]:
    register_columns(kind)
    return {AS_OF, *column_names(kind), *kind.FIELDS}


def _unknown(kind: type[Entity], expression: Expression) -> Iterator[ConditionError]:
    known = _known(kind)
    for part in names_in(expression):
        if isinstance(part, Count):
            yield from _unknown_count(part)
        elif isinstance(part, Call):
            yield from _unknown_function(part)
        elif part.name not in known:
            message = f"{kind.KIND} has no field or figure {part.name!r}"
            yield ConditionError(message, hint=f"a text needs quotes: '{part.name}'")


def _unknown_count(part: Count) -> Iterator[ConditionError]:
    counted = kind_named(part.kind)
    if counted is None:
        yield ConditionError(f"{part.kind!r} is not a kind", hint="`pmo explain kinds` lists them")
    elif part.condition is not None:
        yield from _unknown(counted, part.condition)


def _unknown_function(part: Call) -> Iterator[ConditionError]:
    wanted = _ARGUMENTS.get(part.name)
    if wanted is None:
        hint = f"there are count, {', '.join(FUNCTIONS)}"
        yield ConditionError(f"there is no function {part.name!r}", hint=hint)
    elif wanted != len(part.arguments):
        message = f"{part.name} takes {wanted} values, not {len(part.arguments)}"
        yield ConditionError(message)


_PLACEHOLDER = re.compile(r"\{([a-zA-Z_][\w.]*)\}")


def unknown_in_message(kind: type[Entity], message: str) -> str:
    """Return the first `{name}` in a message that is neither a field nor a figure, or nothing."""
    known = _known(kind)
    return next((name for name in _PLACEHOLDER.findall(message) if name not in known), "")


def filled_in(message: str, scope: EntityScope) -> str:
    """Return a message with the values in the place of the `{name}` in it."""

    def written(found: re.Match[str]) -> str:
        value = scope.value(found[1])
        return value if isinstance(value, str) else shown(value)

    return _PLACEHOLDER.sub(written, message)
