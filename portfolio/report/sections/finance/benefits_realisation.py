"""The benefits tracker: arrived against planned, who answers, what is doubtful or counted twice."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from portfolio.analysis.finance.benefits_realisation import double_claims, doubts, realisation
from portfolio.model.finance import Benefit
from portfolio.model.service import Kpi
from portfolio.report.blocks import (
    Callout,
    Cell,
    Chart,
    Column,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Share,
    Status,
    Subheading,
    Table,
    shown,
)
from portfolio.report.charts.progress import Curve, s_curve
from portfolio.report.formatting import grouped
from portfolio.report.section import section
from portfolio.report.sections.strategy.alignment import HALF, benefit_metrics, realised_colour
from portfolio.values import Money
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portfolio.report.pack import Pack


@section("benefits", order=10)
def arrived(pack: Pack) -> Section:
    """Show how much has arrived of what was promised until now."""
    benefits = pack.all(Benefit)
    if not benefits:
        nothing = Paragraph(Missing("No benefit is promised."))
        return Section("arrived", "What has arrived", (nothing,))
    curve = _curve(pack, benefits)
    blocks = (Metrics(*benefit_metrics(pack)), *((curve,) if curve is not None else ()))
    return Section("arrived", "What has arrived", blocks, _lead(pack, benefits))


def _lead(pack: Pack, benefits: Sequence[Benefit]) -> str:
    behind = [
        f"{each.label} ({rate:.0%})"
        for each in benefits
        if (found := realisation(pack.portfolio, each).value) is not None
        and (rate := found.rate.value) is not None
        and rate < HALF
        and each.kind_ == "benefit"
    ]
    return f"Far behind the plan: {', '.join(behind)}." if behind else ""


def _curve(pack: Pack, benefits: Sequence[Benefit]) -> Chart | None:
    """Draw planned and arrived value over time, of benefits in the organisation's currency."""
    currency = pack.portfolio.settings.organisation.currency
    planned: dict[date, Decimal] = defaultdict(Decimal)
    actual: dict[date, Decimal] = defaultdict(Decimal)
    for benefit in benefits:
        for each in benefit.value_by_period if benefit.kind_ == "benefit" else ():
            if each.planned is not None and each.planned.currency == currency:
                planned[each.period.end] += each.planned.amount
            if each.actual is not None and each.actual.currency == currency:
                actual[each.period.end] += each.actual.amount
    if not planned:
        return None
    question = "Do the benefits arrive as they were promised?"
    plan, done = _cumulative(planned), _cumulative(actual)
    curves = [
        Curve("planned", plan, "blue"),
        Curve("arrived", tuple(p for p in done if p[0] <= pack.as_of), "green"),
    ]
    reached = dict(done)
    table = Table.of(
        Column("Until"),
        Column.number("Planned in all", "Planned values until the month, summed."),
        Column.number("Arrived in all", "Measured values until the month, summed."),
        rows=(
            (day, Money(amount, currency), _arrived_by(reached, day, currency))
            for day, amount in plan
        ),
        caption="Values before attribution, dis-benefits apart.",
    )
    return Chart(question, s_curve(curves, pack.as_of, plan[-1][1], question), table)


def _cumulative(amounts: dict[date, Decimal]) -> tuple[tuple[date, Decimal], ...]:
    days = sorted(amounts)
    return tuple(zip(days, accumulate(amounts[day] for day in days), strict=True))


def _arrived_by(reached: dict[date, Decimal], day: date, currency: str) -> Cell:
    return Money(reached[day], currency) if day in reached else Missing()


