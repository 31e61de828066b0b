"""People on the board's page: where there is too much work, who is alone, who is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.day_rate import NOT_HERE
from portfolio.analysis.resources.overallocation import Overload, overloads
from portfolio.analysis.resources.role_demand import RoleMonth, role_outlook, unfilled_critical
from portfolio.analysis.resources.skill_demand import ScarceSkill, scarce_skills
from portfolio.analysis.resources.skills import holders
from portfolio.analysis.resources.workload import months_ahead, project_id
from portfolio.impact.resources.overallocation_options import reliefs
from portfolio.model.resources import DevelopmentPlan, Person, RoleDemand
from portfolio.network.calendars import project_calendar
from portfolio.report.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Missing,
    Paragraph,
    Section,
    Status,
    Subheading,
    Table,
)
from portfolio.report.charts.role_capacity import Fill, FillRow, fill_map
from portfolio.report.formatting import in_words
from portfolio.report.section import section
from portfolio.report.sections.resources.overallocation_options import relief_words, whole_percent
from portfolio.report.unrecorded import is_recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_FULL = Decimal(1)
_FEW_DAYS = 20
_ROLES, _OVERLOADS = 12, 5
_NOBODY_BOOKED = "not yet measured: no booking and no demand for a role is stated"


@section("board", order=80)
def people(pack: Pack) -> Section | None:
    """Show roles by month, people over 100 % with the ways out, missing and scarce people."""
    if not pack.all(Person) or not is_recorded(pack, "bookings of people"):
        return None
    if not role_outlook(pack.portfolio):
        return Section("people", "People", (Paragraph(Missing(_NOBODY_BOOKED)),))
    found = overloads_shown(pack)
    blocks: tuple[Block, ...] = (
        role_map(pack, _ROLES),
        Subheading("Who is booked beyond 100 %, and the ways out"),
        overload_table(pack, found[:_OVERLOADS]),
        Subheading("Critical demands that nobody fills"),
        unfilled_table(pack),
        Subheading("Skills that one person has, or nobody"),
        *scarce_blocks(pack),
    )
    return Section("people", "People", blocks, _lead(pack, found))


def _lead(pack: Pack, found: Sequence[Overload]) -> str:
    names = list(dict.fromkeys(each.person.label for each in found))
    who = (
        f"{names[0] if len(names) == 1 else f'{len(names)} people'} "
        f"{'is' if len(names) == 1 else 'are'} booked beyond 100 % in the next six months"
        if names
        else "Nobody is booked beyond 100 % in the next six months"
    )
    short = [
        role
        for role, row in role_outlook(pack.portfolio).items()
        if any(month.gap > 0 for month in row)
    ]
    roles = f"; more work than people: {', '.join(short)}" if short else ""
    return f"{who}{roles}."


def overloads_shown(pack: Pack) -> tuple[Overload, ...]:
    """Return the overloads to which what the report is about contributes."""
    found, selected = overloads(pack.portfolio), pack.selected
    if selected is None:
        return found
    return tuple(
        each
        for each in found
        if any(
            not selected.isdisjoint(
                (cause.booking.work.id, project_id(pack.portfolio, cause.booking))
            )
            for cause in each.causes
        )
    )


def role_map(pack: Pack, limit: int | None = None) -> Chart:
    """Draw how full each role is for six months, the fullest first, hard and with soft."""
    question = "Which roles have more work than people in the next six months?"
    months = [f"{month.start:%b %Y}" for month in months_ahead(pack.as_of)]
    ordered = sorted(role_outlook(pack.portfolio).items(), key=lambda pair: _fullness(pair[1]))
    rows = [(role, tuple(map(fill_of, row))) for role, row in ordered[:limit]]
    left_out = len(ordered) - len(rows)
    more = f" {left_out} emptier roles are left out." if left_out else ""
    table = Table.of(
        Column("Role"),
        *(
            Column(month, formula="Hard and soft demand / net capacity of the role.")
            for month in months
        ),
        rows=((role, *(Status(f.colour, f.hint) for f in fills)) for role, fills in rows),
        caption="Hard demand over capacity, in full-time equivalents (FTE). Capacity is the days "
        "people are there, times their productive share, less business as usual. Soft bookings "
        "and the pipeline, each times its probability, stand apart. Red: hard demand exceeds "
        f"capacity; amber: only with soft demand; grey: nothing is asked.{more}",
    )
    drawn = fill_map(months, [FillRow(role, fills) for role, fills in rows], question)
    return Chart(question, drawn, table)


def _fullness(row: Sequence[RoleMonth]) -> tuple[Decimal, Decimal, str]:
    gap = max(month.gap for month in row)
    shares = [month.utilisation.value or Decimal(0) for month in row]
    return (-gap if gap > 0 else Decimal(0), -max(shares), row[0].role)


def fill_of(month: RoleMonth) -> Fill:
    """Return how full a role is in a month, in words and as a colour."""
    extra = month.soft + month.pipeline
    share = month.utilisation.value
    amounts = f"{month.demand:.2f} of {month.supply:.2f} FTE"
    below = f"{extra:.2f} soft on top" if extra else ""
    if share is None:
        if not month.demand and not extra:
            return Fill("nobody", "grey", "", "nobody in this role, nothing asked")
        colour: Colour = "red" if month.demand else "amber"
        words = f"{month.demand:.2f} FTE short" if month.demand else "nobody"
        return Fill(words, colour, below, _joined(f"nobody, {month.demand:.2f} FTE asked", below))
    if not month.demand and not extra:
        return Fill("free", "grey", "", f"free, {month.supply:.2f} FTE")
    colour = "red" if share > _FULL else "amber" if month.gap_with_soft > 0 else "green"
    words = whole_percent(share)
    return Fill(words, colour, below or amounts, _joined(f"{words}, {amounts}", below))


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def overload_table(pack: Pack, found: Sequence[Overload]) -> Table:
    """Show who is too full, in which weeks, because of what, and the priced ways out."""
    return Table.of(
        Column("Person"),
        Column("Weeks from", formula="The first week of overload."),
        Column("At most", formula="Booked hours / net hours, of the fullest week."),
        Column.number("Beyond capacity", "Booked - net hours, summed over the weeks."),
        Column("Because of", wide=True),
        Column("Can float cure it?"),
        Column("Ways out", wide=True),
        rows=(_overload_row(pack, each) for each in found),
        caption="Judged week by week, hard bookings only. Proven: no shift of work inside its "
        "total float brings the week down to 100 %; whole projects and started work stay. Prices: "
        "what the delay costs through every link, or days at a day's rate.",
        empty="Nobody is booked beyond 100 % in the next six months.",
    )


def _overload_row(pack: Pack, overload: Overload) -> tuple[Cell, ...]:
    peak, weeks = overload.peak, len(overload.weeks)
    share = peak.utilisation.value
    causes = "; ".join(
        f"{pack.name(cause.booking.work)} {cause.days:.1f} d" for cause in overload.causes
    )
    ways = reliefs(pack.portfolio, overload)
    return (
        overload.person.label,
        (overload.weeks[0].start, f", {weeks} {'week' if weeks == 1 else 'weeks'}"),
        Status("red", whole_percent(share) if share is not None else "not there"),
        f"{overload.days:.1f} d",
        f"{causes}, of {peak.capacity:.1f} d",
        Status("red", "no, proven") if overload.is_provable else Status("amber", "perhaps, a peak"),
        "; or ".join(relief_words(pack, way) for way in ways),
    )


def unfilled_table(pack: Pack) -> Table:
    """Show the critical demands without anybody, by the day they are needed."""
    shown = [
        each
        for each in unfilled_critical(pack.portfolio)
        if pack.selected is None or each.id in pack.selected
    ]
    return Table.of(
        Column("Role"),
        Column("Project"),
        Column("Skill"),
        Column("Needed from", formula="As stated."),
        Column("How much", formula="As stated."),
        Column(
            "Able and in post",
            wide=True,
            formula="People with the skill at the level, and not away.",
        ),
        rows=(_unfilled_row(pack, each) for each in shown),
        caption="Red: needed within 20 working days.",
        empty="Every critical demand has somebody."
        if pack.portfolio.all(RoleDemand)
        else "No demand for a role is recorded.",
    )


def _unfilled_row(pack: Pack, demand: RoleDemand) -> tuple[Cell, ...]:
    needs = [each for each in demand.fte_by_period if each.fte > 0]
    first = min(each.period for each in needs).start
    calendar = project_calendar(pack.portfolio, pack.project_of(demand))
    left = calendar.working_days_between(pack.as_of, first)
    skill: Cell = Missing("no skill stated")
    able: Cell = Missing("no skill stated")
    if demand.skill:
        skill = f"{demand.skill}\N{NO-BREAK SPACE}{demand.level or 1}"
        people = pack.portfolio.all(Person)
        found = holders(people, demand.skill, demand.level or 1, pack.as_of)
        assessed = any(person.skills for person in people)
        able = ", ".join(p.label for p in found) or ("nobody" if assessed else Missing(NOT_HERE))
    return (
        demand.role,
        pack.name(demand.project),
        skill,
        Status("red" if left <= _FEW_DAYS else "amber", in_words(first)),
        ", ".join(f"{each.fte.normalize():f} FTE in {each.period}" for each in needs),
        able,
    )


def scarce_blocks(pack: Pack) -> tuple[Block, ...]:
    """Show who is the only one, what hangs on them and who is learning it."""
    if not any(person.skills for person in pack.portfolio.all(Person)):
        return (Paragraph(Missing(NOT_HERE), ": no assessed skills."),)
    found = [
        each
        for each in scarce_skills(pack.portfolio)
        if pack.selected is None or any(work in pack.selected for work in each.work)
    ]
    return (
        Table.of(
            Column("Skill"),
            Column("Who has it", formula="People with the skill at the level that is asked."),
            Column("Work that needs it", wide=True),
            Column("Cover", wide=True, formula="A second person with the skill at the level."),
            rows=(_scarce_row(pack, each) for each in found),
            caption="In post and assessed at the level or above. 0 people is a gap, 1 a single "
            "point of failure.",
            empty="Every skill needed has two people or more.",
        ),
    )


def _scarce_row(pack: Pack, scarce: ScarceSkill) -> tuple[Cell, ...]:
    learning = [
        f"{pack.name(plan.person)} to {goal.to}" + (f" by {in_words(goal.by)}" if goal.by else "")
        for plan in pack.portfolio.all(DevelopmentPlan)
        for goal in plan.goals
        if goal.skill == scarce.skill and goal.to >= scarce.level
    ]
    return (
        f"{scarce.skill}\N{NO-BREAK SPACE}{scarce.level}",
        Status("amber", scarce.holder.label) if scarce.holder else Status("red", "nobody"),
        ", ".join(pack.name(work) for work in scarce.work),
        "; ".join(learning) or Missing("nobody is learning it"),
    )
