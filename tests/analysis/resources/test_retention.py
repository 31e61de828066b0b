"""How healthy a team is, held against WE-59, and never about fewer than four people."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.resources.development import capability_uplift, coaching_rate
from portfolio.analysis.resources.engagement import company_pulse, newest_pulses, pulse_result
from portfolio.analysis.resources.retention import Turnover, share_held, succession_cover, turnover
from portfolio.analysis.resources.utilisation import load_spread, overtime
from portfolio.measure.satisfaction import net_promoter
from portfolio.model.resources import Person, Pulse
from portfolio.view.view import View
from tests.portfolios import portfolio_of

PEOPLE = "people:\n" + "".join(
    f"  - {{id: p{number}, name: Person {number}, start_date: 2020-01-01}}\n"
    for number in range(12)
)


def of(text: str) -> View:
    return portfolio_of(PEOPLE + text)


def test_attrition_is_of_a_year_and_of_the_mean_headcount() -> None:
    assert Turnover(3, 24, 26, 6).attrition.value == Decimal("0.24")


def test_of_fewer_than_ten_people_leavers_are_only_counted() -> None:
    found = Turnover(1, 9, 8, 12).attrition
    assert (found.code, found.reason) == ("small_sample", "fewer than 10 people: 1 left")


def test_who_left_in_the_last_year_is_a_leaver() -> None:
    left = PEOPLE.replace(
        "p1, name: Person 1, start", "p1, name: Person 1, end_date: 2025-12-31, start"
    )
    found = turnover(portfolio_of(left)).value
    assert found is not None
    assert (found.leavers, found.at_start, found.at_end) == (1, 12, 11)
    assert turnover(portfolio_of("people: [{id: a, name: A}]\n")).code == "no_data"


def test_the_published_rates() -> None:
    assert float(share_held(118, 150).value or 0) == pytest.approx(0.7866666667)
    found = net_promoter(11, 8, 5).value
    assert found is not None
    assert (found.score, found.low, found.high) == pytest.approx(
        (25.0, -6.965121246546923, 51.409565690991364)
    )


def one_to_ones(people: int) -> str:
    rows = "".join(
        f"  - {{person: p{n}, planned: 2026-03-0{n + 1}{', held: 2026-03-09' if n else ''}}}\n"
        for n in range(people)
    )
    return f"one_to_ones:\n{rows}"


def test_one_to_ones_that_did_not_happen_count_as_planned() -> None:
    assert coaching_rate(of(one_to_ones(4))).value == Decimal("0.75")
    assert coaching_rate(of("")).code == "no_data"
    assert coaching_rate(of(one_to_ones(4).replace("2026-03-0", "2025-03-0"))).code == "no_data"


def test_one_to_ones_of_three_people_tell_nothing() -> None:
    assert coaching_rate(of(one_to_ones(3))).code == "small_sample"


def plans(people: int, level: int = 4) -> str:
    """Plan to raise a level from 3 to 4 by the end of February; so many people reach a level."""
    skilled = "".join(
        f"  - {{id: q{n}, name: Q {n}, skills: [{{skill: PRMG, level: {level}}}]}}\n"
        for n in range(people)
    )
    rows = "".join(
        f"  - {{person: q{n}, goals: [{{skill: PRMG, from: 3, to: 4, by: 2026-02-28}},"
        f" {{skill: SINT, from: 1, to: 2, by: 2026-02-28}},"
        f" {{skill: PRMG, from: 3, to: 6, by: 2027-02-28}}]}}\n"
        for n in range(people)
    )
    return f"{skilled}development_plans:\n{rows}"


def test_uplift_counts_the_goals_that_are_due_and_assessed() -> None:
    found = capability_uplift(of(plans(4))).value
    assert found is not None
    assert (found.due, found.met, found.people, found.self_assessed) == (4, 4, 4, 4)
    assert found.levels == 1
    assert found.share == 1
    missed = capability_uplift(of(plans(4, level=3))).value
    assert missed is not None
    assert (missed.met, missed.levels) == (0, Decimal("0.00"))


def test_uplift_of_three_people_tells_nothing() -> None:
    assert capability_uplift(of(plans(3))).code == "small_sample"
    assert capability_uplift(of("")).code == "no_data"


def test_a_key_role_is_covered_by_somebody_else_in_post_who_is_ready_now() -> None:
    roles = """successions:
  - {role: Architect, incumbent: p1, successors: [{person: p2, readiness: now}]}
  - {role: Lead, incumbent: p1, successors: [{person: p2, readiness: 1y}]}
  - {role: Tester, incumbent: p1, successors: [{person: p1, readiness: now}]}
  - {role: Writer, incumbent: p1, successors: [{person: gone, readiness: now}]}
