"""Operations on the board: what lands on whom, who is saturated, adopted, handed over, changed."""

from __future__ import annotations

from portfolio.report.blocks import Callout, Chart, Metrics, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

BASE = """
people: [{id: anna, name: Anna Sample}]
services: [{id: web, name: Web, owner: anna}]
business_units:
  - {id: sales, name: Sales, owner: anna, absorption_capacity: 12}
  - {id: idle, name: Idle, owner: anna}
  - {id: lost, name: Lost, owner: anna, absorption_capacity: 0}
"""
RELEASES = """
change_events:
  - {id: one, name: One, go_live: 2026-05-04, services: [web],
     groups: [{business_unit: sales, magnitude: high, effort_hours_per_head: 8}]}
  - {id: two, name: Two, go_live: 2026-05-18, services: [web],
     groups: [{business_unit: sales, magnitude: high, effort_hours_per_head: 8},
     {business_unit: lost, magnitude: low}]}
  - {id: three, name: Three, go_live: 2026-08-03}
freeze_windows:
  - {id: may, name: May sale, from: 2026-05-15, to: 2026-05-31, scope: {services: [web]}}
  - {id: past, name: Past, from: 2026-01-15, to: 2026-01-31, scope: {all: true}}
  - {id: far, name: Far, from: 2027-01-15, to: 2027-01-31, scope: {all: true}}
readiness_reviews:
  - {id: r1, change: one, criteria: [{id: a, text: A, status: met}, {id: b, text: B}]}
  - {id: r2, change: two, decision: go_with_conditions, criteria: []}
"""


def section(name: str, text: str) -> Section:
    report = compose("board", Pack(portfolio_of(BASE + text), (), None))
    (found,) = (each for each in report.sections if each.id == name)
    return found


def names(text: str) -> set[str]:
    report = compose("board", Pack(portfolio_of(BASE + text), (), None))
    return {each.id for each in report.sections}


def table(found: Section, place: int = 0) -> list[list[str]]:
    tables = [block for block in found.blocks if isinstance(block, Table)]
    return [[in_words(cell) for cell in row] for row in tables[place].rows]


def chart(found: Section) -> Chart:
    (drawn,) = (block for block in found.blocks if isinstance(block, Chart))
    return drawn


def test_the_board_reads_who_is_saturated_in_a_month_with_a_freeze() -> None:
    found = section("operations", RELEASES)
    assert found.lead == (
        "Sales is saturated in May 2026: 167% of what it can absorb, a month with a freeze "
        "(May sale)."
    )
    (callout,) = (block for block in found.blocks if isinstance(block, Callout))
    assert callout.owner == "Anna Sample"


def test_the_calendar_draws_freezes_go_lives_and_loads_and_says_the_same_as_a_table() -> None:
    drawn = chart(section("operations", RELEASES))
    svg = drawn.drawing.markup
    assert "❄ May sale" in svg
    assert "! 167%" in svg
    assert "No unit named" in svg
    assert "1 points" in svg
    assert "Two, goes live on 2026-05-18, in the freeze May sale" in svg
    assert "Past" not in svg
    assert "Far" not in svg
    rows = [[in_words(cell) for cell in row] for row in drawn.data.rows]
    assert rows[0][:4] == ["Sales", "4 May 2026", "One", "high"]
    assert [row[0] for row in rows] == ["Sales", "Lost", "Sales"]
    assert rows[2][-1] == "May sale"
    assert rows[1][4] == "the unit can absorb nothing"


def test_releases_tell_collisions_freezes_and_readiness() -> None:
    one, two, three = table(section("operations", RELEASES))
    assert "Two, 10 working days apart" in one[3]
    assert one[5].endswith("1 of 2, not met: b")
    assert "in May sale" in two[4]
    assert two[5:] == ["nothing mandatory applies", "go with conditions"]
    assert three[3:6] == ["none", "none", "no review"]


def glance(text: str) -> dict[str, str]:
    (metrics,) = (b for b in section("glance", text).blocks if isinstance(b, Metrics))
    return {
        each.label: f"{in_words(each.value)}: {in_words(each.note)}" for each in metrics.metrics
    }


