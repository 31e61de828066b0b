"""`pmo show KIND`: the rows of one kind, with computed columns."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.options import Session, shared

if TYPE_CHECKING:
    from portfolio.loading.loader import Loaded
    from portfolio.measure.table import Rows
    from portfolio.model.entity import Entity
    from portfolio.model.portfolio import Portfolio


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"
    markdown = "markdown"
    xlsx = "xlsx"


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("show", rich_help_panel=panel)(shared(show))


def show(  # noqa: PLR0913
    session: Session,
    kind: Annotated[str, typer.Argument(help="A kind, singular or plural: risk, milestones.")],
    selector: Annotated[
        list[str] | None, typer.Argument(help="Which ones: atlas, owner:anna-reyes, tag:billing.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="Leave out what this selects.", metavar="SELECTOR")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="table for people; xlsx needs -o.")
    ] = Format.table,
    columns: Annotated[
        str | None, typer.Option(help="Only these columns, separated by commas.", metavar="NAMES")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into a file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite any file.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if there is an error.")
    ] = False,
) -> None:
    """List the entities of one kind, their fields and the figures computed for them."""
    from pmo_cli import console
    from pmo_cli.opening import open_portfolio
    from pmo_cli.session import finish
    from portfolio.application.show import fitting
    from portfolio.application.validation.validate import judge
    from portfolio.measure.table import rows

    import_module("portfolio.analysis.columns")  # registers the computed columns
    wanted = kind_of(kind)
    portfolio, loaded = opened = open_portfolio(session)
    entities = _selected(portfolio, wanted, selector, exclude)
    chosen = _columns(wanted, columns, entities, form)
    table = rows(portfolio, wanted, entities, chosen)
    if form is Format.table and output is None:
        if columns is None:
            table = fitting(table, console.width())
        titles = [name.replace("_", " ") for name in table.columns]
        from portfolio.application.show import numeric_columns
        from portfolio.measure.table import readable

        body = [[readable(value) or "-" for value in row] for row in table.rows]
        console.print_table(titles, body, numeric=numeric_columns(table), session=session)
        console.say(f"{len(body)} {wanted.PLURAL if len(body) != 1 else wanted.KIND}", session)
    else:
        _emit(session, opened, wanted, table, form, output, force=force)
    finish(session, judge(loaded), strict=strict)


def kind_of(name: str) -> type[Entity]:
    """Return the kind with a name; a Failure with the nearest where there is none."""
    from portfolio.application.failure import Failure
    from portfolio.model.kinds import kind_named, kind_names
    from portfolio.spelling import did_you_mean

    kind = kind_named(name.replace("-", "_"))
    if kind is None:
        near = did_you_mean(name, kind_names())
        message = f"{name!r} is not a kind"
        raise Failure(
            message, f"did you mean {near}?" if near else "`pmo explain kinds` lists them"
        )
    return kind


def _selected(
    portfolio: Portfolio,
    kind: type[Entity],
    selector: list[str] | None,
    exclude: list[str] | None,
) -> tuple[Entity, ...]:
    entities = portfolio.all(kind)
    if not selector and not exclude:
        return entities
    from portfolio.application.selection import chosen_ids
    from portfolio.view.parts import belonging

    left_out = chosen_ids(portfolio, exclude) if exclude else frozenset()
    ids = belonging(portfolio, chosen_ids(portfolio, selector or ()))
    hidden = belonging(portfolio, left_out)
    return tuple(each for each in entities if each.id in ids and each.id not in hidden)


def _columns(
    kind: type[Entity], names: str | None, entities: tuple[Entity, ...], form: Format
) -> tuple[str, ...]:
    from portfolio.application.failure import Failure
    from portfolio.application.show import preferred_columns
    from portfolio.measure.figure import column_names
    from portfolio.spelling import did_you_mean

    known = column_names(kind)
    if names is None:
        narrow = form in {Format.table, Format.markdown}
        return preferred_columns(kind, entities) if narrow else known
    chosen = tuple(name.strip() for name in names.split(",") if name.strip())
    for name in chosen:
        if name not in known:
            near = did_you_mean(name, known)
            message = f"{kind.KIND} has no column {name!r}"
            raise Failure(
                message, f"did you mean {near}?" if near else f"it has {', '.join(known)}"
            )
    return chosen


def _emit(  # noqa: PLR0913
    session: Session,
    opened: tuple[Portfolio, Loaded],
    kind: type[Entity],
    table: Rows,
    form: Format,
    output: Path | None,
    *,
    force: bool,
) -> None:
    """Write the rows in a format for scripts or documents."""
    from pmo_cli import console
    from portfolio.application.failure import Failure
    from portfolio.application.writing import write_file

    if form is Format.xlsx:
        from portfolio.exchange.tables.workbook import write_xlsx

        if output is None and sys.stdout.isatty():
            message = "a workbook cannot be shown on a terminal"
            raise Failure(message, "write it into a file with -o FILE")
        book = io.BytesIO()
        write_xlsx({kind.PLURAL: table}, book)
        content = book.getvalue()
    else:
        content = _as_text(session, opened, kind, table, form).encode()
    if output is not None:
        write_file(output, content, force=force, marked=False)
        console.say(f"wrote {output}", session)
    elif form is Format.xlsx:
        sys.stdout.buffer.write(content)
    else:
        console.write(content.decode())


def _as_text(
    session: Session,
    opened: tuple[Portfolio, Loaded],
    kind: type[Entity],
    table: Rows,
    form: Format,
) -> str:
    from portfolio.exchange.tables.table_text import as_csv, as_markdown

    if form is Format.csv:
        return as_csv(table)
    if form is Format.json:
        from pmo_cli.formats.json_document import envelope, rows_as_records
        from pmo_cli.opening import commit_of

        data = {"kind": kind.KIND, "rows": rows_as_records(table)}
        portfolio, loaded = opened
        return envelope("show", portfolio, commit_of(session, loaded), data)
    return as_markdown(table)
