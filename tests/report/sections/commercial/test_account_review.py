"""Account reviews: ten parts for us, and for the customer only what is on the list."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from portfolio.model.commercial.contracts import Customer
from portfolio.report.blocks import Chart
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from portfolio.report.rendering import render
from portfolio.report.sections.commercial.disclosure import CUSTOMER_FIELDS
from tests.cli.running import pmo
from tests.portfolios import portfolio_of

MERIDIAN = Path(__file__).resolve().parents[4] / "examples" / "meridian"

# Every field that is ours alone holds a number with 7770 or a word with zebra.
SECRETS = """
people: [{id: anna, name: Anna Sample}]
customers:
  - {id: acme, name: Acme, account_owner: anna, tier: key, annual_value: 77701, segment: zebra1,
     health_override: {colour: red, reason: zebra2}}
  - {id: rival, name: Zebra Rival, annual_value: 77702}
supplier: {id: mill, name: Zebra Mill}
board: {id: top, name: Zebra Board}
project:
  id: quay
  name: Quay
  sponsor: anna
  contract: deal
  bac: 77703
  declared_rag: {overall: red, comment: zebra3}
  milestones:
    - {id: open, name: Opening, type: contractual, baseline: 2026-04-01, forecast: 2026-05-01,
       owner: anna}
    - {id: inner, name: zebra4, type: internal, baseline: 2026-04-02}
contracts:
  - id: deal
    title: Deal
    customer: acme
    type: fixed_price
    start: 2026-01-01
    end: 2026-12-31
    value: 500000
    bid: {cost: 77704, margin_pct: 77.7, effort: 7770d}
    eac_cost: 77705
    eac_effort: 7770d
    cost_to_date: 77706
    history: [{as_of: 2026-02-01, eac_cost: 77707}]
    provision: 77708
    commentary: zebra5
    authorised: 7770d
    days_used: [{period: 2026-02, days: 777.09}]
    days_to_do: 77710
    liability_cap: 77711
    damages: [{milestone: quay.open, rate: 77712, cap: 777013}]
    incentive: {target_cost: 77714, target_fee: 77715, contractor_share: 0.5}
    renewal: {mode: auto, term_months: 12, notice: 1mo, internal_lead: 77cd, probability: 0.777}
    variations: [{id: more, title: More, value: 1000, cost: 77716, status: agreed,
      change_request: extra}]
    obligations: [{id: keys, text: zebra6, owner: anna, due: 2026-05-01}]
  - {id: other, title: Zebra deal, customer: rival, value: 77717, end: 2026-12-31}
  - {id: buy, title: Zebra supply, supplier: mill, value: 77718, end: 2026-12-31}
change_request: {id: extra, title: zebra7, project: quay, impact: {cost: 77719}}
invoices:
  - {id: bill-1, contract: deal, issued: 2026-02-01, due: 2026-03-01, amount: 900}
  - {id: zebra-2, contract: other, issued: 2026-02-01, due: 2026-03-01, amount: 77720}
service: {id: web, name: Web, owner: anna, customers: [acme], run_cost_per_month: 77721,
  slas: [{id: up, name: Up, target: 99, direction: higher, at_risk_pct: 77.7, contract: deal,
    credit_tiers: [{below: 99, pct: 5}]}]}
measurements: [{sla: web.up, period: 2026-02, value: 98.5, note: zebra8}]
surveys:
  - {id: pulse, subject: acme, type: csat, scale: [1, 5], question: Happy?, sent_on: 2026-03-01,
     invited: 10}
  - {id: few, subject: acme, type: csat, scale: [1, 5], question: And now?, sent_on: 2026-03-20}
responses:
  - {survey: pulse, id: r1, score: 4, on: 2026-03-02, comment: zebra9}
  - {survey: pulse, id: r2, score: 5, on: 2026-03-02}
  - {survey: pulse, id: r3, score: 2, on: 2026-03-02}
  - {survey: pulse, id: r4, score: 4, on: 2026-03-02}
  - {survey: few, id: r1, score: 1, on: 2026-03-21, comment: zebra10}
