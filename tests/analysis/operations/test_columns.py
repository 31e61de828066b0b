"""What `pmo show` computes for services, levels, indicators, incidents and changes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portfolio.analysis.columns import register_columns
from portfolio.measure.figure import computed_columns
from portfolio.measure.measure import Measure
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import ChangeRequest
from portfolio.model.operations.adoption import BusinessChange
from portfolio.model.operations.services import ChangeEvent, Readiness, Service
from portfolio.model.resources import BusinessUnit
from portfolio.model.service import Incident, Kpi, Sla
from tests.portfolios import portfolio_of

if TYPE_CHECKING:
    from portfolio.model.entity import Entity

register_columns()

SERVICES = """
people: [{id: anna, name: Anna Sample}]
services:
  - {id: web, name: Web, owner: anna, depends_on: [pay]}
  - {id: pay, name: Pay, owner: anna, depends_on: [web]}
  - {id: desk, name: Desk, owner: anna, depends_on: [pay]}
slas:
  - {id: up, service: web, measure: availability, target: 99, unit: "%", direction: higher,
     credit_tiers: [{below: 99, pct: 5}, {below: 98, pct: 10}]}
  - {id: up, service: pay, measure: availability, target: 99.5, unit: "%", direction: higher}
  - {id: fixed, service: desk, measure: resolution, target: 90, unit: "%", direction: higher,
     within: 4eh}
  - {id: speed, service: desk, measure: response, target: 5, unit: minutes, direction: lower}
measurements:
  - {sla: web.up, period: 2026-03, value: 98.5}
  - {sla: pay.up, period: 2026-03, value: 99.9}
incidents:
  - {id: i1, service: desk, opened: 2026-03-02 08:00, resolved: 2026-03-02 12:00}
  - {id: i2, service: desk, opened: 2026-03-31 22:00}
  - {id: i3, service: desk, opened: 2026-03-30 08:00, resolved: 2026-04-02 09:00}
  - {id: i4, service: web, opened: 2026-03-30 08:00}
"""


def table(text: str, kind: type[Entity]) -> dict[str, dict[str, Any]]:
    """Return the computed values of each entity of a kind; an unknown one as its code."""
    loaded = portfolio_of(text)

    def plain(value: object) -> object:
        if not isinstance(value, Measure):
            return value
        return value.code if value.value is None else value.value

    return {
        each.id: {
            name: plain(compute(each, loaded)) for name, compute in computed_columns(kind).items()
        }
        for each in loaded.all(kind)
    }


def test_a_missed_availability_gives_credit_and_overspends_its_budget() -> None:
    found = table(SERVICES, Sla)["web.up"]
    assert (found["attainment"], found["period"], found["kept"]) == (
        Decimal("0.985"),
        "2026-03",
        False,
    )
    assert (found["error_budget_remaining"], found["burn_rate"]) == (
        Decimal("-0.5"),
        Decimal("1.5"),
    )
    assert found["credit_pct"] == 5


def test_a_clock_is_a_level_like_any_other() -> None:
    found = table(SERVICES, Sla)["desk.fixed"]
    assert found["attainment"] == Decimal("0.5")
    assert found["error_budget_remaining"] == -4
    assert found["credit_pct"] == "no_data"


def test_a_level_that_is_no_share_has_no_attainment_and_no_budget() -> None:
    found = table(SERVICES, Sla)["desk.speed"]
    assert {found["attainment"], found["error_budget_remaining"], found["burn_rate"]} == {"no_data"}
    assert (found["period"], found["kept"]) == ("no_data", "no_data")


def test_services_multiply_what_they_need_each_once() -> None:
    found = table(SERVICES, Service)
    assert found["web"]["composite_availability"] == Decimal("0.985") * Decimal("0.999")
    assert found["desk"]["composite_availability"] == "no_data"
    assert (found["web"]["levels_kept"], found["desk"]["levels_kept"]) == ("0 of 1", "0 of 1")
    assert (found["desk"]["open_incidents"], found["pay"]["open_incidents"]) == (2, 0)


def test_an_incident_tells_what_each_clock_says() -> None:
    found = table(SERVICES, Incident)
    assert found["i1"] == {"clock": "fixed 240 of 240 min kept", "within_target": True}
    assert found["i2"]["clock"] == "fixed 120 of 240 min running"
    assert found["i2"]["within_target"] == "not_started"
    assert found["i3"]["within_target"] is False
    assert found["i4"] == {"clock": "no_data", "within_target": "no_data"}


def test_an_indicator_without_a_value_is_grey() -> None:
    text = """
    people: [{id: anna, name: Anna Sample}]
    kpis:
      - {id: calls, name: Calls, owner: anna, direction: lower, target: 100, red: 140}
      - {id: mood, name: Mood, owner: anna, direction: higher, target: 8, red: 6}
    measurements: [{kpi: calls, period: 2026-03, value: 120}]
    """
    found = table(text, Kpi)
    assert (found["calls"]["colour"], found["calls"]["score"]) == ("amber", Decimal("0.5"))
    assert (found["calls"]["value"], found["calls"]["measured_in"]) == (120, "2026-03")
    assert found["mood"] == {
        "value": "no_data",
        "measured_in": "no_data",
        "colour": "grey",
        "score": "no_data",
        "trend": "no_data",
        "target_health": "no_data",
    }


CHANGES = """
people: [{id: anna, name: Anna Sample}]
business_units:
  - {id: sales, name: Sales, owner: anna, absorption_capacity: 12}
  - {id: idle, name: Idle, owner: anna}
