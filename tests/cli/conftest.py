"""What several of the command line's tests read: written once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import contents, pmo

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


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what `pmo init` writes, by path."""
    folder = tmp_path_factory.mktemp("started")
    assert pmo("init", "p", cwd=folder).returncode == 0
    return contents(folder / "p")


@pytest.fixture
def started_portfolio(tmp_path: Path, started: dict[str, bytes]) -> Path:
    """Return a folder with that portfolio in its folder `p`."""
    for path, content in started.items():
        target = tmp_path / "p" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tmp_path
