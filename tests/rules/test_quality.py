"""The data-quality index: what the rules check on a portfolio, and how much of it holds."""

from __future__ import annotations

from decimal import Decimal

from portfolio.diagnostic import Diagnostic, Location, Severity
from portfolio.rules.quality import data_quality
from tests.portfolios import portfolio_of

TEXT = "people: [{id: anna, name: Anna Sample}]\naction: {id: a, text: A, owner: anna}\n"


def found(code: str, entity: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, "", Location("a.yaml", 1, 1), "", entity)


def index(*findings: Diagnostic) -> Decimal:
    value = data_quality(portfolio_of(TEXT), findings).value
    assert value is not None
    return value


def test_without_findings_everything_holds() -> None:
    assert index() == 1


def test_a_check_that_finds_something_twice_is_violated_once() -> None:
    once = index(found("GOV-ACTION-OVERDUE", "a"))
    assert once == index(found("GOV-ACTION-OVERDUE", "a"), found("GOV-ACTION-OVERDUE", "a"))
    assert 0 < once < 1


def test_an_error_lowers_it_two_and_a_half_times_as_much_as_a_warning() -> None:
    warning = 1 - index(found("GOV-ACTION-OVERDUE", "a"))
    error = 1 - index(found("GOV-WAIVER-EXPIRED", "x"))
    assert round(error / warning, 6) == Decimal("2.5")


def test_findings_of_loading_are_no_checks_of_rules() -> None:
    assert index(found("YML-SYNTAX", "")) == 1
