"""From the text of a condition to its parts: no `eval`, no code, a dozen signs and words.

    bac > 500000 and count(risks, current.p * current.i >= 9) = 0

a field or figure    bac, declared_rag.overall, computed_rag, as_of (the status date)
a value              500000, 500000 GBP, 2026-03-31, 10d, 'delivering', ['a', 'b'], true
comparing            = != < <= > >=, in, not in (a list, or a part of a text)
being there          is missing, is stated
computing            + - * / of numbers and money; a date takes a duration; two dates are days
combining            and, or, not, ( )
counting             count(risks), count(risks, a condition on each): what refers to this one
functions            days(a, b), working_days(a, b), size(a list or a text)

What is not stated is neither true nor false, and only what is true is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from portfolio.conditions.expression import (
    Arithmetic,
    Both,
    Call,
    Comparison,
    Count,
    Expression,
    Items,
    Literal,
    Name,
    Negation,
    Presence,
)
from portfolio.conditions.operations import ConditionError
from portfolio.values import DURATION_UNITS, Money, read_date, read_duration, read_number

_UNITS = "|".join(sorted(DURATION_UNITS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<date>\d{{4}}-\d{{2}}-\d{{2}})
    |(?P<duration>\d+(?:\.\d+)?(?:{_UNITS})\b)
    |(?P<money>\d+(?:\.\d+)?\s*[A-Z]{{3}}\b)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<text>'[^']*'|"[^"]*")
    |(?P<word>[a-zA-Z_][\w]*(?:\.[a-zA-Z_]\w*)*)
    |(?P<sign><=|>=|!=|<>|==|[-+*/=<>(),\[\]])
    )""",
    re.VERBOSE,
)
_COMPARING = {"=", "!=", "<", "<=", ">", ">=", "in", "not in"}
_SAME = {"==": "=", "<>": "!="}
_DEEPEST = 50
_MOST = 1000


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


_END = "end"


def parse(text: str) -> Expression:
    """Read a condition; raise ConditionError with the column where it stops making sense."""
    tokens = list(_tokens(text))
    whole = _Reader(tokens).whole()
    if len(tokens) > _MOST:
        message = f"it has {len(tokens):,} words and signs; a condition has at most {_MOST:,}"
        raise ConditionError(message, tokens[_MOST].column)
    return whole


def names_in(expression: Expression) -> Iterator[Name | Call | Count]:
    """Yield every field and function that a condition names, from left to right.

    The condition inside a count is about other entities: its names are not among them.
    """
    if isinstance(expression, Name | Count):
        yield expression
    elif isinstance(expression, Call):
        yield expression
        for each in expression.arguments:
            yield from names_in(each)
    elif isinstance(expression, Items):
        for each in expression.items:
            yield from names_in(each)
    elif isinstance(expression, Negation | Presence):
        yield from names_in(expression.operand)
    elif isinstance(expression, Arithmetic | Comparison | Both):
        yield from names_in(expression.left)
        yield from names_in(expression.right)


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            at = position + len(text[position:]) - len(text[position:].lstrip())
            message = f"{text[at]!r} means nothing in a condition"
            raise ConditionError(message, at + 1, "`pmo explain conditions` shows what does")
        kind = match.lastgroup or _END
        yield _Token(kind, match[kind], match.start(kind) + 1)
        position = match.end()
    yield _Token(_END, "", len(text) + 1)


class _Reader:
    """Reads tokens from left to right; each method reads one level of precedence."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _took(self, *texts: str) -> str:
        """Take the next token if it is one of these signs or words; return it, else nothing."""
        token = self._next
        text = _SAME.get(token.text, token.text)
        if token.kind in {"sign", "word"} and text in texts:
            self._at += 1
            return text
        return ""

    def whole(self) -> Expression:
        """Read everything."""
        found = self._either()
        if self._next.kind != _END:
            raise self._unexpected("and, or, or the end")
        return found

    def _either(self) -> Expression:
        found = self._both()
        while self._took("or"):
            found = Both("or", found, self._both())
        return found

    def _both(self) -> Expression:
        found = self._negated()
        while self._took("and"):
            found = Both("and", found, self._negated())
        return found

    def _negated(self) -> Expression:
        if self._next.text == "not":
            self._take()
            with self._deeper():
                return Negation(self._negated())
        return self._compared()

    def _compared(self) -> Expression:
        left = self._sum()
        if self._took("is"):
            return Presence(left, is_missing=self._presence())
        sign = self._took("in", *_COMPARING)
        if not sign and self._took("not"):
            if not self._took("in"):
                raise self._unexpected("in")
            sign = "not in"
        return Comparison(sign, left, self._sum()) if sign else left

    def _presence(self) -> bool:
        word = self._took("missing", "stated")
        if not word:
            raise self._unexpected("missing or stated")
        return word == "missing"

    def _sum(self) -> Expression:
        found = self._product()
        while sign := self._took("+", "-"):
            found = Arithmetic(sign, found, self._product())
        return found

    def _product(self) -> Expression:
        found = self._factor()
        while sign := self._took("*", "/"):
            found = Arithmetic(sign, found, self._factor())
        return found

    def _factor(self) -> Expression:
        with self._deeper():
            return self._bracketed() if self._next.kind == "sign" else self._single()

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > _DEEPEST:
            message = f"is nested more than {_DEEPEST} levels deep"
            raise ConditionError(message, self._next.column)
        yield
        self._depth -= 1

    def _bracketed(self) -> Expression:
        if self._took("-"):
            return Arithmetic("-", Literal(Decimal(0)), self._factor())
        if self._took("("):
            found = self._either()
            self._close(")")
            return found
        if self._took("["):
            return Items(self._list("]"))
        raise self._unexpected("a field or a value")

    def _single(self) -> Expression:
        token = self._take()
        if token.kind == "word":
            return self._named(token)
        if token.kind == _END:
            self._at -= 1
            raise self._unexpected("a field or a value")
        return Literal(_value(token))

    def _named(self, token: _Token) -> Expression:
        if token.text in {"true", "false"}:
            return Literal(token.text == "true")
        if token.text in {"and", "or", "in", "is", "missing", "stated"}:
            self._at -= 1
            raise self._unexpected("a field or a value")
        if self._took("("):
            return self._count() if token.text == "count" else Call(token.text, self._list(")"))
        return Name(token.text)

    def _count(self) -> Expression:
        kind = self._take()
        if kind.kind != "word":
            self._at -= 1
            raise self._unexpected("a kind, like risks,")
        condition = self._either() if self._took(",") else None
        self._close(")")
        return Count(kind.text, condition)

    def _list(self, closing: str) -> tuple[Expression, ...]:
        if self._took(closing):
            return ()
        found = [self._either()]
        while self._took(","):
            found.append(self._either())
        self._close(closing)
        return tuple(found)

    def _close(self, closing: str) -> None:
        if not self._took(closing):
            raise self._unexpected(closing)

    def _unexpected(self, wanted: str) -> ConditionError:
        token = self._next
        found = f"{token.text!r} stands" if token.kind != _END else "the condition ends"
        return ConditionError(f"{found} where {wanted} should be", token.column)


def _value(token: _Token) -> object:
    try:
        if token.kind == "date":
            return read_date(token.text)
        if token.kind == "duration":
            return read_duration(token.text)
    except ValueError as error:
        raise ConditionError(str(error), token.column) from None
    if token.kind == "money":
        return Money(read_number(token.text[:-3].strip()), token.text[-3:])
    return token.text[1:-1] if token.kind == "text" else read_number(token.text)
