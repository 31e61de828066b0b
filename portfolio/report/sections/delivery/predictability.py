"""Whether dates and forecasts can be trusted: what was promised against what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.delivery.milestone_performance import drifts, milestone_record
from portfolio.analysis.delivery.predictability import cost_predictability
from portfolio.analysis.delivery.throughput import RUNS, SEED, steps
from portfolio.analysis.finance.forecast_accuracy import (
    HORIZONS,
    accuracy,
    at_horizon,
    judged_forecasts,
)
from portfolio.analysis.finance.project_performance import project_performance
from portfolio.measure.measure import unknown
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Days,
    Details,
    Index,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Share,
    Status,
    Table,
    shown,
)
from portfolio.report.section import section
from portfolio.report.sections.delivery.highlight_schedule import trend_chart, trend_table
from portfolio.report.table_layout import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from portfolio.analysis.finance.forecast_accuracy import JudgedForecast
    from portfolio.measure.measure import Measure
    from portfolio.report.pack import Pack
    from portfolio.settings import Band

_DRIFTING = 5
_BIASED = 3
"""Forecasts that a person must have made before their bias says anything."""


@section("board", order=52)
def predictability(pack: Pack) -> Section | None:
    """Show how dates and costs were kept, where dates drift, and whose forecasts lean."""
    milestones = [each for each in pack.all(Milestone) if pack.is_live(each)]
    judged = judged_forecasts(pack.portfolio, pack.projects)
    found = drifts(milestones, pack.as_of)
    if not pack.all(Milestone) and not judged:
        return None
    others = found[_DRIFTING:]
    blocks: tuple[Block, ...] = (
        _kept(pack, judged),
        *trend_chart(found),
        *((Details(f"The other {len(others)}", (trend_table(others),)),) if others else ()),
        *_forecasts(pack, judged),
        *_steps(pack),
        *_closed(pack),
    )
    lead = "Can we believe the dates and the costs that we are told?"
    return Section("predictability", "Predictability", blocks, lead)


def _kept(pack: Pack, judged: Sequence[JudgedForecast]) -> Metrics:
    record = milestone_record(pack.all(Milestone), pack.as_of)
    slips, error = record.slips.value, accuracy(judged)
    bands = pack.portfolio.settings.thresholds
    return Metrics(
        Metric(
            "Milestones on time, last 12 months",
            Share.of(record.hit_rate),
            f"of {record.due} due; what is overdue counts as missed" if record.due else None,
            _status(record.hit_rate, bands.milestone_hit_rate, more_is_better=True),
        ),
        Metric(
            "Mean slip of a milestone",
            shown(record.slips.map(lambda found: Days(round(found.mean), signed=True))),
            f"median {slips.median:.0f}, P90 {slips.ninth_decile:.0f} days, of {slips.count}"
            if slips
            else None,
        ),
        Metric(
            "Error of cost forecasts (WAPE)",
            Share.of(error.absolute),
            f"of {len(judged)} monthly forecasts that have come due" if judged else None,
            _status(error.absolute, bands.forecast_accuracy, more_is_better=False),
        ),
        Metric("Their bias", Share.of(error.bias), _leaning(error.bias)),
    )


def _leaning(bias: Measure[Decimal]) -> Cell:
    if bias.value is None:
        return None
    return "forecasts are too low" if bias.value < 0 else "forecasts are too high"


def _status(found: Measure[Decimal], band: Band, *, more_is_better: bool) -> Status:
    if found.value is None:
        return Status("grey")
    value, sign = found.value, 1 if more_is_better else -1
    if sign * (value - band.green) >= 0:
        return Status("green")
    return Status("amber" if sign * (value - band.amber) >= 0 else "red")


def _forecasts(pack: Pack, judged: Sequence[JudgedForecast]) -> tuple[Block, ...]:
    """Return the error by horizon, then by project and author, the worst bias first."""
    if not judged:
        words = "No forecast of a month has come due yet: keep old forecasts to judge them."
        return (Paragraph(words),)
    horizons = tuple(
        (f"{months} month{'s' * (months > 1)} ahead", *_figures(at_horizon(judged, months)))
        for months in HORIZONS
    )
    names = {project.id: project.label for project in pack.projects}
    projects = _grouped(judged, {each.project: names.get(each.project, "") for each in judged})
    authors = [each for each in judged if each.author is not None]
    people = _grouped(
        authors, {str(e.author): pack.name(e.author) for e in authors}, by_author=True
    )
    return (
        _accuracy_table("How far ahead", horizons, "Cost forecasts against what months cost."),
        *trimmed(_accuracy_table("Project", projects, "By project, the largest bias first.")),
        *trimmed(_accuracy_table("Author", people, "By author; fewer than 3 say nothing yet.")),
    )


def _grouped(
    judged: Sequence[JudgedForecast], names: Mapping[str, str], *, by_author: bool = False
) -> tuple[tuple[Cell, ...], ...]:
    found = []
    for key, name in names.items():
        mine = [each for each in judged if (each.author if by_author else each.project) == key]
        if by_author and len(mine) < _BIASED:
            continue
        bias = accuracy(mine).bias.value
        found.append((-abs(bias) if bias is not None else 0, name, (name, *_figures(mine))))
    return tuple(row for *_, row in sorted(found, key=lambda each: (each[0], each[1])))


def _figures(judged: Sequence[JudgedForecast]) -> tuple[Cell, ...]:
    found = accuracy(judged)
    skipped = f" ({found.skipped} without cost left out)" if found.skipped else ""
    return (
        Share.of(found.absolute),
        Share.of(found.bias),
        (Share.of(found.mean), skipped),
        len(judged),
    )


def _accuracy_table(first: str, rows: Iterable[tuple[Cell, ...]], caption: str) -> Table:
    columns = (
        Column(first),
        Column.number("WAPE", "Sum of |forecast - actual| / sum of actual."),
        Column.number("Bias", "Sum of (forecast - actual) / sum of actual."),
        Column.number("MAPE", "Mean of |forecast - actual| / actual."),
        Column.number("Forecasts", "Monthly forecasts that have come due."),
    )
    return Table(columns, tuple(rows), caption=caption)


def _steps(pack: Pack) -> tuple[Block, ...]:
    """Show the teams that work in steps: promises kept, throughput, when the backlog is empty."""
    found = [(each, steps(pack.portfolio, each).value) for each in pack.live_projects]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            project.label,
            known.count,
            Share.of(known.say_do),
            Index.of(known.per_week),
            known.left if known.left is not None else Missing("not stated"),
            shown(known.p50),
            shown(known.p80),
        )
        for project, known in found
        if known is not None
    )
    if not rows:
        return ()
    columns = (
        Column("Working in steps"),
        Column.number("Iterations", "Iterations recorded."),
        Column.number("Say-do", "Done of what was promised / promised."),
        Column.number("Items a week", "Items done / weeks, of the last iterations."),
        Column.number("Left", "Items not yet done."),
        Column("Done, P50", formula="The week in which half of the simulated futures are done."),
        Column("Done, P80", formula="The week in which four in five simulated futures are done."),
    )
    caption = (
        f"Say-do is what was promised and finished. P50 and P80: {RUNS:,} draws of time boxes "
        f"already worked, seed {SEED}."
    )
    return (Table(columns, rows, caption=caption),)


def _closed(pack: Pack) -> tuple[Block, ...]:
    """List by how much closed projects missed their budgets, and the cancelled ones by name."""
    over = [each for each in pack.projects if each.status in {"closed", "cancelled"}]
    if not over:
        return ()
    rows: list[tuple[Cell, ...]] = []
    for project in over:
        found = project_performance(pack.portfolio, project).value
        missed = (
            cost_predictability(found.figures.ac, found.figures.bac)
            if found is not None
            else unknown("no_data", "not measured")
        )
        share: Cell = Share.of(missed)
        if project.status == "cancelled":
            share = Missing("cancelled")
        rows.append((project.label, share, _late(project)))
    columns = (
        Column("Closed project"),
        Column.number("Cost missed by", "(final cost - first approved) / first approved."),
        Column.number("Finish missed by", "Final finish - first approved finish."),
    )
    return tuple(trimmed(Table(columns, tuple(rows), caption="A distribution, never a mean.")))


def _late(project: Project) -> Days:
    if project.actual_finish is None or project.baseline_finish is None:
        return Days(None)
    return Days((project.actual_finish - project.baseline_finish).days, signed=True)
