"""Change to baselines: what waits for a decision, what was absorbed, what drifted."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.governance.change_control import ChangeState, change_state, request_times
from portfolio.model.governance import ChangeRequest
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Days,
    Metric,
    Metrics,
    Missing,
    Section,
    Share,
    Status,
    Subheading,
    Table,
    shown,
)
from portfolio.report.section import section
from portfolio.report.table_layout import cells_of
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.governance.change_control import RequestTimes
    from portfolio.model.delivery.projects import Project
    from portfolio.report.pack import Pack

_OLD_DAYS = 30


@section("board", order=82)
def change_control(pack: Pack) -> Section | None:
    """Show open requests by age, and the change that baselines have absorbed."""
    requests = pack.all(ChangeRequest)
    if not requests:
        return None
    times = request_times(requests, pack.as_of)
    states = [(each, change_state(pack.portfolio, each)) for each in pack.live_projects]
    moved = [(project, state) for project, state in states if state.approved or _drifted(state)]
    blocks: list[Block] = [_metrics(times)]
    if times.waiting:
        blocks.append(waiting_table(pack, times))
    if moved:
        blocks += [Subheading("What baselines have absorbed"), absorbed_table(pack, moved)]
    return Section("change", "Change to baselines", tuple(blocks), _lead(moved))


def _drifted(state: ChangeState) -> bool:
    return bool(state.cost_drift.value) or bool(state.time_drift.value)


def _lead(moved: list[tuple[Project, ChangeState]]) -> str:
    adrift = [project.label for project, state in moved if _drifted(state)]
    if not adrift:
        return "No baseline moved beyond what was approved." if moved else ""
    verb = "has" if len(adrift) == 1 else "have"
    return f"{' and '.join(adrift)} {verb} a baseline that moved beyond what was approved."


def _metrics(times: RequestTimes) -> Metrics:
    oldest = times.waiting[0][1] if times.waiting else None
    return Metrics(
        Metric(
            "Open requests",
            len(times.waiting),
            Days(oldest, "days, the oldest") if oldest is not None else None,
        ),
        Metric(
            "Decided within",
            Days.of(times.median),
            f"median of {times.decided}" if times.decided else None,
        ),
        Metric("Nine in ten within", Days.of(times.nine_in_ten.map(round))),
    )


def waiting_table(pack: Pack, times: RequestTimes) -> Table:
    """Show the requests that wait, the oldest first."""
    return Table.of(
        Column("Request", wide=True),
        Column("Project"),
        Column("Waits", formula="Days since the request was raised."),
        Column.number("Cost", "As stated."),
        Column("Time", formula="As stated."),
        Column("Who may decide"),
        Column("State"),
        rows=(
            (
                request.label,
                pack.name(request.project),
                Status("amber" if age > _OLD_DAYS else "grey", f"{age} days"),
                _cost(request),
                str(request.impact.time)
                if request.impact is not None and request.impact.time is not None
                else Missing("not assessed"),
                request.authority.replace("_", " ") if request.authority else Missing("nobody"),
                request.status,
            )
            for request, age in times.waiting
        ),
    )


def _cost(request: ChangeRequest) -> Cell:
    if request.impact is None or request.impact.cost is None:
        return Missing("not assessed")
    return request.impact.cost


def absorbed_table(pack: Pack, moved: list[tuple[Project, ChangeState]]) -> Table:
    """Show net and gross approved change, and drift, of each project."""
    home = pack.portfolio.settings.organisation.currency
    return Table.of(
        Column("Project"),
        Column.number("Approved", "Change requests approved."),
        Column.number("Cost, net", "Approved cost changes summed, with their signs."),
        Column.number("Cost, gross", "Approved cost changes summed, without their signs."),
        Column.number("Time, net", "Approved days summed, with their signs."),
        Column.number("Time, gross", "Approved days summed, without their signs."),
        Column(
            "Drift of the budget",
            formula="(budget now - first approved - approved changes) / first approved.",
        ),
        Column(
            "Drift of the finish", formula="Finish now - first approved finish - approved days."
        ),
        rows=(
            (
                pack.project_link(project),
                state.approved,
                *cells_of(state.cost, lambda known: (Share(known.net), Share(known.gross)), 2),
                *cells_of(state.time, lambda known: (Share(known.net), Share(known.gross)), 2),
                _drift_of_budget(state, project.currency or home),
                shown(state.time_drift.map(_drift_of_finish)),
            )
            for project, state in moved
        ),
        caption="Shares of the original baseline. Net adds ups and downs, gross their sizes. Drift "
        "is what moved without an approved request: it must be 0.",
    )


def _drift_of_budget(state: ChangeState, currency: str) -> Cell:
    def told(drift: Decimal) -> Cell:
        if not drift:
            return Status("green", "none")
        return (Status("red", "drift"), " ", Money(drift, currency))

    return shown(state.cost_drift.map(told))


def _drift_of_finish(drift: Decimal) -> Status:
    return Status("red", f"{drift:+.0f} working days") if drift else Status("green", "none")