services: [{id: web, name: Web, owner: anna}]
project:
  id: atlas
  name: Atlas
  sponsor: anna
  start: 2026-01-05
  baselines: [{id: v1, version: 1, bac: 1000}, {id: v2, version: 2, bac: 1300}]
change_requests:
  - {id: up, project: atlas, title: Up, status: implemented, raised_on: 2026-02-02,
     decided_on: 2026-02-12, impact: {cost: 300}, baseline_after: atlas.v2}
  - {id: down, project: atlas, title: Down, status: approved, impact: {cost: -100}}
  - {id: asked, project: atlas, title: Asked, status: submitted, raised_on: 2026-03-01}
change_events:
  - {id: one, go_live: 2026-05-04, services: [web], groups: [{business_unit: sales, magnitude: high}]}
  - {id: two, go_live: 2026-05-18, services: [web], groups: [{business_unit: sales, magnitude: medium}]}
  - {id: old, go_live: 2026-03-02, services: [web], status: done}
freeze_window: {id: may, name: May, from: 2026-05-18, to: 2026-05-20, scope: {services: [web]}}
incident: {id: i1, service: web, opened: 2026-02-20 08:00}
readiness_reviews:
  - {id: first, change: one, on: 2026-03-01, criteria: [{id: a, text: A, status: not_met}]}
  - {id: second, change: one, on: 2026-03-20, criteria: [{id: a, text: A, status: met},
     {id: b, text: B, status: not_met}]}
business_change: {id: screen, name: Screen, project: atlas}
"""  # noqa: E501 - an entity a line


def test_requests_have_a_cycle_time_or_an_age() -> None:
    found = table(CHANGES, ChangeRequest)
    assert found["up"] == {"cycle_days": 10, "days_open": "finished"}
    assert found["down"] == {"cycle_days": "no_data", "days_open": "no_data"}
    assert found["asked"] == {"cycle_days": "no_data", "days_open": 30}


def test_a_project_tells_what_its_baseline_absorbed() -> None:
    found = table(CHANGES, Project)["atlas"]
    assert (found["approved_change_net"], found["approved_change_gross"]) == (
        Decimal("0.2"),
        Decimal("0.4"),
    )
    assert found["unauthorised_drift"] == 0
    bare = "people: [{id: a, name: A}]\nproject: {id: b, name: B, sponsor: a}\n"
    assert table(bare, Project)["b"]["approved_change_net"] == "no_data"


def test_releases_tell_what_they_run_into() -> None:
    found = table(CHANGES, ChangeEvent)
    assert (found["one"]["collides_with"], found["two"]["collides_with"]) == (("two",), ("one",))
    assert (found["one"]["freezes"], found["two"]["freezes"]) == ((), ("may",))
    assert (found["one"]["readiness"], found["two"]["readiness"]) == (Decimal("0.5"), "no_data")
    assert (found["one"]["stability"], found["old"]["stability"]) == ("not_started", 0)
    assert found["old"]["freezes"] == ()
    assert table(CHANGES, Readiness)["second"] == {
        "mandatory_met": Decimal("0.5"),
        "blocking": ("b",),
    }


def test_the_fullest_month_of_a_unit() -> None:
    found = table(CHANGES, BusinessUnit)
    assert found["sales"] == {"saturation": Decimal("1.25"), "fullest_month": "2026-05"}
    assert found["idle"] == {"saturation": "no_data", "fullest_month": "no_data"}


def test_a_change_that_nobody_was_asked_about_has_reasons() -> None:
    found = table(CHANGES, BusinessChange)["screen"]
    assert set(found.values()) == {"no_data"}


ASKED = """
stakeholder_groups: [{id: clerks, name: Clerks}, {id: guides, name: Guides}]
adkar_surveys:
  - {id: s1, group: clerks, change: screen, on: 2026-03-01, responses: [
     {a: 5, d: 4, k: 3, a2: 2, r: 3}, {a: 4, d: 3, k: 2, a2: 2, r: 1},
     {a: 4, d: 4, k: 3, a2: 3, r: 2}, {a: 5, d: 3, k: 3, a2: 2, r: 2},
     {a: 5, d: 5, k: 3, a2: 2, r: 2}]}
  - {id: s2, group: guides, change: screen, on: 2026-03-01, responses: [
     {a: 1, d: 1, k: 1, a2: 1, r: 1}]}
training: {id: course, change: screen, target: 10, completed: 5, from: 2026-03-11, due: 2026-04-10}
"""


def test_the_barrier_of_five_people_is_shown_and_that_of_one_person_is_not() -> None:
    found = table(CHANGES + ASKED, BusinessChange)["screen"]
    assert found["barriers"] == ("clerks: knowledge",)
    assert (found["trained"], found["trained_at_go_live"]) == (Decimal("0.5"), Decimal("0.75"))


def test_what_single_people_answered_is_withheld_from_the_rows() -> None:
    from portfolio.measure.table import rows
    from portfolio.model.operations.adoption import AdkarSurvey

    loaded = portfolio_of(CHANGES + ASKED)
    shown = rows(loaded, AdkarSurvey, loaded.all(AdkarSurvey), ["id", "responses"])
    (_, many), (_, few) = shown.rows
    assert len(many) == 5
    assert isinstance(few, Measure)
    assert few.code == "small_sample"
