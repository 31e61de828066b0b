"""`pmo resources`: what to do about people who are asked for more than there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.options import Format, Session, shared

if TYPE_CHECKING:
    from portfolio.impact.resources.levelling import Proposal
    from portfolio.loading.loader import Loaded


def mount(app: typer.Typer, panel: str) -> None:
    """Add the group to the application."""
    group = typer.Typer(no_args_is_help=True, help="Level the work of people booked too much.")

    @group.callback()
    def resources() -> None:
        """Level the work of people booked too much."""

    group.command("level")(shared(level))
    app.add_typer(group, name="resources", rich_help_panel=panel)


def level(
    session: Session,
    selector: Annotated[
        list[str] | None,
        typer.Argument(help="Whose work may move: atlas, programme:digital-billing."),
    ] = None,
    within_float: Annotated[
        bool, typer.Option("--within-float", help="Move nothing beyond its float: no end moves.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write the proposal into the files.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="table for people.")] = Format.table,
) -> None:
    """Propose which work waits for whom, and say what the waiting costs. Nothing is written."""
    from pmo_cli import console
    from pmo_cli.formats.levelling import proposal_data, write_tables
    from pmo_cli.opening import commit_of, open_portfolio
    from pmo_cli.session import finish
    from portfolio.application.selection import chosen_parts
    from portfolio.application.validation.validate import judge
    from portfolio.impact.resources.levelling import propose

    portfolio, loaded = open_portfolio(session)
    chosen = chosen_parts(portfolio, selector)
    proposal = propose(portfolio, chosen, within_float=within_float)
    data = proposal_data(portfolio, proposal)
    if form is Format.json:
        from pmo_cli.formats.json_document import envelope

        console.write(envelope("resources level", portfolio, commit_of(session, loaded), data))
    else:
        write_tables(data, session)
    if write:
        _write(proposal, loaded, session)
    elif proposal.shifts:
        console.say("nothing is written; --write puts it into the files", session)
    finish(session, judge(loaded), strict=False)


def _write(proposal: Proposal, loaded: Loaded, session: Session) -> None:
    from pmo_cli import console
    from pmo_cli.opening import find_folder
    from portfolio.application.levelling import levelling_edits
    from portfolio.application.validation.fixes import repairs, write

    offers, left = levelling_edits(proposal, loaded.texts)
    folders = {"": find_folder(session)} | {f"{o.as_posix()}/": o for o in session.overlays}
    for repair in repairs(loaded, offers):
        done = write(repair, folders)
        console.say(f"{'wrote' if done else 'changed meanwhile, left as it is:'} {repair.path}",
                    session)  # fmt: skip
    for words in left:
        console.say(f"left to you: {words}", session)
