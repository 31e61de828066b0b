"""`pmo new KIND`: a commented skeleton of one entity."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pmo_cli.options import Session, shared


@shared
def new(
    session: Session,
    kind: Annotated[str, typer.Argument(help="A kind: risk, project, decision.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into a new file.")
    ] = None,
    *,
    full: Annotated[bool, typer.Option("--all", help="Every field, not only the needed.")] = False,
) -> None:
    """Print a commented skeleton of one entity, or write it into a new file.

    As printed it validates: what must be named is an existing id, marked `# choose`, or stands
    below where there is none.
    """
    from pmo_cli import console
    from pmo_cli.session import origin_of, say_all
    from portfolio.application.failure import Failure
    from portfolio.application.new import skeleton_of
    from portfolio.application.writing import write_file

    made = skeleton_of(kind, origin_of(session), full=full)
    say_all(made.notes, session)
    if output is None:
        console.write(made.value)
        return
    if output.exists():
        message = f"{output} exists"
        raise Failure(message, "choose a new file; `pmo new` never changes one")
    write_file(output, made.value.encode(), marked=False)
    console.say(f"wrote {output}: fill it, then run `pmo validate`", session)
