"""`pmo risk`: questions about uncertainty."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pmo_cli.options import TABLE, Form, Session, shared

COMMANDS = ("simulate",)
HELP = "Simulate dates and cost under uncertainty."


class Shape(StrEnum):
    """What three points are taken for."""

    triangular = "triangular"
    pert = "pert"


@shared
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
    form: Form = TABLE,
) -> None:
    """Draw durations, costs and risks thousands of times: P10 to P90 of every date and of cost."""
    from pmo_cli import console
    from pmo_cli.formats.registry import format_named
    from pmo_cli.session import finish, opened
    from portfolio.application import simulation as application

    asked = application.SimulationRequest(
        selectors=tuple(selector or ()),
        iterations=iterations,
        seed=seed,
        distribution=distribution.value,
        opportunities=opportunities,
        residual=residual,
    )
    progress = console.progress(iterations, "iterations", session)
    found = application.simulate(opened(session), asked, progress)
    format_named("answers", form.value).write(found, "risk simulate", session)
    finish(session, found.opened.findings, strict=False)
