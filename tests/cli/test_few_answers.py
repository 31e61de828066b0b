"""Answers of fewer than four people are told by no command, in no format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import pmo

FILES = {
    "pmo.yaml": "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n",
    "all.yaml": """
people: [{id: anna, name: Anna Sample}]
customer: {id: acme, name: Acme, account_owner: anna, tier: key,
  health_override: {colour: green, reason: They like us}}
service: {id: web, name: Web, owner: anna, customers: [acme],
  slas: [{id: up, name: Up, target: 99, direction: higher}]}
measurements: [{sla: web.up, period: 2026-02, value: 99.5}]
surveys:
  - {id: pulse, subject: acme, type: csat, scale: [1, 5], sent_on: 2026-03-01, invited: 8}
  - {id: big, subject: web, type: csat, scale: [1, 5], sent_on: 2026-03-01, invited: 8}
""",
    "responses.csv": """id,survey,respondent_role,score,on,comment
r1,pulse,sponsor,1,2026-03-02,zebra
r2,pulse,user,1,2026-03-02,zebra
r3,pulse,user,1,2026-03-02,zebra
b1,big,user,4,2026-03-02,lion
b2,big,user,5,2026-03-02,lion
b3,big,user,4,2026-03-02,lion
b4,big,user,2,2026-03-02,lion
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a portfolio whose customer gave three answers."""
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
@pytest.mark.parametrize("kind", ["responses", "surveys", "customers"])
def test_show_withholds_them(folder: Path, kind: str, form: str) -> None:
    shown = pmo("-C", folder, "show", kind, "--format", form).stdout
    assert "zebra" not in shown
    assert "sponsor" not in shown


def test_show_says_why_and_keeps_the_rest(folder: Path) -> None:
    rows = json.loads(pmo("-C", folder, "show", "responses", "--format", "json").stdout)["data"]
    by_id = {row["id"]: row for row in rows["rows"]}
    assert by_id["pulse.r1"]["score"] is None
    assert by_id["pulse.r1"]["score_reason"] == "fewer than 4 answers"
    assert by_id["big.b1"]["score"] == 4
    (surveys,) = (
        json.loads(pmo("-C", folder, "show", "surveys", "--format", "json").stdout)["data"]["rows"],
    )
    pulse = next(row for row in surveys if row["id"] == "pulse")
    assert {
        key for key in ("answers", "answer_rate", "result", "result_low") if pulse[key]
    } == set()


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_board_reads_that_they_are_few(folder: Path, form: str) -> None:
    page = pmo("-C", folder, "report", "board", "--format", form).stdout
    assert "fewer than 4 answers" in page
    assert "zebra" not in page
    assert "0%" not in page.partition("What customers say")[2].partition("</table>")[0]


def test_no_finding_tells_what_they_said(folder: Path) -> None:
    found = json.loads(pmo("-C", folder, "validate", "--format", "json").stdout)["data"]
    messages = {each["code"]: each["message"] for each in found["diagnostics"]}
    assert messages["CUS-LOW-N-COLOURED"] == (
        "'Acme' is green by hand, but fewer than 4 answers carry no colour"
    )
    assert "SVC-WATERMELON" not in messages
    assert not any("%" in message for message in messages.values())
