"""Trails as the sections lay them: from records and values to what a note tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.place import NOWHERE
from portfolio.report.formatting import in_words
from portfolio.report.trails.trail import Formula, Trail

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from portfolio.diagnostic import Location
    from portfolio.record import Record
    from portfolio.report.blocks import Cell


def trail(
    formula: Formula = "",
    *,
    inputs: Mapping[str, Cell] | None = None,
    sources: Iterable[Location] = (),
) -> Trail:
    """Return how a figure came about; ``inputs`` are the terms that went in, with their values."""
    words = tuple((term, in_words(value)) for term, value in (inputs or {}).items())
    return Trail(formula, words, tuple(sources))


def written(*records: Record | None, at: Iterable[str] = ()) -> tuple[Location, ...]:
    """Return where records were written: at each of their fields ``at`` that is there, else whole.

    Records that nobody wrote, because they were computed, and None have no place.
    """
    keys = tuple(at)
    return tuple(
        place
        for record in records
        if record is not None and record.source is not NOWHERE
        for place in _places(record, keys)
    )


def _places(record: Record, keys: tuple[str, ...]) -> Iterable[Location]:
    stated = [key for key in keys if record.wrote(key)]
    return [record.where(key) for key in stated] or [record.where()]
