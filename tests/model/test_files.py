"""What people write is what the model holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from portfolio.loading.loader import load
from portfolio.model.commercial.contracts import Contract
from portfolio.model.governance import Decision
from portfolio.model.resources import Assignment
from portfolio.model.risk import Risk
from portfolio.model.service import Kpi
from portfolio.model.strategy import Proposal
from portfolio.values import Duration, Money
from portfolio.view.view import View
from tests.portfolios import view_in

PEOPLE_AND_A_PROJECT = """
people:
  - {id: anna-reyes, name: Anna Reyes}
  - {id: ben-okafor, name: Ben Okafor}
customers: [{id: acme, name: Acme}]
project: {id: atlas, name: Billing platform, sponsor: anna-reyes}
"""


class Read(NamedTuple):
    portfolio: View
    mistakes: list[str]


def read(folder: Path, text: str) -> Read:
    """Load a text beside two people, a customer and a project; messages of errors only."""
    organisation = "organisation: {name: Meridian Group, currency: GBP}\n"
    (folder / "pmo.yaml").write_text(organisation, encoding="utf-8")
    (folder / "project.yaml").write_text(PEOPLE_AND_A_PROJECT, encoding="utf-8")
    (folder / "given.yaml").write_text(dedent(text), encoding="utf-8")
    loaded = load(folder, today=date(2026, 3, 27))
    assert loaded.portfolio is not None
    errors = [d.message for d in loaded.diagnostics if d.severity.name == "ERROR"]
    return Read(view_in(loaded), errors)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ("risks: [{id: exit, owner: anna-reyes, title: Supplier exit}]", []),
        ("risks: [{id: exit, owner: anna-reyes, event: The supplier leaves}]", []),
        ("risks: [{id: exit, owner: anna-reyes}]", ["title or event is missing"]),
        ("contracts: [{id: c, title: Managed billing}]", ["customer or supplier is missing"]),
        (
            "assignments: [{id: a, work: atlas, from: 2026-01-05, to: 2026-02-06}]",
            ["pct or days or fte is missing", "person or role is missing"],
        ),
        ("measurements: [{period: 2026-03, value: 99}]", ["sla or kpi is missing"]),
    ],
)
def test_one_of_several_fields_is_enough(folder: Path, written: str, missing: list[str]) -> None:
    assert read(folder, written).mistakes == missing


def test_business_as_usual_is_work_that_no_entity_stands_for(folder: Path) -> None:
    found = read(
        folder,
        """
        assignments:
          - {id: a, person: ben-okafor, work: bau, from: 2026-01-05, to: 2026-02-06, pct: 20}
        """,
    )
    assert found.mistakes == []
    assert [str(booked.work) for booked in found.portfolio.all(Assignment)] == ["bau"]


def test_an_impact_is_one_amount_or_three(folder: Path) -> None:
    found = read(
        folder,
        """
        risks:
          - {id: a, owner: anna-reyes, title: A, impact_cost: 80000 EUR}
          - {id: b, owner: anna-reyes, title: B, impact_cost: {min: 40, likely: 80, max: 200}}
        """,
    )
    assert found.mistakes == []
    impacts = [risk.impact_cost for risk in found.portfolio.all(Risk)]
    euros = Money(Decimal(80000), "EUR")
    assert [impact.points for impact in impacts if impact] == [
        (euros, euros, euros),
        tuple(Money(Decimal(amount), "GBP") for amount in (40, 80, 200)),
    ]


def test_a_target_is_a_value_or_a_range(folder: Path) -> None:
    found = read(
        folder,
        """
        kpis:
          - {id: csat, name: Satisfaction, owner: anna-reyes, target: 85, red: 65}
          - {id: load, name: Utilisation, owner: anna-reyes, target: [75, 85], red: [65, 95]}
        """,
    )
    assert found.mistakes == []
    assert [kpi.target for kpi in found.portfolio.all(Kpi)] == [
        Decimal(85),
        (Decimal(75), Decimal(85)),
    ]


def test_a_decision_may_affect_anything(folder: Path) -> None:
    found = read(
        folder,
        "decisions: [{id: d, title: Extend?, needed_by: 2026-04-03, affects: [atlas, acme]}]",
    )
    assert found.mistakes == []
    assert [str(ref) for ref in found.portfolio.all(Decision)[0].affects] == ["atlas", "acme"]


def test_what_a_contract_owns_is_written_inside_it(folder: Path) -> None:
    found = read(
        folder,
        """
        contract:
          id: managed
          title: Managed billing
          customer: acme
          currency: EUR
          value: 900000
          renewal: {mode: auto, term_months: 12, notice: 3mo}
          obligations: [{id: audit, text: Let the customer audit us, due: 2026-09-30}]
          variations: [{id: v1, value: 40000, status: signed}]
        """,
    )
    assert found.mistakes == []
    contract = found.portfolio.all(Contract)[0]
    assert contract.value == Money(Decimal(900000), "EUR")
    assert contract.renewal is not None
    assert contract.renewal.notice == Duration(Decimal(3), "mo")
    assert {"managed.audit", "managed.v1"} <= found.portfolio.entities.keys()


def test_amounts_by_period_take_the_currency_around_them(folder: Path) -> None:
    found = read(
        folder, "proposals: [{id: p, project: atlas, cost: 5, cost_by_period: {2026: 3, 2027: 2}}]"
    )
    assert found.mistakes == []
    assert found.portfolio.all(Proposal)[0].cost_by_period == {
        "2026": Money(Decimal(3), "GBP"),
        "2027": Money(Decimal(2), "GBP"),
    }
