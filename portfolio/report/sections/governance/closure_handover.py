"""What a project leaves: open items with whoever has them now, and services in operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.governance.project_closure import leftovers
from portfolio.analysis.operations.early_life_support import support_state
from portfolio.model.operations.services import ChangeEvent, EarlyLifeSupport, RunCost, Service
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Missing,
    Paragraph,
    Section,
    Status,
    Subheading,
    Table,
)
from portfolio.report.formatting import past_due
from portfolio.report.section import section
from portfolio.report.sections.delivery.highlight_status import project_of
from portfolio.report.sections.operations.service_transition import stability_table, support_table
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.analysis.governance.project_closure import Leftover
    from portfolio.report.pack import Pack


@section("closure", order=30)
def left_open(pack: Pack) -> Section:
    """Show what is still open, and whether whoever has it stays when the project is gone."""
    found = leftovers(pack.portfolio, project_of(pack))
    columns = (
        Column("What"),
        Column("Open item", wide=True),
        Column("Goes to"),
        Column("Due", formula="As stated."),
    )
    rows = tuple(
        (
            each.kind.capitalize(),
            each.words,
            _goes_to(each),
            past_due(each.due, pack.as_of, "passed") or Missing("no day"),
        )
        for each in found
    )
    table = Table(columns, rows, empty="Nothing is left open.")
    homeless = sum(each.stays is not True for each in found)
    lead = f"{homeless} of {len(found)} without an owner who stays." if homeless else ""
    return Section("left", "Left open, and to whom", (table,), lead)


def _goes_to(each: Leftover) -> Cell:
    if each.owner is None:
        return Status("red", "nobody")
    if each.stays:
        return each.owner.label
    return Status("amber", f"{each.owner.label}, does not stay")


@section("closure", order=50)
def operations(pack: Pack) -> Section:
    """Show which services took over, how the releases went, and who still helps."""
    project = project_of(pack)
    events = pack.portfolio.related(project, ChangeEvent, "project")
    services = [found for ref in project.services
                if (found := pack.portfolio.find(ref, Service)) is not None]  # fmt: skip
    blocks: list[Block] = []
    if not events and not services:
        blocks.append(Paragraph("It names no service that took over, and no release."))
    if services:
        blocks.append(_services(pack, services))
    ended = [each for each in events if not is_open(each)]
    if ended:
        blocks += [Subheading("After the releases"), stability_table(pack, ended)]
    coming = [each for each in events if is_open(each)]
    if coming:
        blocks += [Subheading("Not live yet"), _coming(coming)]
    ids = {each.id for each in events}
    supports = [support_state(pack.portfolio, each) for each in pack.portfolio.all(EarlyLifeSupport)
                if each.change.id in ids]  # fmt: skip
    if supports:
        blocks += [Subheading("Early life support"), support_table(pack, supports)]
    return Section("operations", "Handed over to operations", tuple(blocks))


def _services(pack: Pack, services: list[Service]) -> Table:
    columns = (
        Column("Service"),
        Column("Owner"),
        Column.number("Run cost a month", "As stated."),
        Column("Budgeted"),
    )
    return Table(columns, tuple(_service(pack, each) for each in services))


def _service(pack: Pack, service: Service) -> tuple[Cell, ...]:
    """Return a service with its newest run cost, ahead of the day where one is planned."""
    steps = pack.portfolio.related(service, RunCost, "service")
    newest = max(steps, key=lambda each: str(each.from_), default=None)
    if newest is None:
        now: Cell = service.run_cost_per_month or Missing("not stated")
        return (service.label, pack.named(service.owner), now, Missing("not stated"))
    known = {True: Status("green", "budgeted"), False: Status("amber", "not budgeted")}
    budgeted: Cell = Missing("not stated") if newest.budgeted is None else known[newest.budgeted]
    return (service.label, pack.named(service.owner),
            (newest.monthly, f" from {newest.from_}"), budgeted)  # fmt: skip


def _coming(events: list[ChangeEvent]) -> Table:
    columns = (
        Column("Release", wide=True),
        Column("Goes live"),
        Column("State", formula="As stated; days since it should have ended."),
    )
    return Table(columns, tuple((each.label, each.go_live, each.status) for each in events))