@section("benefits", order=20)
def register(pack: Pack) -> Section | None:
    """Show every benefit with who answers for it, the most doubtful first."""
    benefits = pack.all(Benefit)
    if not benefits:
        return None
    ordered = sorted(benefits, key=lambda each: (not is_open(each), each.kind_, each.id))
    table = Table.of(
        Column("Benefit", wide=True),
        Column("Owner"),
        Column("Status"),
        Column.number(
            "Arrived of due", "Measured values / planned values of the months that are due."
        ),
        Column.number("Realised", "Measured until now / planned until now."),
        Column.number("Full plan", "The planned values of all periods, summed."),
        Column.number("At this rate", "Full plan x realisation until now."),
        Column("Next review"),
        rows=(_row(pack, each) for each in ordered),
        caption="Due: planned for the periods that are over and measured. Dis-benefits are "
        "negative and never taken off a benefit's own line.",
    )
    doubted = [
        (each, found)
        for each in ordered
        if is_open(each) and (found := doubts(pack.portfolio, each))
    ]
    if not doubted:
        return Section("benefits", "Register of benefits", (table,))
    against = Table.of(
        Column("Benefit"),
        Column("What speaks against its plan", wide=True),
        rows=((each.label, Status("amber", "; ".join(found))) for each, found in doubted),
    )
    return Section("benefits", "Register of benefits", (table, Subheading("In doubt"), against))


def _row(pack: Pack, benefit: Benefit) -> tuple[Cell, ...]:
    found = realisation(pack.portfolio, benefit)
    ahead = [day for day in benefit.review_dates if day >= pack.as_of]
    review: Cell = min(ahead) if ahead else Missing("no review ahead")
    head: tuple[Cell, ...] = (
        benefit.label if benefit.kind_ == "benefit" else f"{benefit.label} (dis-benefit)",
        pack.named(benefit.owner),
        benefit.status or Missing("not stated"),
    )
    if found.value is None:
        return (*head, None, Missing(found.reason), None, None, review)
    known, currency = found.value, pack.portfolio.settings.organisation.currency
    rate, forecast = known.rate.value, known.forecast.value
    due = f"{grouped(known.actual, 0)} of {grouped(known.planned, 0)} {currency}"
    return (
        *head,
        due if rate is not None else None,
        shown(known.rate.map(lambda rate: Status(realised_colour(rate), f"{rate:.0%}"))),
        Money(known.full_plan, currency),
        Money(forecast, currency) if forecast is not None else None,
        review,
    )


@section("benefits", order=30)
def counted_twice(pack: Pack) -> Section | None:
    """Warn of indicators whose change several benefits claim more than once."""
    found = [
        claim for kpi in pack.portfolio.all(Kpi) for claim in double_claims(pack.portfolio, kpi)
    ]
    if not found:
        return None
    callouts = tuple(
        Callout(
            "risk",
            f"{claim.claimed:.0%} of the change of {claim.kpi.label} in {claim.period} is claimed",
            (Paragraph(", ".join(f"{b.label} {b.attribution:.0%}" for b in claim.benefits)),),
            next_action="Share it, so that the attributions add to at most 100 %.",
        )
        for claim in found
    )
    return Section("twice", "Counted twice", callouts)


@section("benefits", order=40)
def share_of_plan(pack: Pack) -> Section | None:
    """Show what each benefit may claim of its indicator's change."""
    claimed = [each for each in pack.all(Benefit) if each.kpi is not None]
    if not claimed:
        return None
    table = Table.of(
        Column("Benefit", wide=True),
        Column("Indicator", wide=True),
        Column.number("From", "The value before the change."),
        Column.number("To", "The target value."),
        Column.number("Claims", "Benefits that count the same indicator."),
        Column("Starts after"),
        rows=(
            (
                each.label,
                pack.name(each.kpi),
                f"{each.baseline:f}" if each.baseline is not None else Missing("no baseline"),
                f"{each.target:f}" if each.target is not None else Missing("no target"),
                Share(each.attribution),
                pack.named(each.starts_after, "no milestone"),
            )
            for each in claimed
        ),
        caption="Claims: the share of the indicator's change that the benefit may count.",
    )
    return Section("indicators", "How it shows", (table,))
