"""Where an indicator stands: stale is grey, and a month without a value has none."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from portfolio.analysis.service.kpi import KpiState, kpi_state, level_strip
from portfolio.model.service import Kpi, Sla
from portfolio.view.view import View
from tests.portfolios import portfolio_of

CALLS = """
people: [{id: anna, name: Anna Sample}]
kpi: {id: calls, name: Calls, owner: anna, direction: lower, target: 100, red: 140}
"""


def state(text: str) -> KpiState:
    portfolio = portfolio_of(text)
    return kpi_state(portfolio, portfolio.all(Kpi)[0])


def months(values: Mapping[str, float], of: str = "kpi: calls") -> str:
    rows = (f"  - {{{of}, period: {month}, value: {value}}}\n" for month, value in values.items())
    return "measurements:\n" + "".join(rows)


def test_value_colour_score_and_trend_of_a_fresh_indicator() -> None:
    found = state(CALLS + months({"2026-01": 130, "2026-02": 120, "2026-03": 110}))
    assert found.value.value == 110
    assert (str(found.period), found.colour.value) == ("2026-03", "amber")
    assert (found.score.value, found.trend.value) == (Decimal("0.75"), "improving")
    assert found.target_health.code == "small_sample"
    assert found.days_stale is None


def test_a_stale_indicator_is_grey_and_never_the_colour_it_last_had() -> None:
    fresh = state(CALLS + months({"2026-02": 90}))
    assert fresh.colour.value == "green"
    stale = state(CALLS + months({"2026-01": 90}))
    assert stale.value.value == 90
    assert (stale.colour.code, stale.score.code) == ("stale", "stale")
    assert stale.days_stale == 59


def test_an_indicator_that_was_never_measured_has_reasons_and_no_zeros() -> None:
    found = state(CALLS)
    codes = {each.code for each in (found.value, found.colour, found.score, found.trend)}
    assert codes == {"no_data"}
    assert found.period is None


def test_without_a_target_there_is_a_value_and_no_colour() -> None:
    text = "people: [{id: anna, name: Anna}]\nkpi: {id: calls, name: Calls, owner: anna}\n"
    found = state(text + months({"2026-01": 1, "2026-02": 2, "2026-03": 3}))
    assert found.value.value == 3
    assert (found.colour.code, found.score.code) == ("no_data", "no_data")
    assert found.trend.code == "no_data"
    assert found.target_health.code == "small_sample"


def test_a_target_met_for_a_year_is_soft() -> None:
    year = {f"2025-{month:02}": 90 for month in range(6, 13)} | {"2026-03": 80}
    assert state(CALLS + months(year)).target_health.value == "soft"


UP = """
people: [{id: anna, name: Anna Sample}]
service: {id: web, name: Web, owner: anna}
sla: {id: up, service: web, measure: availability, target: 99, unit: "%", direction: higher}
"""


def strip(portfolio: View) -> list[tuple[str, bool | None]]:
    found = level_strip(portfolio, portfolio.all(Sla)[0])
    return [(str(month), kept) for month, _, kept in found.months]


def test_a_strip_of_twelve_whole_months_with_gaps() -> None:
    text = UP + months({"2025-12": 98.9, "2026-02": 99, "2026-03": 99.5}, "sla: web.up")
    found = strip(portfolio_of(text))
    assert [month for month, _ in found][:2] == ["2025-04", "2025-05"]
    assert found[-4:] == [
        ("2025-12", False),
        ("2026-01", None),
        ("2026-02", True),
        ("2026-03", True),
    ]


def test_a_month_that_has_not_ended_is_not_in_the_strip() -> None:
    settings = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-30\n"
    assert strip(portfolio_of(UP, settings))[-1] == ("2026-02", None)