def test_the_first_page_counts_saturated_teams_and_missed_levels() -> None:
    found = glance(RELEASES)
    assert found["Saturated with change"] == "1: Sales, May 2026: 167%, with a freeze"
    assert "Service levels missed" not in found
    calm = glance(RELEASES.replace("magnitude: high", "magnitude: low"))
    assert calm["Saturated with change"] == "0: no team above 100 %"
    level = (
        "sla: {id: up, service: web, target: 99, direction: higher}\n"
        "measurement: {sla: web.up, period: 2026-03, value: 98}\n"
    )
    assert glance(level).get("Service levels missed") == "1: of 1 measured"
    assert "Saturated with change" not in glance(level)


def test_without_saturation_the_board_says_so_and_without_releases_nothing() -> None:
    calm = RELEASES.replace("magnitude: high", "magnitude: low")
    assert section("operations", calm).lead.startswith("No team is asked")
    assert not names("") & {"operations", "adoption", "handover", "change", "services"}


CHANGE = """
stakeholder_groups:
  - {id: clerks, name: Clerks, people: 30, current_support: 0, needed_support: 1}
  - {id: guides, name: Guides}
  - {id: four, name: Four}
milestone: {id: live, project: atlas, name: Live, owner: anna, baseline: 2026-04-30}
project: {id: atlas, name: Atlas, sponsor: anna}
business_changes:
  - {id: screen, name: One screen, project: atlas, go_live: atlas.live, groups: [{group: clerks}]}
  - {id: quiet, name: Quiet}
adkar_surveys:
  - {id: s1, group: clerks, change: screen, on: 2026-03-01, responses: [
     {a: 5, d: 4, k: 3, a2: 2, r: 3}, {a: 4, d: 3, k: 2, a2: 2, r: 1},
     {a: 4, d: 4, k: 3, a2: 3, r: 2}, {a: 5, d: 3, k: 3, a2: 2, r: 2},
     {a: 5, d: 4, k: 3, a2: 2, r: 2}]}
  - {id: s2, group: guides, change: screen, on: 2026-03-01, responses: [
     {a: 1, d: 1, k: 1, a2: 1, r: 1}]}
  - {id: s3, group: four, change: screen, on: 2026-03-01, responses: [
     {a: 5, d: 5, k: 5, a2: 5, r: 5}, {a: 4, d: 4, k: 2, a2: 2, r: 1},
     {a: 4, d: 4, k: 4, a2: 4, r: 4}, {a: 5, d: 5, k: 5, a2: 5, r: 5}]}
training: {id: course, change: screen, target: 10, completed: 5, from: 2026-03-01, due: 2026-04-30}
usage: {change: screen, period: 2026-02, eligible: 10, using: 5, proficient: 4}
"""


def test_a_group_is_blocked_and_of_one_person_nothing_is_shown() -> None:
    found = section("adoption", CHANGE)
    assert found.lead == "Blocked: Clerks at knowledge."
    clerks, guides, four = table(found, 1)
    assert clerks[4] == "4.6 · 3.6 · 2.8 · 2.2 · 2.0"
    assert "knowledge" in clerks[5]
    assert clerks[6] == "2 desire, 3 knowledge"
    assert guides[5:] == ["fewer than 4 answers", "fewer than 4 answers"]
    assert four[5:] == ["fewer than 5 answers", "1 knowledge, 3 none"]


def test_training_is_projected_and_what_is_not_measured_says_so() -> None:
    screen, quiet = table(section("adoption", CHANGE))
    assert screen[2] == "50 %"
    assert screen[3].endswith("100%")
    assert screen[4:7] == ["40 %", "not reached in 1 periods, and counting", "1.0"]
    assert quiet[1:5] == ["no milestone", "no training is planned", "no training is planned",
                          "use is not measured"]  # fmt: skip
    assert section("adoption", CHANGE.partition("adkar")[0]).lead == ""


HANDOVER = """
change_events:
  - {id: old, name: Old, go_live: 2026-02-02, services: [web], status: done, incidents_caused: 0}
  - {id: bad, name: Bad, go_live: 2026-01-12, status: rolled_back}
  - {id: next, name: Next, go_live: 2026-06-01, services: [web]}
incidents:
  - {id: i1, service: web, opened: 2026-01-20 08:00}
  - {id: i2, service: web, opened: 2026-02-03 08:00}
kpis:
  - {id: calls, name: Calls, owner: anna, direction: lower, target: 100, red: 140}
  - {id: mood, name: Mood, owner: anna, direction: higher, target: 8, red: 6}
measurements:
  - {kpi: calls, period: 2026-01, value: 500}
  - {kpi: calls, period: 2026-02, value: 90}
  - {kpi: calls, period: 2026-03, value: 100}
early_life_supports:
  - {change: old, from: 2026-02-02, planned_to: 2026-03-20, exit: [{kpi: calls, threshold: 100},
     {kpi: mood, threshold: 7}]}
  - {change: bad, from: 2026-01-12, planned_to: 2026-02-20, actual_to: 2026-02-19}
  - {change: next, exit: [{kpi: calls, threshold: 80}, {threshold: 3}]}
run_costs:
  - {service: web, from: 2026-01, monthly: 900, budgeted: true}
  - {service: web, from: 2026-07, monthly: 1000, budgeted: false}
  - {service: web, from: 2026-10, monthly: 1100}
"""


