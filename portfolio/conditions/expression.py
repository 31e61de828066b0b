"""The parts of a condition: what each one is worth, and how it reads with the values put in.

A value that is not known makes a comparison unknown, and an unknown condition is never true: a
condition says something about what is stated, and `is missing` about what is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from portfolio.conditions.operations import (
    ConditionError,
    Value,
    compared,
    computed,
    is_in,
    shown,
    type_of,
)
from portfolio.values import Duration


class Scope(Protocol):
    """What a condition is judged in."""

    def value(self, name: str) -> Value:
        """Return the value of a field or a computed figure; None where not known."""

    def call(self, name: str, arguments: Sequence[Value]) -> Value:
        """Return what a function gives; None where that is not known."""

    def count(self, kind: str, condition: Expression | None) -> Value:
        """Return how many entities of a kind refer to the one that is judged."""

    def later(self, day: date, duration: Duration) -> date:
        """Return a day moved by a duration."""


class Expression(Protocol):
    """A part of a condition."""

    def evaluate(self, scope: Scope) -> Value:
        """Return the value in a scope; raise ConditionError where types do not fit."""

    def substituted(self, scope: Scope) -> str:
        """Return the text with the values in the place of the names."""
        return shown(self.evaluate(scope))


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A value as written."""

    known: Value

    def evaluate(self, scope: Scope) -> Value:  # noqa: ARG002
        """Return the value."""
        return self.known


@dataclass(frozen=True, slots=True)
class Name(Expression):
    """A field, nested ones dotted, or a computed figure."""

    name: str

    def evaluate(self, scope: Scope) -> Value:
        """Return the value of the field."""
        return scope.value(self.name)


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A function of values."""

    name: str
    arguments: tuple[Expression, ...]

    def evaluate(self, scope: Scope) -> Value:
        """Return what the function gives."""
        return scope.call(self.name, [each.evaluate(scope) for each in self.arguments])


@dataclass(frozen=True, slots=True)
class Count(Expression):
    """How many entities of a kind refer to this one, all of them or those that meet a condition."""

    kind: str
    condition: Expression | None = None

    def evaluate(self, scope: Scope) -> Value:
        """Return the number."""
        return scope.count(self.kind, self.condition)


@dataclass(frozen=True, slots=True)
class Items(Expression):
    """A list of values."""

    items: tuple[Expression, ...]

    def evaluate(self, scope: Scope) -> Value:
        """Return the values as a tuple."""
        return tuple(each.evaluate(scope) for each in self.items)

    def substituted(self, scope: Scope) -> str:
        """Return the values between brackets."""
        return f"[{', '.join(each.substituted(scope) for each in self.items)}]"


@dataclass(frozen=True, slots=True)
class Arithmetic(Expression):
    """Two values with a sign between them; unknown where one of them is."""

    sign: str
    left: Expression
    right: Expression

    def evaluate(self, scope: Scope) -> Value:
        """Return the result; dates take durations, money takes money and numbers."""
        left, right = self.left.evaluate(scope), self.right.evaluate(scope)
        if left is None or right is None:
            return None
        if isinstance(left, date) and isinstance(right, Duration) and self.sign in {"+", "-"}:
            moved = right if self.sign == "+" else Duration(-right.amount, right.unit)
            return scope.later(left, moved)
        return computed(self.sign, left, right)


@dataclass(frozen=True, slots=True)
class Comparison(Expression):
    """Two values compared; unknown where one of them is not known."""

    sign: str
    left: Expression
    right: Expression

    def evaluate(self, scope: Scope) -> Value:
        """Return whether it holds, or None."""
        left, right = self.left.evaluate(scope), self.right.evaluate(scope)
        if left is None or right is None:
            return None
        if self.sign in {"in", "not in"}:
            return is_in(left, right) == (self.sign == "in")
        return compared(self.sign, left, right)

    def substituted(self, scope: Scope) -> str:
        """Return both values with the sign between them."""
        return f"{self.left.substituted(scope)} {self.sign} {self.right.substituted(scope)}"


@dataclass(frozen=True, slots=True)
class Presence(Expression):
    """Whether something is missing, or stated."""

    operand: Expression
    is_missing: bool

    def evaluate(self, scope: Scope) -> Value:
        """Return whether it is; an empty list and an empty text are missing."""
        return (self.operand.evaluate(scope) in (None, (), "")) == self.is_missing

    def substituted(self, scope: Scope) -> str:
        """Return the value and what it is said to be."""
        if self.operand.evaluate(scope) in (None, (), ""):
            return "nothing is stated"
        return f"{self.operand.substituted(scope)} is stated"


@dataclass(frozen=True, slots=True)
class Negation(Expression):
    """The opposite of a condition."""

    operand: Expression

    def evaluate(self, scope: Scope) -> Value:
        """Return the opposite; of what is not known, nothing."""
        value = _truth(self.operand.evaluate(scope))
        return None if value is None else not value

    def substituted(self, scope: Scope) -> str:
        """Return the condition behind `not`."""
        return f"not {self.operand.substituted(scope)}"


@dataclass(frozen=True, slots=True)
class Both(Expression):
    """Two conditions joined by `and` or by `or`, with three values: true, false, not known."""

    word: str
    left: Expression
    right: Expression

    def evaluate(self, scope: Scope) -> Value:
        """Return whether they hold together: what decides by itself needs no other."""
        deciding = self.word == "or"
        left = _truth(self.left.evaluate(scope))
        if left is deciding:
            return deciding
        right = _truth(self.right.evaluate(scope))
        if right is deciding:
            return deciding
        return None if left is None or right is None else not deciding

    def substituted(self, scope: Scope) -> str:
        """Return both conditions, those of the other word in brackets."""
        sides = (self._side(each, scope) for each in (self.left, self.right))
        return f" {self.word} ".join(sides)

    def _side(self, side: Expression, scope: Scope) -> str:
        text = side.substituted(scope)
        return f"({text})" if isinstance(side, Both) and side.word != self.word else text


def _truth(value: Value) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    message = f"{shown(value)} is {type_of(value)}, not a condition"
    raise ConditionError(message)
