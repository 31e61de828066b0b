"""`pmo new KIND`: a commented skeleton of one entity."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pmo_cli.failure import Failure
from pmo_cli.options import Session, shared


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("new", rich_help_panel=panel)(shared(new))


def new(
    session: Session,
    kind: Annotated[str, typer.Argument(help="A kind: risk, project, decision.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into a new file.")
    ] = None,
    *,
    full: Annotated[bool, typer.Option("--all", help="Every field, not only the needed.")] = False,
) -> None:
    """Print a commented skeleton of one entity, or write it into a new file."""
    from pmo_cli import console
    from pmo_cli.commands.show import kind_of
    from pmo_cli.opening import today
    from pmo_cli.skeletons import skeleton
    from pmo_cli.writing import write_file

    wanted = kind_of(kind)
    content = "\n".join(skeleton(wanted, session.day or today(), full=full)) + "\n"
    if output is None:
        console.write(content)
        return
    if output.exists():
        message = f"{output} exists"
        raise Failure(message, "choose a new file; `pmo new` never changes one")
    write_file(output, content.encode(), marked=False)
    console.say(f"wrote {output}: fill it, then run `pmo validate`", session)
