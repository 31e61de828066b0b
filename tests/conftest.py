"""What every test stands on: an environment that does not depend on whose machine it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
