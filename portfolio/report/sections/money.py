"""Money: what the portfolio will cost as a range, where it comes from, what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.completion import completion
from portfolio.analysis.currency import convert
from portfolio.analysis.earned_value import EarnedValue, EstimateRange, pooled
from portfolio.analysis.performance import project_performance
from portfolio.analysis.time_phasing import time_forecast
from portfolio.report.money_charts import CostRange, Step, cost_ranges, waterfall
from portfolio.report.report import (
    Block,
    Cell,
    Chart,
    Column,
    Index,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Table,
    section,
)
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.measure import Measure
    from portfolio.model.delivery import Project
    from portfolio.report.pack import Pack
    from portfolio.report.report import Colour

_BARS = 20
_TENTH = Decimal("0.1")
_METHODS = {
    "remaining_at_budget": "rest at the planned rate",
    "cost_performance": "cost performance",
    "bottom_up": "bottom-up forecast",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A project with its figures in the currency of the organisation."""

    project: Project
    figures: EarnedValue
    estimate: EstimateRange
    rate: Decimal

    @property
    def variance(self) -> Decimal:
        return (self.figures.bac - self.estimate.selected) * self.rate

    @property
    def colour(self) -> Colour:
        tolerance = self.project.tolerances.cost_pct if self.project.tolerances else None
        over = self.estimate.selected / self.figures.bac - 1
        if over <= 0:
            return "green"
        allowed = _TENTH if tolerance is None else tolerance / 100
        return "amber" if over <= allowed else "red"


@section("board", order=40)
def money(pack: Pack) -> Section:
    """Show cost against budget, as a range, pooled and by project, the worst first."""
    currency = pack.portfolio.settings.organisation.currency
    lines = sorted(_lines(pack, currency), key=lambda line: (line.variance, line.project.id))
    unknown = [p for p in pack.live_projects if p.id not in {line.project.id for line in lines}]
    blocks: tuple[Block, ...] = (
        _totals(pack, lines, currency),
        *_charts(lines, currency),
        _table(pack, lines),
        *_unmeasured(unknown),
    )
    return Section("money", "Money", blocks, _lead(lines, currency))


def _lines(pack: Pack, currency: str) -> list[_Line]:
    found = []
    for project in pack.live_projects:
        performance = project_performance(pack.portfolio, project).value
        estimate = completion(pack.portfolio, project).value
        if performance is None or estimate is None:
            continue
        rates = pack.portfolio.settings.exchange_rates
        one = Money(Decimal(1), performance.currency)
        rate = convert(one, currency, pack.as_of, rates).value
        if rate is not None:
            found.append(_Line(project, performance.figures, estimate, rate.amount))
    return found


def _lead(lines: list[_Line], currency: str) -> str:
    over = [line for line in lines if line.variance < 0]
    if not over:
        return ""
    from portfolio.report.formatting import in_words

    worst = over[0]
    amount = in_words(Money(-worst.variance, currency))
    count = f"{len(over)} of {len(lines)} measured projects are expected above their budget"
    return f"{count}; the most is {worst.project.label} by {amount}."


def _pooled(lines: list[_Line]) -> EarnedValue:
    return pooled(
        EarnedValue(
            *(getattr(line.figures, part) * line.rate for part in ("bac", "pv", "ev", "ac"))
        )
        for line in lines
    )


def _totals(pack: Pack, lines: list[_Line], currency: str) -> Metrics:
    """Return the portfolio's figures, pooled and never averaged, with the worst member beside."""
    whole = _pooled(lines)
    low, selected, high = (
        sum((getattr(line.estimate, part) * line.rate for line in lines), Decimal(0))
        for part in ("low", "selected", "high")
    )
    measured = f"{len(lines)} of {len(pack.live_projects)} live projects are measured"
    if not lines:
        return Metrics((Metric("Forecast at completion", Missing(), measured),))
    budget, spread = (
        Money(whole.bac, currency),
        (Money(low, currency), " to ", Money(high, currency)),
    )
    return Metrics(
        (
            Metric("Budget at completion", budget, measured),
            Metric("Forecast at completion", Money(selected, currency), spread),
            Metric("Expected above budget", Money(selected - whole.bac, currency)),
            Metric("Cost performance, pooled", _index(whole.cost_performance_index), _worst(lines)),
        )
    )


