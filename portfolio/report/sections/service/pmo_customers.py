"""Who the PMO serves: what they say of it, and what it costs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.commercial.satisfaction import survey_result
from portfolio.analysis.service.pmo_performance import request_figures
from portfolio.analysis.service.pmo_value import value_avoided
from portfolio.model.commercial.customers import Complaint
from portfolio.model.service import Improvement, PmoService, ServiceRequest
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Missing,
    Paragraph,
    Section,
    Share,
    Subheading,
    Table,
)
from portfolio.report.formatting import grouped
from portfolio.report.section import section
from portfolio.report.sections.service.pmo_scorecard import pmo_surveys
from portfolio.report.table_layout import cells_of
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.commercial.satisfaction import SurveyResult
    from portfolio.report.pack import Pack

_COMPLAINTS = 3


@section("service-review", order=40)
def voice(pack: Pack) -> Section:
    """Show what the PMO's customers say, what they complain about, and what changed."""
    rows = tuple(
        (
            survey.sent_on,
            pack.name(survey.subject),
            *cells_of(survey_result(pack.portfolio, survey), _result, 3),
        )
        for survey in reversed(pmo_surveys(pack)[-4:])
    )
    table = Table.of(
        Column("Asked", formula="As stated."),
        Column("About", wide=True),
        Column.number("Satisfied", "Share of the two best answers."),
        Column("95 % interval", formula="Wilson interval of the share."),
        Column.number(
            "Answers", "Answers received; those of fewer than four people are not shown."
        ),
        rows=rows,
        empty="Nobody has been asked about the PMO yet.",
    )
    changed = [each for each in pack.portfolio.all(Improvement) if each.source_ == "survey"]
    words = ", ".join(f"{each.title} ({each.status.replace('_', ' ')})" for each in changed)
    blocks: list[Block] = [table]
    blocks.append(Paragraph(f"Because of what they said: {words or 'nothing yet'}."))
    return Section("voice", "What customers say", (*blocks, *_complaints(pack)))


def _result(known: SurveyResult) -> tuple[Cell, ...]:
    between, invited = known.interval, known.survey.invited
    return (
        Share(known.value),
        f"{between.low:.0%} to {between.high:.0%}" if between else None,
        f"{known.count} of {invited}" if invited else str(known.count),
    )


def _complaints(pack: Pack) -> tuple[Block, ...]:
    order = {"high": 0, "medium": 1, "low": 2}
    found = sorted(
        (each for each in pack.all(Complaint) if each.resolved_on is None),
        key=lambda each: (order.get(each.severity or "", 3), each.raised_on or pack.as_of),
    )
    if not found:
        return ()
    table = Table.of(
        Column("Open complaint", wide=True),
        Column("Since", formula="As stated."),
        Column("Severity"),
        Column("Owner"),
        Column("What changes", wide=True),
        rows=(
            (
                each.title or pack.name(each.customer),
                each.raised_on or Missing("no day"),
                each.severity or Missing("not stated"),
                pack.named(each.owner),
                pack.named(each.improvement, "nothing yet"),
            )
            for each in found[:_COMPLAINTS]
        ),
    )
    return Subheading("Worst open complaints of customers"), table


@section("service-review", order=80)
def cost(pack: Pack) -> Section:
    """Show what each service costs, and what one request does."""
    services = [each for each in pack.all(PmoService) if each.status != "retired"]
    rows: list[tuple[Cell, ...]] = []
    for each in services:
        figures = request_figures(
            pack.portfolio, pack.portfolio.related(each, ServiceRequest, "service")
        )
        monthly = each.cost_per_month
        asked = figures.closed + figures.open
        per_request: Cell = (
            Money(round(monthly.amount * 12 / asked, 0), monthly.currency)
            if monthly is not None and asked
            else None
        )
        shown: Cell = monthly if monthly is not None else Missing("not stated")
        rows.append((each.name, shown, asked, per_request, f"{grouped(figures.effort, 1)} h"))
    table = Table.of(
        Column("Service", wide=True),
        Column.number("Cost a month", "Hours written down x cost rates, or the stated cost."),
        Column.number("Requests in a year", "Requests of the last twelve months."),
        Column.number("Cost of a request", "Cost of a year / requests of a year."),
        Column.number("Effort written down", "Requests with hours / requests."),
        rows=rows,
        empty="The PMO has not said what it offers.",
    )
    return Section("cost", "What it costs, and what it is worth", (table, _worth(pack)))


def _worth(pack: Pack) -> Table:
    """List what decisions avoided: without a decision behind it value is a claim."""
    found = value_avoided(pack.portfolio).value
    rows = (
        ()
        if found is None
        else tuple((each.title, each.decided_on, each.avoided) for each in found.decisions)
    )
    whole = f"In all {found.amount.in_words()}. " if found else ""
    return Table.of(
        Column("Decision", wide=True),
        Column("Decided", formula="As stated."),
        Column.number("Avoided", "As stated with the decision."),
        rows=rows,
        caption=f"{whole}Value avoided, such as damages, overrun or work not needed, counts only "
        "with the decision that avoided it; everything else is a claim.",
        empty="No decision of the last twelve months states what it avoided.",
    )
