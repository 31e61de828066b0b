"""Each way in which something confidential came out before, as small as it can be."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.running import pmo

SECRETS = ("quartz", "Quartz", "770077", "770,077")
FILES = {
    "pmo.yaml": "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n",
    "hidden.yaml": """
project:
  id: quartz
  name: Project Quartz
  sponsor: anna
  status: delivering
  confidential: true
  start: 2026-04-01
  bac: 770077
  baseline_finish: 2026-06-30
  activities: [{id: dig, name: Dig for quartz, duration: 5d, predecessors: [plain.begin]}]
  milestones: [{id: found, name: Quartz found, type: go_live, baseline: 2026-04-07,
                forecast: 2026-04-07, predecessors: [dig], amount: 770077}]
business_dependencies:
  - {id: quartz-shines, from: quartz.found, to: web,
     sensitivity: {days_to_impact: 0, per_day_cost: 770077}}
""",
    "p.yaml": """
people: [{id: anna, name: Anna Sample}]
customer: {id: acme, name: Acme, account_owner: anna}
contract: {id: deal, title: Deal, customer: acme, type: fixed_price, value: 1000,
           start: 2026-01-01, end: 2026-12-31,
           damages: [{milestone: quartz.found, rate: 100, per: day}]}
service: {id: web, name: Web, owner: anna}
project:
  id: plain
  name: Plain work
  sponsor: anna
  customer: acme
  contract: deal
  status: delivering
  start: 2026-04-01
  bac: 1000
  baseline_finish: 2026-06-30
  activities: [{id: begin, name: Begin, duration: 5d},
               {id: polish, name: Polish, duration: 5d, predecessors: [quartz.dig]}]
  milestones: [{id: shown, name: Shown, baseline: 2026-05-01, forecast: 2026-05-01,
                predecessors: [polish]}]
  dependencies:
    - {id: stone, title: The stone, from: quartz.found, to: plain.polish, need_by: 2026-04-20,
       owner: anna, agreement: agreed}
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def said(folder: Path, *words: str) -> str:
    """Return all that a command says; it must have answered."""
    done = pmo("-C", folder, *words)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout + done.stderr


def assert_untold(text: str) -> None:
    assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_report_of_dependencies_has_no_id_of_hidden_work(folder: Path, form: str) -> None:
    assert_untold(said(folder, "report", "dependencies", "--format", form))


@pytest.mark.parametrize("words", [
    ("report", "board"), ("report", "customer", "acme"),
    ("report", "customer", "acme", "--edition", "customer"),
], ids=" ".join)  # fmt: skip
def test_a_hidden_milestone_is_not_said_to_be_none(folder: Path, words: tuple[str, ...]) -> None:
    told = said(folder, *words)
    assert "is not a milestone" not in told
    assert_untold(told)


@pytest.mark.parametrize("words", [(), ("plain.polish",), ("--slip", "plain.begin=90d")])
def test_dependencies_for_programs_have_no_path_of_hidden_work(
    folder: Path, words: tuple[str, ...]
) -> None:
    told = said(folder, "deps", *words, "--format", "json")
    assert "hidden.yaml" not in told
    assert_untold(told)


def test_what_moves_inside_hidden_work_has_no_owner_and_costs_nothing(folder: Path) -> None:
    told = json.loads(
        pmo("-C", folder, "deps", "--slip", "plain.begin=90d", "--format", "json").stdout
    )
    known = {"plain", "deal", "acme", "web"}
    hidden = [
        item
        for item in (*told["data"]["moved"], *told["data"]["effects"])
        if item["id"].partition(".")[0] not in known
    ]
    assert hidden
    for item in hidden:
        assert item["owner"] in {None, "", "confidential work"} or item["id"] == PROMISE
        assert not item.get("money")


def test_a_plan_for_another_tool_has_no_hidden_work_by_name(folder: Path) -> None:
    assert_untold(said(folder, "export", "mspdi"))


@pytest.mark.parametrize("kind", ["projects", "activities", "milestones", "dependencies",
                                  "contracts"])  # fmt: skip
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_a_list_has_no_hidden_work(folder: Path, kind: str, form: str) -> None:
    assert_untold(said(folder, "show", kind, "--format", form))


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_simulation_names_no_hidden_work(folder: Path, form: str) -> None:
    assert_untold(said(folder, "risk", "simulate", "--iterations", "100", "--format", form))


def test_a_list_says_what_it_is_without(folder: Path) -> None:
    for words in (("show", "projects"), ("report", "board"), ("risk", "simulate"), ("prioritise",)):
        assert "without 1 confidential project" in said(folder, *words), words


def test_hidden_work_with_a_mapping_of_its_own_is_no_bug_of_ours(folder: Path) -> None:
    text = "proposals: [{id: p, project: quartz, cost: 770077, scores: {value: 3}}]\n"
    (folder / "proposals.yaml").write_text(text)
    assert_untold(said(folder, "deps"))


