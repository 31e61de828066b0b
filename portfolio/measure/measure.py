"""What a calculation returns: a value, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Code = Literal[
    "",
    "not_started",
    "no_data",
    "zero_denominator",
    "finished",
    "unreachable",
    "out_of_range",
    "stale",
    "small_sample",
]


@dataclass(frozen=True, slots=True)
class Measure(Generic[T]):
    """A value, or None with the reason: a code for programs and words for people.

    An unknown value is never 0 and never enters a sum or a mean.
    """

    value: T | None
    code: Code = ""
    reason: str = ""

    @property
    def is_known(self) -> bool:
        """Tell whether there is a value."""
        return self.value is not None


def unknown(code: Code, reason: str) -> Measure[T]:
    """Return a measure without a value, and why."""
    return Measure(None, code, reason)
