"""Account health, surveys and complaints: what is known, how much of it, and what is too few."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.analysis.commercial.account_health import (
    HealthColour,
    HealthPart,
    account_health,
    watermelon,
    weighted_health,
)
from portfolio.analysis.commercial.complaints import complaint_times
from portfolio.analysis.commercial.satisfaction import change_since, projects_for, survey_result
from portfolio.calendar import Calendar
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.satisfaction import net_promoter_difference, response_rate
from portfolio.measure.statistics import half_width
from portfolio.model.commercial.contracts import Customer
from portfolio.model.commercial.customers import Complaint, Survey
from portfolio.record import Ref
from portfolio.settings import Thresholds
from portfolio.view.view import View
from tests.portfolios import portfolio_of

PARTS = (("Satisfaction", 30), ("Delivery", 25), ("Service", 20), ("Commercial", 15),
         ("Engagement", 10))  # fmt: skip
WORK = Calendar("work")


def health(*points: int | None) -> tuple[str, str, HealthColour]:
    parts = tuple(
        HealthPart(name, weight, unknown("no_data", "") if p is None else Measure(Decimal(p)))
        for (name, weight), p in zip(PARTS, points, strict=True)
    )
    found = weighted_health(parts, Thresholds().account_health)
    value = found.points.value
    return ("none" if value is None else f"{value:.2f}", f"{found.coverage}", found.colour)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ((80, 60, 100, 50, 100), ("76.50", "1", "green")),
        ((75, 75, 75, 75, 75), ("75.00", "1", "green")),  # a boundary gets the better colour
        ((50, 50, 50, 50, 50), ("50.00", "1", "amber")),
        ((49, 50, 50, 50, 50), ("49.70", "1", "red")),
        ((80, None, 100, None, 100), ("90.00", "0.6", "green")),  # exactly 60 % is enough
        ((80, 60, None, None, None), ("70.91", "0.55", "grey")),
        ((None, None, None, None, None), ("none", "0", "grey")),
    ],
)
def test_missing_parts_are_weighted_out_and_coverage_says_how_much_is_known(
    points: tuple[int | None, ...], expected: tuple[str, str, HealthColour]
) -> None:
    assert health(*points) == expected


ACCOUNT = """
people: [{id: anna, name: Anna}]
customers: [{id: acme, name: Acme}, {id: other, name: Other}]
contract: {id: deal, title: Deal, customer: acme}
project: {id: quay, name: Quay, sponsor: anna, contract: deal, milestones: [
  {id: a, name: A, baseline: 2026-01-30, actual: 2026-01-30},
  {id: b, name: B, baseline: 2026-02-27}, {id: c, name: C, baseline: 2026-04-30},
  {id: d, name: D, baseline: 2025-03-30}]}
service: {id: web, name: Web, owner: anna, customers: [acme],
  slas: [{id: up, target: 99, direction: higher}]}
measurements:
  - {sla: web.up, period: 2026-01, value: 99.5}
  - {sla: web.up, period: 2026-02, value: 98.5}
invoices:
  - {id: i1, contract: deal, issued: 2026-01-05, due: 2026-02-05, amount: 300, paid_on: 2026-02-04}
  - {id: i2, contract: deal, issued: 2026-02-05, due: 2026-03-05, amount: 100}
  - {id: i3, contract: deal, issued: 2026-03-05, due: 2026-04-05, amount: 60, disputed: true}
  - {id: i4, contract: deal, issued: 2026-03-05, due: 2026-04-05, amount: 40}
touchpoints:
  - {customer: acme, date: 2025-12-31, kind: service_review}
  - {customer: acme, date: 2026-03-20, kind: escalation}
