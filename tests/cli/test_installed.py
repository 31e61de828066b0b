"""The action and the hook with what they install: a wheel of this checkout, built and used.

Slow: it installs pmo and all that it needs, where pip has a package index.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from tests import tools
from tests.cli.repositories import (
    FILES,
    OVERDUE,
    SETTINGS,
    commit,
    copied_checkout,
    git,
    new_repository,
)
from tests.cli.workflows import Runner, inputs, read

pytestmark = pytest.mark.more


@pytest.fixture
def checkout(repository: Path, tmp_path: Path) -> Path:
    """Return this checkout as it is now, as a repository of its own."""
    tools.package_index()
    return copied_checkout(repository, tmp_path / "checkout")


def hooked(top: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run pre-commit in a repository, its environments in a folder of their own."""
    return subprocess.run(
        [*tools.python_tool("pre_commit"), *words],
        cwd=top,
        env={**os.environ, "PRE_COMMIT_HOME": str(folder / "pre-commit")},
        check=False,
        capture_output=True,
        text=True,
        timeout=900,
    )


def test_the_action_installs_the_version_that_it_names(
    repository: Path, checkout: Path, tmp_path: Path
) -> None:
    action = read(repository / "action.yml")
    upstream = new_repository(tmp_path / "upstream", FILES)
    wheels = tmp_path / "wheels"
    build = [*tools.python_tool("hatchling"), "build", "-t", "wheel", "-d", str(wheels)]
    subprocess.run(build, cwd=checkout, check=True, capture_output=True)
    evil = dict.fromkeys(("venv.py", "pip/__main__.py", "pip/__init__.py"), "raise SystemExit(9)\n")
    commit(upstream, {"portfolio/actions.yaml": OVERDUE, **evil})
    runner = Runner(tmp_path / "machine", upstream)
    runner.temporary.mkdir()
    for step in action["runs"]["steps"]:
        found = f'export PIP_FIND_LINKS="{wheels} ${{PIP_FIND_LINKS:-}}"\n'
        found += f'export GITHUB_ACTION_PATH="{repository}"\n'
        done = runner.step(
            {**step, "run": found + step["run"]}, inputs(action, directory="portfolio")
        )
    assert done.returncode == 1, done.stderr
    assert "::error file=portfolio/actions.yaml,line=2," in done.stdout


def test_the_hook_shows_what_is_wrong(checkout: Path, tmp_path: Path) -> None:
    top = new_repository(tmp_path / "top", {"pmo.yaml": SETTINGS, "actions.yaml": OVERDUE})
    done = hooked(top, tmp_path, "try-repo", str(checkout), "pmo-validate", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "actions.yaml:2:" in done.stdout
    assert "REF-BROKEN" in done.stdout


def test_the_hook_stops_a_commit_that_breaks_a_file_it_does_not_touch(
    checkout: Path, tmp_path: Path
) -> None:
    files = {name.removeprefix("portfolio/"): text for name, text in FILES.items()}
    top = new_repository(tmp_path / "top", files)
    hooks = [{"id": "pmo-validate", "args": ["--strict"]}]
    config = {
        "repos": [{"repo": str(checkout), "rev": git(checkout, "rev-parse", "HEAD"),
                   "hooks": hooks}]
    }  # fmt: skip
    commit(top, {".pre-commit-config.yaml": yaml.safe_dump(config)})
    assert hooked(top, tmp_path, "run", "--all-files").returncode == 0
    (top / "people.yaml").write_text("people: []\n")
    git(top, "add", "-A")
    done = hooked(top, tmp_path, "run")
    assert done.returncode == 1
    assert "atlas.yaml:4:" in done.stdout
    git(top, "reset", "-q", "--hard")
    (top / "note.md").write_text("No file of a portfolio.\n")
    git(top, "add", "-A")
    assert "Skipped" in hooked(top, tmp_path, "run").stdout
