"""Portfolios of hundreds: nothing endless, nothing repeated, nothing that only says nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portfolio.model.portfolio import Portfolio
from portfolio.report.composing import compose
from portfolio.report.formatting import excerpt, in_short, in_words
from portfolio.report.openings import own_words
from portfolio.report.pack import Pack
from portfolio.report.report import Block, Details, Metrics, Paragraph, Report, Section, Table
from portfolio.values import Money
from tests.exchange.importing import run_import
from tests.portfolios import load_files, portfolio_of
from tests.real_data import real_data
from tests.report.real_projects import real_projects

MANY = 60
LONGEST_SENTENCE = 700
PEOPLE = "people: [{id: anna, name: Anna Sample}]\n"


def board(portfolio: Portfolio) -> Report:
    return compose("board", Pack(portfolio))


def part(report: Report, name: str) -> Section:
    (found,) = (section for section in report.sections if section.id == name)
    return found


def sentences(section: Section) -> str:
    shown = (block for block in section.blocks if isinstance(block, Paragraph))
    return " ".join("".join(map(in_words, each.parts)) for each in shown)


def tiles(section: Section) -> dict[str, tuple[str, str]]:
    shown = (block for block in section.blocks if isinstance(block, Metrics))
    return {m.label: (in_words(m.value), in_words(m.note)) for b in shown for m in b.metrics}


def projects(more: str, count: int = MANY) -> Portfolio:
    lines = (
        f"  - {{id: p{n:03}, name: Project {n}, sponsor: anna, {more.replace('NUMBER', str(n))}}}\n"
        for n in range(count)
    )
    return portfolio_of(PEOPLE + "projects:\n" + "".join(lines))


def open_blocks(report: Report) -> list[tuple[str, Block]]:
    return [(section.id, block) for section in report.sections for block in section.blocks]


def test_what_nobody_records_is_one_sentence_and_no_section() -> None:
    report = board(projects("status: delivering"))
    assert [section.id for section in report.sections] == [
        "glance", "portfolio", "exceptions", "money", "data",
    ]  # fmt: skip
    assert sentences(part(report, "glance")) == (
        "Not yet measured, because nothing is recorded: decisions, milestones, dependencies, "
        "risks, bookings of people and actions."
    )


def test_what_is_recorded_and_quiet_still_says_so() -> None:
    report = board(
        portfolio_of(
            PEOPLE + "projects: [{id: p, name: P, sponsor: anna}]\n"
            "actions: [{id: a, text: Ask, owner: anna, due: 2026-12-01}]\n"
        )
    )
    assert sentences(part(report, "actions")) == (
        "No action is overdue. Nothing was decided in the last 35 days. "
        "No baseline has moved in the last 35 days."
    )


def test_where_most_have_no_data_the_declared_colours_come_first() -> None:
    found = tiles(part(board(projects("declared_rag: {overall: red, comment: Late}")), "portfolio"))
    assert found["Declared red"] == ("60", "computed red 0")
    assert found["Not declared"] == ("0", "without data to compute a colour 60")


def test_where_nobody_declares_the_computed_colours_come_first() -> None:
    lines = "".join(
        f"  - {{id: p{n}, name: P{n}, sponsor: anna, baseline_finish: {2026 + n}-01-31}}\n"
        for n in range(9)
    )
    found = tiles(part(board(portfolio_of(f"{PEOPLE}projects:\n{lines}")), "portfolio"))
    assert found["Computed amber"] == ("1", "declared amber 0")


def test_sixty_red_projects_without_an_answer_are_one_sentence() -> None:
    section = part(board(projects("declared_rag: {overall: red, comment: Late}")), "exceptions")
    assert sentences(section) == (
        "60 projects declare red without an exception report or a recovery plan: "
        "Project 0, Project 1, Project 2, Project 3, Project 4 and 55 more."
    )
    assert not [block for block in section.blocks if isinstance(block, Table)]


def test_the_one_that_has_an_answer_keeps_its_line() -> None:
    lines = "".join(
        f"  - {{id: p{n}, name: Project {n}, sponsor: anna, declared_rag: red}}\n" for n in range(9)
    )
    plan = "issues: [{id: i, title: I, project: p4, owner: anna, recovery_plan: Ask for more}]\n"
    section = part(board(portfolio_of(f"{PEOPLE}projects:\n{lines}{plan}")), "exceptions")
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    assert [in_words(row[0]) for row in table.rows] == ["Project 4"]
    assert "8 projects declare red without" in sentences(section)


def test_a_few_red_projects_are_a_table() -> None:
    text = "declared_rag: {overall: red, comment: Late}"
    (table,) = part(board(projects(text, 3)), "exceptions").blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 3


def test_without_any_forecast_the_largest_budgets_say_where_the_money_is() -> None:
    report = board(projects("bac: NUMBER00000000"))
    shown = tiles(part(report, "money"))
    assert shown["Budgets of live projects"] == (
        "177 bn GBP", "stated by 60 of 60 live projects",
    )  # fmt: skip
    (table,) = (block for block in part(report, "money").blocks if isinstance(block, Table))
    assert [in_words(row[0]) for row in table.rows][:2] == ["Project 59", "Project 58"]
    assert len(table.rows) == 10
    assert tiles(part(report, "glance"))["Budgets of live projects"][1] == (
        "stated by 60 of 60 live projects; no forecast is measured"
    )


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("678123456789", "678 bn GBP"),
        ("12345678900", "12.3 bn GBP"),
        ("2045741", "2.05 m GBP"),
        ("-2045741", "-2.05 m GBP"),
        ("999999", "999,999 GBP"),
    ],
)
def test_a_tile_says_a_large_amount_in_three_digits(amount: str, words: str) -> None:
    assert in_short(Money(Decimal(amount), "GBP")) == words


def test_the_words_that_a_form_puts_first_make_room_for_the_news() -> None:
    form = "Compared to the last quarter, the confidence of the board"
    texts = [
        f"{form} fell. The supplier left.",
        f"{form} fell. The site is flooded.",
        f"{form} fell. The law has changed.",
        f"{form} fell.",
        "We are on plan.",
    ]
    assert list(own_words(texts).values()) == [
        "… The supplier left.",
        "… The site is flooded.",
        "… The law has changed.",
        f"{form} fell.",
        "We are on plan.",
    ]


def test_a_long_comment_ends_with_a_whole_word() -> None:
    assert excerpt("The supplier left, and nobody knows", 20) == "The supplier left…"
    assert excerpt("The supplier left", 20) == "The supplier left"
    assert excerpt("Unbreakable", 5) == "Unbr…"


def test_more_decisions_than_a_meeting_can_take_are_counted_and_not_listed() -> None:
    lines = "".join(
        f"  - {{id: d{n}, title: Question {n}, status: open, needed_by: 2026-04-10, "
        "owner: anna, raised_by: anna}\n"
        for n in range(200)
    )
    section = part(board(portfolio_of(f"{PEOPLE}decisions:\n{lines}")), "decisions")
    assert "195 more can wait: " in sentences(section)
    assert sentences(section).endswith(" and 190 more.")


def test_no_table_of_any_section_is_endless() -> None:
    lines = "".join(
        f"  - {{id: c{n}, title: Contract {n}, customer: acme, value: 100, start: 2026-01-01, "
        "end: 2027-01-31}\n"
        for n in range(MANY)
    )
    customers = "".join(f"  - {{id: k{n}, name: Customer {n}}}\n" for n in range(MANY))
    report = board(
        portfolio_of(
            f"{PEOPLE}customers:\n  - {{id: acme, name: Acme}}\n{customers}contracts:\n{lines}"
        )
    )
    long = [(name, len(b.rows)) for name, b in open_blocks(report) if isinstance(b, Table)]
    assert max(rows for _, rows in long) <= 40
    folded = [block for _, block in open_blocks(report) if isinstance(block, Details)]
    assert "The other 36" in [block.summary for block in folded]


@pytest.fixture(scope="module")
def government(repository: Path) -> Report:
    """Return the board report of 235 major projects as their government published them."""
    mapping = (repository / "examples/mappings/uk-gmpp.yaml").read_text()
    path = real_data("uk-gmpp", "raw", "gmpp_2022.csv")
    return board(run_import(mapping, path, as_of=date(2022, 3, 31)).portfolio)


def test_235_real_projects_are_a_page_that_can_be_read(government: Report) -> None:
    assert [section.id for section in government.sections] == [
        "glance", "portfolio", "exceptions", "money", "roadmap", "data",
    ]  # fmt: skip
    for name, block in open_blocks(government):
        assert not isinstance(block, Table) or len(block.rows) <= 40, name
    assert all(len(sentences(section)) < LONGEST_SENTENCE for section in government.sections)
    shown = tiles(part(government, "portfolio"))
    assert shown["Declared red"][0] == "27"
    assert shown["Declared amber"][0] == "170"
    assert (
        "stated by 191 of 235" in tiles(part(government, "glance"))["Budgets of live projects"][1]
    )


def test_the_front_page_of_235_real_projects_is_read_in_thirty_seconds(government: Report) -> None:
    (table,) = (b for b in part(government, "glance").blocks if isinstance(b, Table))
    assert [column.words for column in table.columns] == [
        "What is wrong", "Colour", "Why", "Owner",
    ]  # fmt: skip
    assert len(table.rows) == 6
    assert max(len(in_words(row[2])) for row in table.rows) <= 181
    assert "Nobody has said what happens next" in sentences(part(government, "glance"))


def test_the_reasons_of_235_real_projects_are_told_apart(government: Report) -> None:
    (first,) = (b for b in part(government, "portfolio").blocks if isinstance(b, Table))
    why = [in_words(row[3]) for row in first.rows]
    assert len({words[:60] for words in why}) == len(why)
    assert not [words for words in why if words.startswith("Compared to financial year")]


def test_fourteen_real_projects_are_a_board_page_without_a_broken_reference() -> None:
    loaded = load_files(real_projects(real_data("oras-dslib"), date(2012, 6, 1)))
    assert loaded.portfolio is not None
    assert {d.code for d in loaded.diagnostics if d.severity.word == "error"} == set()
    report = board(loaded.portfolio)
    assert "5 of 5 measured projects" in part(report, "money").lead
    assert tiles(part(report, "portfolio"))["Computed amber"][0] == "8"
    (table,) = (block for block in part(report, "portfolio").blocks if isinstance(block, Table))
    finish = {in_words(row[0]): in_words(row[4]) for row in table.rows}
    assert finish["Apartment Building (1)"] == "9 Nov 2012", "it ended on 18 October, not in August"
    for name, block in open_blocks(report):
        assert not isinstance(block, Table) or len(block.rows) <= 40, name
