"""The time of a project: milestones and their trend, forecasts, the critical path."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.milestone_performance import Drift, drifts, milestone_record
from portfolio.analysis.finance.earned_schedule import pace_and_cost, time_forecast
from portfolio.model.delivery.projects import Activity, Milestone
from portfolio.network.calendars import project_calendar
from portfolio.network.portfolio_schedule import plan_of, planned_finishes
from portfolio.report.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Days,
    Index,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Share,
    Strong,
    Table,
    Traced,
    shown,
)
from portfolio.report.charts.progress import TrendLine, milestone_trends
from portfolio.report.formatting import sentence
from portfolio.report.section import section
from portfolio.report.sections.delivery.highlight_status import project_of
from portfolio.report.sections.delivery.portfolio_on_a_page import milestone_table, standing_date
from portfolio.report.trails.sources import trail, written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portfolio.analysis.finance.earned_schedule import TimeForecast
    from portfolio.measure.measure import Measure
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_TRENDS = 5
_PATH = 5
_COLOURS: tuple[Colour, ...] = ("blue", "red", "amber", "green", "grey")


@section("project", order=30)
def time(pack: Pack) -> Section:
    """Show when the project ends by each way to tell, its milestones and where they drift."""
    project = project_of(pack)
    milestones = sorted(
        pack.portfolio.related(project, Milestone, "project"),
        key=lambda each: (standing_date(each) or pack.as_of, each.id),
    )
    record = milestone_record(milestones, pack.as_of)
    slips = record.slips.value
    note: Cell = f"median {slips.median:f}, P90 {slips.ninth_decile:f}" if slips else None
    forecast = time_forecast(pack.portfolio, project)
    pace = forecast.value.performance.index if forecast.value is not None else None
    metrics = [Metric("SPI(t)", _index(pace, forecast), _needed(forecast))]
    if milestones:
        metrics += [
            Metric(
                "Milestones on time, last 12 months",
                Share.of(record.hit_rate),
                f"of {record.due} due" if record.due else None,
            ),
            Metric(
                "Mean slip of milestones",
                shown(record.slips.map(lambda found: Days(round(found.mean), signed=True))),
                note,
            ),
        ]
    blocks: tuple[Block, ...] = (
        Metrics(*metrics),
        *_forecasts(pack, forecast),
        milestone_table(pack, milestones, "No milestone is recorded."),
        *trend_chart(drifts(milestones, pack.as_of)),
        *_critical(pack),
    )
    return Section("time", "Time", blocks)


def _index(pace: Measure[Decimal] | None, found: Measure[TimeForecast]) -> Index:
    if pace is None:
        return Index(None, f"not yet measured: {found.reason}")
    return Index.of(pace)


def _needed(found: Measure[TimeForecast]) -> Cell:
    """Return the pace that the rest needs beside the one until now."""
    if found.value is None:
        return None
    needed = found.value.performance.to_complete_index
    return ("the rest needs ", Index.of(needed))


def _forecasts(pack: Pack, found: Measure[TimeForecast]) -> tuple[Block, ...]:
    """Return the finish by what people say and by each factor of earned schedule."""
    project = project_of(pack)
    if found.value is None:
        return ()
    ways: tuple[tuple[str, Measure[date]], ...] = (
        ("Earned schedule, the rest as planned", found.value.finish()),
        ("Earned schedule, at its own pace", found.value.finish(found.value.performance.index)),
        (
            "Earned schedule, at its pace and cost performance",
            found.value.finish(pace_and_cost(pack.portfolio, project)),
        ),
    )
    stated: tuple[tuple[str, date | None], ...] = (
        ("Approved", project.baseline_finish),
        ("Expected by the project", project.forecast_finish),
        ("By the links of its activities", planned_finishes(pack.portfolio).get(project.id)),
    )
    rows: list[tuple[Cell, ...]] = [
        (name, day or Missing("not stated"), _from(project.baseline_finish, day))
        for name, day in stated
    ]
    rows += [(name, shown(way), _from(project.baseline_finish, way.value)) for name, way in ways]
    columns = (
        Column("Finish", formula="The day on which the plan ends, by the method of the line."),
        Column("Day", formula="Actual, else forecast, else approved."),
        Column.number("From the approved", "Finish - approved finish, in calendar days."),
    )
    return (Table(columns, tuple(rows), caption="When it ends, by each way to tell."),)


def _from(approved: date | None, day: date | None) -> Days:
    known = approved is not None and day is not None
    return Days((day - approved).days if known and day and approved else None, signed=True)


def trend_chart(found: Sequence[Drift]) -> tuple[Block, ...]:
    """Draw where open milestones are heading; nothing where none has three reports."""
    shown = found[:_TRENDS]
    if not shown:
        return ()
    question = "Which dates stand, and which move away as we come nearer?"
    lines = [
        TrendLine(each.milestone.label, each.points, colour)
        for each, colour in zip(shown, _COLOURS, strict=False)
    ]
    return (Chart(question, milestone_trends(lines, question), trend_table(shown)),)


def trend_table(found: Sequence[Drift]) -> Table:
    """Return the slope, the arrival and the movement of each milestone."""
    columns = (
        Column("Milestone", wide=True),
        Column("Stands on", formula="Actual, else forecast."),
        Column.number(
            "Slips a day", "Slope of the forecasts over the days on which they were made."
        ),
        Column("If it goes on", formula="Where the trend meets the diagonal."),
        Column.number("Moved in all", "Newest forecast - first forecast."),
    )
    rows = tuple(
        (
            each.milestone.label,
            each.points[-1][1],
            Index(each.trend.slope),
            shown(each.arrival),
            Days(each.moved.value),
        )
        for each in found
    )
    caption = (
        "Milestone trend: the days that a date moves with each day that passes, by least squares; "
        "0 stands, 1 never arrives."
    )
    return Table(columns, rows, caption=caption, empty="No open milestone has three reports.")


def _critical(pack: Pack) -> tuple[Block, ...]:
    """Name what drives the end in five lines, and the float on the next gate."""
    project, plan = project_of(pack), plan_of(pack.portfolio)
    activities = [
        each
        for each in pack.portfolio.related(project, Activity, "project")
        if each.actual_finish is None
        and each.id in plan.network.index
        and plan.schedule.is_critical(each.id)
    ]
    activities.sort(key=lambda each: (plan.schedule.dates(each.id).early_start, each.id))
    if not activities:
        return _gate(pack)
    rows = tuple(
        (
            each.label,
            plan.schedule.dates(each.id).early_start,
            plan.schedule.dates(each.id).early_finish,
        )
        for each in activities[:_PATH]
    )
    more = f" {len(activities) - _PATH} more follow." if len(activities) > _PATH else ""
    columns = (
        Column("Critical work, next first", wide=True),
        Column("From", formula="Early start."),
        Column("To", formula="Early finish."),
    )
    return (
        Table(columns, rows, caption=f"Each day lost here is lost at the end.{more}"),
        *_gate(pack),
    )


_STANDS = "Forecast, else approved; float by the logic of the plan."


def _gate(pack: Pack) -> tuple[Block, ...]:
    project, plan = project_of(pack), plan_of(pack.portfolio)
    ahead = [
        (day, each)
        for each in pack.portfolio.related(project, Milestone, "project")
        if each.actual is None
        and each.type in {"gate", "go_live", "contractual"}
        and (day := standing_date(each)) is not None
        and each.id in plan.network.index
    ]
    if not ahead:
        return ()
    day, gate = min(ahead, key=lambda found: (found[0], found[1].id))
    minutes = plan.schedule.total_float[plan.network.index[gate.id]]
    if minutes is None:
        return ()
    calendar = project_calendar(pack.portfolio, project)
    left = Decimal(minutes) / calendar.minutes_per_day
    words = f"Float on {gate.label}, "
    days = f": {left.normalize():f} working days."
    made = trail(_STANDS, sources=written(gate, at=["forecast", "baseline"]))
    return (Paragraph(Strong(sentence(words)), Traced(day, made), days),)
