"""What projects leave to operations: early life support, stability, run cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.operations.business_change import stability_after
from portfolio.analysis.operations.early_life_support import (
    SupportState,
    run_cost_now,
    run_cost_steps,
    support_state,
)
from portfolio.analysis.operations.service_transition import change_success
from portfolio.model.operations.services import ChangeEvent, EarlyLifeSupport
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Index,
    Metric,
    Metrics,
    Missing,
    Section,
    Share,
    Status,
    Subheading,
    Table,
)
from portfolio.report.section import section
from portfolio.report.table_layout import cells_of
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.report.pack import Pack


@section("board", order=86)
def handover(pack: Pack) -> Section | None:
    """Show what releases did to stability, who still helps, and what it will cost to run."""
    done = [
        each for each in pack.all(ChangeEvent) if each.status in {"done", "rolled_back", "failed"}
    ]
    supports = [support_state(pack.portfolio, each) for each in pack.all(EarlyLifeSupport)]
    costs = pack.selected is None and bool(run_cost_steps(pack.portfolio))
    if not (done or supports or costs):
        return None
    blocks: list[Block] = [_metrics(pack, done, supports)]
    if done:
        blocks += [Subheading("After the last releases"), stability_table(pack, done)]
    if supports:
        blocks += [Subheading("Early life support"), support_table(pack, supports)]
    if costs:
        blocks += [Subheading("Run cost"), run_cost_table(pack)]
    return Section("handover", "Handed over to operations", tuple(blocks), _lead(pack, supports))


def _lead(pack: Pack, supports: list[SupportState]) -> str:
    late = [each for each in supports if each.days_overdue]
    if not late:
        return ""
    names = ", ".join(pack.name(each.support.change) for each in late)
    return f"Early life support is overdue, a hidden cost of the project: {names}."


def _metrics(pack: Pack, done: Sequence[ChangeEvent], supports: list[SupportState]) -> Metrics:
    success, delta = change_success(done), run_cost_now(pack.portfolio)
    home = pack.portfolio.settings.organisation.currency
    overdue = sum(bool(each.days_overdue) for each in supports)
    monthly: Cell = Missing(delta.reason)
    year: Cell = None
    if delta.value is not None:
        monthly = Money(delta.value.monthly, home)
        share = delta.value.unbudgeted.value
        year = (
            "first year ", Money(delta.value.first_year, home), ", then ",
            Money(delta.value.steady_year, home), " a year",
            *((f"; {share:.0%} of the increases unbudgeted",) if share is not None else ()),
        )  # fmt: skip
    return Metrics(
        Metric("Change success", Share.of(success), f"{len(done)} finished"),
        Metric("Support overdue", overdue, f"of {len(supports)} planned or running"),
        Metric("Run cost a month, change", monthly, year),
    )


def stability_table(pack: Pack, done: Sequence[ChangeEvent]) -> Table:
    """Show incidents a week before and after each finished release."""
    return Table(
        (
            Column("Release", wide=True),
            Column("Went live", formula="As stated."),
            Column("Ended", formula="As stated."),
            Column("Incidents caused", formula="As stated."),
            Column.number("A week before", "Incidents a week, mean before it."),
            Column.number("A week after", "The same, mean after it."),
            Column.number("After by before", "A week after / a week before.")
        ),
        tuple(
            (
                each.label,
                each.go_live,
                Status("green", "done") if each.status == "done"
                else Status("red", each.status.replace("_", " ")),
                each.incidents_caused if each.incidents_caused is not None
                else Missing("not stated"),
                *_stability(pack, each),
            )
            for each in sorted(done, key=lambda each: each.go_live, reverse=True)
        ),
        caption="Incidents of the services of a release: the four weeks after it against the eight "
        "before. The season is not taken out.",
    )  # fmt: skip


def _stability(pack: Pack, event: ChangeEvent) -> tuple[Cell, ...]:
    return cells_of(
        stability_after(pack.portfolio, event),
        lambda known: (Index(known.before), Index(known.after), Index.of(known.ratio)),
        3,
    )


def support_table(pack: Pack, supports: list[SupportState]) -> Table:
    """Show early life support with its end and what must hold before it."""
    rows = sorted(supports, key=lambda each: (-each.days_overdue, str(each.support.planned_to)))
    return Table.of(
        Column("Release", wide=True),
        Column("From", formula="As stated."),
        Column("Planned to", formula="As stated."),
        Column("State", formula="As stated; days since it should have ended."),
        Column("May end when", wide=True),
        rows=(
            (
                pack.name(each.support.change),
                each.support.from_ or Missing("no date"),
                each.support.planned_to or Missing("no date"),
                _state(each),
                "; ".join(_exits(each)) or Missing("no exit criterion is stated"),
            )
            for each in rows
        ),
        empty="No early life support is planned.",
    )


def _state(found: SupportState) -> Cell:
    if found.days_overdue:
        return Status("red", f"{found.days_overdue} days overdue")
    if found.support.actual_to is not None:
        return Status("green", f"ended on {found.support.actual_to}")
    if not found.is_running:
        return "to come"
    ready = found.may_end.value
    return Status("green", "may end") if ready else Status("amber", "running")


def _exits(found: SupportState) -> list[str]:
    words = {True: "reached", False: "not reached"}
    return [
        f"{kpi.label if kpi is not None else 'an indicator'} "
        f"{'≥' if kpi is not None and kpi.direction == 'higher' else '≤'} {criterion.threshold} "
        f"for {criterion.consecutive_periods} periods: "
        + (words[reached.value] if reached.value is not None else reached.reason)
        for criterion, kpi, reached in found.exits
    ]


def run_cost_table(pack: Pack) -> Table:
    """Show what each service costs a month before and after."""
    home = pack.portfolio.settings.organisation.currency
    return Table.of(
        Column("Service"),
        Column("From", formula="As stated."),
        Column.number("Now", "As stated."),
        Column.number("Then", "As stated."),
        Column.number("Change a month", "Then - now."),
        Column("Budgeted"),
        rows=(
            (
                each.service.label,
                str(each.cost.from_),
                Money(each.step.retired, home),
                Money(each.step.new, home),
                Money(each.step.new - each.step.retired, home),
                budgeted(each.step.budgeted),
            )
            for each in run_cost_steps(pack.portfolio)
        ),
    )


def budgeted(stated: bool | None) -> Cell:  # noqa: FBT001 - a field's value
    """Return whether a cost is budgeted, as a cell."""
    if stated is None:
        return Missing("not stated")
    return Status("green", "yes") if stated else Status("amber", "no")
