"""The agenda of a board: what to decide, by when, at what price, and whether it may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portfolio.report.blocks import Block, Callout, Facts, Metrics, Paragraph, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import SETTINGS, portfolio_of

BASE = """
people:
  - {id: anna, name: Anna Sample}
  - {id: ben, name: Ben Sample, leave: [{from: 2026-04-13, to: 2026-04-17}]}
boards:
  - {id: small, name: Small, level: programme, steers: [p], chair: anna, members: [anna, ben],
     quorum: 2, cadence: 2w, next_meeting: 2026-04-15, delegated_limit: {cost: 5000, scope: Words},
     terms_of_reference: docs/small.md}
  - {id: top, name: Top, level: portfolio, delegated_limit: {cost: 90000, time: 20d}}
  - {id: idle, name: Idle, next_meeting: 2026-03-02}
decisions:
  - {id: urgent, title: Urgent, board: small, raised_by: anna, needed_by: 2026-04-10,
     options: [Wait, {name: Buy, cost: 9000}, {name: Rent, cost: 900, time: 5d}],
     recommendation: Rent., cost_of_delay_per_week: 700, project: p}
  - {id: late, title: Late, board: small, needed_by: 2026-03-24, cost_of_delay_per_week: 700}
  - {id: now, title: Now, board: small, needed_by: 2026-04-20}
  - {id: easy, title: Easy, board: small, needed_by: 2026-04-29, options: [{name: A, cost: 1},
     {name: B, cost: 6000}]}
  - {id: big, title: Big, board: small, needed_by: 2026-05-05, options: [{name: C, cost: 6000}]}
  - {id: huge, title: Huge, board: small, needed_by: 2026-05-06, options: [{name: C, cost: 99000}]}
  - {id: draft, title: Draft, board: small, needed_by: 2026-05-06, status: draft}
  - {id: taken, title: Taken, board: small, needed_by: 2026-04-06, status: decided,
     decided_on: 2026-04-01, raised_on: 2026-03-30}
  - {id: before, title: Before, board: small, needed_by: 2026-03-06, status: decided,
     decided_on: 2026-03-30, raised_on: 2026-03-30, decided_by: anna, outcome: Done}
actions:
  - {id: a, text: Call, owner: anna, due: 2026-03-27, source: small}
  - {id: b, text: Write, owner: ben, source: urgent}
exception_reports:
  - {id: e, project: p, raised_on: 2026-03-20, recommendation: Add a shift}
projects:
  - id: p
    name: Pipe
    sponsor: anna
    status: delivering
    tolerances: {time: 5d}
    baseline_finish: 2026-06-01
    forecast_finish: 2026-06-19
    gates:
      - {id: g, name: Design, planned: 2026-03-20, evidence: [a.md]}
      - {id: h, name: Build, planned: 2026-04-20, stage: build}
      - {id: i, name: Live, planned: 2026-08-20}
      - {id: j, name: Start, planned: 2026-01-20, actual: 2026-01-20, outcome: pass_with_conditions,
         conditions: [{text: Name a deputy, owner: anna, due: 2026-03-01}, {text: Paint}]}
  - {id: q, name: Quay, sponsor: anna, status: delivering, tolerances: {time: 5d},
     baseline_finish: 2026-06-01, forecast_finish: 2026-06-19}
"""
WAIVED = """
waivers:
  - {rule: RSK-NONE, object: p, reason: Later, approved_by: anna, until: 2026-03-20}
  - {rule: RSK-NONE, object: q, reason: Later, approved_by: anna, until: 2026-04-20}
  - {rule: RSK-STALE, object: p, reason: Later, approved_by: anna, until: 2026-09-20}