@pytest.mark.parametrize("value", ["maybe", "quartz", "[quartz]", "{quartz: quartz}"])
def test_what_says_unreadably_that_it_is_confidential_is_taken_to_be(
    folder: Path, value: str
) -> None:
    hidden = FILES["hidden.yaml"].replace("confidential: true", f"confidential: {value}")
    (folder / "hidden.yaml").write_text(hidden)
    for words in (("show", "projects"), ("report", "board"), ("validate",)):
        assert_untold(said(folder, *words))


ONE_STEP_AWAY = {
    "answers": """
        surveys: [{id: ask, name: Quartz answers, subject: quartz, type: csat, scale: [1, 5],
                   sent_on: 2026-03-02, invited: 9}]
        responses: [{id: a1, survey: ask, respondent_role: user, score: 1, on: 2026-03-03,
                     comment: Quartz is late}]""",
    "changes": """
        change_events: [{id: release, event: Quartz release, project: quartz, type: normal,
                         go_live: 2026-05-01, milestone: quartz.found, status: planned}]
        readiness: [{id: ready, change: release, decision: go, on: 2026-04-20,
                     criteria: [{text: Quartz works, area: support_model, status: met}]}]""",
    "training": """
        stakeholder_groups: [{id: crew, name: Crew, people: 30}]
        business_changes: [{id: shift, name: Quartz shift, project: quartz,
                            groups: [{group: crew, magnitude: low, from: 2026-05-01}]}]
        trainings: [{id: class, name: Quartz class, change: shift, group: crew, target: 9}]""",
    "times": """
        timesheets: [{id: quartz-week, person: anna, period: 2026-03, work: quartz.dig,
                      hours: 9}]""",
}


@pytest.mark.parametrize("what", ONE_STEP_AWAY)
def test_what_is_part_of_a_part_is_hidden_too(folder: Path, what: str) -> None:
    (folder / "more.yaml").write_text(ONE_STEP_AWAY[what])
    kinds = [line.split(":")[0].strip() for line in ONE_STEP_AWAY[what].splitlines()
             if line.strip().split(":")[0] in PLURALS]  # fmt: skip
    assert kinds
    for kind in kinds:
        assert_untold(said(folder, "show", kind, "--format", "json"))
    assert_untold(said(folder, "report", "board"))


PROMISE = "confidential-2"
"""What hidden work has promised to known work: whoever receives it is known."""
PLURALS = ("surveys", "responses", "change_events", "readiness", "business_changes", "trainings",
           "timesheets")  # fmt: skip


def test_a_skeleton_offers_no_hidden_work_to_choose_from(folder: Path) -> None:
    (folder / "p.yaml").write_text(FILES["p.yaml"].partition("\nproject:")[0])
    assert_untold(said(folder, "new", "milestone"))


def test_a_suggestion_is_never_hidden_work(folder: Path) -> None:
    (folder / "more.yaml").write_text("action: {id: ask, text: Ask, owner: anna, project: quarz}\n")
    assert_untold(said(folder, "validate"))
    done = pmo("-C", folder, "deps", "quarz")
    assert_untold(done.stdout + done.stderr)


class TestFindings:
    """Of a finding inside hidden work everybody sees the code, and that it counts."""

    @pytest.fixture
    def broken(self, folder: Path) -> Path:
        """Return a portfolio with two mistakes in hidden work, one that its text tells of."""
        text = """
risks: [{id: quartz-risk, title: Quartz is gone, project: quartz, owner: quartz-nobody,
         raised_on: 2026-03-02},
        {id: quartz-risk-2, title: Quartz is gone, project: quartz, owner: quartz-nobody-2,
         raised_on: 2026-03-02}]
"""
        (folder / "more.yaml").write_text(text)
        return folder

    def diagnostics(self, folder: Path, *words: str) -> list[dict[str, object]]:
        done = pmo("-C", folder, "validate", "--format", "json", *words)
        found: list[dict[str, object]] = json.loads(done.stdout)["data"]["diagnostics"]
        return found

    def test_they_are_one_equal_finding_each(self, broken: Path) -> None:
        found = [each for each in self.diagnostics(broken) if each["code"] == "REF-BROKEN"]
        assert len(found) == 2
        assert found[0] == found[1]
        assert found[0]["path"] == "pmo.yaml"
        assert "--include-confidential" in str(found[0]["hint"])
        assert_untold(json.dumps(found))

    def test_who_asks_sees_place_and_text(self, broken: Path) -> None:
        found = self.diagnostics(broken, "--include-confidential")
        assert {each["path"] for each in found if each["code"] == "REF-BROKEN"} == {"more.yaml"}

    def test_each_mistake_counts_for_both(self, broken: Path) -> None:
        def codes(*words: str) -> Counter[str]:
            return Counter(str(each["code"]) for each in self.diagnostics(broken, *words))

        # What is said of all projects in one finding is said of those that are shown, too.
        summed = codes() - codes("--include-confidential")
        assert codes("--include-confidential") <= codes()
        assert set(summed) <= {"GOV-NO-TOLERANCE"}

    @pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
    def test_every_format_names_the_code_and_fails(self, broken: Path, form: str) -> None:
        done = pmo("-C", broken, "validate", "--format", form, "--select", "REF")
        assert done.returncode == 1
        assert "REF-BROKEN" in done.stdout
        assert_untold(done.stdout + done.stderr)
