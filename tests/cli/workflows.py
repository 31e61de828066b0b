"""The `run:` steps of an action or a workflow, run by bash with the variables that GitHub gives."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.cli.repositories import git

_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_PASSED = ("PATH", "HOME", "LANG", "NO_COLOR", "COLUMNS", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")


@dataclass(frozen=True)
class Runner:
    """A machine of a CI service: its temporary folder, and a work tree checked out in it."""

    temporary: Path
    workspace: Path

    def run(
        self, script: str, shell: str = "-eo pipefail", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a script as the service does: bash, no profile, stop at the first failure."""
        environment = {name: os.environ[name] for name in _PASSED if name in os.environ}
        environment |= {name: os.environ[name] for name in os.environ if name.startswith("PIP_")}
        environment |= {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temporary),
            **variables,
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", *shell.split(), "-c", script],
            cwd=self.workspace,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    def step(
        self, step: Mapping[str, Any], context: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run one step, the expressions in its variables filled from a context."""
        variables = {name: filled(value, context) for name, value in step.get("env", {}).items()}
        return self.run(filled(step["run"], context), **variables)


def filled(text: str, context: Mapping[str, str]) -> str:
    """Return a text with its `${{ … }}` replaced; an expression that is not known is an error."""
    return _EXPRESSION.sub(lambda found: context[found[1]], text)


def install_this_checkout(folder: Path) -> None:
    """Put a command `pmo` into a folder that runs what lies in this checkout."""
    folder.mkdir(parents=True)
    command = folder / "pmo"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pmo_cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)


def inputs(action: Mapping[str, Any], **given: str) -> dict[str, str]:
    """Return the inputs of an action as its steps name them: the given ones, else the defaults."""
    stated = {name: given.get(name.replace("-", "_"), i["default"]) for name, i in
              action["inputs"].items()}  # fmt: skip
    return {f"inputs.{name}": value for name, value in stated.items()}


def read(path: Path) -> Any:  # noqa: ANN401
    """Return what a YAML file holds."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def checked_out(upstream: Path, ref: str, *, depth: int = 0) -> Runner:
    """Check out a ref as actions/checkout does; depth 0 fetches every branch and all history."""
    temporary, workspace = upstream.parent / "temporary", upstream.parent / "workspace"
    install_this_checkout(temporary / "pmo" / "bin")
    workspace.mkdir()
    git(workspace, "init", "-q")
    git(workspace, "remote", "add", "origin", f"file://{upstream}")
    fetched = f"+{ref}:refs/remotes/{ref.removeprefix('refs/')}"
    wanted = [f"--depth={depth}"] if depth else ["origin", "+refs/heads/*:refs/remotes/origin/*"]
    git(workspace, "fetch", "-q", *wanted, *(["origin"] if depth else []), fetched)
    git(workspace, "checkout", "-q", "--detach", f"refs/remotes/{ref.removeprefix('refs/')}")
    return Runner(temporary, workspace)
