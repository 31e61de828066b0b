"""Every figure of every report can be followed: to its formula, its inputs, its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from portfolio.loading.loader import load
from portfolio.report.composing import compose
from portfolio.report.pack import Pack
from portfolio.report.report import Report
from portfolio.report.site import build_site
from portfolio.resources import resource_folder
from tests.report.followed import unfollowed

DAY = date(2026, 3, 31)
TO_DO: frozenset[str] = frozenset(
    {
        "accuracy",
        "actions",
        "advice",
        "after",
        "arrived",
        "ask",
        "asks",
        "capacity",
        "change",
        "commercial",
        "consequence",
        "contracts",
        "control",
        "cost",
        "customers",
        "data",
        "dates",
        "decide",
        "decided",
        "decision",
        "decisions",
        "dependencies",
        "gates",
        "glance",
        "handover",
        "health",
        "improvements",
        "left",
        "maturity",
        "meeting",
        "operations",
        "options",
        "pace",
        "people",
        "pipeline",
        "portfolio",
        "predictability",
        "renewals",
        "requests",
        "result",
        "review",
        "risk",
        "schedule",
        "scorecard",
        "services",
        "skills",
        "status",
        "strategy",
        "team",
        "time",
        "tolerance",
        "utilisation",
        "voice",
        "waiting",
        "waivers",
    }
)


@pytest.fixture(scope="module")
def site() -> Mapping[str, Report]:
    loaded = load(resource_folder("examples") / "meridian", today=DAY)
    assert loaded.portfolio is not None
    pack = Pack(loaded.portfolio)
    # A site has these two of a project that is over, or out of its tolerance; all can be asked for.
    asked = {
        f"{name}-{project.id}": compose(name, replace(pack, subject=project))
        for name in ("closure", "exception")
        for project in pack.projects
    }
    return dict(build_site(pack, "")) | asked


def test_every_figure_of_every_page_of_the_example(site: Mapping[str, Report]) -> None:
    missing = {
        (section, place, words)
        for report in site.values()
        for section, place, words in unfollowed(report)
        if section not in TO_DO
    }
    assert not missing


def test_a_section_leaves_the_list_when_it_is_done(site: Mapping[str, Report]) -> None:
    left = {section for report in site.values() for section, _, _ in unfollowed(report)}
    assert not TO_DO - left
