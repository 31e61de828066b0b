"""Money: what the portfolio will cost as a range, where it comes from, what is left of it."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from portfolio.analysis.finance.earned_schedule import TimePerformance, time_forecast
from portfolio.analysis.finance.earned_value import EarnedValue
from portfolio.analysis.finance.portfolio_performance import Member, Pool, pool
from portfolio.model.delivery.projects import Programme
from portfolio.report.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Index,
    Metric,
    Metrics,
    Paragraph,
    Row,
    Section,
    Table,
)
from portfolio.report.charts.cost import CostRange, Step, cost_ranges, waterfall
from portfolio.report.formatting import in_words, listed
from portfolio.report.section import section
from portfolio.report.sections.finance.cost_summary import stated_budgets
from portfolio.report.trails.earned_value import member_trail, pool_trail
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.model.delivery.projects import Project
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_BARS = 20
_TENTH = Decimal("0.1")
METHODS = {
    "remaining_at_budget": "rest at the planned rate",
    "cost_performance": "cost performance (CPI)",
    "cost_and_schedule_performance": "CPI x SPI",
    "weighted_performance": "0.8 CPI + 0.2 SPI",
    "bottom_up": "bottom-up forecast",
    "recent_cost_performance": "CPI of the last three periods",
}
"""What an estimate at completion is made of, in words."""
BUDGET = "The approved budget at completion."
SELECTED = (
    "The estimate at completion by the method that the newest data allow; the range spans all."
)


def colour_of(member: Member) -> Colour:
    """Return the colour of a forecast against the budget and its tolerance; a tenth without one."""
    tolerances = member.project.tolerances
    tolerance = tolerances.cost_pct if tolerances else None
    over = member.estimate.selected / member.figures.bac - 1
    if over <= 0:
        return "green"
    allowed = _TENTH if tolerance is None else tolerance / 100
    return "amber" if over <= allowed else "red"


@section("board", order=40)
def money(pack: Pack) -> Section:
    """Show cost against budget, as a range, pooled and by project, the worst first."""
    whole = pool(pack.portfolio, pack.live_projects)
    lines, currency = whole.members, whole.currency
    if not lines:
        return Section("money", "Money", stated_budgets(pack))
    unknown = [p for p in pack.live_projects if p.id not in {line.project.id for line in lines}]
    blocks: tuple[Block, ...] = (
        _totals(pack, whole),
        *_programmes(pack, whole),
        *_charts(pack, whole),
        _table(pack, lines),
        *_unmeasured(unknown),
    )
    return Section("money", "Money", blocks, _lead(lines, currency))


def _lead(lines: Sequence[Member], currency: str) -> str:
    over = [line for line in lines if line.variance < 0]
    if not over:
        return ""
    worst = over[0]
    amount = in_words(Money(-worst.variance, currency))
    count = f"{len(over)} of {len(lines)} measured projects are expected above their budget"
    return f"{count}; the most is {worst.project.label} by {amount}."


def _totals(pack: Pack, whole: Pool) -> Metrics:
    """Return the portfolio's figures, pooled and never averaged, with the worst member beside."""
    figures, currency = whole.figures, whole.currency
    measured = f"{len(whole.members)} of {len(pack.live_projects)} live projects are measured"
    spread = (Money(whole.low, currency), " to ", Money(whole.high, currency))
    of = partial(pool_trail, pack.portfolio, whole)
    pooled_index = Index.of(figures.cost_performance_index)
    return Metrics(
        Metric("Budget at completion", Money(figures.bac, currency), measured, trail=of(BUDGET)),
        Metric(
            "Forecast at completion", Money(whole.selected, currency), spread, trail=of(SELECTED)
        ),
        Metric(
            "Expected above budget",
            Money(whole.selected - figures.bac, currency),
            trail=of("Forecast - budget."),
        ),
        Metric(
            "Cost performance, pooled",
            pooled_index,
            _worst(whole),
            trail=of(EarnedValue.cost_performance_index),
        ),
    )


def _worst(whole: Pool, word: str = "worst ") -> Cell:
    if whole.worst is None:
        return None
    project, value = whole.worst
    return (f"{word}{project.label} ", Index(value))


