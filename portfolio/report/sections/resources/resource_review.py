"""The resource review: ten parts, from where it is too full to who moves and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.resources.role_demand import role_outlook
from portfolio.analysis.resources.skill_demand import skill_outlook
from portfolio.analysis.resources.skills import assessed_long_ago
from portfolio.impact.resources.overallocation_options import reliefs
from portfolio.model.commercial.contracts import Opportunity
from portfolio.model.resources import Person
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Missing,
    Paragraph,
    Section,
    Share,
    Status,
    Table,
)
from portfolio.report.section import section
from portfolio.report.sections.resources.overallocation_options import relief_words
from portfolio.report.sections.resources.resource_summary import (
    overload_table,
    overloads_shown,
    role_map,
    scarce_blocks,
    unfilled_table,
)
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.analysis.resources.overallocation import Overload
    from portfolio.analysis.resources.skills import SkillCover
    from portfolio.report.pack import Pack

_MOST = 40


@section("resources", order=10)
def capacity_map(pack: Pack) -> Section:
    """Show part 1: roles by month, hard then soft."""
    if not role_outlook(pack.portfolio):
        nothing = Missing("not yet measured: no booking and no demand for a role is stated")
        return Section("capacity", "Capacity and demand", (Paragraph(nothing),))
    return Section("capacity", "Capacity and demand", (role_map(pack),))


@section("resources", order=20)
def too_full(pack: Pack) -> Section:
    """Show part 2: people over 100 % in a week, the causes and the proposals."""
    found = overloads_shown(pack)
    blocks = (overload_table(pack, found[:_MOST]), *_later(found))
    return Section("overloads", "People over 100 % in a week", blocks)


def _later(found: Sequence[Overload]) -> tuple[Block, ...]:
    """Say how many overloads are too far ahead for the page."""
    left_out = len(found) - _MOST
    if left_out <= 0:
        return ()
    return (Paragraph(f"{left_out} later ones are not shown: pmo show people lists them."),)


@section("resources", order=30)
def unfilled(pack: Pack) -> Section:
    """Show part 3: critical demands that nobody fills, by their start."""
    return Section("unfilled", "Critical demands that nobody fills", (unfilled_table(pack),))


@section("resources", order=40)
def skills(pack: Pack) -> Section:
    """Show part 4: skills needed, held, and covered with nobody counted twice."""
    title = "Skills: need, have, cover"
    people = [person for person in pack.portfolio.all(Person) if person.skills]
    if not people:
        return Section("skills", title, scarce_blocks(pack))
    fullest = max(skill_outlook(pack.portfolio), key=lambda month: month.gap)
    covers = sorted(fullest.covers, key=lambda each: (-each.net_gap, each.need.skill))
    table = Table.of(
        Column("Skill"),
        Column.number("Needed FTE", "Demand for the skill, full-time equivalents."),
        Column.number("Have FTE", "Capacity of those who have it."),
        Column.number("Gross cover", "Have / needed, each skill alone."),
        Column.number("Net cover", "Have / needed when nobody counts twice: maximum flow."),
        Column("People", wide=True, formula="Those who have it at the level that is asked."),
        Column("What to do", wide=True),
        rows=(_skill_row(cover) for cover in covers),
        caption=f"The month with the largest gap, {fullest.month}. Gross counts a person for every "
        "skill they hold, net for one piece of work at a time (a maximum flow).",
        empty="No booking and no demand names a skill.",
    )
    return Section("skills", title, (table, *_old_assessments(pack, people)))


def _skill_row(cover: SkillCover) -> tuple[Cell, ...]:
    need = cover.need
    return (
        f"{need.skill}\N{NO-BREAK SPACE}{need.level}",
        f"{need.fte:.2f}",
        f"{cover.held:.2f}",
        Share.of(cover.gross_coverage),
        Share.of(cover.net_coverage),
        ", ".join(person.label for person in cover.qualified) or Status("red", "nobody"),
        _advice(cover),
    )


def _advice(cover: SkillCover) -> str:
    """Say which of the four answers fits: hire, train, borrow or delay."""
    if not cover.net_gap:
        return "covered"
    short = f"{cover.net_gap:.2f} FTE short"
    if not cover.qualified:
        return f"{short}: hire, or train somebody a level below"
    if cover.gross_gap:
        return f"{short}: hire or borrow, or delay the work"
    return f"{short}: enough people, all needed elsewhere; delay one of the two"


def _old_assessments(pack: Pack, people: list[Person]) -> tuple[Block, ...]:
    old = [
        f"{person.label} ({', '.join(each.skill for each in found)})"
        for person in people
        if (found := assessed_long_ago(person, pack.as_of))
    ]
    if not old:
        return ()
    return (Paragraph(f"Assessed more than twelve months ago: {', '.join(old)}."),)


@section("resources", order=50)
def single_points(pack: Pack) -> Section:
    """Show part 5: bus factor of 0 and 1, with who is learning."""
    return Section("bus-factor", "Skills that one person has, or nobody", scarce_blocks(pack))


@section("resources", order=60)
def pipeline(pack: Pack) -> Section:
    """Show part 6: what opportunities would ask for on top, weighted."""
    open_ones = [each for each in pack.all(Opportunity) if is_open(each)]
    asked = [each for each in open_ones if each.resources]
    rows = [
        (
            role,
            f"{each.month.start:%b %Y}",
            f"{each.demand + each.soft:.2f}",
            f"{each.pipeline:.2f}",
            f"{each.supply:.2f}",
            Status("red", f"{each.gap_with_soft:.2f} FTE short")
            if each.gap_with_soft > 0
            else Status("green", f"{-each.gap_with_soft:.2f} FTE free"),
        )
        for role, row in role_outlook(pack.portfolio).items()
        for each in row
        if each.pipeline
    ]
    table = Table.of(
        Column("Role"),
        Column("Month"),
        Column.number("Booked FTE", "Hard bookings."),
        Column.number("Pipeline FTE", "Open opportunities x probability."),
        Column.number("Capacity FTE", "Net capacity of the role."),
        Column("Then", formula="Booked + pipeline, against capacity."),
        rows=rows,
        caption=f"{len(asked)} of {len(open_ones)} open opportunities say which roles they would "
        "need; each counts with its probability.",
        empty="No open opportunity says which roles it would need in the next six months.",
    )
    return Section("pipeline", "What the pipeline would add", (table,))


@section("resources", order=100)
def choices(pack: Pack) -> Section:
    """Show part 10: every conflict with its ways out side by side, and by when to choose."""
    found = overloads_shown(pack)
    table = Table.of(
        Column("Decide by", formula="The last day before the first week of overload."),
        Column("Person"),
        Column("Move", wide=True, formula="The slip inside or beyond float, with its price."),
        Column("Hire or hand over", wide=True, formula="Hours beyond capacity x day rate."),
        Column("Stop", wide=True, formula="What stopping the work costs."),
        rows=(_choice_row(pack, each) for each in found[:_MOST]),
        caption="Decide before the first full week. Each way is priced by itself.",
        empty="There is no conflict to decide.",
    )
    return Section("choices", "Decisions: who moves, and what it costs", (table,))


def _choice_row(pack: Pack, overload: Overload) -> tuple[Cell, ...]:
    ways = reliefs(pack.portfolio, overload)

    def told(*kinds: str) -> Cell:
        words = [relief_words(pack, way) for way in ways if way.way in kinds]
        return "; or ".join(words) or Missing("no way found")

    return (
        max(overload.weeks[0].start, pack.as_of),
        overload.person.label,
        told("move"),
        told("hire", "hand_over"),
        told("stop"),
    )
