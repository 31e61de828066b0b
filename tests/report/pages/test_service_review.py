"""The review of the PMO as a service: what it owns up to, and what it never tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.loading.loader import load
from portfolio.report.blocks import Callout, Chart, Section
from portfolio.report.composition import compose
from portfolio.report.pack import Pack
from portfolio.report.rendering import render
from portfolio.report.sections.service.pmo_scorecard import office_scorecard
from tests.portfolios import DAY, portfolio_of, view_in

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "meridian"
PEOPLE = EXAMPLE.parent / "meridian-people"
BARE = "people: [{id: anna, name: Anna Sample}]\n"


@pytest.fixture(scope="module")
def pack() -> Pack:
    loaded = load(EXAMPLE, today=DAY, overlays=[PEOPLE])
    assert loaded.portfolio is not None
    return Pack(view_in(loaded), (), None)


@pytest.fixture(scope="module")
def words(pack: Pack) -> str:
    return render(compose("service-review", pack), "markdown")


def section(pack: Pack, id_: str) -> Section:
    return next(e for e in compose("service-review", pack).sections if e.id == id_)


def test_it_follows_the_order_of_a_performance_review(pack: Pack) -> None:
    assert [each.id for each in compose("service-review", pack).sections] == [
        "review",
        "promises",
        "scorecard",
        "voice",
        "improvements",
        "maturity",
        "team",
        "cost",
        "next",
    ]


def test_the_first_page_carries_one_bad_result(pack: Pack) -> None:
    (bad,) = (b for b in section(pack, "review").blocks if isinstance(b, Callout))
    assert bad.title == "One bad result: Requests answered in time at 80 %, target 95"
    assert bad.owner


def test_every_perspective_of_the_scorecard_is_measured(pack: Pack) -> None:
    card = office_scorecard(pack)
    assert {each.perspective for each in card.entries} == {
        "customer",
        "decision",
        "predictability",
        "control",
        "value",
        "people",
        "improvement",
    }
    assert card.coverage.value == 1
    assert card.total.value is not None


def test_a_promise_missed_half_of_the_time_is_red(words: str) -> None:
    assert "| Change request assessment | assessed within 5 working days | 2 | ■ 50% |" in words


def test_what_was_done_because_of_a_survey_is_said(words: str) -> None:
    assert (
        "Because of what they said: Assess small change requests in two days (approved)." in words
    )


def test_an_improvement_without_proof_is_not_called_one(words: str) -> None:
    assert "| 82 | 95 | 96 | ● proven | Diego Aldous |" in words


def test_the_maturity_profile_is_drawn_with_its_evidence(pack: Pack, words: str) -> None:
    (chart,) = (b for b in section(pack, "maturity").blocks if isinstance(b, Chart))
    assert "aims at 4" in chart.drawing.markup
    assert "| benefits management | 2 | 3 | docs/maturity/benefits.md |" in words


def test_a_team_of_three_is_told_nothing_about(words: str) -> None:
    assert "| Billing engineering | 16 Mar 2026 | fewer than 4 answers | – | – | – | – |" in words
    assert "5 answers" in words
    assert "8 answers" not in words


def test_a_pmo_that_has_said_nothing_is_told_so() -> None:
    words = render(compose("service-review", Pack(portfolio_of(BARE), (), None)), "markdown")
    for sentence in (
        "The PMO has not said what it offers.",
        "No total: only ",
        "Nobody has been asked about the PMO yet.",
        "Because of what they said: nothing yet.",
        "No improvement is registered.",
        "Nothing is approved for the next quarter.",
        "no pulse was taken",
    ):
        assert sentence in words, sentence
    assert "## Maturity" not in words
