"""A confidential project leaves no trace but its number, its dates and its load."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.model.delivery.projects import Dependency, Milestone, Project
from portfolio.model.resources import Assignment, Person
from portfolio.model.risk import Risk
from portfolio.network.portfolio_schedule import plan_of
from portfolio.view.audience import CONFIDANTS, EVERYBODY
from portfolio.view.view import View
from tests.portfolios import load_text, view_in

TEXT = """
people: [{id: anna, name: Anna Sample}]
projects:
  - {id: open, name: Open, sponsor: anna,
     dependencies: [{id: gift, title: Gift, from: secret.m}],
     milestones: [{id: m, name: M, predecessors: [secret.work]}]}
  - {id: secret, name: Secret, sponsor: anna, confidential: true, bac: 5000,
     milestones: [{id: m, name: The end, forecast: 2026-05-29, amount: 900}],
     activities: [{id: work, duration: 20d, actual_start: 2026-04-01}],
     risks: [{id: leak, title: Leak, owner: anna}]}
assignments:
  - {id: busy, person: anna, work: secret, from: 2026-04-01, to: 2026-04-30, pct: 80,
     rate_per_day: 900}
"""


def seen() -> View:
    return view_in(load_text(TEXT), EVERYBODY)


def test_what_belongs_to_it_or_names_it_stays_out() -> None:
    view = seen()
    assert [p.id for p in view.all(Project)] == ["open"]
    assert [m.id for m in view.all(Milestone)] == ["open.m"]
    assert view.all(Risk) == view.all(Dependency) == view.all(Assignment) == ()
    assert view.confidential == 1
    assert view.hidden == {"secret", "secret.m", "secret.work", "leak", "open.gift", "busy"}
    assert not view.hidden & view.entities.keys()


def test_it_is_shown_to_those_who_ask_for_it() -> None:
    view = view_in(load_text(TEXT), CONFIDANTS)
    assert len(view.all(Project)) == 2
    assert view.confidential == 0
    assert view.whole is view


def test_what_refers_to_it_finds_confidential_work_without_id_place_or_money() -> None:
    view = seen()
    (milestone,) = view.all(Milestone)
    found = view.find(milestone.predecessors[0].id)
    assert found is not None
    assert found.id == "confidential-1.2"
    assert found.where().path == ""
    project = view.find("confidential-1", Project)
    assert project is not None
    assert (project.label, project.bac) == ("confidential work", None)
    assert view.find("secret") is view.find("secret.work") is None


def test_dates_pass_through_it() -> None:
    texts = [(TEXT, EVERYBODY), (TEXT, CONFIDANTS), (TEXT.replace("20d", "5d"), EVERYBODY)]
    plans = [plan_of(view_in(load_text(text), audience)) for text, audience in texts]
    ends = [plan.schedule.early_finish[plan.network.index["open.m"]] for plan in plans]
    assert ends[0] == ends[1] > ends[2]


def test_load_passes_through_it_without_what_it_costs() -> None:
    view = seen()
    anna = view.find("anna", Person)
    assert anna is not None
    assert view.related(anna, Assignment, "person") == ()
    (booked,) = view.whole.related(anna, Assignment, "person")
    assert (booked.pct, booked.to, booked.rate_per_day) == (Decimal(80), date(2026, 4, 30), None)


def test_its_stand_ins_stand_in_an_order_that_names_do_not_change() -> None:
    renamed = TEXT.replace("secret", "a-zulu").replace("id: leak", "id: zz")
    assert seen().stand_ins == view_in(load_text(renamed), EVERYBODY).stand_ins
