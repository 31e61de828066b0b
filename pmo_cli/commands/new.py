"""`pmo new KIND`: a commented skeleton of one entity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.options import Session, shared

if TYPE_CHECKING:
    from portfolio.application.starters.sample_values import Surroundings


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
    """Print a commented skeleton of one entity, or write it into a new file.

    As printed it validates: what must be named is an existing id, marked `# choose`, or stands
    below where there is none.
    """
    from pmo_cli import console
    from pmo_cli.commands.show import kind_of
    from portfolio.application.failure import Failure
    from portfolio.application.starters.skeleton import skeleton
    from portfolio.application.writing import write_file

    content = "\n".join(skeleton(kind_of(kind), _surroundings(session), full=full)) + "\n"
    if output is None:
        console.write(content)
        return
    if output.exists():
        message = f"{output} exists"
        raise Failure(message, "choose a new file; `pmo new` never changes one")
    write_file(output, content.encode(), marked=False)
    console.say(f"wrote {output}: fill it, then run `pmo validate`", session)


def _surroundings(session: Session) -> Surroundings:
    """Return what is around the new entity; without a portfolio that can be used only the day."""
    from pmo_cli.console import say
    from pmo_cli.opening import open_portfolio
    from pmo_cli.session import note_findings, today
    from portfolio.application.failure import Failure
    from portfolio.application.starters.sample_values import Surroundings
    from portfolio.diagnostic import Severity
    from portfolio.loading.discovery import find_root
    from portfolio.view.audience import shown

    alone = Surroundings(session.day or today())
    if session.directory is None and find_root(Path.cwd()) is None:
        return alone
    try:
        portfolio, loaded = open_portfolio(session)
    except Failure as failure:
        say(f"{failure.message.partition(chr(10))[0]}: the skeleton names nothing of it", session)
        return alone
    # Whoever writes `pmo new risk > new.yaml` has an empty file there already: that is no error.
    unread = [found for found in loaded.diagnostics if found.severity is Severity.ERROR]
    say(note_findings(unread), session)
    return Surroundings(portfolio.as_of, shown(portfolio).portfolio, portfolio.entities.keys())
