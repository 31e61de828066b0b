"""What every test stands on: an environment that does not depend on whose machine it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import tools

# Two workers on two cores share them with whatever else runs: no test may fail for being slow.
# Derandomised, so that a run can be repeated: the same commit gives the same result.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)
settings.load_profile("house")

_ENVIRONMENT = {
    "NO_COLOR": "1",
    "COLUMNS": "100",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@example.com",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.com",
}


_HERE = Path(__file__).resolve().parent
_WITH_TOOLS = (_HERE / "browser", _HERE / "editor")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Choose between what Python alone can run, and what `make test-all` adds to it.

    The addition is what lies in the folders of the browser and the editor, and what is marked so.
    """
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    skip = pytest.mark.skip(reason="make test-all installs what it needs, and runs it")
    for item in items:
        is_more = "more" in item.keywords or any(map(item.path.is_relative_to, _WITH_TOOLS))
        if is_more and not tools.are_promised():
            item.add_marker(skip)
        (kept if is_more or not tools.are_promised() else left).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


@pytest.fixture(scope="session", autouse=True)
def _plain_environment() -> Iterator[None]:
    """Give every test the same terminal, and a git that knows no configuration but its own."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("FORCE_COLOR", "TERM_PROGRAM", "GITHUB_ACTIONS", "GIT_DIR", "GIT_WORK_TREE"):
            environment.delenv(name, raising=False)
        for name, value in _ENVIRONMENT.items():
            environment.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the checkout: the folder that holds pyproject.toml."""
    return Path(__file__).resolve().parents[1]
