"""From one text to a value, by a scalar's shape and its field's limits: YAML and cells alike."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from portfolio.record import Field, Scalar
from portfolio.spelling import did_you_mean


def read_text(shape: Scalar, stated: Field, text: str) -> Any:  # noqa: ANN401
    """Read one text by a scalar shape; raise ValueError with a sentence where it does not fit."""
    return text_reader(shape, stated)(text)


@cache
def text_reader(shape: Scalar, stated: Field) -> Callable[[str], Any]:
    """Return the function that reads a text by a shape, within the limits of a field."""
    if shape.choices:
        return _choice_reader(shape.choices, stated)
    if stated.minimum is None and stated.maximum is None:
        return shape.read
    return _limited_reader(shape.read, stated)


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


def _limited_reader(convert: Callable[[str], Any], stated: Field) -> Callable[[str], Any]:
    lowest, highest = stated.minimum, stated.maximum

    def read(text: str) -> Any:  # noqa: ANN401
        value = convert(text)
        if isinstance(value, int | Decimal):
            below = lowest is not None and value < lowest
            above = highest is not None and value > highest
            if below or above:
                message = f"{stated.key} is {text}; it must be {_range(lowest, highest)}"
                raise ValueError(message)
        return value

    return read


def _range(lowest: Any, highest: Any) -> str:  # noqa: ANN401
    if lowest is None:
        return f"{highest} or less"
    if highest is None:
        return f"{lowest} or more"
    return f"between {lowest} and {highest}"
