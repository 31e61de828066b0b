"""The money of a project: the curve, the range of its cost, what is left and how long it lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.finance.earned_value import to_complete_performance_index
from portfolio.analysis.finance.estimate_at_completion import completion
from portfolio.analysis.finance.expenditure import cost_by_category, spending, year_view
from portfolio.analysis.finance.project_performance import project_performance
from portfolio.analysis.finance.s_curve import progress_curves
from portfolio.analysis.risk.contingency_reserve import reserve
from portfolio.measure.currency import in_currency
from portfolio.report.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Details,
    Index,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Share,
    Strong,
    Table,
    shown,
)
from portfolio.report.charts.progress import Curve, s_curve
from portfolio.report.section import section
from portfolio.report.sections.delivery.highlight_status import project_of
from portfolio.report.sections.finance.portfolio_cost import METHODS
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.finance.earned_value import EstimateRange
    from portfolio.analysis.finance.project_performance import Performance
    from portfolio.measure.measure import Measure
    from portfolio.report.pack import Pack


@section("project", order=40)
def cost(pack: Pack) -> Section:
    """Show what the project will cost as a range, and what of its budget is left."""
    project = project_of(pack)
    found = project_performance(pack.portfolio, project)
    estimate = completion(pack.portfolio, project)
    blocks: tuple[Block, ...] = (
        _headline(pack, found, estimate),
        *_reason(estimate),
        *_curve(pack),
        *_left(pack),
        *_family(found, estimate),
        *_categories(pack),
    )
    return Section("cost", "Cost", blocks)


def _headline(pack: Pack, found: Measure[Performance], estimate: Measure[EstimateRange]) -> Metrics:
    budget: Cell = project_of(pack).bac or Missing("no budget is stated")
    if found.value is None or estimate.value is None:
        unknown = Missing("not yet measured")
        return Metrics(
            Metric("Budget at completion", budget),
            Metric("Forecast at completion", unknown, found.reason or estimate.reason),
        )
    known, figures, currency = estimate.value, found.value.figures, found.value.currency
    needed = to_complete_performance_index(figures)
    achieved = figures.cost_performance_index
    early = "early: less than a fifth is done" if known.is_early else None
    return Metrics(
        Metric("Budget at completion", Money(figures.bac, currency)),
        Metric(
            "Forecast at completion",
            Money(known.selected, currency),
            (Money(known.low, currency), " to ", Money(known.high, currency)),
        ),
        Metric("Cost performance (CPI)", Index.of(achieved), early),
        Metric("The rest needs (TCPI)", Index.of(needed), ("achieved so far ", Index.of(achieved))),
    )


def _reason(estimate: Measure[EstimateRange]) -> tuple[Block, ...]:
    if estimate.value is None:
        return ()
    method = METHODS.get(estimate.value.method, estimate.value.method)
    words = f"{method}, because {estimate.value.reason}."
    return (Paragraph(Strong("Selected: "), words),)


def _curve(pack: Pack) -> tuple[Block, ...]:
    found = progress_curves(pack.portfolio, project_of(pack)).value
    performance = project_performance(pack.portfolio, project_of(pack)).value
    if found is None or performance is None:
        return ()
    question = f"What was planned, earned and spent, in {found.currency}?"
    curves = (
        Curve("Planned", found.planned, "grey"),
        Curve("Earned", found.earned, "green"),
        Curve("Spent", found.spent, "red"),
        Curve("Expected", found.expected, "red", is_forecast=True),
    )
    drawn = s_curve(curves, pack.as_of, performance.figures.bac, question)
    return (Chart(question, drawn, _curve_table(curves, found.currency)),)


def _curve_table(curves: tuple[Curve, ...], currency: str) -> Table:
    """Return the value of each curve at the end of each month."""
    months: dict[str, list[Cell]] = {}
    for place, curve in enumerate(curves):
        for day, amount in curve.points:
            row = months.setdefault(day.isoformat()[:7], [Missing("") for _ in curves])
            row[place] = Money(amount, currency)
    columns = (
        Column("Month"),
        *(Column.number(curve.label, "Summed until the end of the month.") for curve in curves),
    )
    rows = tuple((month, *months[month]) for month in sorted(months))
    return Table(columns, rows, caption="The last known value of each month.")


def _left(pack: Pack) -> tuple[Block, ...]:
    """Return what is free, how long it lasts, the year and the contingency."""
    project = project_of(pack)
    found, spare = spending(pack.portfolio, project), reserve(pack.portfolio, project)
    metrics: list[Metric] = []
    if found.value is not None:
        money, currency = found.value, found.value.currency
        ordered = (Money(money.committed, currency), " ordered and not billed")
        metrics.append(Metric("Free budget", Money(money.free, currency), ordered))
        burn, lasts = money.burn, money.runway
        months = f"lasts {lasts.value:.1f} months" if lasts.value is not None else lasts.reason
        spent = shown(in_currency(burn, currency))
        metrics.append(Metric("Spent a month, of the last three", spent, months))
    if spare.value is not None and project.bac is not None:
        use, cover = spare.value.use.value, spare.value.cover
        drawn: Cell = (
            (Share(use.drawn), " drawn at ", Share(use.drawn - use.ahead), " of the work")
            if use
            else None
        )
        left = Money(spare.value.left, project.bac.currency)
        metrics.append(Metric("Contingency left", left, drawn))
        metrics.append(Metric("It covers the open threats", Index.of(cover), "times"))
    year = year_view(pack.portfolio, project).value
    if year is not None and project.bac is not None:
        amount = Money(year.variance.amount, project.bac.currency)
        against = (
            Money(year.outturn, project.bac.currency),
            " against ",
            Money(year.budget, project.bac.currency),
        )
        metrics.append(Metric(f"Left of the year from {year.begin:%b %Y}", amount, against))
    return (Metrics(*metrics),) if metrics else ()


def _family(found: Measure[Performance], estimate: Measure[EstimateRange]) -> tuple[Block, ...]:
    if found.value is None or estimate.value is None:
        return ()
    currency = found.value.currency
    rows = tuple(
        (
            METHODS.get(each.method, each.method),
            shown(in_currency(each.value, currency)),
        )
        for each in estimate.value.all
    )
    table = Table.of(
        Column("By"),
        Column.number(
            "Estimate at completion", "The method of the line: actual cost + estimate to complete."
        ),
        rows=rows,
    )
    return (Details("Every estimate at completion", (table,)),)


def _categories(pack: Pack) -> tuple[Block, ...]:
    found = cost_by_category(pack.portfolio, project_of(pack)).value
    bac = project_of(pack).bac
    if not found or bac is None:
        return ()
    columns = (
        Column("Category"),
        Column("Type"),
        Column.number("Budget", "Budget lines of the category, summed."),
        Column.number("Planned until now", "The part of the budget that was planned until now."),
        Column.number("Spent", "Costs booked until now, summed."),
        Column.number("Difference", "Planned until now - spent."),
    )
    rows = tuple(
        (
            each.category.replace("_", " "),
            each.type or Missing("not stated"),
            *(
                Money(amount, bac.currency)
                for amount in (each.budget, each.planned, each.actual, each.planned - each.actual)
            ),
        )
        for each in found
    )
    caption = "Periods that are over; a negative difference is dearer than planned."
    return (Details("Where the money goes", (Table(columns, rows, caption=caption),)),)
