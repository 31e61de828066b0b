"""`pmo deps`: who waits for whom, and what a slip does to them."""

from __future__ import annotations

import gc
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pmo_cli.failure import Failure
from pmo_cli.options import Session, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.impact.ripple import Ripple
    from portfolio.model.portfolio import Portfolio


class Format(StrEnum):
    """How the answer is written."""

    table = "table"
    json = "json"
    mermaid = "mermaid"


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("deps", rich_help_panel=panel)(shared(deps))


def deps(  # noqa: PLR0913
    session: Session,
    selector: Annotated[
        list[str] | None,
        typer.Argument(help="What to look at: an id, or kind:, tag:, owner:, path:, atlas+."),
    ] = None,
    slip: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LENGTH",
            help="Suppose that it finishes 10d later; atlas.build=10d names what. Repeatable.",
        ),
    ] = None,
    include_soft: Annotated[
        bool, typer.Option("--include-soft", help="List what soft promises put at risk.")
    ] = False,
    depth: Annotated[
        int | None, typer.Option(help="How many steps of the trees to show.", min=1)
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="Leave out what this selects.", metavar="SELECTOR")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="table for people, json for scripts.")
    ] = Format.table,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if there is an error or a loop.")
    ] = False,
) -> None:
    """Show who waits for whom, and with --slip who is hit by a delay, when and for how much.

    Without a selector: project to project and project to business, with margins. With one id:
    what it waits for and what waits for it, however indirectly.
    """
    from pmo_cli.opening import finish, judge, open_portfolio
    from pmo_cli.selecting import chosen_ids

    portfolio, loaded = open_portfolio(session)
    gc.disable()  # a schedule is millions of small objects that live until the end
    ids = chosen_ids(portfolio, selector, exclude or ()) if selector else ()
    chosen = [id_ for id_ in portfolio.entities if id_ in ids] if ids else []
    if selector and not chosen:
        message = f"{' '.join(selector)} selects nothing"
        raise Failure(message)
    looped = False
    if slip:
        _show_ripple(
            session, portfolio, _slipped(portfolio, chosen, slip, form, include_soft), form
        )
    elif len(chosen) == 1:
        _show_trees(session, portfolio, chosen[0], depth, form)
    else:
        looped = _show_picture(session, portfolio, chosen, form)
    if not session.quiet or strict:
        finish(session, judge(loaded), strict=strict)
    if looped and strict:
        sys.exit(1)


def _slipped(
    portfolio: Portfolio, chosen: Sequence[str], slip: Sequence[str], form: Format, soft: bool
) -> Ripple:
    """Compute the ripple of what the command line supposes; a Failure where it cannot be."""
    from pmo_cli.selecting import chosen_ids
    from portfolio.impact.injection import SLIPPING, CannotSlipError, read_injections
    from portfolio.impact.ripple import ripple
    from portfolio.model.delivery import Milestone

    able = [id_ for id_ in chosen if portfolio.entities[id_].kind in SLIPPING]
    try:
        injections = read_injections(slip, able if len(chosen) > 1 else chosen)
        for each in injections:
            chosen_ids(portfolio, [each.id])  # says what was meant where nothing has that id
        activities = form is not Format.table or not portfolio.all(Milestone)
        return ripple(portfolio, injections, include_soft=soft, activities=activities)
    except CannotSlipError as error:
        raise Failure(str(error)) from None


def _show_ripple(session: Session, portfolio: Portfolio, found: Ripple, form: Format) -> None:
    from pmo_cli import console

    if form is Format.json:
        from pmo_cli.dependency_data import ripple_data
        from portfolio.impact.outlook import look_ahead

        _print_json(session, portfolio, ripple_data(found, look_ahead(portfolio, found)))
    elif form is Format.mermaid:
        from portfolio.exchange.mermaid import draw_ripple

        console.write(draw_ripple(found))
    else:
        from pmo_cli.dependency_tables import print_ripple
        from portfolio.impact.outlook import look_ahead

        print_ripple(found, look_ahead(portfolio, found), session)


def _show_trees(
    session: Session, portfolio: Portfolio, id_: str, depth: int | None, form: Format
) -> None:
    from pmo_cli import console
    from portfolio.network.tree import tree

    above, below = tree(portfolio, id_, "above", depth), tree(portfolio, id_, "below", depth)
    if form is Format.json:
        from pmo_cli.dependency_data import tree_data

        _print_json(session, portfolio, tree_data(above, below))
    elif form is Format.mermaid:
        from portfolio.exchange.mermaid import draw_surroundings

        console.write(draw_surroundings(above, below))
    else:
        from pmo_cli.dependency_tables import print_trees

        print_trees(above, below)


def _show_picture(
    session: Session, portfolio: Portfolio, chosen: Sequence[str], form: Format
) -> bool:
    """Show the picture, of the chosen projects only where some are; tell whether it has a loop."""
    from pmo_cli import console
    from portfolio.impact.picture import business_links, project_matrix
    from portfolio.network.graph import most_awaited
    from portfolio.network.loops import find_cycles

    cycles = find_cycles(portfolio)
    wanted = {portfolio.entities[id_].owner_id or id_ for id_ in chosen}
    links = [
        link
        for link in project_matrix(portfolio)
        if not wanted or wanted.intersection((link.giver, link.receiver))
    ]
    business = [link for link in business_links(portfolio) if not wanted or link.project in wanted]
    if form is Format.mermaid:
        from portfolio.exchange.mermaid import draw_picture

        console.write(draw_picture(links, business))
        return bool(cycles)
    awaited = most_awaited(portfolio)
    if form is Format.json:
        from pmo_cli.dependency_data import picture_data

        _print_json(session, portfolio, picture_data(links, business, awaited, cycles))
    else:
        from pmo_cli.dependency_tables import print_picture

        print_picture(links, business, awaited, cycles, session)
    return bool(cycles)


def _print_json(session: Session, portfolio: Portfolio, data: dict[str, Any]) -> None:
    from pmo_cli import console
    from pmo_cli.envelope import envelope
    from pmo_cli.opening import commit_of

    console.write(envelope("deps", portfolio, commit_of(session), data))