def _programmes(pack: Pack, whole: Pool) -> tuple[Block, ...]:
    """Show each programme pooled, with its worst member, where there is more than one."""
    rows: list[tuple[Cell, ...]] = []
    for programme in pack.all(Programme):
        inside = tuple(
            m
            for m in whole.members
            if m.project.programme is not None and m.project.programme.id == programme.id
        )
        part = Pool(inside, whole.currency)
        if inside:
            rows.append(
                Row(
                    (
                        programme.label,
                        Money(part.figures.bac, part.currency),
                        Money(part.selected, part.currency),
                        (Money(part.low, part.currency), " to ", Money(part.high, part.currency)),
                        Index.of(part.figures.cost_performance_index),
                        _worst(part, ""),
                    ),
                    pool_trail(pack.portfolio, part, ""),
                )
            )
    if len(rows) < 2:  # noqa: PLR2004 - one programme is the line of totals again
        return ()
    columns = (
        Column("Programme"),
        Column.number("Budget", BUDGET),
        Column.number("Forecast", SELECTED),
        Column("From lowest to highest", formula="The lowest and the highest estimate of each."),
        Column.number("CPI, pooled", EarnedValue.cost_performance_index),
        Column("Worst"),
    )
    return (Table(columns, tuple(rows), caption="Programmes: sums of their measured projects."),)


def _charts(pack: Pack, whole: Pool) -> tuple[Block, ...]:
    if not whole.figures.bac:
        return ()
    currency = whole.currency
    question = "What may each project cost, against its budget of 100 %?"
    shown = whole.members[:_BARS]
    bars = [_bar(member) for member in shown]
    steps = _steps(whole)
    path = "What lies between the budget and the forecast?"
    return (
        Chart(question, cost_ranges(bars, question), _range_table(pack, shown)),
        Chart(path, waterfall(steps, currency, path), _step_table(pack, whole, steps)),
    )


def _bar(line: Member) -> CostRange:
    found, budget = line.estimate, line.figures.bac
    low, selected, high = found.low / budget, found.selected / budget, found.high / budget
    return CostRange(line.project.label, low, selected, high, colour_of(line))


def _steps(whole: Pool) -> list[Step]:
    """Return budget, what each project adds to it, the largest first, and the forecast."""
    budget = whole.figures.bac
    by_size = sorted(whole.members, key=lambda line: -abs(line.variance))
    changes = [Step(line.project.label, -line.variance) for line in by_size if line.variance]
    shown, rest = changes[:8], changes[8:]
    if rest:
        others = sum((step.amount for step in rest), Decimal(0))
        shown.append(Step(f"{len(rest)} other project{'s' * (len(rest) > 1)}", others))
    forecast = budget + sum((step.amount for step in changes), Decimal(0))
    return [Step("Budget", budget, True), *shown, Step("Forecast", forecast, True)]


def _range_table(pack: Pack, lines: Sequence[Member]) -> Table:
    headings = ("Low", "Selected", "High")
    return Table.of(
        Column("Project"),
        *(
            Column.number(words, "Estimates at completion: the lowest, the selected, the highest.")
            for words in headings
        ),
        rows=(
            Row(
                (
                    line.project.label,
                    *(Money(getattr(line.estimate, part.lower()) * line.rate) for part in headings),
                ),
                member_trail(pack.portfolio, line),
            )
            for line in lines
        ),
        caption="Estimates at completion.",
    )


def _step_table(pack: Pack, whole: Pool, steps: list[Step]) -> Table:
    made_from = pool_trail(pack.portfolio, whole, "")
    return Table.of(
        Column("Step"),
        Column.number("Amount", "Forecast - budget of each project."),
        rows=(Row((step.label, Money(step.amount, whole.currency)), made_from) for step in steps),
        caption="Positive is more cost.",
    )


def _table(pack: Pack, lines: Sequence[Member]) -> Table:
    return Table.of(
        Column("Project"),
        Column.number("Budget", BUDGET),
        Column.number("Forecast", SELECTED),
        Column("By"),
        Column.number("Difference", "Budget - forecast."),
        Column.number("CPI", EarnedValue.cost_performance_index),
        Column.number("SPI(t)", TimePerformance.index),
        rows=(_row(pack, line) for line in lines),
        caption="In the currency of each project; a negative difference is above the budget. CPI "
        "is earned value by actual cost, SPI(t) earned schedule by the time that has passed.",
    )


def _row(pack: Pack, line: Member) -> tuple[Cell, ...]:
    bac = line.project.bac
    currency = bac.currency if bac is not None else ""
    time = time_forecast(pack.portfolio, line.project)
    pace = time.value.performance.index if time.value is not None else None
    cells: tuple[Cell, ...] = (
        line.project.label,
        Money(line.figures.bac, currency),
        Money(line.estimate.selected, currency),
        METHODS.get(line.estimate.method, line.estimate.method)
        + (", early" if line.estimate.is_early else ""),
        Money(line.figures.bac - line.estimate.selected, currency),
        Index.of(line.figures.cost_performance_index),
        Index.of(pace) if pace is not None else Index(None, time.reason),
    )
    return Row(cells, member_trail(pack.portfolio, line))


def _unmeasured(projects: list[Project]) -> tuple[Block, ...]:
    if not projects:
        return ()
    names = listed([project.label for project in projects], 5)
    return (Paragraph(f"Not yet measured: {names}."),)
