"""The values that a figure was computed from, each with the place where a file states it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.impact.effect import Input
from portfolio.impact.words import money_in_words
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.record import Record


def stated(id_: str, record: Record, *keys: str, under: str = "") -> tuple[Input, ...]:
    """Return those of a record's fields that a file states; a default is nobody's statement.

    ``id_`` is the entity that the record is or belongs to, ``under`` the field that holds it there.
    """
    prefix = f"{under}." if under else ""
    return tuple(
        Input(id_, f"{prefix}{key}", _in_words(_value(record, key)), record.where(key))
        for key in keys
        if record.wrote(key) and _value(record, key) is not None
    )


def _value(record: Record, key: str) -> object:
    return getattr(record, record.FIELDS[key].name)


def _in_words(value: object) -> str:
    if isinstance(value, Money):
        return money_in_words(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
