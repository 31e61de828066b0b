"""What is confidential keeps its figures in `pmo deps` and loses its names, in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import pmo

FILES = {
    "pmo.yaml": "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n",
    "p.yaml": """
people: [{id: anna, name: Anna Sample}]
services: [{id: web, name: Web, owner: anna}]
projects:
  - id: quartz
    name: Project Quartz
    sponsor: anna
    confidential: true
    start: 2026-04-01
    services: [web]
    activities: [{id: dig, name: Dig for quartz, duration: 5d}]
    milestones: [{id: found, name: Quartz found, type: go_live, predecessors: [dig]}]
  - id: open-work
    name: Open work
    sponsor: anna
    start: 2026-04-01
    activities: [{id: polish, duration: 5d, predecessors: [quartz.dig]}]
    dependencies:
      - {id: stone, title: The stone, from: quartz.found, to: open-work.polish,
         need_by: 2026-04-20, owner: anna, agreement: agreed}
business_dependencies: [{id: shines, from: quartz.found, to: web}]
""",
}
SECRETS = ("quartz", "Quartz")
FORMATS = ("table", "json", "mermaid", "dot", "graphml", "svg", "html")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "words",
    [
        (),
        ("open-work.polish",),
        ("--slip", "confidential-1.2=10d"),
        ("--why", "open-work.polish"),
    ],
)
def test_no_format_names_a_confidential_project(
    folder: Path, form: str, words: tuple[str, ...]
) -> None:
    done = pmo("-C", folder, "deps", *words, "--format", form)
    assert done.returncode == 0, done.stderr
    for secret in SECRETS:
        assert secret not in done.stdout
    assert "without 1 confidential project" in done.stderr


def test_its_dates_and_its_ripple_are_computed_all_the_same(folder: Path) -> None:
    def moved(*words: str) -> dict[str, int]:
        done = pmo("-C", folder, "deps", *words, "--format", "json", "-q")
        items = json.loads(done.stdout)["data"]["moved"]
        return {each["id"]: each["days"] for each in items}

    masked = moved("--slip", "confidential-1.2=10d")
    named = moved("--slip", "quartz.dig=10d", "--include-confidential")
    assert masked["open-work.polish"] == named["open-work.polish"] > 0
    assert len(masked) == len(named)


def test_nobody_finds_it_by_its_name_and_who_may_can_ask(folder: Path) -> None:
    assert pmo("-C", folder, "deps", "quartz").returncode == 2
    shown = pmo("-C", folder, "deps", "quartz", "--include-confidential")
    assert "Project Quartz" in shown.stdout
    stopped = pmo("-C", folder, "deps", "--stop", "confidential-1")
    assert "not handed over" in stopped.stdout
    assert not [secret for secret in SECRETS if secret in stopped.stdout]


def test_what_has_a_table_and_names_confidential_work_is_shown(folder: Path) -> None:
    table = "proposals: [{id: ask, project: quartz, capacity: {PRMG: 1}}]\n"
    (folder / "q.yaml").write_text(table, encoding="utf-8")
    ran = pmo("-C", folder, "deps")
    assert ran.returncode == 0, ran.stderr