complaint: {id: cold, title: Cold shed, customer: acme, owner: anna, raised_on: 2026-03-02,
  root_cause: zebra11, severity: high}
touchpoint: {customer: acme, date: 2026-03-20, kind: service_review, attendees: [zebra12],
  actions: [heat]}
actions:
  - {id: heat, text: Heat the shed, owner: anna, due: 2026-04-10}
  - {id: hide, text: zebra13, owner: anna, due: 2026-04-10}
risk: {id: storm, event: zebra14, owner: anna, affects: [deal], impact_cost: 77722}
opportunity: {id: next, name: zebra15, customer: acme, value: 77723, probability: 0.777}
decision: {id: exit, title: zebra16, board: top, needed_by: 2026-04-10, affects: [deal]}
"""


def page(edition: str, form: str = "markdown") -> str:
    portfolio = portfolio_of(SECRETS).for_edition(
        "customer" if edition == "customer" else "internal"
    )
    pack = replace(Pack(portfolio, (), "abc1234"), subject=portfolio.find("acme", Customer))
    return render(compose("customer", pack), form)


def sections(text: str) -> list[str]:
    return re.findall(r"^## (.*)$", text, re.MULTILINE)


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_nothing_that_is_ours_is_in_the_edition_of_the_customer(form: str) -> None:
    text = page("customer", form).partition("<body")[2] if form == "html" else page("customer")
    assert text
    assert "zebra" not in text.lower()
    bare = text.replace(",", "").replace(".", "")
    assert "7770" not in bare
    assert "777" not in bare
    for word in ("margin", "erosion", "provision", "backlog", "health", "coverage", "abc1234"):
        assert word not in text.lower(), word


def test_the_internal_edition_has_all_ten_parts() -> None:
    text = page("internal")
    assert sections(text) == [
        "Account health", "Deliveries", "Service levels", "Satisfaction", "Contracts",
        "Variations", "Invoices not paid", "Renewal", "What late milestones cost",
        "Asks both ways", "How these figures are made",
    ]  # fmt: skip
    for word in ("zebra4", "zebra5", "zebra9", "zebra11", "77,711", "77,712"):
        assert word in text, word


def test_the_edition_of_the_customer_answers_what_they_ask() -> None:
    text = page("customer")
    assert sections(text) == [
        "Deliveries", "Service levels", "Satisfaction", "Contracts", "Variations",
        "Invoices not paid", "Renewal", "Asks both ways",
    ]  # fmt: skip
    for words in (
        "| Opening | Quay | 1 Apr 2026 | 1 May 2026 |",
        "| Up | Web | 99 | ■ | 0 of 1 | 5 % |",
        "CSAT 75%",
        "| And now? | 20 Mar 2026 | fewer than 4 answers |",
        "| Cold shed | 2 Mar 2026 | – | still open |",
        "| Deal | fixed price | 1 Jan 2026 to 31 Dec 2026 | 500,000 GBP | 900 GBP |",
        "| More | Deal | 1,000 GBP | agreed |",
        "| bill-1 | Deal | 1 Feb 2026 | 1 Mar 2026 | 900 GBP | ■ overdue |",
        "| Deal | 31 Dec 2026 | 30 Nov 2026 |",
        "| Heat the shed | 10 Apr 2026 | Anna Sample |",
        "Sign the variation: More",
        "Pay invoice bill-1: 900 GBP",
    ):
        assert words in text, words
    assert "As of 31 Mar 2026\n" in text, "and neither findings nor coverage nor commit"


def test_we_read_what_the_board_was_asked_to_choose_from() -> None:
    assert "zebra16" in page("internal"), "a question without options stands by its name"
    options = SECRETS.replace(
        "needed_by: 2026-04-10,", "needed_by: 2026-04-10, options: [Stay, Go],"
    )
    portfolio = portfolio_of(options)
    pack = replace(Pack(portfolio, ()), subject=portfolio.find("acme", Customer))
    assert "Stay; Go" in render(compose("customer", pack), "markdown")


def test_a_green_account_with_an_unhappy_customer_begins_with_that() -> None:
    ran = pmo("-C", MERIDIAN, "report", "customer", "harbourline")
    assert "Green levels, unhappy customer: Harbourline Energy" in ran.stdout
    ours = pmo("-C", MERIDIAN, "report", "customer", "harbourline", "--edition", "customer")
    assert "unhappy" not in ours.stdout
    assert "CSAT 25%" in ours.stdout


def test_the_way_from_the_bid_to_the_cost_now_adds_up() -> None:
    portfolio = portfolio_of(
        "customer: {id: acme, name: Acme}\n"
        "contract: {id: deal, title: Deal, customer: acme, value: 1000, eac_cost: 860,\n"
        "  end: 2026-12-31, bid: {cost: 700, margin_pct: 30}, variations: [{id: v, cost: 40}]}\n"
    )
    pack = Pack(portfolio, (), subject=portfolio.find("acme", Customer))
    report = compose("customer", pack)
    blocks = next(each.blocks for each in report.sections if each.id == "contracts")
    (chart,) = (block for block in blocks if isinstance(block, Chart))
    assert [(row[0], in_words(row[1])) for row in chart.data.rows] == [
        ("Cost as bid", "700 GBP"),
        ("Dearer and more work", "120 GBP"),
        ("Unpaid scope", "40 GBP"),
        ("Cost now", "860 GBP"),
    ]


def test_comments_of_too_few_are_not_even_ours() -> None:
    assert "zebra9" in page("internal")
    assert "zebra10" not in page("internal")


def test_a_field_is_shown_because_it_is_listed_never_because_nobody_took_it_out() -> None:
    ours = {"health.points", "contract.margin", "contract.erosion", "contract.position",
            "contract.burn", "exposure.damages", "survey.comments", "renewal.probability",
            "renewal.position", "renewal.decide", "complaint.cause", "level.at_risk"}  # fmt: skip
    assert not ours & CUSTOMER_FIELDS


@pytest.mark.parametrize("customer", ["acme", "northwind", "bluepeak", "harbourline", "fenland"])
def test_no_customer_of_the_example_reads_of_another_or_of_our_money(customer: str) -> None:
    ran = pmo("-C", MERIDIAN, "report", "customer", customer, "--edition", "customer")
    assert ran.returncode == 0, ran.stderr
    others = {"Acme", "Northwind", "Bluepeak", "Harbourline", "Fenland"} - {customer.capitalize()}
    assert not [name for name in others if name in ran.stdout]
    ours = re.compile("margin|since the bid|expected loss|second visits", re.IGNORECASE)
    assert not ours.search(ran.stdout)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["customer"], "this report is about one customer"),
        (["customer", "acme", "bluepeak"], "this report is about one customer"),
        (["customer", "acne"], "did you mean acme?"),
        (["customer", "atlas"], "there is no customer 'atlas'"),
        (["board", "--edition", "customer"], "this report has no edition for customers"),
    ],
)
def test_a_review_is_about_one_customer(arguments: list[str], words: str) -> None:
    ran = pmo("-C", MERIDIAN, "report", *arguments)
    assert ran.returncode == 2
    assert words in ran.stderr


def test_a_written_review_is_checked_like_every_report(tmp_path: Path) -> None:
    target = tmp_path / "acme.md"
    arguments = ("report", "customer", "acme", "--edition", "customer", "-o", target)
    assert pmo("-C", MERIDIAN, *arguments).returncode == 0
    assert pmo("-C", MERIDIAN, *arguments, "--check").returncode == 0
    target.write_text(target.read_text(encoding="utf-8") + "x", encoding="utf-8")
    assert pmo("-C", MERIDIAN, *arguments, "--check").returncode == 1
