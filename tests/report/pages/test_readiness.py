"""The readiness report of a go-live: the decision first, then what it rests on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portfolio.loading.loader import load
from portfolio.model.operations.services import ChangeEvent
from portfolio.report.blocks import Facts, Report, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.cli.running import pmo
from tests.portfolios import DAY, portfolio_of, view_in

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "meridian"


def report_about(pack: Pack, name: str) -> Report:
    subject = pack.portfolio.find(name, ChangeEvent)
    assert subject is not None
    return compose("readiness", replace(pack, subject=subject))


@pytest.fixture(scope="module")
def atlas() -> Report:
    loaded = load(EXAMPLE, today=DAY)
    assert loaded.portfolio is not None
    return report_about(Pack(view_in(loaded), (), None), "atlas-release-1")


def test_the_first_section_says_what_speaks_against_a_go(atlas: Report) -> None:
    first = atlas.sections[0]
    assert first.lead == ("Against a go: landing zone, people, service, rollback. Not yet decided.")
    (table,) = (block for block in first.blocks if isinstance(block, Table))
    rows = [[in_words(cell) for cell in row] for row in table.rows]
    assert rows[0][3] == "Customer care is at 125% in June"
    assert rows[4][3] == "Payments: no run cost after the go-live"
    assert "go" in rows[5][2]


def test_it_follows_the_blocks_of_a_readiness_review(atlas: Report) -> None:
    assert [each.id for each in atlas.sections] == [
        "decision",
        "landing",
        "people",
        "criteria",
        "money",
        "after",
    ]


def test_the_productivity_dip_is_in_the_money(atlas: Report) -> None:
    money = next(each for each in atlas.sections if each.id == "money")
    (facts,) = (block for block in money.blocks if isinstance(block, Facts))
    # 34 people lose a quarter of their output and recover over six weeks.
    assert in_words(facts.facts[0][1]) == "25.5 person-weeks"


def test_a_release_of_which_nothing_is_known_says_so() -> None:
    portfolio = portfolio_of("change_event: {id: bare, go_live: 2026-03-02, status: done}\n")
    found = report_about(Pack(portfolio, (), None), "bare")
    assert [each.id for each in found.sections] == ["decision", "landing", "money", "after"]
    assert found.sections[0].lead == "Against a go: after. Not yet decided."
    (facts,) = (block for block in found.sections[0].blocks if isinstance(block, Facts))
    assert in_words(dict(facts.facts)["Readiness judged"]) == "no review"


def test_a_dip_that_nobody_states_is_missing() -> None:
    portfolio = portfolio_of(
        "people: [{id: a, name: A}]\nproject: {id: p, name: P, sponsor: a}\n"
        "business_change: {id: c, name: C, project: p}\n"
        "change_event: {id: bare, go_live: 2026-04-02, project: p}\n"
        "readiness_review: {id: r, change: bare, decision: no_go}\n"
    )
    found = report_about(Pack(portfolio, (), None), "bare")
    money = next(each for each in found.sections if each.id == "money")
    (facts,) = (block for block in money.blocks if isinstance(block, Facts))
    assert in_words(facts.facts[0][1]) == "no dip, recovery or number of people is stated"
    assert found.sections[0].lead.endswith("Decided: no go.")


def test_the_command_wants_one_release() -> None:
    done = pmo("-C", EXAMPLE, "report", "readiness", "atlas-relese-1")
    assert done.returncode == 2
    assert "atlas-release-1" in done.stderr
    assert pmo("-C", EXAMPLE, "report", "readiness", "atlas-release-1").returncode == 0
