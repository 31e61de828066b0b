"""Rules of one's own in `pmo.yaml`, other rules for some files, and exceptions in place."""

from __future__ import annotations

import pytest

from portfolio.application.validation.findings import judge
from portfolio.diagnostic import Diagnostic, Severity
from tests.portfolios import SETTINGS, load_files

PROJECTS = """
people: [{id: anna, name: Anna Sample, role: Lead, start_date: 2020-01-01}]
projects:
  - {id: atlas, name: Atlas, sponsor: anna, bac: 620000, status: delivering}
  - {id: small, name: Small, sponsor: anna, bac: 20000, status: delivering}
"""


def own(rule: str, files: dict[str, str] | None = None) -> tuple[Diagnostic, ...]:
    """Return the findings of one own rule on the two projects."""
    settings = f"{SETTINGS}rules: {{own: [{rule}]}}\n"
    loaded = load_files({"pmo.yaml": settings, "projects.yaml": PROJECTS, **(files or {})})
    return judge(loaded, ["OWN", "CFG", "YML-IGNORE"])


def test_an_own_rule_reports_condition_and_substituted_result() -> None:
    (found,) = own(
        "{code: OWN-BIG-NO-RISK, kind: project, when: bac > 500000 and count(risks) = 0,"
        " message: '{name} has a budget of {bac} and no risk', key: bac, hint: Think}"
    )
    assert found.message == (
        "Atlas has a budget of 620,000 GBP and no risk: bac > 500000 and count(risks) = 0 "
        "(620,000 GBP > 500000 and 0 = 0)"
    )
    assert (found.code, found.severity, found.entity) == (
        "OWN-BIG-NO-RISK", Severity.WARNING, "atlas"
    )  # fmt: skip
    assert (found.location.line, found.location.column) == (3, 50)
    assert found.hint == "Think"


def test_without_a_message_the_entity_is_named() -> None:
    (found,) = own("{code: OWN-SMALL, kind: projects, when: bac < 50000, severity: error}")
    assert found.message.startswith("project 'Small': bac < 50000 (20,000 GBP < 50000)")
    assert found.severity is Severity.ERROR


def test_an_own_rule_counts_what_refers_to_the_entity() -> None:
    risks = (
        "risks:\n"
        "  - {id: r1, event: A, project: small, owner: anna, current: {p: 4, i: 4}}\n"
        "  - {id: r2, event: B, project: small, owner: anna, current: {p: 1, i: 1}}\n"
    )
    found = own(
        "{code: OWN-RISKY, kind: project, when: 'count(risks, current.p * current.i >= 9) = 1'}",
        {"risks.yaml": risks},
    )
    assert [each.entity for each in found] == ["small"]


def test_an_own_rule_knows_computed_figures_dates_and_the_status_date() -> None:
    milestones = (
        "milestones:\n"
        "  - {id: go, project: atlas, name: Go, owner: anna, baseline: 2026-04-01,"
        " forecast: 2026-04-30}\n"
    )
    rule = (
        "{code: OWN-LATE, kind: milestone, when: 'slip_days > 20 and forecast < as_of + 60cd"
        " and working_days(baseline, forecast) >= 21 and days(baseline, forecast) = 29'}"
    )
    (found,) = own(rule, {"milestones.yaml": milestones})
    assert "(29 > 20 and 2026-04-30 < 2026-05-30 and 21 >= 21 and 29 = 29)" in found.message


def test_what_an_own_rule_cannot_judge_is_an_error_at_the_entity() -> None:
    found = own("{code: OWN-ODD, kind: project, when: name > 5}")
    assert {each.severity for each in found} == {Severity.ERROR}
    assert found[0].message == (
        "OWN-ODD cannot be judged: 'Atlas' is a text and 5 is a number: "
        "they cannot be compared by >"
    )


@pytest.mark.parametrize(
    ("rule", "message", "hint"),
    [
        ("{code: BIG, kind: project, when: bac > 1}", "the code 'BIG' is not a code", "OWN-"),
        ("{code: OWN-X, kind: projekt, when: bac > 1}", "'projekt' is not a kind", "project?"),
        ("{code: OWN-X, kind: project, when: budget > 1}", "no field or figure 'budget'", "quotes"),
        ("{code: OWN-X, kind: project, when: bac >}", "the condition ends", ""),
        ("{code: OWN-X, kind: project, when: lower(name) = 'a'}", "no function 'lower'", "count"),
        ("{code: OWN-X, kind: project, when: 'days(start) > 1'}", "days takes 2 values, not 1", ""),
        ("{code: OWN-X, kind: project, when: 'count(rsks) > 1'}", "'rsks' is not a kind", "kinds"),
        (
            "{code: OWN-X, kind: project, when: 'count(risks, foo = 1) > 1'}",
            "risk has no field or figure 'foo'", "",
        ),
        ("{code: OWN-X, kind: project, when: bac > 1, key: bec}", "no field 'bec'", "explain"),
        ("{code: OWN-X, kind: project, when: bac > 1, message: '{no}'}", "figure 'no'", ""),
    ],
)  # fmt: skip
def test_an_own_rule_that_makes_no_sense_is_refused_when_settings_are_read(
    rule: str, message: str, hint: str
) -> None:
    loaded = load_files({"pmo.yaml": f"{SETTINGS}rules: {{own: [{rule}]}}\n", "p.yaml": PROJECTS})
    (found,) = loaded.diagnostics
    assert (found.code, found.location.line) == ("CFG-OWN-RULE", 3)
    assert message in found.message
    assert hint in found.hint
    assert loaded.portfolio is None


def test_two_own_rules_cannot_share_a_code() -> None:
    twice = "{code: OWN-X, kind: project, when: bac > 1}"
    settings = f"{SETTINGS}rules: {{own: [{twice}, {twice}]}}\n"
    assert len(load_files({"pmo.yaml": settings}).diagnostics) == 2


def test_files_can_have_other_severities_or_none() -> None:
    rules = (
        "rules:\n"
        "  paths:\n"
        "    - {path: 'old/*', ignore: [FLD-UNKNOWN]}\n"
        "    - {path: 'new/*', severity: {FLD: warning, FLD-UNKNOWN: info}}\n"
    )
    person = "person: {{id: {0}, name: Somebody, shoe_size: 42, role: X, start_date: 2020-01-01}}\n"
    files = {f"{place}/x.yaml": person.format(place) for place in ("old", "new", "else")}
    found = judge(load_files({"pmo.yaml": SETTINGS + rules, **files}), ["FLD-UNKNOWN"])
    assert {each.location.path: each.severity for each in found} == {
        "new/x.yaml": Severity.INFO,
        "else/x.yaml": Severity.ERROR,
    }
