"""The computed columns of risks and of a project's contingency."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.risk.contingency_reserve import reserve
from portfolio.analysis.risk.exposure import residual_emv, response_value, risk_emv
from portfolio.analysis.risk.score import band_of, risk_score
from portfolio.analysis.risk.score import movement as risk_movement
from portfolio.analysis.risk.score import proximity_rank as rank_by_proximity
from portfolio.measure.currency import in_currency
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, given
from portfolio.model.delivery.projects import Project
from portfolio.model.risk import Risk
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.risk.score import RiskBand
    from portfolio.view.view import View


@column(Risk)
def score(risk: Risk, _: View) -> Measure[int]:
    """Return probability times impact as rated now."""
    return given(risk.current, "not rated").map(lambda rating: risk_score(rating.p, rating.i))


@column(Risk)
def band(risk: Risk, portfolio: View) -> RiskBand | None:
    """Return the band of the current rating on the portfolio's scale."""
    return band_of(risk.current, portfolio.settings.risk_scale)


@column(Risk)
def movement(risk: Risk, _: View) -> Measure[int]:
    """Return how far the score has moved from inherent to current; lower is negative."""
    return given(risk_movement(risk), "not rated")


@column(Risk)
def exposure(risk: Risk, _: View) -> Measure[Money]:
    """Return the expected monetary value as the risk stands now."""
    return risk_emv(risk)


@column(Risk)
def residual_exposure(risk: Risk, _: View) -> Measure[Money]:
    """Return the expected monetary value that is left after the responses."""
    return residual_emv(risk)


@column(Risk)
def value_of_response(risk: Risk, _: View) -> Measure[Money]:
    """Return what the responses save in expected value, less what all of them cost."""
    return response_value(risk)


@column(Risk)
def proximity_rank(risk: Risk, portfolio: View) -> Measure[Decimal]:
    """Return the score weighted by nearness, for sorting and for nothing else."""
    rated: Measure[int] = score(risk, portfolio)
    return rated.map(lambda known: rank_by_proximity(known, risk.proximity))


@column(Project, order=110)
def contingency_left(project: Project, portfolio: View) -> Measure[Money]:
    """Return the contingency that is budgeted and not drawn."""
    left = reserve(portfolio, project).map(lambda found: found.left)
    return in_currency(left, project.bac.currency if project.bac is not None else "")


@column(Project, order=120)
def contingency_ahead(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the share of the contingency drawn less the share of the work done."""
    use = reserve(portfolio, project).then(lambda found: found.use)
    return use.map(lambda drawn: drawn.ahead)


@column(Project, order=130)
def contingency_cover(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return how often the contingency left covers the residual exposure of open threats."""
    return reserve(portfolio, project).then(lambda found: found.cover)
