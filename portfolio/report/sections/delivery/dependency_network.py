"""The sections of the dependency poster that the board report does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.impact.dependencies.dependency_map import business_links, project_matrix
from portfolio.impact.dependencies.diagram import picture_diagram
from portfolio.model.delivery.projects import Project
from portfolio.report.blocks import (
    Cell,
    Chart,
    Column,
    Days,
    Missing,
    Paragraph,
    Row,
    Section,
    Status,
    Table,
)
from portfolio.report.charts.network_diagram import network_chart
from portfolio.report.section import section
from portfolio.report.sections.delivery.dependencies import giver_of, open_promises
from portfolio.report.trails.sources import trail, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.impact.dependencies.dependency_map import BusinessLink, ProjectLink
    from portfolio.model.delivery.projects import Dependency
    from portfolio.report.pack import Pack

_QUESTION = "Who waits for whom, and who outside waits for them?"
_OUTSIDE = frozenset({"contract", "customer"})
"""What is drawn even where a delay has no price; objectives and services stand in the table."""


@section("dependencies", order=10)
def network(pack: Pack) -> Section:
    """Draw projects, teams and suppliers from left to right with the least margin of each pair."""
    links = [each for each in project_matrix(pack.portfolio) if _concerns(pack, each)]
    waiting = _business(pack)
    if not links and not waiting:
        nobody = Paragraph(Missing("Nobody waits for anybody, as far as is recorded."))
        return Section("network", "The whole picture", (nobody,))
    costly = [each for each in waiting if each.room is not None or each.kind in _OUTSIDE]
    drawn = network_chart(picture_diagram(pack.portfolio, links, costly))
    return Section("network", "The whole picture", (Chart(_QUESTION, drawn, _pairs(pack, links)),))


def _concerns(pack: Pack, link: ProjectLink) -> bool:
    return pack.selected is None or bool(pack.selected & {link.giver, link.receiver})


def _business(pack: Pack) -> list[BusinessLink]:
    shown = {project.id for project in pack.projects}
    return [each for each in business_links(pack.portfolio) if each.project in shown]


def _pairs(pack: Pack, links: Sequence[ProjectLink]) -> Table:
    return Table.of(
        Column("Gives"),
        Column("Receives"),
        Column.number("Promises", "What is handed over between both."),
        Column("Least margin", formula="Working days from the expected day to the need."),
        Column("Of", wide=True),
        rows=(_pair(pack, each) for each in links),
        caption="The tightest first; wd is working days, grey is not agreed.",
        empty="No project waits for another.",
    )


def _pair(pack: Pack, link: ProjectLink) -> Row:
    margin, tightest = link.tightest.margin, pack.portfolio.find(link.tightest.id)
    words = margin.reason if margin.days is None else f"{margin.days} wd"
    cells: tuple[Cell, ...] = (
        pack.name(link.giver),
        pack.name(link.receiver),
        len(link.promises),
        Status(margin.colour, words),
        pack.name(link.tightest.id),
    )
    return Row(cells, trail(sources=written(tightest)))


@section("dependencies", order=70)
def not_agreed(pack: Pack) -> Section:
    """Show the promises that one side only believes in, with who has to talk to whom."""
    open_ones = [each for each in open_promises(pack) if each.agreement != "agreed"]
    table = Table.of(
        Column("Promise", wide=True),
        Column("Gives"),
        Column("Asked of"),
        Column("Receives"),
        Column("Asked by"),
        Column("Needed by", formula="As stated."),
        Column("State"),
        rows=(_not_agreed(pack, each) for each in open_ones),
        empty="Every open promise is agreed.",
    )
    return Section("not-agreed", "Not agreed yet", (table,))


def _not_agreed(pack: Pack, promise: Dependency) -> tuple[Cell, ...]:
    return (
        promise.label,
        giver_of(pack, promise),
        pack.named(promise.giver_owner),
        pack.name(promise.project),
        pack.named(promise.owner),
        promise.need_by or Missing("no date of need"),
        Status("red" if promise.agreement == "disputed" else "amber", promise.agreement),
    )


@section("dependencies", order=80)
def business(pack: Pack) -> Section:
    """Show what in the business waits for each project, the least room before it costs first."""
    links = sorted(_business(pack), key=lambda each: (each.room is None, each.room, each.id))
    table = Table.of(
        Column("Waits", wide=True),
        Column("Kind"),
        Column("For"),
        Column("Expected", formula="When it comes by the plan of today."),
        Column.number("Room", "Working days until the delay costs money."),
        rows=(_waits(pack, each) for each in links),
        caption="Without a room nothing says from when the delay would cost.",
        empty="Nothing in the business waits for a project, as far as is recorded.",
    )
    return Section("business", "What the business waits for", (table,))


def _waits(pack: Pack, link: BusinessLink) -> Row:
    cells: tuple[Cell, ...] = (
        link.name,
        link.kind.replace("_", " "),
        pack.name(link.project),
        link.expected or Missing("no date"),
        Days(link.room, "working days", reason="no price"),
    )
    source = pack.portfolio.find(link.id) or pack.portfolio.find(link.project, Project)
    return Row(cells, trail(sources=written(source)))
