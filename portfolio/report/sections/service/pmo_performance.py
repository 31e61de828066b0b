"""The PMO as a service: how it did, what it promised and kept, its scorecard."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.service.pmo_performance import RequestFigures, request_figures
from portfolio.analysis.service.pmo_value import office_cost
from portfolio.model.service import PmoService, ServiceRequest
from portfolio.report.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Metric,
    Metrics,
    Missing,
    Section,
    Share,
    Status,
    Table,
    shown,
)
from portfolio.report.section import section
from portfolio.report.sections.service.pmo_scorecard import office_scorecard

if TYPE_CHECKING:
    from portfolio.analysis.service.scorecard import Entry, Scorecard
    from portfolio.measure.measure import Measure
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_GOOD, _HALF = Decimal("0.8"), Decimal("0.4")
_KEPT = Decimal("0.9")


@section("service-review", order=10)
def first_page(pack: Pack) -> Section:
    """Say in one page how the PMO did, with the one result that is furthest from its target."""
    card = office_scorecard(pack)
    figures = request_figures(pack.portfolio, pack.portfolio.all(ServiceRequest))
    found = office_cost(pack.portfolio)
    total, covered = card.total, card.coverage
    share = found.value.share if found.value is not None else None
    cost: Cell = shown(found.map(lambda found: found.yearly))
    note = (
        "of the projects' cost"
        if share is None or share.value is None
        else (f"{share.value:.1%} of what the projects spent")
    )
    metrics = Metrics(
        Metric(
            "Scorecard",
            Share.of(total),
            f"{covered.value:.0%} of the weights are measured" if covered.value else None,
            Status(_colour(total)),
        ),
        Metric(
            "Requests in time",
            Share.of(figures.attainment),
            f"{figures.closed} answered, {figures.late_open} overdue",
        ),
        Metric("Cost a year", cost, note),
    )
    return Section("review", "How the PMO did", (metrics, *_worst(pack, card)))


def _colour(score: Measure[Decimal]) -> Colour:
    if score.value is None:
        return "grey"
    return "green" if score.value >= _GOOD else "amber" if score.value >= _HALF else "red"


def _worst(pack: Pack, card: Scorecard) -> tuple[Block, ...]:
    """Put the result that is furthest from its target first, with who answers for it."""
    worst = card.worst
    if worst is None:
        return ()
    owners = sorted({pack.name(each.owner) for each in pack.all(PmoService)})
    return (
        Callout(
            "risk",
            f"One bad result: {worst.label} at {_shown(worst.value.value)} {worst.unit}, "
            f"target {_shown(worst.target)}",
            owner=", ".join(owners),
            next_action="Say in the review why, and what is done about it.",
        ),
    )


def _shown(value: Decimal | None) -> str:
    return "-" if value is None else f"{round(value, 1).normalize():f}"


@section("service-review", order=20)
def promises(pack: Pack) -> Section:
    """Show what each service promised, and what became of the requests of twelve months."""
    services = [each for each in pack.all(PmoService) if each.status != "retired"]
    table = Table.of(
        Column("Service", wide=True),
        Column("Promise", wide=True),
        Column.number("Answered", "Requests answered in the period."),
        Column("In time", formula="Answered inside the promised time / answered."),
        Column.number("Median time", "Median time from request to answer."),
        Column.number("Satisfied", "Share of the two best answers of those who asked."),
        Column("Owner"),
        rows=(_promise(pack, each) for each in services),
        caption="Requests of the last twelve months. In time: of those answered or overdue. "
        "Satisfied: answers of 4 and 5; of fewer than four people nothing is shown.",
        empty="The PMO has not said what it offers.",
    )
    return Section("promises", "Promised and kept", (table,))


def _promise(pack: Pack, service: PmoService) -> tuple[Cell, ...]:
    requests = pack.portfolio.related(service, ServiceRequest, "service")
    figures = request_figures(pack.portfolio, requests)
    return (
        service.name if service.status == "live" else f"{service.name} (pilot)",
        "; ".join(_words(each) for each in service.service_level) or Missing("nothing promised"),
        figures.closed,
        _in_time(figures),
        f"{figures.hours.value:.0f} h" if figures.hours.value is not None else None,
        Share.of(figures.satisfied),
        pack.named(service.owner),
    )


def _words(promise: object) -> str:
    parts = (getattr(promise, name, None) for name in ("measure", "target", "unit"))
    return " ".join(
        f"{each:f}" if isinstance(each, Decimal) else str(each) for each in parts if each
    )


def _in_time(figures: RequestFigures) -> Cell:
    def judged(share: Decimal) -> Status:
        return Status(
            "green" if share >= _KEPT else "amber" if share >= _GOOD else "red", f"{share:.0%}"
        )

    return shown(figures.attainment.map(judged))


@section("service-review", order=30)
def scorecard(pack: Pack) -> Section:
    """Show every measure with its target; the total only with enough of them known."""
    card = office_scorecard(pack)
    table = Table.of(
        Column("Perspective"),
        Column("Measure", wide=True),
        Column.number("Now", "The newest value of the measure."),
        Column.number("Target", "As stated."),
        Column.number("Red from", "As stated."),
        Column("Score", formula="How far the value is on its way from red to the target."),
        Column.number("Weight", "The share of the measure in the scorecard."),
        rows=(_measure(each) for each in card.entries),
        caption="Score: (value - red) / (target - red), from 0 to 1. The total is the weighted "
        "mean of the known scores, and is withheld below 70 % of the weights.",
    )
    total, covered = card.total, card.coverage
    lead = (
        f"{total.value:.0%} of the way to every target, with {covered.value:.0%} of the weights "
        "measured."
        if total.value is not None and covered.value is not None
        else f"No total: {total.reason}."
    )
    return Section("scorecard", "Scorecard", (table,), lead)


def _measure(entry: Entry) -> tuple[Cell, ...]:
    score = entry.score
    judged = shown(score.map(lambda known: Status(_colour(score), f"{known:.2f}")))
    unit = " %" if entry.unit == "%" else ""
    now: Cell = None if entry.value.value is None else f"{_shown(entry.value.value)}{unit}"
    return (
        entry.perspective,
        f"{entry.label} ({entry.unit})" if entry.unit in {"days", "points"} else entry.label,
        now,
        f"{_shown(entry.target)}{unit}",
        f"{_shown(entry.red)}{unit}",
        judged,
        f"{entry.weight:f}",
    )
