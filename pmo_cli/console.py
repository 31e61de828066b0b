"""The terminal: colours, tables and trees; the only importer of rich."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Literal, TextIO

from pmo_cli.formats.found import unpainted
from portfolio.characters import inert, inert_markup, on_one_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pmo_cli.formats.found import Paint
    from pmo_cli.options import Session
    from portfolio.application.failure import Failure

_UNBROKEN = 14
"""Columns of dates, numbers and short words are not broken over lines."""
_BAR = 30
_CODES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "blue": "34", "green": "32"}


def wants_colour(stream: TextIO, session: Session) -> bool:
    """Tell whether a stream gets colours: a terminal, unless NO_COLOR or --no-color says no."""
    if session.no_color or os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def painter(stream: TextIO, session: Session) -> Paint:
    """Return a function that puts words into a style, or leaves them as they are."""
    if not wants_colour(stream, session):
        return unpainted
    return lambda style, words: f"\x1b[{_CODES[style]}m{words}\x1b[0m" if words else words


def say(message: str, session: Session | None = None) -> None:
    """Print talk to stderr, unless the user wants it quiet."""
    if message and not (session and session.quiet):
        sys.stderr.write(f"{inert(on_one_screen(message))}\n")


def words_of(failure: Failure) -> str:
    """Return what a failure says, with the findings where a file cannot be used."""
    if not failure.findings:
        return failure.message
    from pmo_cli.formats.findings.text import text

    return f"{failure.message}\n{text(failure.findings, failure.texts).rstrip()}"


Written = Literal["text", "painted", "markup", "commands"]


def write(result: str, written: Written = "text") -> None:
    """Print a result to stdout, in which no line is taken for a command of a CI service.

    Whoever has ``painted`` it has cleaned its texts of what steers a terminal; ``commands`` are
    meant for the service.
    """
    if written != "painted":
        result = on_one_screen(result)
    if written != "commands":
        result = inert_markup(result) if written == "markup" else inert(result)
    sys.stdout.write(result if result.endswith("\n") or not result else f"{result}\n")


def progress(total: int, unit: str, session: Session) -> Callable[[int], None] | None:
    """Return what shows how far a long computation is, on one line of a terminal; else None."""
    if session.quiet or not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        filled = _BAR * done // total
        bar = f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {done:,} of {total:,} {unit}"
        sys.stderr.write(bar if done < total else f"\r{' ' * len(bar)}\r")
        sys.stderr.flush()

    return show


def print_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    numeric: Sequence[int] = (),
    session: Session | None = None,
) -> None:
    """Print rows as a table that fits the terminal; ``numeric`` columns are right-aligned."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    listed = [[inert(on_one_screen(cell)) for cell in row] for row in rows]
    titles = _broken_where_needed([on_one_screen(each) for each in headings], listed)
    table = Table(
        title=on_one_screen(title) or None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for index, heading in enumerate(titles):
        whole = index == 0 or all(len(row[index]) <= _UNBROKEN for row in listed)
        side: Literal["left", "right"] = "right" if index in numeric else "left"
        table.add_column(heading, justify=side, overflow="fold", no_wrap=whole)
    for row in listed:
        table.add_row(*(Text(cell) for cell in row))
    session_colour = session is None or wants_colour(sys.stdout, session)
    console = Console(no_color=not session_colour, highlight=False, width=width())
    with console.capture() as printed:  # a cell may be folded before what a command begins with
        console.print(table)
    sys.stdout.write(inert(printed.get()))


def _broken_where_needed(headings: Sequence[str], rows: list[list[str]]) -> list[str]:
    """Break headings into lines where they would take the room of what stands under them."""
    widest = [max([0, *(len(row[index]) for row in rows)]) for index in range(len(headings))]
    whole = sum(max(len(each), cell) + 3 for each, cell in zip(headings, widest, strict=True))
    if whole <= width():
        return list(headings)
    return [
        textwrap.fill(each, max(cell, *map(len, each.split()), 1))
        for each, cell in zip(headings, widest, strict=True)
    ]


def width() -> int:
    """Return the width of the terminal; a pipe gets 120 columns unless COLUMNS says otherwise."""
    if os.environ.get("COLUMNS", "").isdigit():
        return int(os.environ["COLUMNS"])
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 120


def write_wrapped(words: str, hanging: str = "    ") -> None:
    """Print a line of result folded at the width of the terminal; ``hanging`` starts its rest."""
    from textwrap import fill

    write(
        fill(
            words,
            width(),
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
