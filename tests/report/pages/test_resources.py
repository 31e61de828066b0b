"""People on the board and in the resource review: what a manager has to choose from."""

from __future__ import annotations

from datetime import date, timedelta

from portfolio.report.blocks import Cell, Chart, Metrics, Missing, Paragraph, Section, Status, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.analysis.people import BASE, bookings, portfolio

TEAM = "team: {id: t, name: T, lead: ann, members: [ann, bob], bau_share: 0, day_cost: 900}\n"
HUB = "id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-10, pct: 70"
DOCS = "id: b, person: ann, work: atlas.docs, from: 2026-04-06, to: 2026-04-10, pct: 50"
FULL = TEAM + bookings(HUB, DOCS)
SKILLED = BASE.replace(
    "productive_share: 1}",
    "productive_share: 1, skills: [{skill: TEST, level: 5, assessed_on: 2025-01-31}]}",
    1,
)
NEEDED = """
role_demands:
  - {id: d, project: hub, role: Tester, skill: TEST, level: 4, critical: true,
     fte_by_period: [{period: 2026-04, fte: 1.5}]}
  - {id: e, project: hub, role: Smith, skill: SINT, level: 2, critical: true,
     fte_by_period: [{period: 2026-08, fte: 1}]}
  - {id: f, project: hub, role: Clerk, critical: true, fte_by_period: [{period: 2026-06, fte: 1}]}
development_plan: {person: bob, goals: [{skill: TEST, from: 2, to: 4, by: 2026-09-30}]}
"""


def sections(text: str, name: str = "resources", base: str = BASE) -> dict[str, Section]:
    report = compose(name, Pack(portfolio(text, base), (), None))
    return {section.id: section for section in report.sections}


def table(section: Section) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table))


