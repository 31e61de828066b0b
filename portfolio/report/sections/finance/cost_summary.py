"""What the portfolio costs as far as it is stated: one figure, and the largest budgets."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.portfolio_performance import pool
from portfolio.measure.currency import at_home, total_at_home
from portfolio.report.blocks import Block, Column, Metric, Metrics, Missing, Status, Table, shown
from portfolio.report.formatting import in_short
from portfolio.report.sections.delivery.portfolio_on_a_page import declared_colour
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.delivery.projects import Project
    from portfolio.report.blocks import Cell
    from portfolio.report.pack import Pack

_LARGEST = 10


def cost_metrics(pack: Pack) -> tuple[Metric, ...]:
    """Return what all live projects may cost, and what is expected on top; nothing unstated."""
    if not _stated(pack):
        return ()
    whole = pool(pack.portfolio, pack.live_projects)
    over = whole.selected - whole.figures.bac
    expected = "above" if over >= 0 else "below"
    note = (
        f"{in_short(Money(abs(over), whole.currency))} {expected} budget expected in "
        f"{len(whole.members)} that are measured"
        if whole.members
        else "no forecast is measured"
    )
    return (_budget(pack, f"{_counted(pack)}; {note}"),)


def stated_budgets(pack: Pack) -> tuple[Block, ...]:
    """Return the sum of the stated budgets and the largest of them, for want of any forecast."""
    forecast = Metric("Forecast at completion", Missing(), "no earned value, no booked cost")
    stated = _stated(pack)
    if not stated:
        return (Metrics(forecast),)
    shown = sorted(stated, key=lambda each: (-_at_home(pack, each), each.id))[:_LARGEST]
    columns = (
        Column("Project"),
        Column.number("Budget", "The approved budget at completion."),
        Column("Declared"),
        Column("Finish", formula="Actual, else forecast, else approved finish."),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            pack.page_link(each),
            each.bac,
            Status(declared_colour(each), "" if each.declared_rag else "not declared"),
            each.actual_finish or each.forecast_finish or each.baseline_finish or Missing(),
        )
        for each in shown
    )
    left_out = len(stated) - len(rows)
    caption = f"The {len(rows)} largest budgets; {left_out} more are smaller." if left_out else ""
    return (Metrics(_budget(pack, _counted(pack)), forecast), Table(columns, rows, caption))


def _stated(pack: Pack) -> list[Project]:
    return [each for each in pack.live_projects if each.bac is not None]


def _counted(pack: Pack) -> str:
    return f"stated by {len(_stated(pack))} of {len(pack.live_projects)} live projects"


def _budget(pack: Pack, note: str) -> Metric:
    amounts = [(each.bac, pack.as_of) for each in _stated(pack) if each.bac is not None]
    found = total_at_home(pack.portfolio, amounts).map(in_short)
    return Metric("Budgets of live projects", shown(found), note)


def _at_home(pack: Pack, project: Project) -> Decimal:
    """Return a budget in the portfolio's currency, to sort by; without a rate it comes last."""
    if project.bac is None:
        return Decimal(0)
    found = at_home(pack.portfolio, project.bac)
    return found.value.amount if found.value is not None else Decimal(0)
