"""The money of an account review: contracts, variations, invoices, renewal, exposures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_renewal import RenewalStep, renewal_calendar
from portfolio.model.commercial.contracts import Contract, Invoice, Variation
from portfolio.report.blocks import Cell, Column, Missing, Section, Status
from portfolio.report.formatting import in_words
from portfolio.report.section import section
from portfolio.report.sections.commercial.account_review import made, subject
from portfolio.report.sections.commercial.contract_exposure import burn_table, exposures_table
from portfolio.report.sections.commercial.contract_financials import (
    SINCE_THE_BID,
    billed_cell,
    cost_waterfall,
    erosion_table,
    position_table,
)
from portfolio.report.sections.commercial.contract_renewal import (
    DECIDE_BY,
    NOTICE_BY,
    asked_in,
    position_cell,
    silence,
)
from portfolio.report.sections.commercial.contracts import (
    MARGIN_NOW,
    VALUE,
    margin_cell,
    runs,
    since_the_bid,
)
from portfolio.report.sections.commercial.disclosure import EditionField, edition_table, may_show

if TYPE_CHECKING:
    from portfolio.report.pack import Pack


def _contracts(pack: Pack) -> list[Contract]:
    found = pack.portfolio.related(subject(pack), Contract, "customer")
    return [each for each in found if each.is_sale and runs(pack, each)]


@section("customer", order=50)
def contracts(pack: Pack) -> Section | None:
    """Show value, what is earned and left, and the margin against the bid with what eroded it."""
    listed = _contracts(pack)
    if not listed:
        return None
    fields: tuple[EditionField[Contract], ...] = (
        EditionField("contract.title", Column("Contract"), lambda each: each.label),
        EditionField(
            "contract.type",
            Column("Type"),
            lambda each: each.type.replace("_", " ") if each.type else Missing("not stated"),
        ),
        EditionField("contract.term", Column("Term", formula="As stated."), _term),
        EditionField(
            "contract.value", VALUE, lambda each: each.value or Missing("no value stated")
        ),
        EditionField(
            "contract.billed",
            Column.number("Billed", "Invoices issued until now, summed."),
            lambda each: billed_cell(pack, each),
        ),
        EditionField("contract.margin", MARGIN_NOW, lambda e: margin_cell(pack, e)),
        EditionField("contract.erosion", SINCE_THE_BID, lambda each: since_the_bid(pack, each)),
    )
    return made(
        "contracts",
        "Contracts",
        edition_table(pack, fields, listed),
        position_table(pack, listed) if may_show(pack, "contract.position") else None,
        erosion_table(pack, listed) if may_show(pack, "contract.erosion") else None,
        *(cost_waterfall(pack, each) for each in listed if may_show(pack, "contract.erosion")),
        burn_table(pack, listed) if may_show(pack, "contract.burn") else None,
    )


def _term(contract: Contract) -> Cell:
    begin, end = (in_words(day) if day else "not stated" for day in (contract.start, contract.end))
    return f"{begin} to {end}"


@section("customer", order=60)
def variations(pack: Pack) -> Section | None:
    """Show the changes to the price by how far they are."""
    rows = [
        each
        for contract in _contracts(pack)
        for each in pack.portfolio.related(contract, Variation, "contract")
    ]
    if not rows:
        return None
    fields: tuple[EditionField[Variation], ...] = (
        EditionField("variation.title", Column("Variation"), lambda each: each.label),
        EditionField(
            "variation.contract", Column("Contract"), lambda each: pack.name(each.contract)
        ),
        EditionField("variation.value", VALUE, lambda each: each.value or Missing("not stated")),
        EditionField("variation.status", Column("Status"), lambda each: each.status),
        EditionField(
            "variation.request",
            Column("Request", formula="As stated."),
            lambda each: pack.named(each.change_request, "no request"),
        ),
    )
    return made("variations", "Variations", edition_table(pack, fields, rows))


@section("customer", order=70)
def invoices(pack: Pack) -> Section | None:
    """Show what is billed and not paid: due, overdue, disputed."""
    rows = [
        each
        for contract in pack.portfolio.related(subject(pack), Contract, "customer")
        for each in pack.portfolio.related(contract, Invoice, "contract")
        if each.paid_on is None or each.paid_on > pack.as_of
    ]
    rows.sort(key=lambda each: (str(each.due), each.id))
    fields: tuple[EditionField[Invoice], ...] = (
        EditionField("invoice.id", Column("Invoice"), lambda each: each.id),
        EditionField("invoice.contract", Column("Contract"), lambda each: pack.name(each.contract)),
        EditionField(
            "invoice.issued", Column("Issued", formula="As stated."), lambda each: each.issued
        ),
        EditionField("invoice.due", Column("Due", formula="As stated."), lambda each: each.due),
        EditionField(
            "invoice.amount", Column.number("Amount", "As stated."), lambda each: each.amount
        ),
        EditionField("invoice.state", Column("State"), lambda each: _state(pack, each)),
    )
    empty = "Every bill is paid."
    return made("invoices", "Invoices not paid", edition_table(pack, fields, rows, "", empty))


def _state(pack: Pack, invoice: Invoice) -> Cell:
    if invoice.disputed:
        return Status("amber", "disputed")
    if invoice.due is not None and invoice.due < pack.as_of:
        return Status("red", "overdue")
    return "due"


@section("customer", order=80)
def renewal(pack: Pack) -> Section | None:
    """Show when contracts end, until when notice can be given, and for us where we stand."""
    steps = renewal_calendar(pack.portfolio, _contracts(pack))
    if not steps:
        return None
    fields: tuple[EditionField[RenewalStep], ...] = (
        EditionField("renewal.contract", Column("Contract"), lambda step: step.contract.label),
        EditionField("renewal.ends", Column("Term ends"), lambda step: step.dates.term_end),
        EditionField("renewal.notice", NOTICE_BY, lambda step: step.dates.deadline),
        EditionField("renewal.decide", DECIDE_BY, lambda step: step.dates.decision_due),
        EditionField("renewal.position", Column("Position"), position_cell),
        EditionField(
            "renewal.silence", Column("In silence it"), lambda step: silence(step) or None
        ),
        EditionField("renewal.options", Column("Options"), lambda step: _options(pack, step)),
        EditionField(
            "renewal.probability",
            Column.number("Goes on", "What it costs or brings if it renews unchanged."),
            _probability,
        ),
    )
    return made("renewal", "Renewal", edition_table(pack, fields, steps))


def _options(pack: Pack, step: RenewalStep) -> Cell:
    """Return the options that a board was asked to choose from."""
    asked = asked_in(pack, step)
    if asked is None:
        return Missing("nobody was asked") if step.position == "to decide" else None
    return "; ".join(option.name for option in asked.options) or asked.label


def _probability(step: RenewalStep) -> Cell:
    stated = step.contract.renewal
    if stated is None or stated.probability is None:
        return Missing("not rated")
    return f"{stated.probability:.0%}"


@section("customer", order=90)
def exposures(pack: Pack) -> Section | None:
    """Show damages to date, at the forecast and at most; for us alone."""
    if not may_show(pack, "exposure.damages"):
        return None
    table = exposures_table(pack, _contracts(pack))
    return made("exposures", "What late milestones cost", table)