"""


def sections(board: str) -> dict[str, Section]:
    portfolio = portfolio_of(BASE, SETTINGS + WAIVED)
    pack = replace(Pack(portfolio), subject=portfolio.find(board))
    return {each.id: each for each in compose("agenda", pack).sections}


def words(blocks: tuple[Block, ...]) -> list[str]:
    return [in_words(block.parts) for block in blocks if isinstance(block, Paragraph)]


def rows(found: Section, which: int = 0) -> list[list[str]]:
    tables = [block for block in found.blocks if isinstance(block, Table)]
    return [[in_words(cell) for cell in row] for row in tables[which].rows]


def items(board: str) -> dict[str, Callout]:
    found = sections(board)["decide"].blocks
    return {each.title: each for each in found if isinstance(each, Callout)}


def test_the_meeting_says_when_who_and_how_far() -> None:
    blocks = sections("small")["meeting"].blocks
    (facts,) = (each for each in blocks if isinstance(each, Facts))
    assert {term: in_words(value) for term, value in facts.facts} == {
        "Meets": "Wednesday 15 Apr 2026, in 15 days",
        "The meeting after": "29 Apr 2026",
        "Chair": "Anna Sample",
        "Members": "Anna Sample, Ben Sample",
        "Quorum": "■ 2 needed, 1 of 2 can come; away: Ben Sample",
        "May decide": "up to 5,000 GBP, Words",
        "Terms of reference": "docs/small.md",
    }
    (void,) = (each for each in blocks if isinstance(each, Callout))
    assert void.title == "No quorum: 1 can come, 2 must"


def test_the_figures_count_what_waits_and_what_is_beyond() -> None:
    (shown,) = (b for b in sections("small")["meeting"].blocks if isinstance(b, Metrics))
    assert {each.label: (in_words(each.value), in_words(each.note)) for each in shown.metrics} == {
        "Decisions to take": ("7", "1 overdue"),
        "Beyond its authority": ("2", "from the boards below: 0"),
        "Waiting has cost": ("700 GBP", "by what is overdue today"),
        "Actions open": ("2", "1 overdue"),
    }


@pytest.mark.parametrize(
    ("title", "next_action"),
    [
        ("Late", "Decide now: the day has passed."),
        ("Urgent", "Decide by circulation: it is needed before the meeting."),
        ("Now", "Decide at this meeting: the next one is too late."),
        ("Easy", "Decide now, or at the latest on 29 Apr 2026."),
        ("Big", "Recommend, and escalate."),
    ],
)
def test_each_question_says_what_to_do_about_the_time(title: str, next_action: str) -> None:
    assert items("small")[title].next_action == next_action


def test_each_question_says_what_waiting_costs_and_what_is_recommended() -> None:
    urgent, later = items("small")["Urgent"], "1,900 GBP by the meeting after this one"
    assert words(urgent.body) == [
        "Recommended: Rent.",
        f"Waiting costs: 700 GBP for each week after 10 Apr 2026; {later}, 29 Apr 2026.",
        "At stake: nothing with a date waits for it.",
    ]
    (options,) = (block for block in urgent.body if isinstance(block, Table))
    assert [[in_words(cell) for cell in (row[0], row[5])] for row in options.rows] == [
        ["Wait", "no figures"],
        ["Buy", "■ beyond its limit"],
        ["Rent (recommended)", "● may decide"],
    ]
    assert urgent.owner == "presented by Anna Sample"


def test_what_is_beyond_the_limit_names_the_board_above_or_that_there_is_none() -> None:
    found = items("small")
    assert words(found["Big"].body)[-1] == (
        "Beyond the limit: 'C' asks for 6,000 GBP, the limit is 5,000 GBP. It goes to Top."
    )
    assert words(found["Huge"].body)[-1].endswith("No board's limit covers it.")
    assert rows(sections("top")["escalated"])[0][:3] == ["Easy", "Small", "29 Apr 2026"]


def test_drafts_are_named_and_not_decided() -> None:
    assert words(sections("small")["decide"].blocks) == ["In preparation: Draft (by 6 May 2026)"]


def test_the_rest_of_the_agenda_is_about_the_projects_that_the_board_steers() -> None:
    found = sections("small")
    assert [row[0] for row in rows(found["exceptions"])] == ["Pipe"]
    assert rows(found["exceptions"])[0][-1] == "open, 20 Mar 2026: Add a shift"
    assert rows(found["gates"]) == [
        ["Design", "Pipe", "■ 20 Mar 2026, not held", "not stated", "a.md"],
        ["Build", "Pipe", "20 Apr 2026", "build", "no evidence"],
    ]
    assert rows(found["gates"], 1) == [
        ["Name a deputy", "Start, Pipe", "Anna Sample", "■ 1 Mar 2026, 30 days late"],
        ["Paint", "Start, Pipe", "nobody named", "no day is agreed"],
    ]
    assert [row[0] for row in rows(found["waivers"])] == ["RSK-NONE"]
    assert rows(found["waivers"])[0][-1] == "■ 20 Mar 2026, ended"
    assert [row[1] for row in rows(sections("top")["waivers"])] == ["Pipe", "Quay"]
    assert rows(sections("top")["exceptions"])[1][-1] == "not reported"


def test_actions_and_decisions_since_the_last_meeting() -> None:
    found = sections("small")
    assert rows(found["actions"]) == [
        ["Call", "Anna Sample", "■ 27 Mar 2026, 4 days late", "Small"],
        ["Write", "Ben Sample", "no day is agreed", "Urgent"],
    ]
    assert rows(found["log"]) == [["Before", "Done", "Anna Sample", "30 Mar 2026"]]


def test_a_board_that_nobody_asked_says_so() -> None:
    found = sections("idle")
    assert words(found["decide"].blocks) == ["No question waits for this board."]
    (void,) = (b for b in found["meeting"].blocks if isinstance(b, Callout))
    assert void.title == "No next meeting: the last one known was 2 Mar 2026"
    (void,) = (b for b in sections("top")["meeting"].blocks if isinstance(b, Callout))
    assert void.title == "No next meeting: no day is written down"
    assert set(found) == {"meeting", "decide", "actions", "log"}


def test_what_is_more_than_a_meeting_can_decide_is_a_line_each() -> None:
    questions = "".join(
        f"  - {{id: q{number:02}, title: Q{number}, board: b, needed_by: 2026-05-{number:02}}}\n"
        for number in range(1, 13)
    )
    portfolio = portfolio_of(f"board: {{id: b, name: B}}\ndecisions:\n{questions}")
    pack = replace(Pack(portfolio), subject=portfolio.find("b"))
    (decide,) = (each for each in compose("agenda", pack).sections if each.id == "decide")
    assert sum(isinstance(block, Callout) for block in decide.blocks) == 10
    assert [row[0] for row in rows(decide)] == ["Q11", "Q12"]


def test_the_exceptions_are_cut_where_nobody_reads_on() -> None:
    late = "tolerances: {time: 1d}, baseline_finish: 2026-06-01, forecast_finish: 2026-06-19"
    projects = "".join(
        f"  - {{id: p{number}, name: P{number}, sponsor: anna, {late}}}\n" for number in range(27)
    )
    portfolio = portfolio_of(
        "people: [{id: anna, name: A}]\n"
        f"board: {{id: b, name: B, level: portfolio}}\nprojects:\n{projects}"
    )
    pack = replace(Pack(portfolio), subject=portfolio.find("b"))
    (found,) = (each for each in compose("agenda", pack).sections if each.id == "exceptions")
    (table,) = (block for block in found.blocks if isinstance(block, Table))
    assert (len(table.rows), table.caption[:7]) == (25, "2 more:")
