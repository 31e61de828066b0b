"""The renewal calendar as a page: what is due when, what silence costs, who was asked."""

from __future__ import annotations

from portfolio.report.blocks import Callout, Metrics, Report, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

BASE = """
people: [{id: anna, name: Anna Sample}]
customer: {id: acme, name: Acme, account_owner: anna}
suppliers: [{id: mill, name: Mill, owner: anna}, {id: quarry, name: Quarry}]
contracts:
  - {id: soon, title: Soon, supplier: mill, value: 2400, start: 2024-06-01, end: 2026-05-31,
     renewal: {mode: auto, term_months: 12, notice: 1mo, internal_lead: 40cd}}
  - {id: later, title: Later, customer: acme, end: 2026-09-30, renewal: {mode: option, notice: 1mo}}
  - {id: gone, title: Gone, supplier: quarry, end: 2026-06-30, renewal: {mode: auto, notice: 4mo}}
  - {id: leaving, title: Leaving, supplier: quarry, end: 2026-07-31,
     renewal: {mode: auto, notice: 2mo, decision: exit}}
  - {id: left, title: Left, supplier: quarry, end: 2026-08-31,
     renewal: {mode: auto, notice: 2mo, decision: exit, notice_served_on: 2026-03-02}}
  - {id: served, title: Served, supplier: quarry, end: 2026-08-31,
     renewal: {mode: auto, notice: 2mo, notice_served_on: 2026-03-02}}
  - {id: far, title: Far, supplier: quarry, end: 2028-08-31, renewal: {mode: auto, notice: 2mo}}
"""
ASKED = """
board: {id: top, name: Top}
decision: {id: after-mill, title: What after Mill?, board: top, needed_by: 2026-04-10,
  affects: [soon]}
"""
DUTIES = """
obligations:
  - {id: keys, contract: soon, text: Hand over the keys, owner: anna, due: 2026-03-30}
  - {id: file, contract: soon, text: Deliver the file, due: 2026-05-30}
  - {id: done, contract: soon, text: Paint, due: 2026-03-01, done_on: 2026-02-27}
"""


def report(name: str, text: str = "") -> Report:
    return compose(name, Pack(portfolio_of(BASE + text), (), None))


def section(name: str, text: str = "", id_: str = "renewals") -> Section:
    (found,) = (each for each in report(name, text).sections if each.id == id_)
    return found


def rows(found: Section) -> list[list[str]]:
    (table,) = (block for block in found.blocks if isinstance(block, Table))
    return [[in_words(cell) for cell in row] for row in table.rows]


def test_the_board_sees_what_is_due_in_half_a_year_and_what_has_passed() -> None:
    found = section("board")
    assert [row[0] for row in rows(found)] == ["Gone", "Soon", "Leaving", "Later"]
    assert found.lead == (
        "The day for notice has passed unused: Gone. Notice for Soon is due by 30 Apr 2026, in "
        "30 days."
    )


def test_each_row_says_by_when_how_long_and_what_silence_commits() -> None:
    by_name = {row[0]: row[1:] for row in rows(section("board"))}
    assert by_name["Soon"] == [
        "Mill", "■ 21 Mar 2026, passed", "30 Apr 2026", "30", "■ to decide",
        "renews for 12 months, 1,200 GBP", "–",
    ]  # fmt: skip
    assert by_name["Later"][3:6] == ["150", "● to decide", "ends"]
    assert by_name["Gone"][4] == "■ passed, nobody decided"
    assert by_name["Leaving"][4] == "▲ exit: notice"


def test_the_windows_do_not_count_a_notice_twice() -> None:
    (shown,) = (block for block in section("board").blocks if isinstance(block, Metrics))
    assert [(each.label, each.value, each.note) for each in shown.metrics] == [
        ("Notices due, next 30 days", 1, "1 undecided"),
        ("Notices due, 31 to 90 days", 1, "0 undecided"),
        ("Notices due, 91 to 180 days", 1, "1 undecided"),
    ]


def test_a_notice_within_thirty_days_that_nobody_was_asked_about_is_called_out() -> None:
    (told,) = (block for block in section("board").blocks if isinstance(block, Callout))
    assert told.title == "Soon: notice by 30 Apr 2026, and nobody was asked"
    assert told.owner == "Anna Sample"
    assert "renews for 12 months, 1,200 GBP" in str(told.body)
    asked = section("board", ASKED)
    assert not [block for block in asked.blocks if isinstance(block, Callout)]
    assert rows(asked)[1][-1] == "What after Mill?"


def test_the_report_of_renewals_shows_every_one_and_the_obligations() -> None:
    found = section("renewals")
    assert [row[0] for row in rows(found)] == [
        "Gone", "Soon", "Leaving", "Left", "Served", "Later", "Far",
    ]  # fmt: skip
    by_name = {row[0]: row[5] for row in rows(found)}
    assert (by_name["Left"], by_name["Served"]) == ("✓ exit", "✓ notice served")
    duties = rows(section("renewals", DUTIES, "obligations"))
    assert [row[:3] for row in duties] == [
        ["Hand over the keys", "Soon", "■ 30 Mar 2026, overdue"],
        ["Deliver the file", "Soon", "30 May 2026"],
    ]


def test_without_renewals_the_board_says_nothing_and_the_report_says_so() -> None:
    bare = Pack(portfolio_of("people: [{id: anna, name: Anna}]\n"), (), None)
    assert "renewals" not in [each.id for each in compose("board", bare).sections]
    (found,) = (each for each in compose("renewals", bare).sections if each.id == "renewals")
    assert rows(found) == []