def test_early_life_support_is_overdue_and_may_end_when_every_criterion_holds() -> None:
    found = section("handover", HANDOVER)
    assert found.lead.endswith("a hidden cost of the project: Old.")
    states = {row[0]: row for row in table(found, 1)}
    assert "11 days overdue" in states["Old"][3]
    assert "Calls ≤ 100 for 2 periods: reached" in states["Old"][4]
    assert "Mood ≥ 7 for 2 periods: 0 of 2 periods are measured" in states["Old"][4]
    assert "ended on 2026-02-19" in states["Bad"][3]
    assert states["Bad"][4] == "no exit criterion is stated"
    assert states["Next"][1:4] == ["no date", "no date", "to come"]


def test_success_stability_and_run_cost_are_on_the_board() -> None:
    found = section("handover", HANDOVER)
    (metrics,) = (block for block in found.blocks if isinstance(block, Metrics))
    values = [in_words(each.value) for each in metrics.metrics]
    assert values == ["50 %", "1", "200 GBP"]
    note = in_words(metrics.metrics[2].note)
    assert "2,100 GBP" in note
    assert "2,400 GBP" in note
    assert "50% of the increases unbudgeted" in note
    old, bad = table(found)
    assert old[4:] == ["0.12", "0.25", "2.00"]
    assert "rolled back" in bad[2]
    assert bad[3:5] == ["not stated", "not yet live"]
    costs = table(found, 2)
    assert [row[1:5] for row in costs] == [
        ["2026-07", "900 GBP", "1,000 GBP", "100 GBP"],
        ["2026-10", "1,000 GBP", "1,100 GBP", "100 GBP"],
    ]
    assert costs[1][5] == "not stated"


REQUESTS = """
project: {id: atlas, name: Atlas, sponsor: anna, start: 2026-01-05, status: delivering,
  baselines: [{id: v1, version: 1, bac: 1000, finish: 2026-05-22},
    {id: v2, version: 2, bac: 1300, finish: 2026-05-29}]}
change_requests:
  - {id: up, project: atlas, title: Up, status: implemented, raised_on: 2026-02-02,
     decided_on: 2026-02-12, impact: {cost: 200}, baseline_after: atlas.v2}
  - {id: asked, project: atlas, title: Asked, status: submitted, raised_on: 2026-02-01}
  - {id: priced, project: atlas, title: Priced, status: assessed, raised_on: 2026-03-21,
     authority: project_board, impact: {cost: 10, time: 3d}}
"""


def test_a_baseline_that_moved_too_far_and_a_request_that_waits_are_named() -> None:
    found = section("change", REQUESTS)
    assert found.lead == "Atlas has a baseline that moved beyond what was approved."
    asked, priced = table(found)
    assert "58 days" in asked[2]
    assert asked[3:6] == ["not assessed", "not assessed", "nobody"]
    assert priced[3:6] == ["10 GBP", "3d", "project board"]
    (atlas,) = table(found, 1)
    assert atlas[1:4] == ["1", "20 %", "20 %"]
    assert "100 GBP" in atlas[6]
    assert "+5 working days" in atlas[7]


def test_baselines_that_moved_as_approved_are_said_to_be_right() -> None:
    right = REQUESTS.replace("cost: 200", "cost: 300, time: 5d")
    assert section("change", right).lead == "No baseline moved beyond what was approved."
    bare = REQUESTS.partition("change_requests")[0].replace("baselines", "tags: [x], baselines")
    assert "change" not in names(bare)
    unknown = section(
        "change", REQUESTS.replace("bac: 1000, ", "").replace("2026-05-22", "2026-05-29")
    )
    (atlas,) = table(unknown, 1)
    assert atlas[2] == "there is no original baseline"
