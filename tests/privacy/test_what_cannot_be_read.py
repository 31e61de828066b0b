"""Confidential work stays so where its files are broken, shared with others, or named in vain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.repositories import commit, git
from tests.cli.running import pmo

SETTINGS = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
PLAIN = """
people: [{id: anna, name: Anna Sample}]
projects:
  - id: plain
    name: Plain work
    sponsor: anna
    milestones: [{id: shown, name: Shown, forecast: 2026-06-01}]
"""
QUARTZ = """
project:
  id: quartz
  name: Project Quartz
  sponsor: anna
  confidential: true
  bac: 770077
  activities: [{id: dig, name: Quartz digging, duration: 5d}]
"""
PARTS = """
risks: [{id: r-1, title: Quartz is gone, project: quartz, owner: anna}]
actuals: [{id: a-1, project: quartz, period: 2026-01, type: labour, amount: 770077}]
"""
SECRETS = ("quartz", "Quartz", "770077", "770,077")


def portfolio(folder: Path, **files: str) -> Path:
    for name, text in {"pmo": SETTINGS, "plain": PLAIN, **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def told(folder: Path, *words: str) -> str:
    done = pmo("-C", folder, *words)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout + done.stderr


ASKED = (
    ("show", "projects"),
    ("show", "milestones"),
    ("show", "risks"),
    ("show", "actuals"),
    ("deps", "--format", "json"),
    ("report", "board"),
    ("validate", "-v"),
    ("validate", "-v", "--format", "json"),
    ("validate", "--fix", "--diff"),
)
BROKEN = {
    "a field that it needs is missing": QUARTZ.replace("  sponsor: anna\n", ""),
    "its name is missing": QUARTZ.replace("  name: Project Quartz\n", ""),
    "its file has broken syntax": QUARTZ.replace("Project Quartz", '"Project Quartz'),
    "whether it is cannot be read": QUARTZ.replace("confidential: true", "confidential: yess"),
    "another has its id": QUARTZ + "---\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_project_that_cannot_be_read_hides_its_parts_all_the_same(
    tmp_path: Path, text: str
) -> None:
    folder = portfolio(tmp_path, quartz=text, parts=PARTS)
    for words in ASKED:
        if words != ("validate", "--fix", "--diff"):
            found = told(folder, *words)
            assert [secret for secret in SECRETS if secret in found] == [], words


def test_one_of_two_with_an_id_is_enough(tmp_path: Path) -> None:
    twin = "project: {id: quartz, name: A twin, sponsor: anna}\n"
    folder = portfolio(tmp_path, a_twin=twin, quartz=QUARTZ)
    assert "without 1 confidential project" in told(folder, "show", "projects")
    assert "A twin" not in told(folder, "show", "projects")


SHARED = {
    "an unknown field": "project: {id: quartz, name: Q, sponsor: anna, confidential: true,\n"
    "  bugdet_quartz: 770077}\n",
    "a day that is none": QUARTZ + "  forecast_finish: soon-quartz\n",
    "an id that is none": QUARTZ + "  milestones: [{id: Quartz Third!, name: Quartz third}]\n",
    "a risk without its owner": QUARTZ + "risks: [{id: quartz-risk, project: quartz,\n"
    "  titel: Quartz is gone}]\n",
    "a comment that accepts what is found": QUARTZ.replace(
        "bac: 770077", "status: delivering # pmo: ignore GOV-NO-TOLERANCE, RSK-NONE Quartz\n"
        "  bac: 770077"
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", SHARED.values(), ids=SHARED)
def test_a_file_that_holds_others_too_tells_none_of_its_lines(tmp_path: Path, text: str) -> None:
    shown = "people: [{id: ben, name: Ben Sample, rolle: x}]\n"
    folder = portfolio(tmp_path, mixed=text + shown)
    for words in ASKED:
        found = told(folder, *words)
        assert [secret for secret in SECRETS if secret in found] == [], words
    assert "rolle" in told(folder, "validate")


def test_who_names_a_part_of_it_that_is_not_there_names_confidential_work(tmp_path: Path) -> None:
    more = PLAIN.replace("2026-06-01}", "2026-06-01, predecessors: [quartz.nothere]}")
    folder = portfolio(tmp_path, plain=more, quartz=QUARTZ)
    for words in ASKED:
        assert "quartz" not in told(folder, *words), words
    assert "confidential work" in told(folder, "show", "milestones", "--format", "json")


def test_a_line_that_names_it_is_not_quoted_under_a_finding(tmp_path: Path) -> None:
    more = "risks: [{id: near, title: Near, owner: anna, affects: [quartz, plain], p: high}]\n"
    found = told(portfolio(tmp_path, more=more, quartz=QUARTZ), "validate")
    assert "FLD-UNKNOWN" in found
    assert "quartz" not in found


def test_a_word_that_happens_to_be_its_id_conceals_nothing(tmp_path: Path) -> None:
    wrong = PLAIN.replace("forecast: 2026-06-01", "forecast: soon")
    folder = portfolio(tmp_path, plain=wrong, hidden=QUARTZ.replace("id: quartz", "id: soon"))
    assert "'soon' is not a date" in told(folder, "validate")


def test_numbers_of_stand_ins_do_not_follow_its_ids(tmp_path: Path) -> None:
    answers = []
    for number, (one, two) in enumerate((("aaa", "zzz"), ("zzz", "aaa"))):
        hidden = QUARTZ.partition("  activities")[0] + (
            f"  activities:\n    - {{id: {one}, duration: 5d}}\n    - {{id: {two}, duration: 9d}}\n"
            f"    - {{id: after-five, duration: 1d, predecessors: [{one}]}}\n"
            f"    - {{id: after-nine, duration: 1d, predecessors: [{two}]}}\n"
        )
        plain = PLAIN.replace("2026-06-01}", "2026-06-01, predecessors: [quartz.after-nine]}")
        folder = tmp_path / str(number)
        folder.mkdir()
        answers.append(told(portfolio(folder, plain=plain, hidden=hidden), "deps", "plain.shown"))
    assert answers[0] == answers[1]


def test_what_cures_an_overload_of_hidden_work_has_no_price(tmp_path: Path) -> None:
    booked = """
