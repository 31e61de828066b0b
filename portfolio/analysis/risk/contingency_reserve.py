"""The contingency of a project: what is drawn, what is left, and whether it covers the threats."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.project_performance import project_performance
from portfolio.analysis.risk.contingency import ContingencyUse, contingency_cover, contingency_use
from portfolio.analysis.risk.exposure import residual_emv, risk_emv
from portfolio.measure.currency import total
from portfolio.measure.measure import Measure, unknown
from portfolio.model.finance import BudgetLine, ContingencyDraw
from portfolio.model.risk import Risk

if TYPE_CHECKING:
    from portfolio.model.delivery.projects import Project
    from portfolio.model.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Reserve:
    """The contingency of a project in the currency of its budget.

    ``use`` compares what is drawn with the work done, ``cover`` what is left with the threats.
    """

    whole: Decimal
    use: Measure[ContingencyUse]
    cover: Measure[Decimal]
    left: Decimal


def reserve(portfolio: Portfolio, project: Project) -> Measure[Reserve]:
    """Return the contingency of a project: the budget lines of that category, less the draws.

    Covered are the open threats at what is left of them after their responses, else as they stand
    now; opportunities are never netted. No such budget line: no_data.

    Source: domain A2; worked examples WE-31, WE-63.
    """
    lines = portfolio.related(project, BudgetLine, "project")
    parts = [p for line in lines if line.category == "contingency" for p in line.periods]
    if not parts or project.bac is None:
        return unknown("no_data", "no contingency is budgeted")
    currency, rates = project.bac.currency, portfolio.settings.exchange_rates
    draws = [
        d for d in portfolio.related(project, ContingencyDraw, "project") if d.on <= portfolio.as_of
    ]
    whole = total([(p.amount, p.period.start) for p in parts], currency, rates)
    drawn = total([(d.amount, d.on) for d in draws], currency, rates)
    threats = _threats(portfolio, project, currency)
    if whole.value is None or drawn.value is None:
        failed = whole if whole.value is None else drawn
        return unknown(failed.code, failed.reason)
    amount, spent = whole.value.amount, drawn.value.amount
    found = project_performance(portfolio, project).value
    use: Measure[ContingencyUse] = unknown("no_data", "how far the work is, is not measured")
    if found is not None and found.figures.bac > 0:
        use = contingency_use(amount, [spent], found.figures.ev / found.figures.bac)
    cover = (
        contingency_cover(amount - spent, threats.value)
        if threats.value is not None
        else unknown(threats.code, threats.reason)
    )
    return Measure(Reserve(amount, use, cover, amount - spent))


def _threats(portfolio: Portfolio, project: Project, currency: str) -> Measure[Decimal]:
    found = Decimal(0)
    for risk in portfolio.related(project, Risk, "project"):
        if risk.kind_ != "threat" or risk.status != "open":
            continue
        value = residual_emv(risk).value or risk_emv(risk).value
        if value is None:
            continue
        converted = total([(value, portfolio.as_of)], currency, portfolio.settings.exchange_rates)
        if converted.value is None:
            return unknown(converted.code, converted.reason)
        found += converted.value.amount
    return Measure(found)
