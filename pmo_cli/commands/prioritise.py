"""`pmo prioritise`: which proposals come first, and which set is the best that can be had."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pmo_cli.options import TABLE, Form, Session, shared


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


@shared
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
    form: Form = TABLE,
) -> None:
    """Rank proposals, and find the best set inside budget, capacity and prerequisites."""
    from pmo_cli.formats.registry import format_named
    from pmo_cli.session import finish, opened
    from portfolio.application import prioritisation as application

    asked = application.PrioritisationRequest(
        among=tuple(selector or ()),
        method=None if method is None else method.value,
        worth=None if by is None else by.value,
        budget=dict(_pair(each, "--budget") for each in budget) if budget else None,
        capacity=dict(_pair(each, "--capacity") for each in capacity) if capacity else None,
        pinned_in=tuple(pin_in or ()),
        pinned_out=tuple(pin_out or ()),
        cut=_percent(cut),
        frontier=frontier,
        sensitivity=sensitivity,
    )
    found = application.prioritise(opened(session), asked)
    format_named("answers", form.value).write(found, "prioritise", session)
    finish(session, found.opened.findings, strict=False)
    if found.best.conflict:
        raise typer.Exit(1)


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
