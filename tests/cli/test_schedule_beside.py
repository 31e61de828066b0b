"""`pmo import` of plans and of service levels into a portfolio that people write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import contents, is_valid, pmo
from tests.exchange.mspdi import fields, file, link, people, task

LEVEL = """\
apiVersion: openslo/v1
kind: SLO
metadata: {name: SLO_NAME}
spec:
  service: customer-portal
  budgetingMethod: Occurrences
  timeWindow: [{duration: 28d, isRolling: true}]
  objectives: [{target: 0.999}]
"""


@pytest.fixture
def folder(started_portfolio: Path) -> Path:
    return started_portfolio


def plan(*activities: str) -> bytes:
    staff = people(
        fields(UID=1, Name="Alex Sample", Type=1),
        assignments=(fields(TaskUID=1, ResourceUID=1, Units=1, Work="PT8H0M0S"),),
    )
    return file(*(activities or (task(1), task(2, link(1)))), more=staff)


def schedule(folder: Path, *more: str) -> str:
    ran = pmo("import", "mspdi", "plan.xml", "--into", "p", *more, cwd=folder)
    assert ran.returncode == 0, ran.stderr
    return ran.stderr


def test_a_schedule_adds_a_project_and_makes_nobody_twice(
    folder: Path, started: dict[str, bytes]
) -> None:
    (folder / "plan.xml").write_bytes(plan())
    first = schedule(folder), contents(folder / "p")
    assert {path: first[1][path] for path in started} == started
    assert "resources: [alex-sample]" in first[1]["projects/harbour-wall.yaml"].decode()
    assert (schedule(folder), contents(folder / "p")) == first


def test_the_plan_of_a_project_that_is_there_is_added_to_it(folder: Path) -> None:
    (folder / "plan.xml").write_bytes(plan())
    own = "project: {id: harbour-wall, name: The wall, sponsor: alex-sample}\n"
    (folder / "p" / "projects" / "harbour-wall.yaml").write_text(own)
    told = schedule(folder)
    assert "1 project is there already and was left: harbour-wall" in told
    assert (folder / "p" / "projects" / "harbour-wall.yaml").read_text() == own
    added = (folder / "p" / "projects" / "harbour-wall-imported.yaml").read_text()
    assert "project: harbour-wall" in added
    first = contents(folder / "p")
    assert (schedule(folder), contents(folder / "p")) == (told, first)
    assert is_valid(folder)
    shown = pmo("-C", "p", "show", "activities", "--format", "csv", cwd=folder)
    assert "harbour-wall.2," in shown.stdout


def test_a_long_plan_stays_beside_its_project(folder: Path) -> None:
    (folder / "plan.xml").write_bytes(plan(*(task(number) for number in range(1, 400))))
    (folder / "p" / "projects" / "harbour-wall.yaml").write_text("risks: []\n")
    schedule(folder)
    first = contents(folder / "p")
    assert "projects/activities.harbour-wall-imported.csv" in first
    schedule(folder)
    assert contents(folder / "p") == first
    assert is_valid(folder)


def test_a_table_that_a_person_wrote_beside_an_imported_project_is_left(folder: Path) -> None:
    (folder / "plan.xml").write_bytes(plan())
    schedule(folder)
    own = folder / "p" / "projects" / "activities.harbour-wall.csv"
    own.write_text("id,project,duration\nextra,harbour-wall,2d\n")
    (folder / "plan.xml").write_bytes(plan(*(task(number) for number in range(1, 400))))
    schedule(folder)
    assert own.read_text().endswith("extra,harbour-wall,2d\n")


def test_another_table_named_like_an_imported_project_is_nobodys_left_over(folder: Path) -> None:
    (folder / "plan.xml").write_bytes(plan(*(task(number) for number in range(1, 400))))
    schedule(folder)
    own = folder / "p" / "projects" / "milestones.harbour-wall.csv"
    own.write_text("id,project,name\nextra,harbour-wall,Extra\n")
    assert "earlier imports" not in schedule(folder)
    (folder / "plan.xml").write_bytes(plan())
    assert "first projects/activities.harbour-wall.csv" in schedule(folder)


def test_levels_that_are_there_are_left(folder: Path, started: dict[str, bytes]) -> None:
    texts = [LEVEL.replace("SLO_NAME", name) for name in ("fast", "up")]
    (folder / "levels.slo").write_text("---\n".join(texts))
    (folder / "p" / "services").mkdir()
    (folder / "p" / "services" / "openslo.yaml").write_text(
        "sla: {id: up, service: customer-portal, name: Up, target: 99, direction: higher}\n"
    )
    words = ("import", "openslo", "levels.slo", "--into", "p")
    told = pmo(*words, cwd=folder).stderr
    assert "1 service is there already and was left: customer-portal (business.yaml:6)" in told
    assert "1 sla is there already and was left: customer-portal.up" in told
    found = contents(folder / "p")
    assert {path: found[path] for path in started} == started
    assert found["services/openslo-imported.yaml"].decode().count("service:") == 1
    assert (pmo(*words, cwd=folder).stderr, contents(folder / "p")) == (told, found)
    assert is_valid(folder)


@pytest.mark.parametrize(
    "words",
    [
        ("mspdi", "plan.xml", "--sponsor", "nobody"),
        ("openslo", "levels.slo", "--owner", "nobody"),
    ],
)
def test_whoever_is_named_must_be_there(
    folder: Path, started: dict[str, bytes], words: tuple[str, ...]
) -> None:
    (folder / "plan.xml").write_bytes(plan())
    (folder / "levels.slo").write_text(LEVEL)
    ran = pmo("import", *words, "--into", "p", cwd=folder)
    assert ran.returncode == 2
    assert f"{words[2]} nobody: the portfolio has no such person\n" in ran.stderr
    assert "there are alex-sample, kim-placeholder and robin-example; without" in ran.stderr
    assert contents(folder / "p") == started
