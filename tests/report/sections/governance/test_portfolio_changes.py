"""What changed since the last time: each thing once, and which way it went."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.analysis.governance.portfolio_changes import Earlier, changes
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from portfolio.report.rendering import render
from portfolio.values import Money
from tests.portfolios import portfolio_of

THEN = """
people: [{id: anna, name: Anna Sample}]
projects:
  - {id: atlas, name: Atlas, sponsor: anna, status: delivering, bac: 1000, start: 2026-01-01,
     milestones: [{id: live, name: Live, baseline: 2026-05-01, forecast: 2026-05-01},
                  {id: done, name: Done, baseline: 2026-03-01, forecast: 2026-03-01}]}
  - {id: old, name: Old, sponsor: anna, status: delivering}
forecast: {id: f1, project: atlas, as_of: 2026-02-28, periods: [{period: 2026-06, amount: 900}]}
risks:
  - {id: late, title: Late, project: atlas, owner: anna, current: {p: 2, i: 3}}
  - {id: gone, title: Gone, project: atlas, owner: anna, current: {p: 2, i: 3}}
issue: {id: leak, title: Leak, project: atlas, owner: anna}
board: {id: top, name: Top}
decision: {id: which, title: Which way?, board: top, needed_by: 2026-04-30, project: atlas}
"""
MOVED = (
    ("bac: 1000", "bac: 1200"),
    ("2026-05-01, forecast: 2026-05-01", "2026-05-01, forecast: 2026-05-11"),
    ("forecast: 2026-03-01", "actual: 2026-03-04"),
    ("Old, sponsor: anna, status: delivering", "Old, sponsor: anna, status: closed"),
    ("as_of: 2026-02-28", "as_of: 2026-03-31"),
    ("amount: 900", "amount: 1100"),
    ("Late, project: atlas, owner: anna, current: {p: 2", ("Late, project: atlas, owner: anna, "
     "current: {p: 4")),
    ("title: Gone, project: atlas,", "title: Gone, project: atlas, status: closed,"),
    ("title: Leak,", "title: Leak, status: resolved,"),
    ("2026-04-30, project: atlas", ("2026-04-30, project: atlas, status: decided, "
     "decided_on: 2026-03-20, outcome: Left")),
)  # fmt: skip
NEW = "project: {id: fresh, name: Fresh, sponsor: anna, status: proposed}\n"


def moved() -> str:
    text = THEN
    for before, after in MOVED:
        assert before in text
        text = text.replace(before, after)
    return text + NEW


NOW = moved()


def found(then: str = THEN, now: str = NOW) -> dict[str, tuple[str, str]]:
    listed = changes(portfolio_of(then), portfolio_of(now))
    return {
        f"{each.area} {each.entity.label}": (in_words(each.said), each.direction) for each in listed
    }


def test_every_change_is_told_with_its_direction() -> None:
    assert found() == {
        "Projects Fresh": ("new, proposed", "new"),
        "Projects Old": ("from delivering to closed", "over"),
        "Dates Live": ("11 May 2026, 10 days later", "worse"),
        "Dates Done": ("reached on 4 Mar 2026", "over"),
        "Money Atlas": ("expected to cost 1,100 GBP, was 900 GBP", "worse"),
        "Risks Late": ("rated 12, was 6", "worse"),
        "Risks Gone": ("now closed", "over"),
        "Issues Leak": ("now resolved", "over"),
        "Decisions Which way?": ("decided: Left", "over"),
    }


def test_amounts_and_dates_stay_values_until_a_page_words_them() -> None:
    listed = changes(portfolio_of(THEN), portfolio_of(NOW))
    said = {f"{each.area} {each.entity.label}": each.said for each in listed}
    assert said["Dates Done"] == ("reached on ", date(2026, 3, 4))
    assert said["Money Atlas"] == (
        "expected to cost ", Money(Decimal(1100), "GBP"), ", was ", Money(Decimal(900), "GBP"),
    )  # fmt: skip


def test_the_other_way_round_it_is_better() -> None:
    back = found(NOW, THEN)
    assert back["Dates Live"] == ("1 May 2026, 10 days earlier", "better")
    assert back["Risks Late"] == ("rated 6, was 12", "better")


def test_nothing_changed_is_said() -> None:
    assert found(THEN, THEN) == {}
    earlier = Earlier(portfolio_of(THEN), "abc", date(2026, 2, 28))
    pack = Pack(portfolio_of(THEN), (), None, earlier=earlier)
    assert "Nothing of note changed since 28 Feb 2026, commit abc." in render(
        compose("board", pack), "markdown"
    )


def test_what_is_new_counts_as_new() -> None:
    more = NOW + (
        "risk: {id: fire, title: Fire, owner: anna, project: atlas}\n"
        "decisions:\n  - {id: when, title: When?, needed_by: 2026-05-04}\n"
        "issues:\n  - {id: flood, title: Flood, owner: anna}\n"
    )
    told = found(NOW, more)
    assert told["Risks Fire"] == ("new, not rated", "new")
    assert told["Decisions When?"] == ("asked, needed by 4 May 2026", "new")
    assert told["Issues Flood"] == ("new", "new")


def test_the_board_reads_the_worst_first_and_a_count() -> None:
    earlier = Earlier(portfolio_of(THEN), "abc", date(2026, 2, 28))
    pack = Pack(portfolio_of(NOW), (), None, earlier=earlier)
    section = next(e for e in compose("board", pack).sections if e.id == "since")
    assert section.lead.startswith("Since 28 Feb 2026: 3 worse, 1 new, ")
    assert "since" not in [e.id for e in compose("board", Pack(portfolio_of(NOW))).sections]


def test_the_front_page_says_in_a_line_what_changed_and_leads_to_all_of_it() -> None:
    earlier = Earlier(portfolio_of(THEN), "abc", date(2026, 2, 28))
    text = render(compose("board", Pack(portfolio_of(NOW), earlier=earlier)), "html")
    front = text.partition('id="glance"')[2].partition("</section>")[0]
    assert "<strong>What changed: </strong>Since 28 Feb 2026: 3 worse, 1 new, " in front
    assert '<a href="#since">All of it</a>' in front


def test_nothing_changed_is_said_too() -> None:
    earlier = Earlier(portfolio_of(NOW), "abc", date(2026, 2, 28))
    text = render(compose("board", Pack(portfolio_of(NOW), earlier=earlier)), "markdown")
    assert "**What changed:** Nothing of note since 28 Feb 2026." in text


def test_without_a_past_it_reads_not_yet_measured() -> None:
    pack = Pack(portfolio_of(NOW), (), None, earlier=Earlier(None, reason="no git"))
    words = render(compose("board", pack), "markdown")
    assert "not yet measured: no git" in words


def test_a_report_of_a_part_tells_only_of_that() -> None:
    earlier = Earlier(portfolio_of(THEN), "abc", date(2026, 2, 28))
    pack = Pack(portfolio_of(NOW), (), None, selected=frozenset({"old"}), earlier=earlier)
    section = next(e for e in compose("board", pack).sections if e.id == "since")
    assert section.lead == "Since 28 Feb 2026: 1 over."