def _worst(lines: list[_Line]) -> Cell:
    known = [
        (value, line.project.label)
        for line in lines
        if (value := line.figures.cost_performance_index.value) is not None
    ]
    if not known:
        return None
    value, label = min(known)
    return (f"worst {label} ", Index(value))


def _index(found: Measure[Decimal]) -> Index:
    return Index(found.value, found.reason or "not yet measured")


def _charts(lines: list[_Line], currency: str) -> tuple[Block, ...]:
    if not lines:
        return ()
    question = "What may each project cost, against its budget of 100 %?"
    shown = lines[:_BARS]
    bars = [_bar(line) for line in shown]
    whole, steps = _pooled(lines), _steps(lines)
    path = "What lies between the budget and the forecast?"
    return (
        (
            Chart(question, cost_ranges(bars, question), _range_table(shown)),
            Chart(path, waterfall(steps, currency, path), _step_table(steps, currency)),
        )
        if whole.bac
        else ()
    )


def _bar(line: _Line) -> CostRange:
    found, budget = line.estimate, line.figures.bac
    low, selected, high = found.low / budget, found.selected / budget, found.high / budget
    return CostRange(line.project.label, low, selected, high, line.colour)


def _steps(lines: list[_Line]) -> list[Step]:
    """Return budget, what each project adds to it, the largest first, and the forecast."""
    budget = _pooled(lines).bac
    by_size = sorted(lines, key=lambda line: -abs(line.variance))
    changes = [Step(line.project.label, -line.variance) for line in by_size if line.variance]
    shown, rest = changes[:8], changes[8:]
    if rest:
        others = sum((step.amount for step in rest), Decimal(0))
        shown.append(Step(f"{len(rest)} other project{'s' * (len(rest) > 1)}", others))
    forecast = budget + sum((step.amount for step in changes), Decimal(0))
    return [Step("Budget", budget, True), *shown, Step("Forecast", forecast, True)]


def _range_table(lines: list[_Line]) -> Table:
    headings = ("Low", "Selected", "High")
    return Table(
        (Column("Project"), *(Column(words, numeric=True) for words in headings)),
        tuple(
            (
                line.project.label,
                *(Money(getattr(line.estimate, part.lower()) * line.rate) for part in headings),
            )
            for line in lines
        ),
        caption="Estimates at completion.",
    )


def _step_table(steps: list[Step], currency: str) -> Table:
    return Table(
        (Column("Step"), Column("Amount", numeric=True)),
        tuple((step.label, Money(step.amount, currency)) for step in steps),
        caption="Positive is more cost.",
    )


def _table(pack: Pack, lines: list[_Line]) -> Table:
    return Table(
        (
            Column("Project"),
            Column("Budget", numeric=True),
            Column("Forecast", numeric=True),
            Column("By"),
            Column("Difference", numeric=True),
            Column("CPI", numeric=True),
            Column("SPI(t)", numeric=True),
        ),
        tuple(_row(pack, line) for line in lines),
        caption="In the currency of each project; a negative difference is above the budget. CPI "
        "is earned value by actual cost, SPI(t) earned schedule by the time that has passed.",
        empty="No live project states earned value, or budgets of activities with booked costs.",
    )


def _row(pack: Pack, line: _Line) -> tuple[Cell, ...]:
    bac = line.project.bac
    currency = bac.currency if bac is not None else ""
    time = time_forecast(pack.portfolio, line.project)
    pace = time.value.performance.index if time.value is not None else None
    return (
        line.project.label,
        Money(line.figures.bac, currency),
        Money(line.estimate.selected, currency),
        _METHODS.get(line.estimate.method, line.estimate.method)
        + (", early" if line.estimate.is_early else ""),
        Money(line.figures.bac - line.estimate.selected, currency),
        _index(line.figures.cost_performance_index),
        _index(pace) if pace is not None else Index(None, time.reason),
    )


def _unmeasured(projects: list[Project]) -> tuple[Block, ...]:
    if not projects:
        return ()
    names = ", ".join(project.label for project in projects[:5])
    more = f" and {len(projects) - 5} more" if len(projects) > 5 else ""  # noqa: PLR2004
    return (Paragraph((f"Not yet measured: {names}{more}.",)),)
