"""`pmo show KIND`: the rows of one kind, with computed columns."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.formats.registry import choice
from pmo_cli.options import Excluded, Force, Output, Session, Strict, shared

if TYPE_CHECKING:
    from portfolio.application.show import Listing

    Format = StrEnum
else:
    Format = choice("rows")


@shared
def show(  # noqa: PLR0913
    session: Session,
    kind: Annotated[str, typer.Argument(help="A kind, singular or plural: risk, milestones.")],
    selector: Annotated[
        list[str] | None, typer.Argument(help="Which ones: atlas, owner:anna-reyes, tag:billing.")
    ] = None,
    exclude: Excluded = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="xlsx needs -o. [default: by the file's ending, else table]",
            show_default=False,
        ),
    ] = None,
    columns: Annotated[
        str | None, typer.Option(help="Only these columns, separated by commas.", metavar="NAMES")
    ] = None,
    output: Output = None,
    force: Force = False,
    strict: Strict = False,
) -> None:
    """List the entities of one kind, their fields and the figures computed for them."""
    from pmo_cli.formats.registry import format_for, format_named
    from pmo_cli.session import finish, opened
    from portfolio.application import show as application

    application.kind_of(kind)
    wanted = form.value if form else format_for("rows", output, "table")
    writer = format_named("rows", wanted)
    asked = application.ShowRequest(
        kind=kind,
        selectors=tuple(selector or ()),
        exclude=tuple(exclude or ()),
        columns=_names(columns),
        narrow=writer.NARROW,
    )
    listing = application.show(opened(session), asked)
    if wanted == "table" and output is None:
        writer.print_rows(listing, session, fit=columns is None)
    else:
        _emit(session, wanted, listing, output, force=force)
    finish(session, listing.opened.findings, strict=strict)


def _names(columns: str | None) -> tuple[str, ...] | None:
    if columns is None:
        return None
    return tuple(name.strip() for name in columns.split(",") if name.strip())


def _emit(
    session: Session, form: str, listing: Listing, output: Path | None, *, force: bool
) -> None:
    """Write the rows in a format for scripts or documents."""
    from pmo_cli import console
    from pmo_cli.formats.registry import format_named
    from portfolio.application.failure import Failure
    from portfolio.application.writing import write_file

    is_binary = form == "xlsx"
    if is_binary and output is None and sys.stdout.isatty():
        message = "a workbook cannot be shown on a terminal"
        raise Failure(message, "write it into a file with -o FILE")
    content = format_named("rows", form).content(listing, session)
    if output is not None:
        write_file(output, content, force=force, marked=False)
        console.say(f"wrote {output}", session)
    elif is_binary:
        sys.stdout.buffer.write(content)
    else:
        console.write(content.decode())
