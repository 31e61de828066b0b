"""An account review: how the account stands, what was delivered, promised and asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.account_health import (
    HealthPart,
    account_health,
    levels_for,
    watermelon,
)
from portfolio.analysis.commercial.liquidated_damages import milestone_day
from portfolio.analysis.commercial.satisfaction import projects_for
from portfolio.analysis.service.service_levels import credit_share
from portfolio.analysis.service.service_performance import is_missed, measured_values
from portfolio.model.commercial.contracts import Contract, Customer, Invoice, Variation
from portfolio.model.commercial.customers import Touchpoint
from portfolio.model.delivery.projects import Milestone
from portfolio.model.governance import Action
from portfolio.model.service import Sla
from portfolio.report.blocks import Block, Cell, Column, Facts, Missing, Section
from portfolio.report.section import section
from portfolio.report.sections.commercial.customers import gap_callout, health_cell
from portfolio.report.sections.commercial.disclosure import EditionField, edition_table

if TYPE_CHECKING:
    from portfolio.report.pack import Pack

_AHEAD = timedelta(days=90)
_YEAR = timedelta(days=365)
_MONTHS = 12
_OUTWARD = frozenset({"contractual", "payment", "external", "go_live", "benefit"})
_KEPT, _MISSED = "●", "■"


def subject(pack: Pack) -> Customer:
    """Return the customer that the review is about."""
    assert isinstance(pack.subject, Customer)  # noqa: S101 - the command has looked it up
    return pack.subject


def made(id_: str, title: str, *blocks: Block | None) -> Section | None:
    """Return a section of the blocks that an edition may show; None where it may show none."""
    shown = tuple(block for block in blocks if block is not None)
    return Section(id_, title, shown) if shown else None


@section("customer", order=10)
def account(pack: Pack) -> Section | None:
    """Show the health of the account with its parts and how much of it is known."""
    customer = subject(pack)
    health = account_health(pack.portfolio, customer)
    fields: tuple[EditionField[HealthPart], ...] = (
        EditionField("health.part", Column("Part"), lambda part: part.name),
        EditionField(
            "health.weight",
            Column.number("Weight", "The share of the part in the account's health."),
            lambda part: part.weight,
        ),
        EditionField(
            "health.points", Column.number("Points", "Points of 100 that the part earns."), _points
        ),
        EditionField(
            "health.evidence",
            Column("What it rests on", wide=True),
            lambda part: part.evidence or Missing(part.points.reason),
        ),
    )
    table = edition_table(pack, fields, health.parts, "Points of 100, weighted over what is known.")
    facts = Facts(
        ("Account health", health_cell(customer, health)),
        ("Known of the weights", f"{health.coverage:.0%}"),
        ("Account owner", pack.named(customer.account_owner)),
    )
    if table is None:
        return None
    gap = watermelon(pack.portfolio, customer).value
    told = gap_callout(pack, customer, gap) if gap is not None else None
    return made("health", "Account health", told, facts, table)


def _points(part: HealthPart) -> Cell:
    value = part.points.value
    return f"{value:.0f}" if value is not None else Missing("not known")


@section("customer", order=20)
def deliveries(pack: Pack) -> Section | None:
    """Show what was committed, what was done in twelve months, and what comes in ninety days."""
    rows = [
        (each, day)
        for project in projects_for(pack.portfolio, subject(pack))
        for each in pack.portfolio.related(project, Milestone, "project")
        if (day := milestone_day(pack.portfolio, each)) is not None and _concerns(pack, each, day)
    ]
    rows.sort(key=lambda row: (row[1], row[0].id))
    fields: tuple[EditionField[tuple[Milestone, date]], ...] = (
        EditionField("delivery.milestone", Column("Milestone"), lambda row: row[0].label),
        EditionField("delivery.project", Column("Project"), lambda row: pack.name(row[0].project)),
        EditionField(
            "delivery.committed",
            Column("Committed"),
            lambda row: row[0].deadline or row[0].baseline or Missing("no date committed"),
        ),
        EditionField(
            "delivery.expected",
            Column("Expected"),
            lambda row: row[1] if row[0].actual is None else None,
        ),
        EditionField("delivery.reached", Column("Reached"), lambda row: row[0].actual),
        EditionField("delivery.owner", Column("Owner"), lambda row: pack.named(row[0].owner)),
    )
    empty = "Nothing was due in twelve months, and nothing is due in ninety days."
    table = edition_table(pack, fields, rows, "Twelve months back and ninety days ahead.", empty)
    return made("deliveries", "Deliveries", table)


def _concerns(pack: Pack, milestone: Milestone, day: date) -> bool:
    """Tell whether a milestone is near enough, and one that the edition's reader waits for."""
    committed = milestone.baseline or day
    is_near = day <= pack.as_of + _AHEAD or committed <= pack.as_of + _AHEAD
    is_recent = max(day, committed) >= pack.as_of - _YEAR or milestone.actual is None
    return is_near and is_recent and (pack.edition == "internal" or milestone.type in _OUTWARD)