"""


def test_an_account_is_judged_by_what_it_got_pays_and_hears() -> None:
    portfolio = portfolio_of(ACCOUNT)
    acme, other = portfolio.all(Customer)
    assert [p.id for p in projects_for(portfolio, acme)] == ["quay"]
    found = account_health(portfolio, acme)
    points = {part.name: part.points.value for part in found.parts}
    assert points == {
        "Satisfaction": None,
        "Delivery": Decimal(50),
        "Service": Decimal(50),
        "Commercial": Decimal(68),
        "Engagement": Decimal(100),  # ninety days ago to the day
    }
    assert found.coverage == Decimal("0.7")
    evidence = [part.evidence for part in found.parts]
    assert evidence[1] == "1 of 2 milestones on time", "later ones and those of last year are out"
    assert evidence[3] == "160 of 500 GBP overdue or disputed"
    strange = account_health(portfolio, other)
    assert strange.points.value == 0, "meetings are written down, and none with this customer"
    assert (strange.coverage, strange.colour) == (Decimal("0.1"), "grey")


def test_bills_in_two_currencies_are_not_added_and_no_meetings_at_all_are_unknown() -> None:
    text = ACCOUNT.replace("amount: 60,", "amount: 60 EUR,")
    portfolio = portfolio_of(text[: text.index("touchpoints")])
    found = {
        part.name: part for part in account_health(portfolio, portfolio.all(Customer)[0]).parts
    }
    assert found["Commercial"].points.reason == "bills in several currencies"
    assert found["Engagement"].points.reason == "meetings are not written down"


def surveyed(type_: str, *waves: tuple[str, list[int]], extra: str = "") -> View:
    lines = ["customer: {id: acme, name: Acme}", "surveys:"]
    lines += [
        f"  - {{id: s-{day}, subject: acme, type: {type_}, sent_on: {day}, invited: 25{extra}}}"
        for day, _ in waves
    ]
    lines.append("responses:")
    lines += [
        f"  - {{survey: s-{day}, id: r{number}, score: {score}, on: {day}}}"
        for day, scores in waves
        for number, score in enumerate(scores)
    ]
    return portfolio_of("\n".join(lines))


def last(portfolio: View) -> Survey:
    return portfolio.all(Survey)[-1]


EFFORT = [6, 7, 5, 4, 7, 6, 2, 5, 6, 7]


def test_effort_is_named_by_its_variant_and_narrowed_by_the_population() -> None:
    portfolio = surveyed("ces", ("2026-03-02", EFFORT), extra=", population: 25")
    found = survey_result(portfolio, last(portfolio)).value
    assert found is not None
    assert (found.variant, found.value, found.easy) == ("CES, 1 to 7", 5.5, 0.8)
    assert found.rate.value == 0.4
    assert 100 * (found.half_width.value or 0) == pytest.approx(19.6, abs=0.01)
    assert found.interval is None


def test_a_population_smaller_than_the_sample_is_a_wrong_count() -> None:
    assert half_width(0.8, 10, 8).code == "out_of_range"
    assert half_width(0.8, 0).code == "no_data"
    assert half_width(0.5, 25, 25).value == 0
    assert response_rate(11, 10).code == "out_of_range"


def test_counts_that_do_not_add_up_give_no_rate() -> None:
    portfolio = surveyed("csat", ("2026-03-02", [5, 4, 6, 2]))
    assert survey_result(portfolio, last(portfolio)).code == "out_of_range"


@pytest.mark.parametrize("scores", [[5], [5, 5], [5, 1, 1]])
def test_of_fewer_than_four_people_nothing_is_known(scores: list[int]) -> None:
    portfolio = surveyed("csat", ("2026-03-02", scores))
    found = survey_result(portfolio, last(portfolio))
    assert (found.value, found.code) == (None, "small_sample")
    assert watermelon(portfolio, portfolio.all(Customer)[0]).code == "small_sample"


def test_an_answer_of_tomorrow_does_not_count_today() -> None:
    portfolio = surveyed("csat", ("2026-04-01", [5, 5, 5, 5]))
    assert survey_result(portfolio, last(portfolio)).code == "no_data"


@pytest.mark.parametrize(
    ("type_", "before", "now", "sure"),
    [
        ("csat", [5] * 10, [1] * 9 + [5], True),
        ("csat", [5] * 8 + [1] * 2, [5] * 7 + [1] * 3, False),
        ("nps", [10] * 10, [0] * 10, True),
        ("nps", [10] * 5 + [7] * 5, [10] * 4 + [7] * 6, False),
    ],
)
def test_a_change_is_sure_where_its_own_interval_leaves_zero_out(
    type_: str,
    before: list[int],
    now: list[int],
    sure: bool,  # noqa: FBT001
) -> None:
    portfolio = surveyed(type_, ("2025-09-01", before), ("2026-03-02", now))
    found = change_since(portfolio, last(portfolio)).value
    assert found is not None
    assert found.is_sure is sure


@pytest.mark.parametrize(
    ("type_", "waves", "code"),
    [
        ("csat", [("2026-03-02", [5] * 10)], "no_data"),
        ("csat", [("2025-09-01", [5] * 9), ("2026-03-02", [5] * 10)], "small_sample"),
        ("csat", [("2025-09-01", [5] * 3), ("2026-03-02", [5] * 10)], "small_sample"),
        ("csat", [("2025-09-01", [5] * 10), ("2026-03-02", [])], "no_data"),
        ("ces", [("2025-09-01", [5] * 10), ("2026-03-02", [5] * 10)], "no_data"),
    ],
)
def test_what_is_not_comparable_says_why(
    type_: str, waves: list[tuple[str, list[int]]], code: str
) -> None:
    portfolio = surveyed(type_, *waves)
    assert change_since(portfolio, last(portfolio)).code == code


def test_a_survey_without_a_day_has_nothing_before_it() -> None:
    portfolio = surveyed("csat", ("2026-03-02", [5] * 10))
    undated = Survey(id="s-2026-03-02", subject=Ref("acme"), type="csat")
    assert change_since(portfolio, undated).code == "no_data"


def test_the_change_of_promoters_has_the_adjusted_variance_of_both() -> None:
    found = net_promoter_difference((9, 7, 4), (9, 7, 4)).value
    assert found is not None
    assert found.high == -found.low
    # Each side has a half width of 31.2 points (WE-40), so that the difference has 44.1.
    assert found.high == pytest.approx(2**0.5 * (52.94842276614694 + 9.470161896581722) / 2)


def complaint(raised: str, heard: str = "", settled: str = "") -> Complaint:
    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    return Complaint(
        id=raised, customer=Ref("acme"), owner=Ref("anna"), raised_on=day(raised),
        acknowledged_on=day(heard), resolved_on=day(settled),
    )  # fmt: skip


def test_complaints_are_timed_in_working_hours_over_a_weekend() -> None:
    found = complaint_times(
        [
            complaint("2026-03-06", "2026-03-09", "2026-03-13"),  # Friday to Monday is one day
            complaint("2026-03-10", "2026-03-10", "2026-03-17"),
            complaint("2026-03-27"),
        ],
        WORK,
    )
    assert found.hours_to_acknowledge.value == Decimal(WORK.minutes_per_day) / 60 / 2
    assert found.days_to_resolve.value == 5
    assert (found.count, found.waiting, found.open) == (3, 1, 1)


def test_complaints_that_nobody_heard_have_no_median() -> None:
    found = complaint_times([complaint("2026-03-27")], WORK)
    assert (found.hours_to_acknowledge.code, found.days_to_resolve.code) == ("no_data", "no_data")
