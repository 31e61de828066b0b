"""What follows from an exception: damages, the case, who waits, and what a further week costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.commercial.liquidated_damages import damages_exposures, milestone_day
from portfolio.analysis.finance.business_case import business_case
from portfolio.impact.decision_delay import stake_of_project
from portfolio.model.commercial.contracts import Contract
from portfolio.model.delivery.projects import Dependency, Milestone
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Days,
    Facts,
    Missing,
    Section,
    Status,
    Subheading,
    Table,
    shown,
)
from portfolio.report.section import section
from portfolio.report.sections.delivery.highlight_status import project_of
from portfolio.report.sections.governance.decision_brief import slip_parts
from portfolio.report.sections.governance.exception_report import is_exception
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portfolio.report.pack import Pack


_DAMAGES = (
    Column("Damages for"),
    Column("Contract"),
    Column("Free until", formula="Due day + grace."),
    Column("Expected", formula="Forecast, else the committed day."),
    Column.number("Owed then", "Rate x started periods of delay after the grace, at most the cap."),
    Column.number("At most", "The cap of the clause."),
)
_WAITING = (
    Column("Promise", wide=True),
    Column("Waits"),
    Column("Needed by", formula="As stated."),
    Column("Expected", formula="Forecast, else the committed day."),
    Column.number("Margin", "Working days from the expected day to the day of need."),
)


@section("exception", order=30)
def consequence(pack: Pack) -> Section | None:
    """Show what the exception costs and whom it hits, and what happens if nothing is done."""
    if not is_exception(pack):
        return None
    blocks: list[Block] = [Facts(*_case(pack), _further(pack))]
    damages = tuple(_damages(pack))
    if damages:
        blocks += [Subheading("Damages"), Table(_DAMAGES, damages)]
    waiting = tuple(_waiting(pack))
    empty = "No other project waits for anything of this one."
    blocks += [Subheading("Who waits"), Table(_WAITING, waiting, empty=empty)]
    return Section("consequence", "What follows", tuple(blocks))


def _case(pack: Pack) -> Iterator[tuple[str, Cell]]:
    found = business_case(pack.portfolio, project_of(pack))
    if found.value is None:
        yield ("Value of the case now", Missing(found.reason))
        return
    case = found.value
    yield ("Value of the case now", (case.value, ", benefits less cost at today's values"))
    if case.deferred.amount:
        yield ("Benefit lost by the delay", case.deferred)


def _further(pack: Pack) -> tuple[str, Cell]:
    """Return what a further slip of the project costs: the price of doing nothing."""
    found = stake_of_project(pack.portfolio, project_of(pack))
    term = "A further slip costs"
    return (term, shown(found.map(slip_parts)))


def _damages(pack: Pack) -> Iterator[tuple[Cell, ...]]:
    for contract in pack.portfolio.all(Contract):
        for found in damages_exposures(pack.portfolio, contract):
            exposure = found.value
            if exposure is None or exposure.milestone.owner_id != project_of(pack).id:
                continue
            late = exposure.forecast > exposure.free_until
            yield (
                exposure.milestone.label,
                contract.label,
                exposure.free_until,
                exposure.forecast,
                exposure.at_forecast if late else "nothing",
                exposure.cap or Missing("no cap"),
            )


def _waiting(pack: Pack) -> Iterator[tuple[Cell, ...]]:
    project = project_of(pack)
    for promise in pack.portfolio.all(Dependency):
        own = promise.from_.id.partition(".")[0] == project.id
        if not own or not is_open(promise) or promise.owner_id == project.id:
            continue
        milestone = pack.portfolio.find(promise.from_, Milestone)
        expected = milestone_day(pack.portfolio, milestone) if milestone else promise.forecast
        yield (
            promise.label,
            pack.name(promise.owner_id),
            promise.need_by or Missing("not stated"),
            expected or Missing("not stated"),
            _margin(promise, expected),
        )


def _margin(promise: Dependency, expected: date | None) -> Cell:
    if promise.need_by is None or expected is None:
        return Missing("not known")
    days = (promise.need_by - expected).days
    return Status("red", f"{-days} days late") if days < 0 else Days(days)
