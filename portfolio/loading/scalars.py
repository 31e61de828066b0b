"""From one text to a value, by a scalar's shape and its field's limits: YAML and cells alike."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from portfolio.bounds import MOST_COUNTED, TEXT, longest_in, require_short
from portfolio.record import Field, Scalar
from portfolio.spelling import did_you_mean
from portfolio.values import read_integer


def read_text(shape: Scalar, stated: Field, text: str) -> Any:  # noqa: ANN401
    """Read one text by a scalar shape; raise ValueError with a sentence where it does not fit."""
    return text_reader(shape, stated)(text)


@cache
def text_reader(shape: Scalar, stated: Field) -> Callable[[str], Any]:
    """Return the function that reads a text by a shape, within the limits of a field."""
    if shape.choices:
        return _choice_reader(shape.choices, stated)
    if shape.read is str:
        return _words_reader(stated)
    most = longest_in(stated.unit) or (MOST_COUNTED if shape.read is read_integer else None)
    lowest = -most if stated.minimum is None and most is not None else stated.minimum
    highest = most if stated.maximum is None else stated.maximum
    if lowest is None and highest is None:
        return shape.read
    return _limited_reader(shape.read, stated.key, lowest, highest)


def shortest_refused(stated: Field) -> int:
    """Return how many characters are too many for a text."""
    return (stated.longest or TEXT) + 1


def _words_reader(stated: Field) -> Callable[[str], str]:
    most, key = shortest_refused(stated) - 1, stated.key

    def read(text: str) -> str:
        require_short(text, most, key)
        return text

    return read


def _choice_reader(choices: tuple[str, ...], stated: Field) -> Callable[[str], str]:
    known = {choice: choice for choice in choices}

    def read(text: str) -> str:
        value = known.get(text)
        if value is None:
            near = did_you_mean(text, choices)
            message = f"{stated.key} is {text!r}; it must be one of {', '.join(choices)}"
            raise ValueError(message + (f" (did you mean {near}?)" if near else ""))
        return value

    return read


def _limited_reader(
    convert: Callable[[str], Any], key: str, lowest: Decimal | None, highest: Decimal | None
) -> Callable[[str], Any]:
    def read(text: str) -> Any:  # noqa: ANN401
        value = convert(text)
        if isinstance(value, int | Decimal):
            below = lowest is not None and value < lowest
            above = highest is not None and value > highest
            if below or above:
                message = f"{key} is {text}; it must be {_range(lowest, highest)}"
                raise ValueError(message)
        return value

    return read


def _range(lowest: Decimal | None, highest: Decimal | None) -> str:
    if lowest is None:
        return f"{highest:,} or less"
    if highest is None:
        return f"{lowest:,} or more"
    return f"between {lowest:,} and {highest:,}"
