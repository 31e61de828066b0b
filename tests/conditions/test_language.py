"""Conditions: what they say, what they are worth, and how they read with the values put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.conditions.expression import Expression
from portfolio.conditions.language import parse
from portfolio.conditions.operations import ConditionError, Value
from portfolio.values import Duration, Money


@dataclass
class Facts:
    """What is known, by name."""

    known: Mapping[str, Value] = field(default_factory=dict)

    def value(self, name: str) -> Value:
        return self.known.get(name)

    def call(self, name: str, arguments: Sequence[Value]) -> Value:
        assert name == "size"
        return Decimal(len(arguments[0]))

    def count(self, kind: str, condition: Expression | None) -> Value:
        return Decimal(2 if condition is None else 1)

    def later(self, day: date, duration: Duration) -> date:
        return day + timedelta(days=int(duration.amount))


PROJECT = Facts(
    {
        "bac": Money(Decimal(620000), "GBP"),
        "status": "delivering",
        "finish": date(2026, 6, 30),
        "baseline": date(2026, 6, 16),
        "key": True,
        "tags": ("billing", "core"),
        "lag": Duration(Decimal(2), "w"),
        "pct": Decimal(40),
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bac > 500000", True),
        ("bac > 500000 GBP", True),
        ("bac / 2 >= 310000", True),
        ("bac - 20000 GBP = 600000", True),
        ("bac / 310000 GBP = 2", True),
        ("2 * bac = 1240000", True),
        ("status = 'delivering'", True),
        ('status != "closed"', True),
        ("status == 'closed' or status <> 'closing'", True),
        ("status in ['closed', 'cancelled']", False),
        ("status not in ['closed', 'cancelled']", True),
        ("'bill' in 'Billing platform'", True),
        ("'core' in tags", True),
        ("size(tags) = 2", True),
        ("finish > baseline + 10d", True),
        ("finish <= baseline + 14d", True),
        ("finish - baseline = 14", True),
        ("lag = 10d", True),
        ("lag < 3w", True),
        ("pct * 2 + 20 = 100", True),
        ("pct + 2 * 3 = 46", True),
        ("(pct + 2) * 3 = 126", True),
        ("-pct < 0", True),
        ("key = true and not status = 'closed'", True),
        ("key", True),
        ("count(risks) = 2", True),
        ("count(risks, current.p >= 4) = 1", True),
    ],
)
def test_what_a_condition_is_worth(text: str, expected: object) -> None:
    assert parse(text).evaluate(PROJECT) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("owner = 'anna'", None),
        ("not owner = 'anna'", None),
        ("owner = 'anna' and bac > 1", None),
        ("owner = 'anna' and bac < 1", False),
        ("bac < 1 and owner = 'anna'", False),
        ("owner = 'anna' or bac > 1", True),
        ("owner = 'anna' or bac < 1", None),
        ("owner + 1 > 2", None),
        ("bac / 0 > 1", None),
        ("owner is missing", True),
        ("owner is stated", False),
        ("bac is stated and owner is missing", True),
    ],
)
def test_what_is_not_known_is_neither_true_nor_false(text: str, expected: object) -> None:
    assert parse(text).evaluate(PROJECT) is expected


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("bac > 500000 and count(risks) = 0", "620,000 GBP > 500000 and 2 = 0"),
        ("finish > baseline + 10d", "2026-06-30 > 2026-06-26"),
        ("owner = 'anna'", "not known = 'anna'"),
        ("owner is missing", "nothing is stated"),
        ("status is stated", "'delivering' is stated"),
        ("status in ['closed', 'x']", "'delivering' in ['closed', 'x']"),
        ("key = true and (pct > 1 or pct < 0)", "true = true and (40 > 1 or 40 < 0)"),
        ("not key", "not true"),
        ("size(tags) > 1", "2 > 1"),
        ("'core' in tags", "'core' in ['billing', 'core']"),
    ],
)
def test_a_condition_reads_with_its_values(text: str, reads: str) -> None:
    assert parse(text).substituted(PROJECT) == reads


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("bac >", "the condition ends where a field or a value should be", 6),
        ("", "the condition ends where a field or a value should be", 1),
        ("bac > 5 5", "'5' stands where and, or, or the end should be", 9),
        ("(bac > 5", "the condition ends where ) should be", 9),
        ("bac > $5", "'$' means nothing in a condition", 7),
        ("bac is big", "'big' stands where missing or stated should be", 8),
        ("bac not 5", "'5' stands where in should be", 9),
        ("and bac", "'and' stands where a field or a value should be", 1),
        ("finish > 2026-02-30", "'2026-02-30' is not a day of the calendar", 10),
        ("count(5)", "'5' stands where a kind, like risks, should be", 7),
        ("(" * 200 + "1", "is nested more than 50 levels deep", 51),
        ("not " * 5000 + "key", "is nested more than 50 levels deep", 205),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_column(
    text: str, message: str, column: int
) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(text)
    assert (str(caught.value), caught.value.column) == (message, column)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("finish > 5", "2026-06-30 is a date and 5 is a number: they cannot be compared by >"),
        ("status > 5", "'delivering' is a text and 5 is a number: they cannot be compared by >"),
        ("bac > 5 EUR", "620,000 GBP and 5 EUR are in different currencies"),
        ("lag > 2mo", "2w and 2mo are in units that cannot be compared"),
        ("status + 1 = 2", "'delivering' is a text and 1 is a number: + does not go between them"),
        ("pct in 5", "5 is a number, not a list"),
        ("pct and key", "40 is a number, not a condition"),
        ("bac * bac > 1", "620,000 GBP is money and 620,000 GBP is money: * does not go between"),
    ],
)
def test_types_that_do_not_fit_are_an_error_and_no_silence(text: str, message: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(text).evaluate(PROJECT)
    assert str(caught.value).startswith(message)


@given(st.text(alphabet="ab1 .'\"()[],<>=!+-*/and or not in is missing count(", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        expression = parse(text)
        expression.evaluate(PROJECT)
        expression.substituted(PROJECT)
    except (ConditionError, AssertionError):
        pass
