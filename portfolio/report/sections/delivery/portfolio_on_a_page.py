"""The portfolio on a page, and its dates."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.predictability import milestone_hit_rate
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.model.risk import Risk
from portfolio.network.portfolio_schedule import expected_finish
from portfolio.report.blocks import (
    Block,
    Cell,
    Chart,
    Colour,
    Column,
    Days,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Share,
    Status,
    Subheading,
    Table,
)
from portfolio.report.charts.timeline import Mark, timeline
from portfolio.report.distinct_phrases import declared_reasons
from portfolio.report.formatting import listed, sentence
from portfolio.report.section import section
from portfolio.report.sections.risk.major_risks import score
from portfolio.report.table_layout import trimmed
from portfolio.report.unrecorded import is_recorded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portfolio.report.pack import Pack

HORIZON_DAYS = 90
MOST_MARKS = 40
ROWS_FIRST = 25
COLOURS: tuple[Colour, ...] = ("red", "amber", "grey", "green", "blue")
_RANK: dict[Colour, int] = {colour: rank for rank, colour in enumerate(COLOURS)}


@section("board", order=20)
def portfolio_on_a_page(pack: Pack) -> Section:
    """Show every live project: what is declared, what the data say, and why; worst first."""
    projects = sorted(pack.live_projects, key=lambda p: _attention(pack, p))
    comments = declared_reasons(pack)
    table = Table.of(
        Column("Project"),
        Column("Declared"),
        Column("Computed"),
        Column("Why", wide=True),
        Column("Finish", formula="Actual, else forecast, else approved finish."),
        Column.number("Slip", "Expected - approved; later is positive."),
        Column("Next key milestone", formula="The first key milestone not yet reached."),
        Column("Top risk", wide=True, formula="The highest probability x impact."),
        rows=(_line(pack, project, comments) for project in projects),
        caption=f"The live projects, {len(projects)} of {len(pack.projects)}, "
        "by the attention they need; slip is in calendar days.",
        empty="There is no live project.",
    )
    better = [p.label for p in projects if is_contradicted(pack, p)]
    lead = f"Declared better than the data say: {listed(better)}." if better else ""
    blocks = (_colours(pack), *trimmed(table, ROWS_FIRST))
    return Section("portfolio", "Portfolio on a page", blocks, lead)


def declared_colour(project: Project) -> Colour:
    """Return the overall colour a project declares, grey where it declares none."""
    return (project.declared_rag.overall if project.declared_rag else None) or "grey"


def is_contradicted(pack: Pack, project: Project) -> bool:
    """Tell whether a project declares a better colour than its data say; grey says nothing."""
    declared, computed = declared_colour(project), pack.health[project.id].overall
    return "grey" not in {declared, computed} and _RANK[declared] > _RANK[computed]


def _attention(pack: Pack, project: Project) -> tuple[int, int, int, str]:
    """Order by the worse of both colours, then by contradiction, then by priority."""
    worst = min(_RANK[declared_colour(project)], _RANK[pack.health[project.id].overall])
    return (worst, 0 if is_contradicted(pack, project) else 1, project.priority, project.id)


def _colours(pack: Pack) -> Metrics:
    """Count the projects by computed and by declared colour.

    Where most have no data the declared colour is all that a board has, and stands first.
    """
    declared = Counter(declared_colour(p) for p in pack.live_projects)
    computed = Counter(pack.health[p.id].overall for p in pack.live_projects)
    is_told = 2 * computed["grey"] > len(pack.live_projects) and computed["grey"] > declared["grey"]
    first = (declared, computed) if is_told else None
    return Metrics(
        *(
            _counted(colour, first or (computed, declared), is_declared=first is not None)
            for colour in COLOURS
            if computed[colour] or declared[colour]
        )
    )


def _counted(
    colour: Colour, counts: tuple[Counter[Colour], Counter[Colour]], *, is_declared: bool
) -> Metric:
    """Return how many projects have a colour, by the colour that leads, the other beside."""
    words = {False: f"computed {colour}", True: f"declared {colour}"}
    if colour == "grey":
        words = {False: "without data to compute a colour", True: "not declared"}
    note = f"{words[not is_declared]} {counts[1][colour]}"
    return Metric(sentence(words[is_declared]), counts[0][colour], note, Status(colour))


def _line(pack: Pack, project: Project, comments: Mapping[str, str]) -> tuple[Cell, ...]:
    health = pack.health[project.id]
    finish = expected_finish(pack.portfolio, project) or project.baseline_finish
    adverse = [r.sentence for r in health.deciding] if health.overall in {"red", "amber"} else []
    why = sentence("; ".join(adverse[:2])) or comments.get(project.id)
    return (
        pack.page_link(project),
        Status(declared_colour(project), "" if project.declared_rag else "not declared"),
        Status(health.overall, "" if health.overall != "grey" else "no data"),
        why or Missing(),
        finish or Missing(),
        _slip(pack, project),
        _next_milestone(pack, project),
        _top_risk(pack, project),
    )


def _slip(pack: Pack, project: Project) -> Days:
    """Return the calendar days between approved and expected finish, later is positive."""
    finish = expected_finish(pack.portfolio, project)
    if finish is None or project.baseline_finish is None:
        return Days(None)
    return Days((finish - project.baseline_finish).days, signed=True)


def standing_date(milestone: Milestone) -> date | None:
    """Return the date on which a milestone stands: its actual, its forecast, its baseline."""
    return milestone.actual or milestone.forecast or milestone.baseline


def _next_milestone(pack: Pack, project: Project) -> Cell:
    ahead = [
        (when, m)
        for m in pack.portfolio.related(project, Milestone, "project")
        if m.actual is None and (when := standing_date(m)) is not None
    ]
    key = [each for each in ahead if each[1].key] or ahead
    if not key:
        return Missing("no open milestone")
    when, milestone = min(key, key=lambda each: (each[0], each[1].id))
    return (milestone.label, ", ", when)


def _top_risk(pack: Pack, project: Project) -> Cell:
    threats = [
        r
        for r in pack.portfolio.related(project, Risk, "project")
        if r.status == "open" and r.kind_ == "threat" and r.current is not None
    ]
    if not threats:
        return Missing("no open rated risk")
    top = max(threats, key=lambda r: (score(r), r.id))
    return f"{top.label} ({score(top)})"


@section("board", order=50)
def dates(pack: Pack) -> Section | None:
    """Show overdue milestones, the key ones of the next 90 days, and how often dates are met."""
    if not is_recorded(pack, "milestones"):
        return None
    open_ones = [m for m in pack.all(Milestone) if m.actual is None]
    shown = [m for m in open_ones if pack.is_live(m)]
    overdue = sorted(
        (m for m in shown if (when := standing_date(m)) is not None and when < pack.as_of),
        key=lambda m: (standing_date(m), m.id),
    )
    until = pack.as_of + timedelta(days=HORIZON_DAYS)
    coming = sorted(
        (
            m
            for m in shown
            if (when := standing_date(m)) is not None and pack.as_of <= when <= until
        ),
        key=lambda m: (standing_date(m), m.id),
    )
    key = [m for m in coming if m.key] or coming
    return Section(
        "dates",
        "Dates and the next 90 days",
        (
            _predictability(pack),
            Subheading("Overdue"),
            milestone_table(pack, overdue, "No milestone is overdue."),
            Subheading("The next 90 days"),
            *_ahead(pack, [*overdue, *key], until),
        ),
    )


def _ahead(pack: Pack, milestones: list[Milestone], until: date) -> tuple[Block, ...]:
    """Draw what is overdue and what comes, the first of very many, with the same as a table."""
    left_out = len(milestones) - MOST_MARKS
    milestones = milestones[:MOST_MARKS]
    table = milestone_table(pack, milestones, "No milestone is due in the next 90 days.")
    if not milestones:
        return (table,)
    question = "Which milestones come, and how far from their baseline (hollow) have they moved?"
    marks = [
        Mark(m.label, m.baseline, when, _mark_colour(pack, m, when))
        for m in milestones
        if (when := standing_date(m)) is not None
    ]
    chart = Chart(question, timeline(marks, pack.as_of, until, question), table)
    words = f"{left_out} more that are later are left out: `pmo show milestones` lists them."
    return (chart, *((Paragraph(words),) if left_out > 0 else ()))


def _mark_colour(pack: Pack, milestone: Milestone, when: date) -> Colour:
    """Colour a milestone by its own slip: overdue is red, later than its baseline amber."""
    if when < pack.as_of:
        return "red"
    if milestone.baseline is None:
        return "grey"
    return "amber" if when > milestone.baseline else "green"


def _predictability(pack: Pack) -> Metrics:
    """Return the hit rate of the last twelve months; what is overdue and not done is a miss."""
    since = pack.as_of - timedelta(days=365)
    due = [
        (m.baseline, m.actual)
        for m in pack.all(Milestone)
        if m.baseline is not None and since <= m.baseline <= pack.as_of
    ]
    rate = milestone_hit_rate(due)
    return Metrics(
        Metric(
            "Milestones on time, last 12 months",
            Share(rate.value, rate.reason or "no milestone was due"),
            f"of {len(due)} due; what is overdue and not done counts as missed" if due else None,
        )
    )


def milestone_table(pack: Pack, milestones: list[Milestone], empty: str) -> Table:
    """Return milestones with their baseline, where they stand, and how far they have moved."""
    return Table.of(
        Column("Milestone", wide=True),
        Column("Project"),
        Column("Baseline", formula="As stated."),
        Column("Now", formula="Actual, else forecast."),
        Column.number("Slip", "Expected - approved; later is positive."),
        Column("Owner"),
        rows=(
            (
                m.label,
                pack.name(m.project),
                m.baseline or Missing("no baseline"),
                standing_date(m) or Missing(),
                Days(
                    (when - m.baseline).days if m.baseline and (when := standing_date(m)) else None,
                    signed=True,
                ),
                pack.named(m.owner),
            )
            for m in milestones
        ),
        caption="Slip is in calendar days.",
        empty=empty,
    )
