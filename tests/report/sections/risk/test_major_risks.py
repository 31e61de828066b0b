"""Risk on the board: what it is worth, what nobody may bear alone, and what moves the cost."""

from __future__ import annotations

from portfolio.analysis.risk.columns import proximity_rank, value_of_response
from portfolio.model.risk import Risk
from portfolio.report.blocks import Chart, Section, Table
from portfolio.report.composition import compose
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

PROJECT = """
people: [{id: anna, name: Anna Sample}, {id: ben, name: Ben Sample}]
boards: [{id: board, name: The board, level: portfolio, chair: anna, members: [anna]}]
projects: [{id: atlas, name: Atlas, sponsor: anna, status: delivering}]
"""
APPETITE = """
appetites: [{category: supplier, max_score: 8, max_emv: 1000, escalate_to: board}]
risks:
  - {id: score, project: atlas, title: By score, event: e, effect: f, category: supplier,
     owner: ben, current: {p: 3, i: 3}}
  - {id: value, project: atlas, title: By value, event: e, effect: f, category: supplier,
     owner: ben, current: {p: 1, i: 1}, probability: 0.5, impact_cost: 4000, accepted_by: anna}
  - {id: within, project: atlas, title: Within, event: e, effect: f, category: supplier,
     owner: ben, current: {p: 2, i: 2}, probability: 0.1, impact_cost: 4000}
  - {id: other, project: atlas, title: Of another category, event: e, effect: f, category: legal,
     owner: ben, current: {p: 5, i: 5}}
"""


def risk_of(text: str) -> Section:
    report = compose("board", Pack(portfolio_of(PROJECT + text), (), None))
    (found,) = (section for section in report.sections if section.id == "risk")
    return found


def tables(section: Section, first: str) -> list[Table]:
    return [b for b in section.blocks if isinstance(b, Table) and b.columns[0].words == first]


def test_what_is_beyond_appetite_is_shown_with_who_decides_and_whether_it_was_asked() -> None:
    (table,) = tables(risk_of(APPETITE), "Beyond appetite")
    by_name = {str(row[0]): row for row in table.rows}
    assert set(by_name) == {"By score", "By value"}
    assert by_name["By score"][2:5] == (9, 8, "The board")
    assert "no" in str(by_name["By score"][5])
    assert [getattr(each, "amount", None) for each in by_name["By value"][2:4]] == [2000, 1000]
    assert "yes" in str(by_name["By value"][5])


def test_without_an_appetite_nothing_is_said_to_be_within_it() -> None:
    assert not tables(risk_of(APPETITE.replace(APPETITE.splitlines()[1], "")), "Beyond appetite")


def test_what_is_not_quantified_is_counted_and_not_imputed() -> None:
    said = str(risk_of(APPETITE).blocks)
    assert "2 open threats are worth " in said
    assert " 2 more are not quantified." in said


def test_a_register_without_an_open_threat_draws_no_empty_map() -> None:
    section = risk_of("risk: {id: past, title: Past, project: atlas, owner: ben, status: closed}")
    assert not [block for block in section.blocks if isinstance(block, Chart)]
    assert "No open risk is rated." in str(section.blocks)


def test_the_share_of_issues_that_somebody_had_foreseen() -> None:
    issues = (
        "issues: [{id: i1, title: One, project: atlas, owner: ben, from_risk: score},"
        " {id: i2, title: Two, project: atlas, owner: ben}]\n"
    )
    assert "1 of 2 recorded issues" in str(risk_of(APPETITE + issues).blocks)


def test_what_moves_the_cost_most_comes_first() -> None:
    section = risk_of(
        APPETITE + "budget_lines: [{id: wide, project: atlas, "
        "periods: [{period: 2026-Q1, amount: 20}], "
        "amount_3pt: {min: 10, likely: 20, max: 90000}},"
        " {id: narrow, project: atlas, periods: [{period: 2026-Q1, amount: 20}],"
        " amount_3pt: {min: 10, likely: 20, max: 9000}}]\n"
    )
    charts = [each for each in section.blocks if isinstance(each, Chart)]
    (chart,) = (each for each in charts if each.question == "What moves the cost most?")
    assert chart.data.rows[0][0] == "wide"


RESPONSE = """
risks:
  - {id: late, project: atlas, event: e, effect: f, owner: ben, probability: 0.5, KIND
     impact_cost: 1000, residual: {probability: LEFT}, current: {p: 3, i: 4}, proximity: imminent,
     responses: [{text: Try, cost: 50}, {text: Try again, cost: 30}]}
"""


def test_a_response_is_worth_what_it_saves_or_gains_less_its_cost() -> None:
    threat = portfolio_of(PROJECT + RESPONSE.replace("LEFT", "0.2").replace("KIND", ""))
    (risk,) = threat.all(Risk)
    worth = value_of_response(risk, threat).value
    assert worth is not None
    assert worth.amount == 220  # 500 - 200 - 80
    chance = portfolio_of(
        PROJECT + RESPONSE.replace("LEFT", "0.9").replace("KIND", "kind: opportunity,")
    )
    (risk,) = chance.all(Risk)
    worth = value_of_response(risk, chance).value
    assert worth is not None
    assert worth.amount == 320  # 900 - 500 - 80


def test_nearness_sorts_and_does_not_replace_the_score() -> None:
    portfolio = portfolio_of(PROJECT + RESPONSE.replace("LEFT", "0.2").replace("KIND", ""))
    assert proximity_rank(portfolio.all(Risk)[0], portfolio).value == 18
    bare = portfolio_of(PROJECT + APPETITE.replace("current: {p: 3, i: 3}", "proximity: imminent"))
    unrated = next(risk for risk in bare.all(Risk) if risk.id == "score")
    assert proximity_rank(unrated, bare).reason == "not rated"


def test_what_a_response_is_worth_is_unknown_with_a_reason() -> None:
    def reason(old: str, new: str) -> object:
        text = RESPONSE.replace("LEFT", "0.2").replace("KIND", "").replace(old, new)
        portfolio = portfolio_of(PROJECT + text)
        return value_of_response(portfolio.all(Risk)[0], portfolio).reason

    assert reason("probability: 0.5,", "") == "not quantified"
    assert reason("residual: {probability: 0.2},", "") == "no residual is stated"
    assert (
        reason("Try, cost: 50}, {text: Try again, cost: 30}", "Try}")
        == "no response states its cost"
    )
    assert "currencies" in str(reason("cost: 50", "cost: 50 EUR"))


def test_a_project_without_any_figure_reads_not_yet_measured_in_every_part() -> None:
    portfolio = portfolio_of(
        "people: [{id: anna, name: Anna Sample}]\n"
        "projects: [{id: atlas, name: Atlas, sponsor: anna}]\n"
    )
    report = compose("board", Pack(portfolio, (), None))
    assert all(section.blocks or section.lead for section in report.sections)
    assert not [b for s in report.sections for b in s.blocks if isinstance(b, Chart)]
    for name in ("glance", "money"):
        (part,) = (section for section in report.sections if section.id == name)
        assert "not yet measured" in str(part).lower()
