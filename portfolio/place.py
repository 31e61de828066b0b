"""Positions in files: packed into one small integer each, because a portfolio has a million."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.diagnostic import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE_LIMIT = 0xFFFF


def packed(line: int, column: int, length: int = 0) -> int:
    """Pack a position (all 1-based, length 0 when unknown) into one small integer."""
    return line << 32 | min(column, PLACE_LIMIT) << 16 | min(length, PLACE_LIMIT)


class Source:
    """Where a record was written: its file, its own position, and that of each field's value."""

    __slots__ = ("fields", "path", "place")

    def __init__(self, path: str, place: int, fields: Mapping[str, int]) -> None:
        """Keep the file's path, the record's packed position and the packed ones of its fields."""
        self.path = path
        self.place = place
        self.fields = fields

    @property
    def start(self) -> tuple[int, int]:
        """Return the line and the column at which the record begins."""
        return self.place >> 32, self.place >> 16 & PLACE_LIMIT

    def location(self, key: str = "") -> Location:
        """Return the place of one field's value, or of the record where the field is absent."""
        return unpacked(self.path, self.fields.get(key, self.place))


class Overlaid(Source):
    """Where a record was written that another repository adds fields to."""

    __slots__ = ("below", "over")

    def __init__(self, below: Source, over: Source) -> None:
        """Keep both: a field stands where it was written last."""
        super().__init__(below.path, below.place, {**below.fields, **over.fields})
        self.below = below
        self.over = over

    def location(self, key: str = "") -> Location:
        """Return the place of one field's value; of the record and its id, where it came first."""
        is_over = key != "id" and key in self.over.fields
        return (self.over if is_over else self.below).location(key)


def unpacked(path: str, place: int) -> Location:
    """Turn a packed position into a Location."""
    line, column, length = place >> 32, place >> 16 & PLACE_LIMIT, place & PLACE_LIMIT
    return Location(path, line, column, line, column + length)


NOWHERE = Source("", packed(1, 1), {})