@section("customer", order=30)
def service_levels(pack: Pack) -> Section | None:
    """Show for each level the last twelve months, and what is given back for those missed."""
    levels = levels_for(pack.portfolio, subject(pack))
    fields: tuple[EditionField[Sla], ...] = (
        EditionField("level.name", Column("Level"), lambda each: each.name or each.id),
        EditionField("level.service", Column("Service"), lambda each: pack.name(each.service)),
        EditionField(
            "level.target",
            Column.number("Target", "As stated."),
            lambda each: f"{each.target:f}{_unit(each)}",
        ),
        EditionField(
            "level.months",
            Column("Months", formula="The share of cases or time inside the promise, by month."),
            lambda each: _strip(pack, each),
        ),
        EditionField(
            "level.kept",
            Column.number("Kept", "Months that met the target / months measured."),
            lambda each: _kept(pack, each),
        ),
        EditionField(
            "level.credit",
            Column.number(
                "Credit of the fee",
                "The credit of the step that the value falls into, as a share of the fee.",
            ),
            lambda each: _credit(pack, each),
        ),
        EditionField(
            "level.at_risk",
            Column.number(
                "Fee at risk", "The highest credit that the contract allows, as a share of the fee."
            ),
            lambda each: f"{each.at_risk_pct:f} %" if each.at_risk_pct is not None else None,
        ),
    )
    caption = (
        f"{_KEPT} kept, {_MISSED} missed, oldest first, at most twelve. Credit: what the contract "
        "gives back for the months missed, added up in percent of a month's fee."
    )
    table = edition_table(pack, fields, levels, caption, "No service level is promised.")
    return made("levels", "Service levels", table)


def _unit(level: Sla) -> str:
    return f" {level.unit}" if level.unit else ""


def _strip(pack: Pack, level: Sla) -> Cell:
    values = measured_values(pack.portfolio, level)[-_MONTHS:]
    signs = "".join(_MISSED if is_missed(level, value) else _KEPT for _, value in values)
    return signs or Missing("not yet measured")


def _kept(pack: Pack, level: Sla) -> Cell:
    values = measured_values(pack.portfolio, level)[-_MONTHS:]
    kept = sum(not is_missed(level, value) for _, value in values)
    return f"{kept} of {len(values)}" if values else None


def _credit(pack: Pack, level: Sla) -> Cell:
    if not level.credit_tiers:
        return None
    tiers = [(tier.below, tier.pct) for tier in level.credit_tiers]
    values = measured_values(pack.portfolio, level)[-_MONTHS:]
    given = sum(credit_share(value, tiers, level.credit_cap_pct) for _, value in values)
    return f"{given:f} %"


@section("customer", order=100)
def asks(pack: Pack) -> Section | None:
    """Show what they wait for from us, and what we wait for from them."""
    ours: tuple[EditionField[Action], ...] = (
        EditionField("ours.text", Column("We owe", wide=True), lambda each: each.text),
        EditionField("ours.due", Column("Due", formula="As stated."), lambda each: each.due),
        EditionField("ours.owner", Column("Owner"), lambda each: pack.named(each.owner)),
    )
    theirs: tuple[EditionField[tuple[str, date | None]], ...] = (
        EditionField("theirs.text", Column("We ask", wide=True), lambda row: row[0]),
        EditionField("theirs.due", Column("Due", formula="As stated."), lambda row: row[1]),
    )
    return made(
        "asks",
        "Asks both ways",
        edition_table(pack, ours, _ours(pack), "", "Nothing from our meetings is open."),
        edition_table(pack, theirs, list(_theirs(pack)), "", "We wait for nothing."),
    )


def _ours(pack: Pack) -> list[Action]:
    meetings = pack.portfolio.related(subject(pack), Touchpoint, "customer")
    named = {ref.id: ref for meeting in meetings for ref in meeting.actions}
    found = [pack.portfolio.find(ref, Action) for ref in named.values()]
    open_ = [each for each in found if each is not None and each.status == "open"]
    return sorted(open_, key=lambda each: (str(each.due), each.id))


def _theirs(pack: Pack) -> Iterable[tuple[str, date | None]]:
    for contract in pack.portfolio.related(subject(pack), Contract, "customer"):
        for variation in pack.portfolio.related(contract, Variation, "contract"):
            if variation.status == "agreed":
                yield f"Sign the variation: {variation.label}", None
        for invoice in pack.portfolio.related(contract, Invoice, "contract"):
            late = invoice.due is not None and invoice.due < pack.as_of
            if invoice.paid_on is None and late and not invoice.disputed:
                yield f"Pay invoice {invoice.id}: {invoice.amount.in_words()}", invoice.due