"""
    gone = "  - {id: gone, name: Gone, end_date: 2025-12-31}\n"
    assert succession_cover(of(gone + roles)).value == Decimal("0.25")
    assert succession_cover(of("")).code == "no_data"


def pulse(answers: int, on: str = "2026-03-16", team: str = "t") -> str:
    rows = ", ".join(["{engagement: 4, workload: 2, safety: 5, recommend: 9}"] * answers)
    return f"  - {{team: {team}, on: {on}, invited: 9, responses: [{rows}]}}\n"


TEAM = "team: {id: t, name: T, members: [p1, p2, p3, p4]}\npulses:\n"


def test_a_pulse_of_four_has_means_and_of_three_has_nothing() -> None:
    (found,) = of(TEAM + pulse(4)).all(Pulse)
    result = pulse_result(found).value
    assert result is not None
    assert result.means == {"engagement": 4, "workload": 2, "safety": 5}
    assert result.recommend.value is not None
    assert result.recommend.value.score == 100
    (few,) = of(TEAM + pulse(3)).all(Pulse)
    assert pulse_result(few).code == "small_sample"
    (none,) = of(TEAM + pulse(0)).all(Pulse)
    assert pulse_result(none).code == "no_data"


def test_a_question_that_three_answered_has_no_mean() -> None:
    text = pulse(4).replace("{engagement: 4, workload: 2, ", "{engagement: 4, ", 1)
    (found,) = of(TEAM + text).all(Pulse)
    result = pulse_result(found).value
    assert result is not None
    assert set(result.means) == {"engagement", "safety"}


def test_the_newest_pulse_of_each_team_counts_and_teams_are_pooled() -> None:
    text = TEAM + pulse(3) + pulse(4, on="2025-12-16") + pulse(4, on="2026-06-16")
    found = of(text)
    assert [len(each.responses) for each in newest_pulses(found)] == [3]
    assert company_pulse(found).code == "no_data"
    assert company_pulse(of("")).code == "no_data"
    other = "team: {id: u, name: U}\n" + TEAM + pulse(4) + pulse(5, team="u")
    whole = company_pulse(of(other)).value
    assert whole is not None
    assert whole.count == 9


def test_a_small_team_cannot_be_found_out_by_taking_the_others_off_the_total() -> None:
    text = "team: {id: u, name: U}\n" + TEAM + pulse(5) + pulse(3, team="u")
    whole = company_pulse(of(text)).value
    assert whole is not None
    assert whole.count == 5


def sheets(people: int, hours: int) -> str:
    rows = "".join(
        f"  - {{person: p{n}, period: 2026-W12, work: bau, hours: {hours}}}\n"
        for n in range(people)
    )
    return f"timesheets:\n{rows}"


def test_overtime_is_above_the_hours_that_people_are_there() -> None:
    """Five days of 7.5 hours are 37.5; nobody works less to make up for another."""
    found = of(sheets(4, 45))
    assert overtime(found, found.all(Person)).value == Decimal("0.2")
    short = of(sheets(4, 30))
    assert overtime(short, short.all(Person)).value == 0
    few = of(sheets(3, 45))
    assert overtime(few, few.all(Person)).code == "small_sample"
    assert overtime(of(""), ()).code == "no_data"


def test_how_unevenly_load_is_shared_is_told_of_four_people_or_more() -> None:
    loads = [Decimal(each) for each in ("0.5", "0.8", "0.9", "1.1")]
    assert load_spread(loads).value == Decimal("0.6")
    assert load_spread(loads[:3]).code == "small_sample"
