"""Every known attack of a repository on its reader, planted and cloned; every command runs."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.history import git
from tests.cli.repositories import git as run_git
from tests.history.attacks import ATTACKS, Attack
from tests.history.scene import BASE, FORGED, Said, Scene, Stage, asked_of_git, new_stage, pmo

PAGE = "board.md"
SILENT = "git did not answer"
PRESENT = {
    "validate": ("validate", "--format", "github"),
    "validate --fix": ("validate", "--fix"),
    "deps": ("deps",),
    "show": ("show", "projects"),
    "explain": ("explain", "project"),
    "export": ("export", "ics"),
    "new": ("new", "risk"),
}
PAST = {
    "validate --against": ("validate", "--against", BASE, "--new", "--format", "json"),
    "validate --format json": ("validate", "--format", "json"),
    "show --format json": ("show", "projects", "--format", "json"),
    "deps --format json": ("deps", "--format", "json"),
    "risk": ("risk", "simulate", "--iterations", "100", "--format", "json"),
    "resources": ("resources", "level", "--format", "json"),
    "prioritise": ("prioritise", "--format", "json"),
    "report": ("report", "board"),
    "report --since": ("report", "board", "--since", BASE),
    "report service-review": ("report", "service-review"),
    "report --check": ("report", "--check", "-o", PAGE),
}
COMMANDS = PRESENT | PAST


def answers(folder: Path) -> dict[str, Said]:
    """Run every command on a portfolio; how long one took is no answer."""
    found = {}
    for name, command in COMMANDS.items():
        said = pmo(folder, *(str(folder / word) if word == PAGE else word for word in command))
        lines = [line for line in said.err.splitlines() if " s, as of " not in line]
        found[name] = Said(
            said.status, *("\n".join(each).replace(str(folder), "") for each in ([said.out], lines))
        )
    return found


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return new_stage(tmp_path_factory.mktemp("stage"))


@pytest.fixture(scope="module")
def honest(stage: Stage) -> dict[str, Said]:
    """Return what every command says where nobody attacks."""
    return answers(stage.clone / "portfolio")


@pytest.fixture(params=ATTACKS)
def attack(request: pytest.FixtureRequest) -> Attack:
    return ATTACKS[request.param]


@pytest.fixture
def scene(stage: Stage, tmp_path: Path) -> Iterator[Scene]:
    yield from stage.scene(tmp_path)


def test_what_is_attacked_can_be_told(honest: dict[str, Said], stage: Stage) -> None:
    last = run_git(stage.clone, "rev-parse", "--short=12", "HEAD~1")
    assert honest["validate --against"].status == 1
    assert "CHG-APPROVED-VALUE-MOVED" in honest["validate --against"].out
    for name in ("report", "show --format json", "deps --format json"):
        assert last in honest[name].out
    assert "baseline finish" in honest["report --since"].out.lower()
    assert honest["report --check"].status == 0
    assert {name for name, said in honest.items() if said.status not in {0, 1}} == set()


def test_git_itself_falls_for_it(attack: Attack, scene: Scene, stage: Stage) -> None:
    if not attack.asked:
        pytest.skip("git cannot be asked for this without a terminal, or without end")
    true = asked_of_git(stage.clone / "portfolio", *attack.asked)
    attack.plant(scene)
    assert not scene.is_sprung, "the trap must be sprung by the question, not by setting it"
    assert asked_of_git(scene.portfolio, *attack.asked) != true or scene.is_sprung


def test_no_command_runs_a_program_calls_anybody_or_believes_it(
    attack: Attack, scene: Scene, honest: dict[str, Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    if attack.refused == SILENT:
        monkeypatch.setattr(git, "PATIENCE", 1.0)
    attack.plant(scene)
    monkeypatch.chdir(scene.portfolio)
    monkeypatch.setenv("PATH", os.pathsep.join((".", "", os.environ["PATH"], ".")))
    found = answers(scene.portfolio)
    assert not scene.is_sprung
    assert [name for name, said in found.items() if FORGED in said.out + said.err] == []
    assert {name: found[name] for name in PRESENT} == {name: honest[name] for name in PRESENT}
    other = {name: said for name, said in found.items() if said != honest[name]}
    if not attack.refused:
        assert other == {}
        return
    assert found["validate --against"].status == 2
    unsaid = [n for n, said in other.items() if not re.search(attack.refused, said.out + said.err)]
    assert unsaid == []
    assert {name for name, said in other.items() if said.status == 3} == set()


def test_a_refusal_takes_less_than_ten_seconds(scene: Scene) -> None:
    ATTACKS["a ref that waits"].plant(scene)
    started = time.perf_counter()
    said = pmo(scene.portfolio, "report", "--since", BASE)
    assert time.perf_counter() - started < 10
    assert SILENT in said.out


def test_the_environment_of_the_caller_leads_git_nowhere(
    scene: Scene, honest: dict[str, Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = scene.forged / ".git"
    given = {
        "GIT_DIR": theirs,
        "GIT_WORK_TREE": scene.forged,
        "GIT_OBJECT_DIRECTORY": theirs / "objects",
        "GIT_NAMESPACE": "x",
        "GIT_EXTERNAL_DIFF": scene.program,
        "GIT_SSH_COMMAND": scene.program,
        "GIT_ASKPASS": scene.program,
        "GIT_PAGER": scene.program,
        "GIT_EXEC_PATH": scene.program.parent,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": scene.program,
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor={scene.program}'",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, str(value))
    assert answers(scene.portfolio) == honest
    assert not scene.is_sprung
