"""The mapping file of an import: which column is which field, and how the source writes things.

It is read by the same mechanism as every other file, so a mistake in it is a located finding.
"""

from collections.abc import Mapping
from typing import ClassVar, Literal

from portfolio.record import Record, field
from portfolio.settings import Settings

LONGEST_ID = 80
"""An id names a file as well, and those have a limit."""

Scale = Literal["one", "thousand", "million", "billion", "percent"]


class NumberStyle(Record):
    """How numbers are written in the source."""

    decimal: str = field("The decimal mark.", default=".")
    thousands: str | None = field("The mark between groups of three digits.", example=",")
    strip: tuple[str, ...] = field("Texts that stand around the digits.", example="[£, GBP]")
    scale: Scale | None = field("What one unit stands for.", example="million")
    suffixes: Mapping[str, Scale] | None = field(
        "Endings that say the scale of one number, instead of `scale`.", example="{m: million}"
    )
    decimals: int | None = field("Round to so many decimals.", minimum=0, maximum=9)
    currency: str | None = field("The currency of the amounts.", example="EUR")


class Cell(Record):
    """Where a field's value comes from, and how it is written there."""

    SHORTHAND: ClassVar[str] = "column"

    column: str | tuple[str, ...] | None = field(
        "The column's header, or several of which one is there; * stands for any text."
    )
    columns: tuple[str, ...] = field("Several columns whose texts are joined.")
    separator: str = field("What stands between joined texts.", default=" ")
    otherwise: str | tuple[str, ...] | None = field("The column that is read where this is empty.")
    between: tuple[str, str] | None = field(
        "Two columns of dates; the value is the time from the first to the second, both included."
    )
    value: str | None = field("The same value for every row, written as in a portfolio.")
    map: Mapping[str, str] | None = field("The source's words and ours; others are not understood.")
    missing: tuple[str, ...] = field("Texts that mean there is no value, besides the general ones.")
    exempt: tuple[str, ...] = field("Texts that mean the value is withheld.")
    dates: tuple[str, ...] = field("How dates are written here.", example="[DD/MM/YYYY]")
    number: NumberStyle | None = field("How numbers are written here.")
    currency: str | None = field("The column that holds the currency.")
    unit: str | None = field("The unit of a bare number in a duration.", example="d")
    split: str | None = field("What separates the items of a list in one cell.", example=";")
    slug: bool = field("Write the text as a slug.", default=False)
    prefix: str | None = field("What stands before the value.")
    kind: str | None = field(
        "The kind that a reference is looked up in, where it could be several."
    )
    create: Mapping[str, str] | None = field(
        "Make the entity that is referred to, with these fields, where the import has none."
    )
    when: Literal["past", "future"] | None = field(
        "Take a date only up to the portfolio's as-of, or only after it."
    )
    as_written: bool = field("The cell holds an id of this portfolio.", default=False)
    optional: bool = field("The file may lack the column.", default=False)


class Identifier(Record):
    """How an entity's id is made; it becomes a slug."""

    SHORTHAND: ClassVar[str] = "column"

    column: str | tuple[str, ...] | None = field("The column, or several of which one is there.")
    columns: tuple[str, ...] = field("Several columns whose texts are joined.")
    prefix: str | None = field("What stands before it.")
    length: int = field("Cut longer ones at a word.", default=LONGEST_ID, minimum=8, maximum=120)
    distinguish: str | tuple[str, ...] | None = field("The column added where an id is taken.")
    doubles: Literal["list", "number"] = field(
        "List a row whose id is taken and leave it out, or add a number.", default="list"
    )


class Condition(Record):
    """What a cell must hold for its row to be taken."""

    SHORTHAND: ClassVar[str] = "is"

    is_: str | tuple[str, ...] | None = field("One of these texts; * stands for any text.")
    not_: str | tuple[str, ...] | None = field("None of these texts.")
    key_of: str | None = field("The key of an entity of this kind in this import.")


class Child(Record):
    """An entity that a row holds besides its own: a milestone, a gate, a status report."""

    kind: str = field("Its kind.", required=True)
    id: str = field("Its id inside the row's entity.", required=True)
    fields: Mapping[str, Cell | tuple[Cell, ...]] = field("Its fields.", required=True)


class Layout(Record):
    """How a file is laid out."""

    encoding: str | None = field(
        "The encoding of a CSV file; UTF-8 when left out.", example="cp1252"
    )
    delimiter: str | None = field(
        "The separator; told from the header when left out.", example="tab"
    )
    header_row: int | None = field("The row of the headers; 0 when there is none.", minimum=0)
    transpose: bool | None = field("One entity a column: turn the table first.")


class Table(Layout):
    """What the rows of a file or sheet become."""

    ONE_OF: ClassVar[tuple[tuple[str, ...], ...]] = (("kind", "adds_to"),)

    file: str | tuple[str, ...] | None = field("Which files, by name; every file when left out.")
    sheet: str | None = field("Which sheet of a workbook; the first when left out.")
    optional: bool = field("The import may lack the file.", default=False)
    kind: str | None = field("What each row is.")
    adds_to: str | None = field("Rows add fields to entities of this kind, found by `key`.")
    where_: Mapping[str, Condition | tuple[str, ...]] | None = field("Which rows are taken.")
    skip: Mapping[str, Condition | tuple[str, ...]] | None = field("Which rows are left out.")
    id: Identifier | None = field("How the id is made.")
    key: str | tuple[str, ...] | None = field(
        "The columns by which other tables refer to a row; those of the id when left out."
    )
    fields: Mapping[str, Cell | tuple[Cell, ...]] | None = field("Which column is which field.")
    once: bool = field("Rows with the same id are one entity.", default=False)
    children: tuple[Child, ...] = field("What else a row holds.")
    ignore: tuple[str, ...] = field("Columns that are left out on purpose.")


class ImportMapping(Layout):
    """The whole of a mapping file, besides the `entities` that it adds."""

    description: str | None = field("What it reads.")
    pmo: Settings | None = field("The pmo.yaml of a new portfolio.")
    replace: Mapping[str, str] | None = field("Texts replaced in every cell, headers included.")
    missing: tuple[str, ...] = field("Texts that mean there is no value; * stands for any text.")
    exempt: tuple[str, ...] = field("Texts that mean the value is withheld, counted apart.")
    dates: tuple[str, ...] = field("How dates are written, besides YYYY-MM-DD.")
    numbers: NumberStyle = field("How numbers are written.", default=NumberStyle())
    money: NumberStyle | None = field("How money is written; as numbers when left out.")
    tables: tuple[Table, ...] = field("What the rows become.", required=True)
    files: Mapping[str, str] | None = field(
        "Where each kind is written: {id} and {field} are filled in."
    )


def texts(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return what was written as one text or a list of them, as a tuple."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value
