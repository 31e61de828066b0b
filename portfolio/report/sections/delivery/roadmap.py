"""The roadmap: which project runs when, which milestones it passes, and what has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.model.delivery.projects import Milestone, Project
from portfolio.report.blocks import (
    Cell,
    Chart,
    Column,
    Days,
    Inline,
    Missing,
    Paragraph,
    Row,
    Section,
    Table,
)
from portfolio.report.charts.roadmap import Lane, roadmap, roadmap_in_mermaid
from portfolio.report.charts.timeline import Mark
from portfolio.report.section import section
from portfolio.report.sections.delivery.portfolio_on_a_page import (
    COLOURS,
    declared_colour,
    standing_date,
)
from portfolio.report.trails.sources import trail, written

if TYPE_CHECKING:
    from datetime import date

    from portfolio.report.blocks import Block, Colour
    from portfolio.report.pack import Pack

MOST_LANES = 24
_QUESTION = (
    "Which project runs when, and what has moved? Hollow is the approved finish, blue is reached."
)


@section("board", order=48)
def roadmap_section(pack: Pack) -> Section | None:
    """Draw the live projects that state their dates, the first to start on top.

    Of many those that need most attention, and among them those that finish first.
    """
    lanes = [(each, lane) for each in pack.live_projects if (lane := _lane(pack, each)) is not None]
    if not lanes:
        return None
    lanes.sort(key=lambda pair: (COLOURS.index(pair[1].colour), pair[1].finish, pair[0].id))
    shown = sorted(lanes[:MOST_LANES], key=lambda pair: (pair[1].start, pair[1].finish, pair[0].id))
    drawn = [lane for _, lane in shown]
    chart = Chart(
        _QUESTION,
        roadmap(drawn, pack.as_of, _QUESTION),
        _table(pack, shown),
        roadmap_in_mermaid(drawn),
    )
    return Section("roadmap", "Roadmap", (chart, *_left_out(pack, len(lanes), len(shown))))


def _left_out(pack: Pack, dated: int, shown: int) -> tuple[Block, ...]:
    undated = len(pack.live_projects) - dated
    said = []
    if dated > shown:
        said.append(f"The {shown} that need most attention; {dated - shown} more are not drawn.")
    if undated:
        verb = "states" if undated == 1 else "state"
        said.append(f"{undated} live project{'s' * (undated > 1)} {verb} no start or no finish.")
    return (Paragraph(" ".join(said)),) if said else ()


def _lane(pack: Pack, project: Project) -> Lane | None:
    finish = _finish(project)
    if project.start is None or finish is None or finish < project.start:
        return None
    colour = min(declared_colour(project), pack.health[project.id].overall, key=COLOURS.index)
    key = [m for m in pack.portfolio.related(project, Milestone, "project") if m.key]
    marks = [
        Mark(each.label, each.baseline, day, _colour_of(each, day))
        for each in key
        if (day := standing_date(each)) is not None
    ]
    marks.sort(key=lambda mark: mark.standing)
    return Lane(project.label, project.start, finish, project.baseline_finish, colour, tuple(marks))


def _finish(project: Project) -> date | None:
    return project.actual_finish or project.forecast_finish or project.baseline_finish


def _colour_of(milestone: Milestone, day: date) -> Colour:
    if milestone.actual is not None:
        return "blue"
    is_late = milestone.baseline is not None and day > milestone.baseline
    return "amber" if is_late else "green"


def _table(pack: Pack, lanes: list[tuple[Project, Lane]]) -> Table:
    return Table.of(
        Column("Project"),
        Column("Start"),
        Column("Approved finish"),
        Column("Expected finish"),
        Column.number("Slip", "Expected finish - approved finish."),
        Column("Key milestones", wide=True),
        rows=(_row(pack, project, lane) for project, lane in lanes),
        caption="Slip is in calendar days, later is positive.",
    )


def _row(pack: Pack, project: Project, lane: Lane) -> Row:
    slip = (lane.finish - lane.baseline).days if lane.baseline is not None else None
    marks: list[Inline] = []
    for mark in lane.marks:
        marks += ["; " if marks else "", f"{mark.label} ", mark.standing]
    cells: tuple[Cell, ...] = (
        pack.page_link(project),
        lane.start,
        lane.baseline or Missing("not approved"),
        lane.finish,
        Days(slip, signed=True, reason="no approved finish"),
        tuple(marks) or Missing("none named"),
    )
    fields = ["start", "baseline_finish", "forecast_finish", "actual_finish"]
    return Row(cells, trail("As stated.", sources=written(project, at=fields)))
