"""The versions that pmo is tested with: all that it needs, by name and version alone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from portfolio.application.starters.continuous_integration import ONLY_VERSIONS

NAME = re.compile(r"[A-Za-z0-9_.-]+")


def lines(path: Path) -> list[str]:
    """Return what a file of constraints says, without its comment."""
    comment, *stated = path.read_text(encoding="utf-8").splitlines()
    assert comment.startswith("# ")
    return stated


def versions(path: Path) -> dict[str, str]:
    return dict(line.partition(" ;")[0].split("==") for line in lines(path))


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-dev.txt"])
def test_they_are_names_and_versions_without_an_address(repository: Path, name: str) -> None:
    assert all(re.match(ONLY_VERSIONS, line) for line in lines(repository / name))


def test_whatever_pmo_needs_is_among_them(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    shipped, all_of_them = (
        versions(repository / name) for name in ("constraints.txt", "constraints-dev.txt")
    )

    def names(needed: list[str]) -> set[str]:
        found = filter(None, map(NAME.match, needed))
        return {name[0].lower().replace("_", "-") for name in found}

    assert names([*project["dependencies"], *extras["pdf"]]) <= shipped.keys()
    assert names(extras["dev"]) - {project["name"]} <= all_of_them.keys()
    assert shipped.items() <= all_of_them.items()
