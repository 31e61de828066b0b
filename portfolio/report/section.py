"""Sections register themselves on the pages that they belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from portfolio.report.blocks import Section

Builder = Callable[[Any], Section | None]


@dataclass(frozen=True, slots=True)
class Registered:
    """A section's builder with the reports it belongs to and its place in them."""

    reports: tuple[str, ...]
    order: int
    build: Builder = field(compare=False)


_SECTIONS: dict[str, Registered] = {}


def section(*reports: str, order: int) -> Callable[[Builder], Builder]:
    """Register a function as a section of some reports; it returns None to be left out."""

    def register(build: Builder) -> Builder:
        _SECTIONS[f"{build.__module__}.{build.__name__}"] = Registered(reports, order, build)
        return build

    return register


def sections_of(report: str) -> Sequence[Builder]:
    """Return the builders of a report's sections in their order."""
    found = sorted(
        (each for each in _SECTIONS.values() if report in each.reports), key=lambda each: each.order
    )
    return [each.build for each in found]
