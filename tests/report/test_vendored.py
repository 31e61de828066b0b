"""What others have written is shipped as they wrote it, named, and with their licences."""

from __future__ import annotations

import hashlib

import pytest

from portfolio.package_data import resource

FOLDER = resource("templates") / "html" / "vendor"
FILES = {
    "cytoscape.min.js": (
        "3.34.4",
        "081591ab735b2b6a3b31a3c60f8f3a3e2fee8c92939e0c7820ad1208571b6cd8",
    ),
    "cytoscape-dagre.min.js": (
        "4.0.1",
        "ec671a41d2bfcac580352e2997797793949e3489cecaf347fc48670d4bd456b0",
    ),
}
LICENCES = ("cytoscape", "cytoscape-dagre", "dagre", "graphlib")


def test_every_script_that_is_shipped_is_listed() -> None:
    assert {path.name for path in FOLDER.glob("*.js")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_script_is_the_published_one(name: str) -> None:
    version, digest = FILES[name]
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest
    notice = (FOLDER / "README.md").read_text(encoding="utf-8")
    line = next(line for line in notice.splitlines() if line.startswith(f"| `{name}`"))
    assert f"| {version} |" in line


@pytest.mark.parametrize("name", LICENCES)
def test_its_licence_is_shipped_with_it(name: str) -> None:
    text = (FOLDER / f"{name}.LICENSE.txt").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in text
    assert "WITHOUT WARRANTY OF ANY KIND" in text
