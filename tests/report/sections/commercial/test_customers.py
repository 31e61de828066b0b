"""Customers on the board: what few answers carry, what green levels hide, how accounts stand."""

from __future__ import annotations

from portfolio.report.blocks import Callout, Cell, Metrics, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

BASE = """
people: [{id: anna, name: Anna Sample}]
customers: [{id: acme, name: Acme, account_owner: anna, tier: key}]
"""
SURVEY = """
surveys: [{id: pulse, subject: acme, type: csat, scale: [1, 5], sent_on: 2026-03-01, INVITED}]
responses:
"""
SERVICE = """
service: {id: web, name: Web, owner: anna, customers: [acme],
  slas: [{id: up, name: Up, target: 99, direction: higher}]}
measurements: [{sla: web.up, period: 2026-02, value: 99.5}]
"""


def customers(text: str = "") -> Section:
    report = compose("board", Pack(portfolio_of(BASE + text), (), None))
    (found,) = (each for each in report.sections if each.id == "customers")
    return found


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def words(row: tuple[Cell, ...]) -> list[str]:
    return [in_words(cell) for cell in row]


def answers(*scores: int, invited: str = "invited: 20", survey: str = "pulse") -> str:
    rows = [
        f"  - {{survey: {survey}, id: r{number}, score: {score}, on: 2026-03-02}}"
        for number, score in enumerate(scores)
    ]
    return SURVEY.replace("INVITED", invited) + "\n".join(rows) + "\n"


def test_few_answers_are_not_shown_and_some_carry_no_colour() -> None:
    three = customers(answers(5, 5, 1))
    assert words(tables(three)[0].rows[0])[3] == "fewer than 4 answers"
    assert words(tables(three)[1].rows[0])[3] == "fewer than 4 answers"
    ten = tables(customers(answers(*[5] * 8, 1, 1)))[0].rows[0]
    assert words(ten)[3].startswith("○ 80% (49% to 94%, 10 answers)")
    red = tables(customers(answers(*[1] * 9, 5)))[0].rows[0]
    assert words(red)[3].startswith("■ 10%")
    amber = tables(customers(answers(*[5] * 800, *[1] * 200)))[0].rows[0]
    assert words(amber)[3].startswith("▲ 80%")


def test_green_levels_and_an_unhappy_customer_are_said_with_an_owner() -> None:
    section = customers(SERVICE + answers(*[1] * 9, 5))
    assert section.lead == ("Acme is not satisfied although every promised service level is kept.")
    (told,) = (block for block in section.blocks if isinstance(block, Callout))
    assert told.owner == "Anna Sample"
    assert "10% of 10 answers are satisfied, at most 40%." in str(told.body)
    assert "Up 99.50 in 2026-02" in str(told.body)


def test_an_unhappy_customer_with_a_missed_level_is_no_surprise() -> None:
    missed = SERVICE.replace("value: 99.5", "value: 98.5")
    section = customers(missed + answers(*[1] * 9, 5))
    assert section.lead == ""
    assert words(tables(section)[0].rows[0])[4] == "■ 0 of 1"


def test_an_account_known_for_less_than_sixty_percent_is_grey() -> None:
    row = words(tables(customers(SERVICE + answers(5, 5, 5, 5)))[0].rows[0])
    assert row[1:3] == ["○ 100", "50 %"]
    nothing = words(tables(customers())[0].rows[0])
    assert nothing[1] == "○ not yet measured"
    assert nothing[5] == "nothing measured"


def test_a_colour_set_by_hand_stands_beside_the_computed_points() -> None:
    by_hand = BASE.replace("tier: key", "tier: key, health_override: {colour: red, reason: Exit}")
    report = compose("board", Pack(portfolio_of(by_hand + answers(5, 5, 5, 5)), (), None))
    section = next(each for each in report.sections if each.id == "customers")
    cell = words(tables(section)[0].rows[0])[1]
    assert cell == "■ set by hand: Exit; computed 100"


