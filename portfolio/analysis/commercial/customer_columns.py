"""The computed columns of customers, surveys and their answers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from portfolio.analysis.commercial.account_health import HealthColour, account_health, watermelon
from portfolio.analysis.commercial.satisfaction import (
    change_since,
    newest_opinion,
    survey_result,
)
from portfolio.measure.figure import column, withholding
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.privacy import FEWEST_SHOWN, TOO_FEW
from portfolio.measure.table import to_places
from portfolio.model.commercial.contracts import Customer
from portfolio.model.commercial.customers import Complaint, Response, Survey

if TYPE_CHECKING:
    from portfolio.analysis.commercial.satisfaction import SurveyResult
    from portfolio.view.view import View

T = TypeVar("T")
_FINE = Decimal("0.0001")


@column(Customer)
def satisfied(customer: Customer, portfolio: View) -> Measure[Decimal]:
    """Return the share of the satisfied in the newest survey, 0..1; of few people nothing."""
    return newest_opinion(portfolio, customer).map(lambda found: _number(found.figures.share))


@column(Customer)
def health(customer: Customer, portfolio: View) -> HealthColour:
    """Return the computed colour of the account; grey with less than 60 % of the weights known."""
    return account_health(portfolio, customer).colour


@column(Customer)
def health_points(customer: Customer, portfolio: View) -> Measure[Decimal]:
    """Return the weighted points of the account, 0 to 100, over the parts that are known."""
    return to_places(account_health(portfolio, customer).points, 1)


@column(Customer)
def health_coverage(customer: Customer, portfolio: View) -> Decimal:
    """Return the share of the weights that is known, 0..1."""
    return account_health(portfolio, customer).coverage


@column(Customer)
def watermelon_gap(customer: Customer, portfolio: View) -> Measure[bool]:
    """Tell whether every service level is kept and the customer is surely not satisfied."""
    found = watermelon(portfolio, customer)
    if found.value is None and found.code != "finished":
        return unknown(found.code, found.reason)
    return Measure(found.value is not None)


@column(Customer)
def open_complaints(customer: Customer, portfolio: View) -> int:
    """Return how many complaints are not resolved."""
    complaints = portfolio.related(customer, Complaint, "customer")
    return sum(each.resolved_on is None for each in complaints)


@column(Survey)
def answers(survey: Survey, portfolio: View) -> Measure[int]:
    """Return how many people answered until now; below four only that they are few."""
    return survey_result(portfolio, survey).map(lambda found: found.count)


@column(Survey)
def answer_rate(survey: Survey, portfolio: View) -> Measure[Decimal]:
    """Return answers by people invited, 0..1."""
    return survey_result(portfolio, survey).then(lambda found: found.rate.map(_number))


@column(Survey)
def result(survey: Survey, portfolio: View) -> Measure[Decimal]:
    """Return the figure: CSAT as a share, NPS from -100 to 100, CES as a mean of 1 to 7."""
    return survey_result(portfolio, survey).map(lambda found: _number(found.value))


@column(Survey)
def result_low(survey: Survey, portfolio: View) -> Measure[Decimal]:
    """Return the low end of the 95 % interval of the figure."""
    return _bound(survey, portfolio, "low")


@column(Survey)
def result_high(survey: Survey, portfolio: View) -> Measure[Decimal]:
    """Return the high end of the 95 % interval of the figure."""
    return _bound(survey, portfolio, "high")


@column(Survey)
def half_width(survey: Survey, portfolio: View) -> Measure[Decimal]:
    """Return the half width of the plain 95 % interval, narrowed for a known population."""
    return survey_result(portfolio, survey).then(lambda found: found.half_width.map(_number))


@column(Survey)
def change(survey: Survey, portfolio: View) -> Measure[Decimal]:
    """Return how the figure moved since the survey before; unknown where not comparable."""
    return change_since(portfolio, survey).map(lambda found: _number(found.change))


@column(Survey)
def change_is_sure(survey: Survey, portfolio: View) -> Measure[bool]:
    """Tell whether the change is more than chance: 0 lies outside its 95 % interval."""
    return change_since(portfolio, survey).map(lambda found: found.is_sure)


@withholding(Response, "score", "comment", "respondent_role", "weight")
def reason_to_withhold(response: Response, portfolio: View) -> str | None:
    """Say why an answer is not shown: fewer than four people gave one, and one could be known."""
    survey = portfolio.find(response.survey, Survey)
    answers = portfolio.related(survey, Response, "survey") if survey is not None else ()
    return TOO_FEW if len(answers) < FEWEST_SHOWN else None


def _bound(survey: Survey, portfolio: View, end: str) -> Measure[Decimal]:
    def read(found: SurveyResult) -> Measure[Decimal]:
        if found.interval is None:
            return unknown("no_data", "a mean has no interval here")
        return Measure(_number(getattr(found.interval, end)))

    return survey_result(portfolio, survey).then(read)


def _number(value: float) -> Decimal:
    return Decimal(str(value)).quantize(_FINE).normalize()
