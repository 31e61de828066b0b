"""Where the rules draw their lines: one table, each row a case that somebody once got wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.diagnostic import Diagnostic, Severity
from portfolio.rules.registry import all_rules
from portfolio.rules.rule import check
from tests.portfolios import load_text, view_in
from tests.rules.examples import judged

BEACON = (
    "project: {{id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, {fields}}}\n"
)
DECISION = (
    "decision: {{id: go, title: Go?, board: project-board, needed_by: 2026-03-31,"
    " options: [Do nothing, {{name: Hire one, cost: 24000}}, {{name: Hire two, cost: 9000}}],"
    " recommendation: Go., {fields}}}\n"
)
RISK = (
    "risk: {{id: exit, project: atlas, event: They leave, effect: A slip, owner: ben-okafor,"
    " {fields}}}\n"
)
CONTRACT = "contract: {{id: lease, title: Lease, supplier: papyrus, {fields}}}\n"
API = (
    "dependency: {{id: api, project: atlas, title: API, from: data-hub.api-ready,"
    " to: atlas.test, owner: ben-okafor, {fields}}}\n"
)

SILENT = {
    "needed today is not overdue": (DECISION, "status: open"),
    "a deferred decision waits": (DECISION, "status: deferred"),
    "the option that the outcome names counts, not the dearest": (
        DECISION, "status: decided, decided_on: 2026-03-20, outcome: Hire two"
    ),
    "a decision within another option's limits is not accused": (
        DECISION, "status: decided, decided_on: 2026-03-20, outcome: As discussed"
    ),
    "a forecast for today has not passed": (
        BEACON, "baseline_finish: 2026-03-31, forecast_finish: 2026-03-31"
    ),
    "a cancelled project keeps its old forecast": (
        BEACON, "status: cancelled, forecast_finish: 2025-06-30"
    ),
    "a stage that no gate opens needs none": (
        BEACON, ("stage: live, gates: [{id: b, name: Build gate, stage: build, outcome: pass,"
        " actual: 2026-02-27}]")
    ),
    "a gate of a later stage may wait": (
        BEACON, "stage: design, gates: [{id: b, name: Build gate, stage: build}]"
    ),
    "a project without a stage is not in one": (
        BEACON, "gates: [{id: b, name: Build gate, stage: build, outcome: hold}]"
    ),
    "a finished gate condition is kept": (
        BEACON, ("status: closed, actual_finish: 2026-02-27, gates: [{id: b, name: B,"
        " actual: 2026-01-30, outcome: pass_with_conditions,"
        " conditions: [{text: X, met_on: 2026-02-01}]}]")
    ),
    "the better declared colour of grey is no watermelon": (
        BEACON, "declared_rag: {overall: green, comment: Nothing is measured yet.}"
    ),
    "a worse declared colour is the manager's right": (
        BEACON, ("baseline_finish: 2026-06-30, forecast_finish: 2026-06-30,"
        " declared_rag: {overall: amber, comment: The mood is bad.}")
    ),
    "accepting a high risk is a response if somebody accepts": (
        RISK, "current: {p: 4, i: 4}, response: accept, accepted_by: anna-reyes"
    ),
    "a closed risk needs no response": (RISK, "current: {p: 5, i: 5}, status: closed"),
    "a risk that is expected from the past on may still come": (RISK, "expected_from: 2025-01-01"),
    "a quarter is the limit of a low risk": (
        RISK, "current: {p: 1, i: 2}, last_reviewed: 2025-12-29"
    ),
    "a probability of nearly one is a risk": (RISK, "probability: 0.99, impact_cost: 100"),
    "an exit was decided, and there are 31 days to serve notice": (
        CONTRACT, ("end: 2026-05-31, renewal: {mode: auto, notice: 30cd, decision: exit,"
        " decided_on: 2026-02-27}")
    ),
    "notice was given": (
        CONTRACT,
        "end: 2026-05-31, renewal: {mode: auto, notice: 3mo, notice_served_on: 2026-02-20}",
    ),
    "an option that is not drawn just ends": (
        CONTRACT, "end: 2026-05-31, renewal: {mode: option, notice: 3mo}"
    ),
    "a contract without an end has no notice": (CONTRACT, "renewal: {mode: auto, notice: 3mo}"),
    "a contract that has renewed is in a new term": (
        CONTRACT, "end: 2025-12-31, renewal: {mode: auto, term_months: 12, notice: 1mo}"
    ),
    "agreed in good time": (API, "need_by: 2026-12-18, agreement: proposed"),
    "promised for the day it is needed": (
        API, "need_by: 2026-04-17, committed: 2026-04-17, agreement: agreed"
    ),
    "an old promise beside the giver's new forecast": (
        API, "need_by: 2026-05-01, committed: 2026-04-07, forecast: 2026-04-17, agreement: agreed"
    ),
    "delivered is delivered": (
        API, ("need_by: 2026-03-02, committed: 2026-03-20, agreement: delivered,"
        " delivered: 2026-03-20")
    ),
    "cancelled is forgotten": (API, "need_by: 2026-03-02, agreement: cancelled"),
}  # fmt: skip

SPOKEN = {
    "the dearest chosen option is beyond the limit": (
        DECISION, "status: decided, decided_on: 2026-03-20, outcome: We hire one",
        "GOV-DECISION-BEYOND-LIMIT", Severity.ERROR, "costs 24,000 GBP; Project board",
    ),
    "a gate on hold is not passed": (
        BEACON, "stage: test, gates: [{id: b, name: Build gate, stage: build, outcome: hold}]",
        "GOV-GATE-SKIPPED", Severity.ERROR, "'build' is hold",
    ),
    "two steps better than the data is an error": (
        BEACON, ("baseline_finish: 2026-06-30, forecast_finish: 2026-08-31,"
        " tolerances: {time: 10d}, exception_reports: [{id: x, raised_on: 2026-03-20}],"
        " declared_rag: {overall: green, comment: All is well.}"),
        "GOV-RAG-CONTRADICTED", Severity.ERROR, "declared green, computed red",
    ),
    "benefits that stay away leave their tolerance like cost does": (
        BEACON, ("tolerances: {benefit_pct: 10}, benefits: [{id: b, title: B, owner: anna-reyes,"
        " review_dates: [2026-02-01],"
        " value_by_period: [{period: 2025-Q4, planned: 400, actual: 355}]}]"),
        "GOV-EXCEPTION-UNREPORTED", Severity.ERROR, "355 of 400 planned is expected, the",
    ),
    "a red without an exception report": (
        BEACON, ("declared_rag: {overall: red, comment: X.}, issues: [{id: i, title: I,"
        " owner: ben-okafor, recovery_plan: Work.}]"),
        "GOV-RED-NO-PLAN", Severity.ERROR, "but there is no open exception report",
    ),
    "a high risk accepted by nobody": (
        RISK, "current: {p: 4, i: 4}, response: accept",
        "RSK-NO-RESPONSE", Severity.ERROR, "very high (4 × 4 = 16) and accepted, but nobody",
    ),
    "an impact of five is high however improbable": (
        RISK, "current: {p: 1, i: 5}", "RSK-NO-RESPONSE", Severity.ERROR, "high (1 × 5 = 5)",
    ),
    "a day more than a quarter": (
        RISK, "current: {p: 1, i: 2}, last_reviewed: 2025-12-28",
        "RSK-STALE", Severity.WARNING, "93 days ago; a low rating allows 92 days",
    ),
    "a high risk is looked at every cadence": (
        RISK, ("current: {p: 2, i: 5}, last_reviewed: 2026-02-27,"
        " responses: [{text: Act, status: done}]"),
        "RSK-STALE", Severity.WARNING, "32 days ago; a high rating allows 31 days",
    ),
    "a deadline on a Saturday moves to Friday": (
        CONTRACT, "end: 2026-05-31, renewal: {mode: auto, notice: 3mo}",
        "COM-NOTICE-PASSED", Severity.ERROR, "notice was due by 2026-02-27, 32 days ago",
    ),
    "a decision that is late while notice is not": (
        CONTRACT, "end: 2026-06-30, renewal: {mode: auto, notice: 2mo, internal_lead: 45cd}",
        "COM-NOTICE-SOON", Severity.WARNING, ("by 2026-03-16, 15 days ago, notice is due by "
        "2026-04-30"),
    ),
    "an exit was decided, and nobody served notice": (
        CONTRACT, ("end: 2026-05-31, renewal: {mode: auto, notice: 3mo, decision: exit,"
        " decided_on: 2026-02-27}"),
        "COM-NOTICE-UNSERVED", Severity.WARNING,
        "notice is due by 2026-02-27, 32 days ago, and none is served",
    ),
    "thirty days before, notice should be on its way": (
        CONTRACT, ("end: 2026-05-30, renewal: {mode: auto, notice: 30cd, decision: exit,"
        " decided_on: 2026-02-27}"),
        "COM-NOTICE-UNSERVED", Severity.WARNING, "notice is due by 2026-04-30, in 30 days",
    ),
    "a soft dependency only warns": (
        API, "need_by: 2026-04-10, committed: 2026-04-17, agreement: agreed, strength: soft",
        "DEP-LATER-THAN-NEED", Severity.WARNING, "needed by 2026-04-10, but expected on 2026-04-17",
    ),
    "the forecast of the giver's milestone counts where nothing is promised": (
        API, "need_by: 2026-04-10, agreement: agreed",
        "DEP-LATER-THAN-NEED", Severity.ERROR, "expected on 2026-04-17, 5 working days later",
    ),
}  # fmt: skip


def spoken(template: str, fields: str, folder: Path) -> list[Diagnostic]:
    """Return what the rules say about one entity with these fields, the information apart."""
    found = judged(template.format(fields=fields), folder)
    return [each for each in found if each.severity > Severity.INFO]


@pytest.mark.parametrize(("template", "fields"), SILENT.values(), ids=SILENT.keys())
def test_no_rule_speaks(template: str, fields: str, tmp_path: Path) -> None:
    assert [f"{f.code} {f.message}" for f in spoken(template, fields, tmp_path)] == []


@pytest.mark.parametrize(
    ("template", "fields", "code", "severity", "words"), SPOKEN.values(), ids=SPOKEN.keys()
)
def test_one_rule_speaks_with_values_and_limit(
    template: str, fields: str, code: str, severity: Severity, words: str, tmp_path: Path
) -> None:
    (found,) = spoken(template, fields, tmp_path)
    assert (found.code, found.severity) == (code, severity)
    assert words in found.message


@pytest.mark.parametrize(
    ("due", "severity"),
    [("2026-03-30", Severity.WARNING), ("2026-03-01", Severity.WARNING),
     ("2026-02-28", Severity.ERROR)],
)  # fmt: skip
def test_an_action_forgotten_for_more_than_thirty_days_is_an_error(
    due: str, severity: Severity, tmp_path: Path
) -> None:
    text = f"action: {{id: call, text: Call, owner: ben-okafor, due: {due}}}\n"
    (found,) = (f for f in judged(text, tmp_path) if f.code == "GOV-ACTION-OVERDUE")
    assert found.severity is severity


def test_a_loop_shows_its_path_and_every_link_of_it(tmp_path: Path) -> None:
    text = (
        "project:\n  id: beacon\n  name: B\n  sponsor: anna-reyes\n  category: mandatory\n"
        "  activities:\n"
        "    - {id: a, duration: 1d, predecessors: [c]}\n"
        "    - {id: b, duration: 1d, predecessors: [a]}\n"
        "    - {id: c, duration: 1d, predecessors: [b]}\n"
        "    - {id: d, duration: 1d, predecessors: [d]}\n"
    )
    itself, loop = sorted(
        (f for f in judged(text, tmp_path) if f.code == "REF-CYCLE"), key=lambda f: len(f.message)
    )
    assert itself.message == "beacon.d waits for itself: beacon.d → beacon.d"
    assert loop.message.endswith("beacon.c → beacon.a → beacon.b → beacon.c")
    places = {loop.location.line, *(related.location.line for related in loop.related)}
    assert places == {7, 8, 9}


def test_two_loops_through_one_activity_are_both_told(tmp_path: Path) -> None:
    text = (
        "project: {id: beacon, name: B, sponsor: anna-reyes, category: mandatory, activities: [\n"
        "  {id: a, duration: 1d, predecessors: [b, c]},\n"
        "  {id: b, duration: 1d, predecessors: [a]},\n"
        "  {id: c, duration: 1d, predecessors: [a]}]}\n"
    )
    assert sum(found.code == "REF-CYCLE" for found in judged(text, tmp_path)) == 2


def test_a_waiver_silences_one_rule_for_one_entity_until_its_day(tmp_path: Path) -> None:
    waiver = (
        "pmo.yaml:\n  waivers: [{{rule: RSK-P-ONE, object: exit, reason: R,"
        " approved_by: anna-reyes, until: {}}}]\n"
    )
    risk = RISK.format(fields="probability: 1, impact_cost: 100")
    codes = {f.code for f in judged(waiver.format("2026-03-31") + risk, tmp_path)}
    assert "RSK-P-ONE" not in codes
    codes = {f.code for f in judged(waiver.format("2026-03-30") + risk, tmp_path)}
    assert {"RSK-P-ONE", "GOV-WAIVER-EXPIRED"} <= codes


def test_who_starts_with_projects_alone_is_left_in_peace() -> None:
    loaded = load_text(
        "people: [{id: anna, name: Anna}]\n"
        "project: {id: atlas, name: Atlas, sponsor: anna, start: 2024-01-01,\n"
        "  milestones: [{id: live, name: Live, baseline: 2026-06-30}]}\n"
        "risk: {id: late, title: Late, owner: anna, project: atlas}\n"
    )
    assert loaded.portfolio is not None
    found = check(view_in(loaded), loaded.portfolio, all_rules().values())
    assert [each.code for each in found if each.severity > Severity.INFO] == []


@pytest.mark.parametrize(
    ("before", "told"), [("occurred", 1), ("closed", 1), ("rejected", 1), ("draft", 0)]
)
def test_whatever_ended_a_risk_its_return_needs_a_reason(
    before: str, told: int, tmp_path: Path
) -> None:
    now, then = (RISK.format(fields=f"status: {word}") for word in ("open", before))
    codes = [found.code for found in judged(now, tmp_path, then)]
    assert codes.count("RSK-REOPENED-NO-REASON") == told
