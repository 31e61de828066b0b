"""The colours of the months behind, read from a real repository."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from portfolio.analysis.governance.status_reporting import Seen
from portfolio.application.reports.past_colours import with_past
from portfolio.history.git import History
from portfolio.loading.loader import load
from portfolio.report.pack import Pack
from tests.portfolios import DAY, view_in

SETTINGS = "organisation: {name: Test, currency: GBP}\n"
PROJECT = """\
people: [{id: anna, name: Anna Sample}]
project: {id: atlas, name: Atlas, sponsor: anna, project_manager: anna, status: delivering,
          tolerances: {time: 5d}, milestones: [{id: live, name: Live, key: true,
          baseline: 2026-06-01, forecast: 2026-06-01}]}
"""


def commit(folder: Path, text: str, day: str) -> None:
    (folder / "a.yaml").write_text(text)
    when = {"GIT_AUTHOR_DATE": f"{day}T10:00:00", "GIT_COMMITTER_DATE": f"{day}T10:00:00"}
    for words in (("add", "-A"), ("commit", "-qm", day)):
        subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *words],
            cwd=folder,
            check=True,
            env=os.environ | when,
        )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a portfolio whose milestone slipped in January, and nobody said so."""
    (tmp_path / "pmo.yaml").write_text(SETTINGS)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    commit(tmp_path, PROJECT, "2025-12-10")
    commit(tmp_path, PROJECT.replace("forecast: 2026-06-01", "forecast: 2026-07-01"), "2026-01-20")
    return tmp_path


def pack(folder: Path) -> Pack:
    portfolio = view_in(load(folder, today=DAY))
    return Pack(portfolio)


def seen(folder: Path) -> tuple[Seen, ...]:
    with History(folder, os.environ) as history:
        return with_past(history, pack(folder)).value.seen["atlas"]


def test_each_commit_is_looked_at_on_the_first_month_that_shows_it(folder: Path) -> None:
    found = seen(folder)
    assert [(each.day, each.computed) for each in found] == [
        (date(2025, 12, 31), "green"),
        (date(2026, 1, 31), "red"),
        (date(2026, 3, 31), "red"),
    ]


def test_without_git_there_is_only_today(tmp_path: Path) -> None:
    (tmp_path / "pmo.yaml").write_text(SETTINGS)
    (tmp_path / "a.yaml").write_text(PROJECT)
    found = seen(tmp_path)
    assert [each.day for each in found] == [DAY]
