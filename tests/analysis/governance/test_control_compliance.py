"""Controls by tier: what is required must be there, and it must be up to date."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.governance.control_compliance import (
    age_of_report,
    compliance_by_tier,
    control_compliance,
)
from portfolio.model.delivery.projects import Project
from portfolio.view.view import View
from tests.portfolios import portfolio_of

SETTINGS = """
organisation: {name: Test, currency: GBP}
as_of: 2026-03-31
stages: [design, build, live]
"""
KEPT = {
    "business_case": "bac: 1000, category: mandatory",
    "plan": "baseline_finish: 2026-06-30, milestones: [{id: m, name: M, forecast: 2026-05-01}]",
    "risk_register": "risks: [{id: r, event: R, owner: anna, last_reviewed: 2026-03-01}]",
    "benefit_profile": "benefits: [{id: b, title: B, owner: anna, review_dates: [2026-09-01],"
    " value_by_period: [{period: 2026-Q4, planned: 5}]}]",
    "highlight_report": "status_reports: [{id: s, period_end: 2026-03-27}]",
    "gate": "stage: build, gates: [{id: g, name: G, stage: build, outcome: pass}]",
    "assurance": "assurance_reviews: [{id: a, date: 2026-01-20}]",
}


def of(*fields: str, required: str = "[business_case]", status: str = "delivering") -> View:
    text = ", ".join(("id: p, name: P, sponsor: anna, tier: 1", f"status: {status}", *fields))
    tier = f'tier: {{id: "1", required: {required}}}\n'
    people = "people: [{id: anna, name: Anna Sample}]\n"
    return portfolio_of(f"{people}{tier}project: {{{text}}}\n", SETTINGS)


def lacking(found: View) -> list[str]:
    (project,) = found.all(Project)
    value = control_compliance(found, project).value
    assert value is not None
    return [each.lacks for each in value.lacking]


@pytest.mark.parametrize("artefact", KEPT)
def test_what_is_present_and_current_is_kept(artefact: str) -> None:
    assert lacking(of(KEPT[artefact], required=f"[{artefact}]")) == []


@pytest.mark.parametrize(
    ("artefact", "written", "lacks"),
    [
        ("business_case", "priority: 1", "no approved budget"),
        ("business_case", "bac: 1000", "no reason stated"),
        ("plan", "priority: 1", "no plan"),
        ("plan", "activities: [{id: a, duration: 2d}]", "no baseline"),
        ("plan",
         "baseline_finish: 2026-06-30, milestones: [{id: m, name: M, forecast: 2026-03-01}]",
         "1 unfinished in the past"),
        ("risk_register", "risks: [{id: r, event: R, owner: anna, status: closed}]",
         "no open risk"),
        ("risk_register", "risks: [{id: r, event: R, owner: anna}]", "never reviewed"),
        ("risk_register", "risks: [{id: r, event: R, owner: anna, last_reviewed: 2025-12-28}]",
         "last reviewed on 2025-12-28"),
        ("benefit_profile", "priority: 1", "no benefit"),
        ("benefit_profile", "benefits: [{id: b, title: B, owner: anna}]",
         "no benefit with its values"),
        ("benefit_profile", KEPT["benefit_profile"].replace("2026-09-01", "2026-02-01"),
         "no review ahead"),
        ("highlight_report", "priority: 1", "never reported"),
        ("highlight_report", "status_reports: [{id: s, period_end: 2026-02-20}]", "39 days old"),
        ("gate", "priority: 1", "no gate"),
        ("gate", "stage: build, gates: [{id: g, name: G, stage: design}]", "G not passed"),
        ("gate", "gates: [{id: g, name: G, stage: live, planned: 2026-03-20}]",
         "G was planned for 2026-03-20"),
        ("assurance", "priority: 1", "never reviewed"),
        ("assurance", "assurance_reviews: [{id: a, date: 2025-01-20}]",
         "last reviewed on 2025-01-20"),
    ],
)  # fmt: skip
def test_what_is_absent_or_old_is_not(artefact: str, written: str, lacks: str) -> None:
    assert lacking(of(written, required=f"[{artefact}]")) == [lacks]


def test_the_share_is_kept_of_required() -> None:
    found = of(KEPT["plan"], required="[plan, gate, assurance, business_case]")
    (project,) = found.all(Project)
    value = control_compliance(found, project).value
    assert value is not None
    assert value.share.value == Decimal("0.25")
    pooled = compliance_by_tier(found, found.all(Project))
    assert [(tier, each.share.value) for tier, each in pooled.items()] == [(1, Decimal("0.25"))]


def test_a_tier_that_requires_nothing_has_no_share() -> None:
    found = of(required="[]")
    (project,) = found.all(Project)
    value = control_compliance(found, project).value
    assert value is not None
    assert value.share.code == "no_data"


@pytest.mark.parametrize(
    ("status", "fields", "code"),
    [
        ("closed", (), "finished"),
        ("proposed", (), "not_started"),
        ("delivering", ("tier: 2",), "no_data"),
        ("delivering", ("tier: null",), "no_data"),
    ],
)
def test_who_need_not_comply_or_cannot_be_judged(
    status: str, fields: tuple[str, ...], code: str
) -> None:
    text = ", ".join(("id: p, name: P, sponsor: anna", f"status: {status}", *fields))
    tier = 'tier: {id: "1", required: [plan]}\n'
    found = portfolio_of(f"people: [{{id: anna, name: A}}]\n{tier}project: {{{text}}}\n", SETTINGS)
    (project,) = found.all(Project)
    assert control_compliance(found, project).code == code
    assert compliance_by_tier(found, [project]) == {}


def test_a_report_of_a_period_that_has_not_ended_is_no_report() -> None:
    found = of("start: 2026-01-01", "status_reports: [{id: s, period_end: 2026-04-30}]")
    (project,) = found.all(Project)
    age = age_of_report(found, project).value
    assert age is not None
    assert (age.age, age.is_stale) == (89, True)
