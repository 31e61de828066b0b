"""The contingency of a project: what is drawn, what is left, and whether it covers the threats."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.project_performance import project_performance
from portfolio.analysis.risk.exposure import residual_emv, risk_emv
from portfolio.measure.currency import total
from portfolio.measure.measure import Measure, both, per, unknown
from portfolio.model.finance import BudgetLine, ContingencyDraw
from portfolio.model.risk import Risk
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class Reserve:
    """The contingency of a project in the currency of its budget.

    ``use`` compares what is drawn with the work done, ``cover`` what is left with the threats.
    """

    whole: Decimal
    use: Measure[ContingencyUse]
    cover: Measure[Decimal]
    left: Decimal


def reserve(portfolio: View, project: Project) -> Measure[Reserve]:
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
    found = project_performance(portfolio, project).value

    def known(whole: Money, drawn: Money) -> Reserve:
        left = whole.amount - drawn.amount
        use: Measure[ContingencyUse] = unknown("no_data", "how far the work is, is not measured")
        if found is not None and found.figures.bac > 0:
            complete = found.figures.ev / found.figures.bac
            use = contingency_use(whole.amount, [drawn.amount], complete)
        cover = threats.then(lambda exposed: contingency_cover(left, exposed))
        return Reserve(whole.amount, use, cover, left)

    return both(whole, drawn, known)


def _threats(portfolio: View, project: Project, currency: str) -> Measure[Decimal]:
    threats = (
        residual_emv(risk).value or risk_emv(risk).value
        for risk in portfolio.related(project, Risk, "project")
        if risk.kind_ == "threat" and risk.status == "open"
    )
    amounts = ((value, portfolio.as_of) for value in threats if value is not None)
    found = total(amounts, currency, portfolio.settings.exchange_rates)
    return found.map(lambda money: money.amount)


@dataclass(frozen=True, slots=True)
class ContingencyUse:
    """What is drawn and what is left, and how far the drawing is ahead of the work (0..1)."""

    remaining: Decimal
    drawn: Decimal
    ahead: Decimal


def contingency_use(
    contingency: Decimal, draws: Iterable[Decimal], complete: Decimal
) -> Measure[ContingencyUse]:
    """Return how much contingency is drawn, and how far ahead of the work that is.

    drawn = sum of draws / contingency; ahead = drawn - share complete, both 0..1; remaining in the
    currency of all amounts. Positive ahead runs dry early. No contingency: zero_denominator.

    Source: worked example WE-63.

    >>> found = contingency_use(Decimal(200000), [Decimal(30000), Decimal(45000), Decimal(25000)],
    ...                         Decimal("0.4")).value
    >>> found.remaining, found.drawn, found.ahead
    (Decimal('100000'), Decimal('0.5'), Decimal('0.1'))
    """
    if contingency <= 0:
        return unknown("zero_denominator", "there is no contingency")
    spent = sum(draws, Decimal(0))
    drawn = spent / contingency
    return Measure(ContingencyUse(contingency - spent, drawn, drawn - complete))


def share_complete(
    parts: Iterable[tuple[Decimal, Decimal]], budget: Decimal | None = None
) -> Measure[Decimal]:
    """Return how far work is, 0..1, each part weighted by its budget.

    complete = sum of part budget x share done / budget at completion; each pair is (part budget,
    share done). Without a budget at completion the parts' own sum takes its place. None: no_data.

    Source: percent complete of earned value management, EV / BAC.

    >>> share_complete([(Decimal(100), Decimal(1)), (Decimal(300), Decimal(0))]).value
    Decimal('0.25')
    """
    weighted = list(parts)
    whole = budget or sum((part for part, _ in weighted), Decimal(0))
    done = sum((part * share for part, share in weighted), Decimal(0))
    return per(done, whole if weighted else Decimal(0), "no work has a budget", "no_data")


def contingency_cover(remaining: Decimal, threats: Decimal) -> Measure[Decimal]:
    """Return how often the contingency left covers the residual exposure of the threats.

    cover = contingency left / summed residual EMV of threats, one currency; opportunities are
    never netted. It compares with a mean: a cover above 1 can still run out. No exposure:
    zero_denominator.

    Source: worked example WE-31.

    >>> round(contingency_cover(Decimal(80), Decimal(68)).value, 4)
    Decimal('1.1765')
    """
    return per(remaining, threats, "no threat is quantified")