assignments:
  - {id: b-1, person: anna, work: quartz, from: 2026-04-01, to: 2026-06-30, pct: 100}
  - {id: b-2, person: anna, work: plain, from: 2026-04-01, to: 2026-06-30, pct: 100}
"""
    plain = PLAIN.replace("name: Anna Sample", "name: Anna Sample, cost_rate_per_day: 900")
    folder = portfolio(tmp_path, plain=plain, quartz=QUARTZ, booked=booked)
    found = told(folder, "report", "resources")
    assert "hire or borrow" in found
    assert "900" not in found.replace("1900", "")
    assert "let “confidential work”" not in found


def test_a_comparison_hides_what_either_side_hides_in_findings_too(tmp_path: Path) -> None:
    folder = portfolio(tmp_path, quartz=QUARTZ, parts=PARTS)
    git(folder, "init", "-q")
    commit(folder, {})
    (folder / "quartz.yaml").unlink()
    for words in (("report", "board", "--since", "HEAD"), ("validate", "--against", "HEAD")):
        assert "quartz" not in told(folder, *words).replace("quartz.yaml", "")


def test_what_concerns_nothing_else_belongs_to_it(tmp_path: Path) -> None:
    near = """
boards: [{id: q-board, name: Quartz board, level: project, chair: anna, steers: [quartz]}]
actions: [{id: q-next, text: Quartz follow-up, owner: anna, due: 2026-06-30, source: r-1}]
"""
    folder = portfolio(tmp_path, quartz=QUARTZ, parts=PARTS, near=near)
    rows = json.loads(pmo("-C", folder, "show", "actions", "--format", "json").stdout)
    assert rows["data"]["rows"] == []
    assert "Quartz board" not in told(folder, "show", "boards")
