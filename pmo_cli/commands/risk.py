"""`pmo risk`: questions about uncertainty."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pmo_cli.options import Format, Session, shared


class Shape(StrEnum):
    """What three points are taken for."""

    triangular = "triangular"
    pert = "pert"


def mount(app: typer.Typer, panel: str) -> None:
    """Add the group to the application."""
    group = typer.Typer(no_args_is_help=True, help="Simulate dates and cost under uncertainty.")

    @group.callback()
    def risk() -> None:
        """Simulate dates and cost under uncertainty."""

    group.command("simulate")(shared(simulate))
    app.add_typer(group, name="risk", rich_help_panel=panel)


def simulate(  # noqa: PLR0913
    session: Session,
    selector: Annotated[
        list[str] | None, typer.Argument(help="Which projects: atlas, programme:digital-billing.")
    ] = None,
    iterations: Annotated[
        int, typer.Option(min=100, max=1_000_000, help="How often everything is drawn.")
    ] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same result.")] = (
        20260101
    ),
    distribution: Annotated[
        Shape, typer.Option(help="What three points are taken for.")
    ] = Shape.triangular,
    opportunities: Annotated[
        bool, typer.Option("--opportunities", help="Let opportunities help; contingency does not.")
    ] = False,
    residual: Annotated[
        bool, typer.Option("--residual", help="Draw risks as their responses leave them.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="table for people.")] = Format.table,
) -> None:
    """Draw durations, costs and risks thousands of times: P10 to P90 of every date and of cost."""
    from pmo_cli import console
    from pmo_cli.formats.simulation import simulation_data, write_tables
    from pmo_cli.opening import commit_of, open_portfolio
    from pmo_cli.session import finish
    from portfolio.analysis.risk.simulation import simulate as drawn
    from portfolio.analysis.risk.simulation_inputs import simulation_inputs
    from portfolio.application.selection import chosen_parts
    from portfolio.application.validation.validate import judge

    portfolio, loaded = open_portfolio(session)
    chosen = chosen_parts(portfolio, selector)
    inputs = simulation_inputs(portfolio, chosen, opportunities=opportunities, residual=residual)
    outcome = drawn(
        inputs.model,
        iterations=iterations,
        seed=seed,
        shape=distribution.value,
        progress=console.progress(iterations, "iterations", session),
    )
    data = simulation_data(portfolio, inputs, outcome)
    data = {"seed": seed, "iterations": iterations, "distribution": distribution.value, **data}
    if form is Format.json:
        from pmo_cli.formats.json_document import envelope

        console.write(envelope("risk simulate", portfolio, commit_of(session, loaded), data))
    else:
        write_tables(data, session)
    finish(session, judge(loaded), strict=False)
