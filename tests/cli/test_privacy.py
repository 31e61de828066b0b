"""No command in any format tells what one person answered in a group of fewer than four.

The portfolio below holds answers whose numbers stand nowhere else. Every report and every list is
written in every format and searched for them.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from portfolio.model.kinds import kinds
from portfolio.report.outline import outlines
from tests.cli.running import pmo

PORTFOLIO = """\
people:
  - {id: anna, name: Anna Sample, role: Lead, start_date: 2020-01-01}
  - {id: ben, name: Ben Sample, role: Tester, start_date: 2020-01-01,
     skills: [{skill: SECRETSKILL, level: 3, evidence: SECRETWORD}]}
development_plan: {person: ben, goals: [{skill: SECRETSKILL, from: 3, to: 4, by: 2026-01-31}]}
business_unit: {id: unit, name: Unit, headcount: 9, owner: anna}
customer: {id: acme, name: Acme, account_owner: anna}
project: {id: atlas, name: Atlas, sponsor: anna, project_manager: ben, status: delivering,
          milestones: [{id: live, name: Go-live, baseline: 2026-05-01, forecast: 2026-05-01}]}
board: {id: top, name: Top, chair: anna, members: [anna, ben]}
service: {id: web, name: Web, owner: anna}
change_event: {id: release, project: atlas, type: normal, go_live: 2026-05-01,
               milestone: atlas.live, status: planned}
surveys:
  - {id: few, subject: acme, type: csat, question: How was it?, scale: [1, 5], sent_on: 2026-03-02,
     invited: 3}
responses:
  - {id: a1, survey: few, respondent_role: user, score: 1, on: 2026-03-03, comment: SECRETWORD one}
  - {id: a2, survey: few, respondent_role: user, score: 5, on: 2026-03-03, comment: SECRETWORD two}
  - {id: a3, survey: few, respondent_role: user, score: 5, on: 2026-03-03, comment: SECRETWORD}
pmo_service: {id: check, name: Check, owner: anna}
service_requests:
  - {id: r1, service: check, requester: ben, raised_on: 2026-03-02 09:00,
     closed_on: 2026-03-02 10:00, csat: 2}
team: {id: trio, name: Trio, members: [anna, ben]}
pulses:
  - {team: trio, on: 2026-03-16, invited: 3, responses: [
      {engagement: 1, workload: 5, safety: 2, recommend: 3},
      {engagement: 2, workload: 4, safety: 1, recommend: 10}]}
stakeholder_group: {id: crew, name: Crew, business_unit: unit, people: 3}
business_change: {id: shift, project: atlas, name: Shift, go_live: atlas.live,
                  groups: [{group: crew, magnitude: low, from: 2026-05-01}]}
adkar_survey: {id: ask, group: crew, change: shift, on: 2026-03-16, invited: 3, responses: [
  {a: 1, d: 2, k: 5, a2: 4, r: 3}, {a: 5, d: 1, k: 2, a2: 2, r: 1}]}
"""
SUBJECTS = {
    "": (),
    "project": ("atlas",),
    "customer": ("acme",),
    "change_event": ("release",),
    "board": ("top",),
}
FORMS = ("table", "csv", "json", "markdown", "xlsx")
ANSWERS = {
    "response": ("score", "comment", "respondent_role", "weight"),
    "service_request": ("csat",),
    "pulse": ("responses", "invited", "engagement", "workload", "safety", "enps"),
    "adkar_survey": ("responses",),
    "survey": ("csat", "nps", "ces"),
    "person": ("skills",),
    "development_plan": ("goals",),
}
"""The columns that would tell what somebody answered."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("few")
    (found / "pmo.yaml").write_text("organisation: {name: Few, currency: GBP}\nas_of: 2026-03-31\n")
    (found / "portfolio.yaml").write_text(PORTFOLIO)
    return found


def test_every_report_of_a_kind_has_a_subject_here() -> None:
    assert {each.subject for each in outlines().values()} <= SUBJECTS.keys()


@pytest.mark.parametrize("form", ["markdown", "html"])
@pytest.mark.parametrize("name", outlines())
def test_no_report_tells_it(folder: Path, name: str, form: str) -> None:
    subject = SUBJECTS[outlines()[name].subject]
    done = pmo("-q", "-C", folder, "report", name, *subject, "--format", form)
    assert done.returncode == 0, done.stderr
    assert "SECRETWORD" not in done.stdout
    if name != "board":  # which has the coverage of every kind in percent
        assert "33.3 %" not in done.stdout, "one of three answered so"
        assert "66.7 %" not in done.stdout


def shown(folder: Path, kind: str, form: str) -> str:
    if form != "xlsx":
        done = pmo("-q", "-C", folder, "show", kind, "--format", form)
        assert done.returncode == 0, done.stderr
        return done.stdout
    target = folder / f"{kind}.xlsx"
    done = pmo("-q", "-C", folder, "show", kind, "--format", "xlsx", "-o", target)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as book:
        return "".join(book.read(part).decode() for part in book.namelist() if part.endswith("xml"))


@pytest.mark.parametrize("form", FORMS)
def test_no_list_tells_it(folder: Path, form: str) -> None:
    for kind in (
        "responses",
        "surveys",
        "pulses",
        "adkar_surveys",
        "service_requests",
        "customers",
    ):
        found = shown(folder, kind, form)
        assert "SECRETWORD" not in found, kind
        assert "SECRETSKILL" not in found, kind
        for answer in ("engagement 1", "recommend 3", "a2 4", "'engagement': 1"):
            assert answer not in found, kind


def test_no_list_of_any_kind_tells_it(folder: Path) -> None:
    for kind in kinds():
        found = shown(folder, kind, "json")
        assert "SECRETWORD" not in found, kind
        assert "SECRETSKILL" not in found, kind


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_somebody_answered_is_empty_in_every_row(folder: Path, kind: str) -> None:
    rows = json.loads(shown(folder, kind, "json"))["data"]["rows"]
    assert rows
    for row in rows:
        told = {key: row[key] for key in ANSWERS[kind] if row.get(key)}
        assert told == {}, kind


def test_conditions_and_explanations_do_not_tell_it_either(folder: Path) -> None:
    for words in (("validate", "--format", "json"), ("deps", "--format", "json"), ("deps",)):
        assert "SECRETWORD" not in pmo("-C", folder, *words).stdout
