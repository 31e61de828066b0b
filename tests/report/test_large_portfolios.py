"""Portfolios of hundreds: nothing endless, nothing repeated, nothing that only says nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.report.blocks import (
    Block,
    Chart,
    Details,
    Facts,
    Metrics,
    Paragraph,
    Report,
    Section,
    Table,
)
from portfolio.report.composition import compose
from portfolio.report.distinct_phrases import own_words
from portfolio.report.formatting import excerpt, in_short, in_words
from portfolio.report.pack import Pack
from portfolio.report.site import pages
from portfolio.values import Money
from portfolio.view.view import View
from tests.portfolios import portfolio_of

MANY = 60
PEOPLE = "people: [{id: anna, name: Anna Sample}]\n"


def board(portfolio: View) -> Report:
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


def projects(more: str, count: int = MANY) -> View:
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


def test_a_site_has_no_page_of_what_nobody_records() -> None:
    names = [page.name for page in pages(Pack(projects("status: delivering", 2)))]
    assert names == ["board", "project-p000", "project-p001", "service-review"]
    contract = "contracts: [{id: c, title: C, customer: k, value: 1, end: 2027-01-31}]\n"
    sold = portfolio_of(f"customers: [{{id: k, name: K}}]\n{contract}")
    assert "renewals" in [page.name for page in pages(Pack(sold))]


def test_reports_that_nobody_records_are_not_measured_and_not_late() -> None:
    text = str(compose("service-review", Pack(projects("status: delivering", 2))).sections)
    assert "no status report is recorded" in text
    assert "Reports on time at 0" not in text


def test_a_drawing_of_hundreds_of_milestones_stops_where_it_can_be_read() -> None:
    lines = "".join(
        f"  - {{id: m{n:03}, name: Milestone {n}, project: p, forecast: 2026-05-{n % 28 + 1:02}}}\n"
        for n in range(120)
    )
    text = f"{PEOPLE}projects: [{{id: p, name: P, sponsor: anna}}]\nmilestones:\n{lines}"
    section = part(board(portfolio_of(text)), "dates")
    (chart,) = (block for block in section.blocks if isinstance(block, Chart))
    assert len(chart.data.rows) == 40
    assert "80 more that are later are left out" in sentences(section)


def test_the_page_of_a_project_without_data_has_no_heading_over_nothing() -> None:
    portfolio = projects("declared_rag: {overall: red, comment: Late}", 1)
    pack = Pack(portfolio, subject=portfolio.entities["p000"], selected=frozenset({"p000"}))
    report = compose("project", pack)
    assert sentences(part(report, "raid")) == (
        "No open risk is rated. No issue is open. No open dependency is recorded."
    )
    (table,) = (block for block in part(report, "status").blocks if isinstance(block, Table))
    assert [in_words(row[0]) for row in table.rows] == ["Overall"]
    assert "Nothing to judge it by: time, cost, risk." in table.caption
    assert list(tiles(part(report, "time"))) == ["SPI(t)"]


def test_the_page_of_a_project_tells_the_end_that_its_activities_give() -> None:
    portfolio = portfolio_of(
        PEOPLE + "project: {id: p, name: P, sponsor: anna, baseline_finish: 2026-04-03, "
        "activities: [{id: build, duration: 10d}]}\n"
    )
    pack = Pack(portfolio, subject=portfolio.entities["p"], selected=frozenset({"p", "p.build"}))
    (facts,) = (b for b in part(compose("project", pack), "status").blocks if isinstance(b, Facts))
    assert in_words(dict(facts.facts)["Expected finish"]) == "13 Apr 2026, by its activities"
