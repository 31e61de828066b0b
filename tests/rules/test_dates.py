"""Dates of every kind: their order, the status date, and the day that a status states."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.diagnostic import Diagnostic
from portfolio.model.portfolio import Portfolio
from portfolio.rules.registry import all_rules
from portfolio.rules.rule import check
from portfolio.view.view import view_of
from tests.portfolios import SETTINGS, load_text, view_in

PEOPLE = """
people: [{id: anna, name: Anna}]
customers: [{id: acme, name: Acme}]
services: [{id: billing, name: Billing, owner: anna}]
suppliers: [{id: papyrus, name: Papyrus, owner: anna}]
project: {id: atlas, name: Atlas, sponsor: anna}
"""
RULES = [
    all_rules()[code]
    for code in ("TIM-INCONSISTENT-DATES", "TIM-COMPLETE-NO-ACTUAL", "TIM-STATUS-NO-DAY")
]


def findings(text: str, settings: str = SETTINGS) -> list[Diagnostic]:
    loaded = load_text(PEOPLE + text, settings)
    assert loaded.portfolio is not None
    assert {found.code for found in loaded.diagnostics} <= {"FLD-EXPECTED"}
    return list(check(view_in(loaded), loaded.portfolio, RULES))


def said(text: str, settings: str = SETTINGS) -> list[str]:
    return [found.message for found in findings(text, settings)]


LATER = {
    "a complaint of 2029": (
        "complaint: {id: c, customer: acme, owner: anna, raised_on: 2029-01-05}",
        "raised_on is 2029-01-05",
    ),
    "a risk of tomorrow": (
        "risk: {id: r, title: R, owner: anna, raised_on: 2026-04-01}", "raised_on is 2026-04-01"
    ),
    "the cost of next month": (
        "actual: {id: a, project: atlas, period: 2026-03, amount: 1, booked_on: 2026-04-02}",
        "booked_on is 2026-04-02",
    ),
    "the use of a month to come": (
        "business_change: {id: b, name: B}\nusage: {change: b, period: 2026-04}",
        "period is 2026-04",
    ),
    "a moment of tomorrow": (
        "incident: {id: i, service: billing, opened: 2026-04-01 08:15}",
        "opened is 2026-04-01 08:15:00",
    ),
    "a finished response inside a risk": (
        ("risk: {id: r, title: R, owner: anna, responses: [{text: T, status: done,"
        " done_on: 2026-04-01}]}"),
        "done_on is 2026-04-01",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), LATER.values(), ids=LATER.keys())
def test_nothing_has_happened_after_the_status_date(text: str, words: str) -> None:
    assert said(text) == [f"{words}, after the status date 2026-03-31"]


IN_TIME = {
    "a plan may lie ahead": "action: {id: a, text: A, owner: anna, due: 2029-01-05}",
    "today has come": "complaint: {id: c, customer: acme, owner: anna, raised_on: 2026-03-31}",
    "this evening is today": "incident: {id: i, service: billing, opened: 2026-03-31 23:50}",
    "the running month is booked": "actual: {id: a, project: atlas, period: 2026, amount: 1}",
    "an announced outage": (
        "outage: {id: o, service: billing, planned: true, from: 2026-05-02 22:00,"
        " to: 2026-05-03 02:00}"
    ),
    "a day without a time is no midnight": (
        "pmo_service: {id: p, name: P, owner: anna}\n"
        "service_request: {id: s, service: p, raised_on: 2026-03-04 08:15, closed_on: 2026-03-04}"
    ),
    "a report sent on Friday for a month that ends on Tuesday": (
        "status_report: {id: s, project: atlas, period_end: 2026-03-31, issued_on: 2026-03-27}"
    ),
    "asked too late is allowed": (
        "decision: {id: d, title: D, raised_on: 2026-03-20, needed_by: 2026-03-06}"
    ),
}


@pytest.mark.parametrize("text", IN_TIME.values(), ids=IN_TIME.keys())
def test_what_is_possible_is_left_alone(text: str) -> None:
    assert said(text) == []


BACKWARDS = {
    "resolved before it was raised": (
        (
            "complaint: {id: c, customer: acme, owner: anna, raised_on: 2026-03-20,"
            " resolved_on: 2026-03-02}"
        ),
        "resolved_on is 2026-03-02, before raised_on 2026-03-20",
    ),
    "answered before it was asked": (
        (
            "survey: {id: s, subject: acme, type: nps, sent_on: 2026-03-20}\n"
            "response: {id: 1, survey: s, score: 9, on: 2026-03-02}"
        ),
        "on is 2026-03-02, before survey.sent_on 2026-03-20",
    ),
    "met before the gate": (
        (
            "gate: {id: g, project: atlas, name: G, actual: 2026-03-20, outcome: pass,"
            " conditions: [{text: T, met_on: 2026-03-02}]}"
        ),
        "met_on is 2026-03-02, before gate.actual 2026-03-20",
    ),
    "measured afterwards, before the start": (
        (
            "improvement: {id: i, title: I, owner: anna, baseline: {value: 5, on: 2026-03-20},"
            " result: {value: 4, on: 2026-03-02}}"
        ),
        "result is 2026-03-02, before baseline.on 2026-03-20",
    ),
    "an hour too early": (
        "incident: {id: i, service: billing, opened: 2026-03-04 08:15, resolved: 2026-03-04 07:15}",
        "resolved is 2026-03-04 07:15:00, before opened 2026-03-04 08:15:00",
    ),
    "home before the leave began": (
        "person: {id: ben, name: Ben, leave: [{from: 2026-05-08, to: 2026-05-04}]}",
        "to is 2026-05-04, before from 2026-05-08",
    ),
    "measured before the period": (
        (
            "kpi: {id: k, name: K, owner: anna}\n"
            "measurement: {kpi: k, period: 2026-03, value: 1, recorded_on: 2026-02-27}"
        ),
        "recorded_on is 2026-02-27, before period 2026-03",
    ),
}


@pytest.mark.parametrize(("text", "words"), BACKWARDS.values(), ids=BACKWARDS.keys())
def test_nothing_is_before_what_must_come_first(text: str, words: str) -> None:
    assert said(text) == [words]


def test_the_other_end_is_shown_where_it_stands() -> None:
    (found,) = findings(BACKWARDS["met before the gate"][0])
    (other,) = found.related
    assert (found.entity, other.message) == ("atlas.g", "gate.actual is 2026-03-20")
    assert other.location.column < found.location.column


def test_who_looks_from_an_earlier_day_is_not_told_that_facts_lie_ahead() -> None:
    text = "complaint: {id: c, customer: acme, owner: anna, raised_on: 2026-03-20}"
    loaded = load_text(PEOPLE + text)
    assert loaded.portfolio is not None
    seen = loaded.portfolio
    earlier = Portfolio(seen.settings, date(2026, 1, 31), seen.entities.values())
    assert list(check(view_of(earlier), earlier, RULES)) == []


UNDATED = {
    "a gate passed on no day": (
        "gate: {id: g, project: atlas, name: G, outcome: pass}",
        "outcome is pass, but there is no actual",
    ),
    "a change rejected on no day": (
        "change_request: {id: c, project: atlas, title: C, status: rejected}",
        "status is rejected, but there is no decided_on",
    ),
    "a renewal decided on no day": (
        "contract: {id: c, title: C, supplier: papyrus, renewal: {decision: exit}}",
        "decision is exit, but there is no decided_on",
    ),
    "an improvement done on no day": (
        "improvement: {id: i, title: I, owner: anna, status: done}",
        "status is done, but there is no closed_on",
    ),
    "an activity finished on no day": (
        "activity: {id: a, project: atlas, duration: 5d, pct_complete: 100, remaining: 0d}",
        "pct_complete is 100, but there is no actual_finish",
    ),
}


@pytest.mark.parametrize(("text", "words"), UNDATED.values(), ids=UNDATED.keys())
def test_what_is_over_has_the_day_on_which_it_was(text: str, words: str) -> None:
    (found,) = findings(text)
    assert (found.code, found.severity.word, found.message) == (
        "TIM-COMPLETE-NO-ACTUAL", "error", words
    )  # fmt: skip


def test_a_change_implemented_takes_the_day_of_its_baseline() -> None:
    assert said(
        "baseline: {id: v2, project: atlas, version: 2, approved_on: 2026-03-02}\n"
        "change_request: {id: c, project: atlas, title: C, status: implemented,"
        " baseline_after: atlas.v2}"
    ) == []  # fmt: skip


def issues(dated: int, undated: int) -> str:
    rows = [f"{{id: i{n}, title: I, owner: anna, status: closed" for n in range(dated + undated)]
    ends = [", resolved_on: 2026-03-02}"] * dated + ["}"] * undated
    return f"issues: [{', '.join(map(str.__add__, rows, ends))}]"


@pytest.mark.parametrize(("dated", "undated", "told"), [(0, 40, 0), (2, 2, 0), (3, 2, 2)])
def test_a_new_day_is_missed_only_where_most_state_it(dated: int, undated: int, told: int) -> None:
    found = findings(issues(dated, undated))
    assert [each.code for each in found] == ["TIM-STATUS-NO-DAY"] * told
    assert {each.severity.word for each in found} <= {"info"}


def test_a_portfolio_that_never_wrote_the_new_days_is_told_nothing() -> None:
    assert said(
        "risks: [{id: r, title: R, owner: anna, status: occurred,"
        " responses: [{text: T, status: done}]}]\n"
        "opportunity: {id: o, customer: acme, stage: won}\n"
        "contract: {id: c, title: C, customer: acme,"
        " variations: [{id: v, status: signed, value: 1}]}\n"
        "objective: {id: ob, name: O, owner: anna, status: achieved}\n"
        "action: {id: a, text: A, owner: anna, status: cancelled}\n"
    ) == []  # fmt: skip
