"""What several of the command line's tests read: written once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import pmo

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"


def _written(folder: Path, form: str) -> Path:
    done = pmo("-C", MERIDIAN, "report", "all", "-o", folder, "--format", form)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example's site: to be read, not to be changed."""
    return _written(tmp_path_factory.mktemp("sites") / "site", "html")


@pytest.fixture(scope="session")
def markdown_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same in Markdown."""
    return _written(tmp_path_factory.mktemp("sites") / "site", "markdown")
