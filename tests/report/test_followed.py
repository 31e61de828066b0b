"""Every figure of every report can be followed: to its formula, its inputs, its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from portfolio.loading.loader import load
from portfolio.model.kinds import kinds
from portfolio.package_data import resource
from portfolio.report.blocks import Report
from portfolio.report.composition import compose
from portfolio.report.pack import Pack
from portfolio.report.site import build_site
from portfolio.report.trails.glossary import TERMS, term_named
from tests.portfolios import view_in
from tests.report.followed import unfollowed

DAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def site() -> Mapping[str, Report]:
    loaded = load(resource("examples") / "meridian", today=DAY)
    assert loaded.portfolio is not None
    pack = Pack(view_in(loaded))
    # A site has these two of a project that is over, or out of its tolerance; all can be asked for.
    asked = {
        f"{name}-{project.id}": compose(name, replace(pack, subject=project))
        for name in ("closure", "exception")
        for project in pack.projects
    }
    return dict(build_site(pack, "")) | asked


def test_every_figure_of_every_page_of_the_example(site: Mapping[str, Report]) -> None:
    missing = {found for report in site.values() for found in unfollowed(report)}
    assert not missing


def test_the_kinds_of_the_glossary_are_kinds() -> None:
    named = {name for term in TERMS.values() for name in term.kinds.split()}
    assert not named - set(kinds())


def test_a_term_is_the_whole_label_or_its_beginning_and_the_longest_fits() -> None:
    assert term_named("Notices due, next 30 days") is TERMS["Notices due"]
    assert term_named("Declared better than the data") is TERMS["Declared better than the data"]
    assert term_named("Declared red") is TERMS["Declared"]
    assert term_named("Openness") is None
