"""`pmo prioritise`: which proposals come first, and which set is the best that can be had."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.options import Format, Session, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.analysis.strategy.portfolio_selection import Limits
    from portfolio.model.portfolio import Portfolio


class MethodName(StrEnum):
    """How scores on criteria become one."""

    weighted = "weighted"
    topsis = "topsis"
    topsis_minmax = "topsis-minmax"


class Worth(StrEnum):
    """What a set is worth."""

    npv = "npv"
    score = "score"


Selector = Annotated[
    list[str] | None,
    typer.Argument(help="Only proposals of these projects, or these proposals."),
]
Ranked = Annotated[
    MethodName | None, typer.Option(help="How to rank (default: from pmo.yaml, weighted)")
]
Valued = Annotated[
    Worth | None,
    typer.Option(help="What a set is worth (default: npv where all state one, else score)"),
]
Budget = Annotated[
    list[str] | None,
    typer.Option(metavar="[PERIOD=]AMOUNT", help="What there is to spend, in all or by period."),
]
Capacity = Annotated[
    list[str] | None, typer.Option(metavar="SKILL=FTE", help="The people there are.")
]
PinnedIn = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="This one is settled: it comes.")
]
PinnedOut = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="This one is settled: it does not.")
]


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("prioritise", rich_help_panel=panel)(shared(prioritise))


def prioritise(  # noqa: PLR0913
    session: Session,
    selector: Selector = None,
    method: Ranked = None,
    by: Valued = None,
    budget: Budget = None,
    capacity: Capacity = None,
    pin_in: PinnedIn = None,
    pin_out: PinnedOut = None,
    cut: Annotated[
        str | None, typer.Option(metavar="PERCENT", help="What so much less would drop: 10 or 10%.")
    ] = None,
    frontier: Annotated[
        bool, typer.Option("--frontier", help="What less and more money would bring.")
    ] = False,
    sensitivity: Annotated[
        bool, typer.Option("--sensitivity", help="Who stays in with other weights and budgets.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="table for people.")] = Format.table,
) -> None:
    """Rank proposals, and find the best set inside budget, capacity and prerequisites."""
    from pmo_cli import console
    from pmo_cli.formats.prioritisation_json import Wanted, round_data
    from pmo_cli.formats.prioritisation_tables import write_tables
    from pmo_cli.opening import commit_of, open_portfolio
    from pmo_cli.session import finish
    from portfolio.analysis.strategy.planning_round import planning_round, settle
    from portfolio.application.failure import Failure
    from portfolio.application.validation.validate import judge

    portfolio, loaded = open_portfolio(session)
    round_ = settle(
        planning_round(
            portfolio,
            method=None if method is None else method.value,
            worth=None if by is None else by.value,
            limits=_limits(portfolio, budget or (), capacity or ()),
            among=_among(portfolio, selector),
        ),
        [_proposal(portfolio, each) for each in pin_in or ()],
        [_proposal(portfolio, each) for each in pin_out or ()],
    )
    try:
        data = round_data(portfolio, round_, Wanted(_percent(cut), frontier, sensitivity))
    except TimeoutError as error:
        raise Failure(str(error), "ask for fewer proposals, or for fewer limits") from None
    if form is Format.json:
        from pmo_cli.formats.json_document import envelope

        console.write(envelope("prioritise", portfolio, commit_of(session, loaded), data))
    else:
        write_tables(data, session)
    finish(session, judge(loaded), strict=False)
    if data["best_set"]["conflict"]:
        raise typer.Exit(1)


def _among(portfolio: Portfolio, selector: list[str] | None) -> set[str] | None:
    """Return the ids of the proposals and projects that are selected; None for all."""
    from portfolio.model.strategy import Proposal

    if not selector:
        return None
    known = {each.id for each in portfolio.all(Proposal)}
    found = set(selector) & known
    rest = [each for each in selector if each not in known]
    if rest:
        from portfolio.application.selection import chosen_ids

        found |= chosen_ids(portfolio, rest)
    return found


def _proposal(portfolio: Portfolio, written: str) -> str:
    """Return the id of a proposal, named by itself or by its project; a Failure for neither."""
    from portfolio.application.failure import Failure
    from portfolio.model.strategy import Proposal
    from portfolio.spelling import did_you_mean

    proposals = portfolio.all(Proposal)
    for each in proposals:
        if written in {each.id, each.project.id}:
            return each.id
    near = did_you_mean(written, [each.id for each in proposals])
    message = f"{written!r} is no proposal"
    raise Failure(message, f"did you mean {near}?" if near else "`pmo show proposals` lists them")


def _limits(portfolio: Portfolio, budget: Sequence[str], capacity: Sequence[str]) -> Limits | None:
    """Return the limits as the settings have them, with what the command line says instead."""
    from dataclasses import replace

    from portfolio.analysis.strategy.planning_round import settled_limits

    if not budget and not capacity:
        return None
    limits = settled_limits(portfolio)
    if budget:
        limits = replace(limits, budget=dict(_pair(each, "--budget") for each in budget))
    if capacity:
        limits = replace(limits, capacity=dict(_pair(each, "--capacity") for each in capacity))
    return limits


def _percent(text: str | None) -> float | None:
    """Read ``10`` or ``10%``, from 0 to 100; a Failure for anything else."""
    from portfolio.application.failure import Failure

    if text is None:
        return None
    try:
        value = float(text.strip().removesuffix("%"))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:  # noqa: PLR2004 - per cent
        raise Failure(f"--cut {text!r} is no percentage", "write it like 10 or 10%")
    return value


def _pair(text: str, option: str) -> tuple[str, float]:
    """Read ``2026-Q3=250000``, or ``250000`` for a budget; a Failure for anything else."""
    from portfolio.application.failure import Failure

    name, equals, amount = text.rpartition("=")
    try:
        value = float(amount)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf") or (option == "--capacity" and not (equals and name)):
        example = "2026-Q3=250000 or 900000" if option == "--budget" else "PRMG=1.5"
        raise Failure(f"{option} {text!r} cannot be read", f"write it like {example}")
    return name, value
