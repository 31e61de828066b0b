"""A report as neutral blocks: what a page says, not how any format writes it.

Sections return blocks; every format in `templates/` renders every block. Values are typed, so that
numbers, dates and money are formatted in one place and sorted as what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Self, TypeVar

from portfolio.diagnostic import Location
from portfolio.measure.measure import Measure
from portfolio.report.charts.svg import Svg
from portfolio.report.trails.trail import Formula, Trail, documented
from portfolio.values import Money

C = TypeVar("C")
Colour = Literal["green", "amber", "red", "grey", "blue"]


@dataclass(frozen=True, slots=True)
class Strong:
    """Words with emphasis."""

    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: `#section`, a relative path, http, https or mailto."""

    words: str
    target: str


@dataclass(frozen=True, slots=True)
class Status:
    """A colour with its word and, in every format, a shape: colour is never the only carrier.

    ``words`` says more than the colour's name, where there is more to say.
    """

    colour: Colour
    words: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio as computed; None is shown as its reason."""

    value: Decimal | float | None
    reason: str = "not yet measured"

    @classmethod
    def of(cls, found: Measure[Decimal | float]) -> Self:
        """Return a ratio as computed, with its reason where it is unknown."""
        return cls(found.value, found.reason)


@dataclass(frozen=True, slots=True)
class Share(Ratio):
    """A ratio, 0..1 as computed, shown as a percentage."""


@dataclass(frozen=True, slots=True)
class Index(Ratio):
    """An index such as CPI, shown with two decimals."""


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days with its unit: `working days` or `days`; ``signed`` shows the plus."""

    value: int | Decimal | None
    unit: str = "days"
    signed: bool = False
    reason: str = "not yet measured"

    @classmethod
    def of(cls, found: Measure[int | Decimal], unit: str = "days", *, signed: bool = False) -> Self:
        """Return a number of days as computed, with its reason where it is unknown."""
        return cls(found.value, unit, signed, found.reason)


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that is not known, and why: never shown as 0 or left blank."""

    reason: str = "not yet measured"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was written, for the reader who wants to follow it."""

    location: Location


@dataclass(frozen=True, slots=True)
class Sparkline:
    """How a figure went over the last periods, oldest first; None where nobody measured."""

    points: tuple[Decimal | None, ...]


Figure = int | Decimal | date | Money | Share | Index | Days


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure that can be followed to its formula, its inputs and its source."""

    figure: Figure | Status
    trail: Trail


Inline = str | Figure | Strong | Link | Status | Missing | Source | Sparkline | Traced
Cell = Inline | tuple[Inline, ...] | None
"""One value, several behind each other, or nothing (shown as a dash)."""


def shown(found: Measure[C]) -> C | Missing:
    """Return a computed value as it is shown, or why there is none."""
    return Missing(found.reason) if found.value is None else found.value


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section."""

    words: str


@dataclass(frozen=True, slots=True, init=False)
class Paragraph:
    """A sentence or two."""

    parts: tuple[Inline, ...]

    def __init__(self, *parts: Inline) -> None:
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of the first page: its label, its value, what to compare it with."""

    label: str
    value: Cell
    note: Cell = None
    status: Status | None = None
    trail: Trail | None = None


@dataclass(frozen=True, slots=True, init=False)
class Metrics:
    """Figures side by side."""

    metrics: tuple[Metric, ...]

    def __init__(self, *metrics: Metric) -> None:
        object.__setattr__(self, "metrics", metrics)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; ``numeric`` columns are aligned right, ``wide`` ones hold sentences.

    ``formula`` says how its figures are computed.
    """

    words: str
    numeric: bool = False
    wide: bool = False
    formula: Formula = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "formula", documented(self.formula))

    @classmethod
    def number(cls, words: str, formula: Formula) -> Self:
        """Return a column of numbers, with how they are computed."""
        return cls(words, numeric=True, formula=formula)


class Row(tuple[Cell, ...]):  # noqa: SLOT001 - a tuple has no room for slots
    """The cells of a row whose figures can be followed: they share what they are made from."""

    trail: Trail

    def __new__(cls, cells: Sequence[Cell], trail: Trail) -> Self:
        """Make a row of its cells and its trail."""
        row = super().__new__(cls, cells)
        row.trail = trail
        return row

    def __getnewargs__(self) -> tuple[tuple[Cell, ...], Trail]:
        return tuple(self), self.trail  # what a copy in another process is made of


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; ``empty`` is the sentence that stands where there is no row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    empty: str = "Nothing to show."

    @classmethod
    def of(cls, *columns: Column, rows: Iterable[tuple[Cell, ...]], **told: str) -> Self:
        """Return a table of its columns; rows come as they are made, with caption and empty."""
        return cls(columns, tuple(rows), **told)


@dataclass(frozen=True, slots=True)
class Callout:
    """Something that must not be overlooked: who does what until when."""

    kind: Literal["decision", "risk", "good", "information"]
    title: str
    body: tuple[Block, ...] = ()
    owner: str = ""
    due: date | None = None
    next_action: str = ""


@dataclass(frozen=True, slots=True, init=False)
class Facts:
    """Terms with their values."""

    facts: tuple[tuple[str, Cell], ...]

    def __init__(self, *facts: tuple[str, Cell]) -> None:
        object.__setattr__(self, "facts", facts)


@dataclass(frozen=True, slots=True)
class Details:
    """An explanation that is folded away: the formula, the inputs, the source.

    On paper nothing can be unfolded, so that it stands open there; hundreds of rows that nobody
    reads on paper are not ``on_paper``, and are only named.
    """

    summary: str
    blocks: tuple[Block, ...]
    on_paper: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing that answers one question, with the same data as a table behind it.

    ``mermaid`` is the drawing for Markdown, where such a diagram makes sense.
    """

    question: str
    drawing: Svg
    data: Table
    mermaid: str = ""


Block = Subheading | Paragraph | Metrics | Table | Callout | Facts | Details | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report with a title and an id that links lead to; an ``annex`` stands behind."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    lead: str = ""
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A page: what it is about, on what day and on which data, and its sections.

    ``stamp`` are the facts of the first line: as-of date, data coverage, findings, commit. A
    ``silent`` page is for readers without access to the files: its figures have no notes.
    """

    name: str
    title: str
    subtitle: str
    as_of: date
    stamp: tuple[tuple[str, Cell], ...]
    sections: tuple[Section, ...]
    language: str = "en"
    generator: str = ""
    silent: bool = False