def words(row: tuple[Cell, ...]) -> list[str]:
    return [in_words(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row]


def test_the_review_has_ten_parts_in_the_order_of_a_meeting() -> None:
    assert list(sections(FULL)) == [
        "capacity",
        "overloads",
        "unfilled",
        "skills",
        "bus-factor",
        "pipeline",
        "utilisation",
        "accuracy",
        "requests",
        "choices",
    ]


def test_without_any_data_every_part_says_so_and_none_is_missing() -> None:
    found = sections("")
    assert len(found) == 10
    (said,) = found["capacity"].blocks
    assert isinstance(said, Paragraph)
    assert "not yet measured" in in_words(said.parts)
    assert table(found["overloads"]).empty.startswith("Nobody is booked beyond 100 %")
    assert "not available here" in str(found["skills"].blocks)
    assert "not available here" in str(found["bus-factor"].blocks)
    accuracy = found["accuracy"].blocks[0]
    assert isinstance(accuracy, Metrics)
    assert in_words(accuracy.metrics[0].value) == "no approved hours to compare with"


def test_a_board_page_whose_bookings_are_all_over_has_no_hole() -> None:
    over = bookings("id: past, person: ann, work: hub, from: 2025-04-07, to: 2025-04-11, pct: 50")
    assert sections(over, "board")["people"].blocks == (
        Paragraph(Missing("not yet measured: no booking and no demand for a role is stated")),
    )


def test_every_overload_stands_with_its_causes_and_two_priced_ways_out() -> None:
    section = sections(FULL, "board")["people"]
    assert section.lead == "Ann Sample is booked beyond 100 % in the next six months."
    row = words(table(section).rows[0])
    assert row[:4] == ["Ann Sample", "6 Apr 2026, 1 week", "■ 120 %", "1.0 d"]
    assert row[4] == "Hub 3.5 d; atlas.docs 2.5 d, of 5.0 d"
    assert row[5] == "▲ perhaps, a peak"
    assert "move “atlas.docs” by 2 working days, inside its float" in row[6]
    assert "hire or borrow 1.0 d: costs 600 GBP" in row[6]
    assert "hand 1.0 d of “Hub” to Bob Sample: costs 600 GBP" in row[6]


def test_a_proven_overload_and_one_of_somebody_absent_are_told() -> None:
    whole = bookings(HUB, HUB.replace("id: a", "id: b").replace("hub", "atlas"))
    assert words(table(sections(whole)["overloads"]).rows[0])[5] == "■ no, proven"
    away = BASE.replace("productive_share: 1}", "leave: [{from: 2026-04-06, to: 2026-04-10}]}", 1)
    days = bookings(HUB.replace("pct: 70", "days: 2"))
    row = words(table(sections(days, base=away)["overloads"]).rows[0])
    assert row[2] == "■ not there"
    assert "price not available here" in row[6]


def test_the_map_says_in_words_and_shapes_what_it_says_in_colours() -> None:
    text = (
        TEAM
        + bookings(
            "id: a, person: ann, work: hub, from: 2026-04-01, to: 2026-04-30, pct: 100",
            "id: b, person: bob, work: hub, from: 2026-04-01, to: 2026-05-29, pct: 100",
            "id: c1, role: Tester, work: hub, from: 2026-04-01, to: 2026-04-30, fte: 0.5",
            "id: d1, role: Tester, work: hub, from: 2026-05-01, to: 2026-05-29, fte: 3, type: soft",
        )
        + NEEDED
    )
    section = sections(text)["capacity"]
    (chart,) = section.blocks
    assert isinstance(chart, Chart)
    rows = {str(row[0]): words(row)[1:] for row in chart.data.rows}
    assert rows["Tester"][0] == "■ 233 %, 3.50 of 1.50 FTE"
    assert rows["Tester"][1].startswith("▲ 33 %, 0.50 of 1.50 FTE; ")
    assert rows["Tester"][2] == "○ free, 1.50 FTE"
    assert rows["Smith"][4] == "■ nobody, 1.00 FTE asked"
    assert rows["Smith"][0] == "○ nobody in this role, nothing asked"
    assert "■ 233 %" in chart.drawing.markup
    assert "1.00 FTE short" in chart.drawing.markup


def test_a_role_with_soft_demand_and_nobody_is_amber() -> None:
    soft = bookings(
        "id: a, role: Smith, work: hub, from: 2026-04-01, to: 2026-04-30, fte: 1, type: soft"
    )
    (chart,) = sections(soft)["capacity"].blocks
    assert isinstance(chart, Chart)
    assert words(chart.data.rows[0])[1] == "▲ nobody, 0.00 FTE asked; 0.50 soft on top"


def test_demands_that_nobody_fills_come_by_their_day_with_who_could() -> None:
    rows = [words(row) for row in table(sections(NEEDED, base=SKILLED)["unfilled"]).rows]
    assert rows[0] == [
        "Tester", "Hub", "TEST 4", "■ 1 Apr 2026", "1.5 FTE in 2026-04", "Ann Sample"
    ]  # fmt: skip
    assert rows[1][2:4] == ["no skill stated", "▲ 1 Jun 2026"]
    assert rows[2][5] == "nobody"
    unassessed = [words(row) for row in table(sections(NEEDED)["unfilled"]).rows]
    assert unassessed[0][5] == "not available here"


def test_skills_are_covered_net_and_each_gap_has_an_answer() -> None:
    found = sections(NEEDED.replace("2026-08, fte: 1", "2026-08, fte: 0.2"), base=SKILLED)
    (row,) = table(found["skills"]).rows
    assert words(row)[:5] == ["TEST 4", "1.50", "1.00", "66.7 %", "66.7 %"]
    assert words(row)[6] == "0.50 FTE short: hire or borrow, or delay the work"
    assert "Assessed more than twelve months ago: Ann Sample (TEST)." in str(found["skills"].blocks)
    scarce = [words(each) for each in table(found["bus-factor"]).rows]
    assert scarce == [
        ["SINT 2", "■ nobody", "Hub", "nobody is learning it"],
        ["TEST 4", "▲ Ann Sample", "Hub", "Bob Sample to 4 by 30 Sep 2026"],
    ]


def test_two_needs_for_one_person_are_no_reason_to_hire() -> None:
    base = SKILLED.replace("skills: [", "skills: [{skill: PROG, level: 5}, ")
    text = "role_demands:\n" + "".join(
        f"  - {{id: {skill.lower()}, project: hub, role: T, skill: {skill}, level: 4,\n"
        "     fte_by_period: [{period: 2026-04, fte: 1}]}\n"
        for skill in ("TEST", "PROG", "SINT")
    )
    said = sorted(words(row)[6] for row in table(sections(text, base=base)["skills"]).rows)
    assert said == [
        "1.00 FTE short: enough people, all needed elsewhere; delay one of the two",
        "1.00 FTE short: hire, or train somebody a level below",
        "covered",
    ]


def test_the_pipeline_stands_on_top_of_what_is_booked() -> None:
    text = """
customer: {id: acme, name: Acme, account_owner: ann}
opportunities:
  - {id: big, customer: acme, probability: 0.5,
     resources: [{role: Tester, fte_by_period: [{period: 2026-05, fte: 4}]}]}
  - {id: plain, customer: acme, probability: 0.5}
"""
    found = table(sections(text)["pipeline"])
    assert [words(row) for row in found.rows] == [
        ["Tester", "May 2026", "0.00", "2.00", "1.50", "■ 0.50 FTE short"]
    ]
    assert found.caption.startswith("1 of 2 open opportunities")


def test_utilisation_is_named_by_its_variant_and_pooled() -> None:
    text = (
        FULL
        + """
timesheets:
  - {person: ann, period: 2026-W11, work: hub, hours: 24, billable: true}
  - {person: ann, period: 2026-W11, work: bau, hours: 8}
  - {person: ann, period: 2026-W12, work: hub, hours: 9, status: draft}
"""
    )
    found = sections(text)
    metrics = found["utilisation"].blocks[0]
    assert isinstance(metrics, Metrics)
    told = {each.label: in_words(each.value) for each in metrics.metrics}
    assert told["Actual utilisation"] == "40 %"
    assert told["Billable utilisation"] == "30 %"
    assert told["Business as usual"] == "25 %"
    assert metrics.metrics[0].note == "9 hours not approved yet"
    row = words(table(found["utilisation"]).rows[0])
    assert row[:3] == ["Ann Sample", "■ 9 %, too full in some weeks", "40 %"]
    assert row[5] == "▲ 25 %", "planned were 0 %"


def test_bookings_are_judged_against_approved_hours() -> None:
    text = (
        bookings("id: a, person: ann, work: hub, from: 2026-03-09, to: 2026-03-13, pct: 60")
        + """
timesheets:
  - {person: ann, period: 2026-W11, work: hub, hours: 30}
"""
    )
    metrics = sections(text)["accuracy"].blocks[0]
    assert isinstance(metrics, Metrics)
    assert [in_words(each.value) for each in metrics.metrics] == ["20 %", "-20 %"]
    assert metrics.metrics[0].status == Status("amber")


def test_answers_are_timed_and_late_ones_counted() -> None:
    text = """
pmo_service: {id: people-desk, name: People desk, owner: ann}
service_requests:
  - {id: a, service: people-desk, raised_on: 2026-03-02 09:00, closed_on: 2026-03-04 09:00,
     due: 2026-03-03 09:00}
  - {id: b, service: people-desk, raised_on: 2026-03-20 09:00}
"""
    metrics = sections(text)["requests"].blocks[0]
    assert isinstance(metrics, Metrics)
    assert [in_words(each.value) for each in metrics.metrics] == ["2", "2 days", "1"]
    open_only = text.replace(", closed_on: 2026-03-04 09:00", "")
    waiting = sections(open_only)["requests"].blocks[0]
    assert isinstance(waiting, Metrics)
    assert in_words(waiting.metrics[1].value) == "none is answered"


def test_the_last_part_puts_the_ways_side_by_side() -> None:
    base = BASE.replace("name: Hub", "name: Hub, priority: 5")
    row = words(table(sections(FULL, base=base)["choices"]).rows[0])
    assert row[:2] == ["6 Apr 2026", "Ann Sample"]
    assert row[2].startswith("move “atlas.docs”")
    assert row[3].startswith("hire or borrow 1.0 d")
    assert row[4].startswith("let “Hub” wait 5 working days")
    alone = bookings(HUB.replace("70", "110"))
    assert words(table(sections(alone)["choices"]).rows[0])[4] == "no way found"


def test_a_report_of_a_part_shows_every_overload_that_it_contributes_to() -> None:
    found = portfolio(FULL + NEEDED, SKILLED)
    for part, full in (({"atlas", "atlas.docs"}, 1), ({"hub"}, 1), ({"elsewhere"}, 0)):
        pack = Pack(found, (), None, selected=frozenset(part), scope="a part")
        shown = {each.id: each for each in compose("resources", pack).sections}
        assert len(table(shown["overloads"]).rows) == full
        assert table(shown["unfilled"]).rows == ()
        assert bool(table(shown["bus-factor"]).rows) == ("hub" in part)


def test_a_page_holds_forty_overloads_and_counts_the_rest() -> None:
    days = [date(2026, 4, 6) + timedelta(weeks=2 * number) for number in range(12)]
    crowd = "people:\n" + "".join(
        f"  - {{id: p{number}, name: P{number}, productive_share: 1}}\n" for number in range(4)
    )
    rows = [
        f"id: b{number}-{week}, person: p{number}, work: hub, from: {day}, "
        f"to: {day + timedelta(days=4)}, pct: 120"
        for number in range(4)
        for week, day in enumerate(days)
    ]
    text = BASE.replace("\npeople:\n", crowd, 1)
    found = sections(bookings(*rows), base=text)
    assert len(table(found["overloads"]).rows) == 40
    assert "8 later ones are not shown" in str(found["overloads"].blocks[1])
    assert len(table(found["choices"]).rows) == 40


def glance(text: str, base: str = BASE) -> dict[str, tuple[Cell, str]]:
    block, *_ = sections(text, "board", base)["glance"].blocks
    assert isinstance(block, Metrics)
    return {each.label: (each.value, str(each.note)) for each in block.metrics}


def test_the_first_page_counts_people_roles_and_skills() -> None:
    assert glance(FULL)["People over 100 %"] == (1, "0 roles over capacity")
    assert glance(NEEDED, SKILLED)["People over 100 %"] == (
        0,
        "2 roles over capacity; 2 skills with bus factor 0 or 1",
    )
    assert "People over 100 %" not in glance("")