def test_a_low_answer_rate_and_an_impossible_one_are_told() -> None:
    low = words(tables(customers(answers(*[5] * 5)))[1].rows[0])
    assert low[6] == "▲ 25%"
    impossible = words(tables(customers(answers(*[5] * 5, invited="invited: 4")))[1].rows[0])
    assert impossible[6] == "5 answers of 4 invited cannot be"


def test_a_change_is_a_colour_only_where_it_is_more_than_chance() -> None:
    before = (
        answers(*[5] * 10)
        .replace("pulse", "autumn")
        .replace("2026-03-0", "2025-09-0")
        .replace("responses:", "")
        .replace("surveys: [", "  - ")
        .replace("}]", "}")
    )
    rows = [line for line in before.splitlines() if "score" in line]
    survey = next(line for line in before.splitlines() if "type: csat" in line)
    now = answers(*[1] * 9, 5).replace("surveys: [", f"surveys:\n{survey}\n  - ").replace(
        "}]", "}"
    ) + "\n".join(rows)
    changed = words(tables(customers(now))[1].rows[1])
    assert changed[-1] == "■ -90 points"
    same = now.replace("score: 1,", "score: 5,")
    assert words(tables(customers(same))[1].rows[1])[-1] == "+0 points, may be chance"


def test_promoters_and_effort_are_named_by_their_variant() -> None:
    promoters = answers(10, 9, 9, 7, 3).replace("csat, scale: [1, 5]", "nps, scale: [0, 10]")
    assert words(tables(customers(promoters))[1].rows[0])[3:5] == ["NPS +40", "-30 to +80"]
    effort = answers(7, 6, 3, 4).replace("csat, scale: [1, 5]", "ces, scale: [1, 7]")
    assert words(tables(customers(effort))[1].rows[0])[3:5] == [
        "CES, 1 to 7 5.0, easy for 50%", "easy ±49%",
    ]  # fmt: skip


def test_complaints_that_wait_stand_beside_the_medians() -> None:
    section = customers(
        """
complaints:
  - {id: a, customer: acme, owner: anna, raised_on: 2026-03-02, acknowledged_on: 2026-03-03,
     resolved_on: 2026-03-09}
  - {id: b, customer: acme, owner: anna, raised_on: 2026-03-30}
"""
    )
    (shown,) = (block for block in section.blocks if isinstance(block, Metrics))
    heard, settled = shown.metrics
    assert (heard.value, heard.note) == ("7.5 h", "median; 1 not yet acknowledged")
    assert (in_words(settled.value), settled.note) == (
        "5 working days", "median; 1 of 2 still open",
    )  # fmt: skip


def glance(text: str) -> dict[str, tuple[str, str]]:
    report = compose("board", Pack(portfolio_of(BASE + text), (), None))
    shown = next(b for b in report.sections[0].blocks if isinstance(b, Metrics))
    return {m.label: (in_words(m.value), in_words(m.note)) for m in shown.metrics}


def test_the_first_screen_pools_the_answers_of_all_customers() -> None:
    found = glance(answers(*[5] * 8, 1, 1))
    assert found["Customers satisfied"] == ("80 %", "49% to 94%, 10 answers")
    assert "Customers satisfied" not in glance(answers(5, 5, 5)), "too few to be told"


def test_the_first_screen_holds_the_margin_against_the_bid() -> None:
    contract = "contract: {id: c, title: C, customer: acme, value: 100, end: 2026-05-31, MORE}\n"
    renewal = "renewal: {mode: auto, notice: 1mo}"
    found = glance(contract.replace("MORE", f"eac_cost: 78, bid: {{cost: 70}}, {renewal}"))
    assert found["Margin of contracts"] == (
        "22 %", "as bid 30.0%; notices in 90 days: 1, 1 undecided",
    )  # fmt: skip
    blind = glance(contract.replace("MORE", renewal))
    assert blind["Margin of contracts"][0] == "no contract states a bid and a cost at completion"


def test_without_customers_there_is_no_section() -> None:
    bare = portfolio_of("people: [{id: anna, name: Anna}]\n")
    ids = [each.id for each in compose("board", Pack(bare, (), None)).sections]
    assert "customers" not in ids
