"""What still waits: told from the fields of every kind, never from a list of kinds."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from portfolio.model.commercial.contracts import Invoice, Opportunity, Renewal, Variation
from portfolio.model.commercial.customers import Complaint
from portfolio.model.delivery.projects import Activity, Dependency, Milestone, Project
from portfolio.model.governance import Action, Decision, Gate, GateCondition
from portfolio.model.operations.services import ChangeEvent, Readiness, Service
from portfolio.model.risk import Issue, Risk, RiskResponse
from portfolio.model.service import Improvement, Incident, ServiceRequest
from portfolio.model.strategy import Objective, RoadmapItem
from portfolio.record import Record
from portfolio.view.lifecycle import is_open

DAY = date(2026, 3, 20)
MOMENT = datetime.fromisoformat("2026-03-20 09:00")

WAITS: list[Record] = [
    Project(status="closing"),
    Project(stage="won"),  # a stage of a project is the user's own word
    Milestone(forecast=DAY),
    Activity(pct_complete=Decimal(99)),
    Dependency(agreement="disputed"),
    Decision(status="deferred", decided_on=DAY),
    Gate(outcome="hold"),
    Renewal(decision="renegotiate"),
    Opportunity(stage="negotiation", close_date=DAY),
    Incident(opened=MOMENT, resolved=MOMENT),
    Readiness(decision="go_with_conditions"),
    Service(status="retiring"),
    Objective(),
]

DONE: list[Record] = [
    Project(status="cancelled"),
    Milestone(actual=DAY),
    Activity(pct_complete=Decimal("100.0")),
    Dependency(agreement="delivered"),
    Dependency(delivered=DAY),
    Decision(status="withdrawn"),
    Action(status="done"),
    Gate(outcome="stop"),
    Gate(actual=DAY, outcome="hold"),  # it was held: what waits is the next one
    GateCondition(met_on=DAY),
    Renewal(decision="exit"),
    Variation(status="signed"),
    Invoice(paid_on=DAY),
    Opportunity(stage="lost"),
    Complaint(resolved_on=DAY),
    ChangeEvent(status="rolled_back"),
    Service(status="retired"),
    Risk(status="occurred"),
    Risk(closed_on=DAY),
    RiskResponse(status="done"),
    Issue(resolved_on=DAY),
    ServiceRequest(closed_on=MOMENT),
    Improvement(step=7),
    RoadmapItem(status="dropped"),
]


@pytest.mark.parametrize("record", WAITS, ids=repr)
def test_what_has_no_last_word_and_no_last_day_is_open(record: Record) -> None:
    assert is_open(record)


@pytest.mark.parametrize("record", DONE, ids=repr)
def test_a_last_word_or_a_last_day_ends_it(record: Record) -> None:
    assert not is_open(record)
