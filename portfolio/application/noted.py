"""A result with what its reader should also be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Noted(Generic[Value]):
    """A value, and in words what is to be said about how it came about."""

    value: Value
    notes: tuple[str, ...] = ()
