"""The rows of one kind for people: on a terminal what fits it, in a file as Markdown."""

from __future__ import annotations

from pmo_cli import console
from pmo_cli.formats.rows.markdown import content
from pmo_cli.options import Session
from portfolio.application.show import Listing, fitting, numeric_columns
from portfolio.measure.table import readable

__all__ = ["ENDINGS", "NARROW", "content", "print_rows"]
ENDINGS = (".txt",)
NARROW = True


def print_rows(listing: Listing, session: Session, *, fit: bool) -> None:
    """Print the rows, and how many there are; ``fit`` leaves out what has no room."""
    table = fitting(listing.table, listing.kind, console.width()) if fit else listing.table
    titles = [name.replace("_", " ") for name in table.columns]
    body = [[readable(value) or "-" for value in row] for row in table.rows]
    console.print_table(titles, body, numeric=numeric_columns(table), session=session)
    kind = listing.kind
    console.say(f"{len(body)} {kind.PLURAL if len(body) != 1 else kind.KIND}", session)
