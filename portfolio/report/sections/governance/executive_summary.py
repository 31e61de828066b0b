"""The first screen: what a director must know in thirty seconds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_renewal import renewal_calendar
from portfolio.analysis.commercial.profitability import margin_against_bid
from portfolio.analysis.commercial.satisfaction import pooled_opinion
from portfolio.model.commercial.contracts import Contract, Customer
from portfolio.model.delivery.projects import Milestone
from portfolio.model.governance import Decision
from portfolio.report.blocks import (
    Block,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Share,
    Status,
)
from portfolio.report.formatting import listed
from portfolio.report.section import section
from portfolio.report.sections.commercial.customers import opinion_status
from portfolio.report.sections.delivery.portfolio_on_a_page import (
    declared_colour,
    is_contradicted,
    standing_date,
)
from portfolio.report.sections.finance.cost_summary import cost_metrics
from portfolio.report.sections.governance.board_brief import front_page
from portfolio.report.sections.operations.operations_summary import operations_metrics
from portfolio.report.sections.resources.people_summary import people_metrics
from portfolio.report.sections.strategy.alignment import benefit_metrics
from portfolio.report.unrecorded import unrecorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.model.entity import Entity
    from portfolio.report.blocks import Cell, Colour
    from portfolio.report.pack import Pack

_NOTICES = 90
_EROSION = Decimal("0.03")


@section("board", order=5)
def at_a_glance(pack: Pack) -> Section:
    """Count what must be decided, what is red, what is contradicted and what is overdue."""
    missing = unrecorded(pack)
    metrics = (
        *((_decisions(pack),) if "decisions" not in missing else ()),
        _red(pack),
        _contradicted(pack),
        *((_overdue(pack),) if "milestones" not in missing else ()),
        *cost_metrics(pack),
        *_contracts(pack),
        *_customers(pack),
        *people_metrics(pack),
        *operations_metrics(pack),
        *benefit_metrics(pack)[:1],
    )
    return Section(
        "glance", "At a glance", (*front_page(pack), Metrics(*metrics), *_silent(missing))
    )


def _silent(missing: tuple[str, ...]) -> tuple[Block, ...]:
    """Say once what no section tells, because nobody has recorded it."""
    if not missing:
        return ()
    *most, last = missing
    words = f"{', '.join(most)} and {last}" if most else last
    return (Paragraph(Missing("Not yet measured"), f", because nothing is recorded: {words}."),)


def _decisions(pack: Pack) -> Metric:
    decisions = pack.all(Decision)
    wanted = [d for d in decisions if d.status == "open"]
    overdue = sum(d.needed_by < pack.as_of for d in wanted)
    return _counted("Decisions open", decisions, len(wanted), f"{overdue} overdue", overdue, "red")


def _red(pack: Pack) -> Metric:
    """Count the projects that are red in either colour; those without data are not green."""
    label = "Red, declared or computed"
    if not pack.live_projects:
        return Metric(label, Missing(), "no live project", Status("grey"))
    health = pack.health
    red = [p for p in pack.live_projects if "red" in {declared_colour(p), health[p.id].overall}]
    unknown = sum(health[p.id].overall == "grey" for p in pack.live_projects)
    note = listed([p.label for p in red]) or "none"
    if unknown:
        note = f"{note}; {unknown} without data to compute a colour"
    status = Status("red") if red else Status("grey" if unknown else "green")
    return Metric(label, len(red), note, status)


def _contradicted(pack: Pack) -> Metric:
    """Count the projects whose declared colour is better than what the data say."""
    comparable = [
        p
        for p in pack.live_projects
        if "grey" not in {declared_colour(p), pack.health[p.id].overall}
    ]
    better = [p.label for p in comparable if is_contradicted(pack, p)]
    label = "Declared better than the data"
    if not comparable:
        return Metric(label, Missing(), "no project has both colours", Status("grey"))
    note = f"of {len(comparable)} that can be compared"
    if better:
        note = f"{listed(better)}; {note}"
    return _counted(label, comparable, len(better), note, len(better), "amber")


def _overdue(pack: Pack) -> Metric:
    milestones = [m for m in pack.all(Milestone) if standing_date(m) is not None]
    late = [
        m
        for m in milestones
        if m.actual is None
        and (when := standing_date(m)) is not None
        and when < pack.as_of
        and pack.is_live(m)
    ]
    note = listed([m.label for m in late]) or "none"
    return _counted("Milestones overdue", milestones, len(late), note, len(late), "amber")


def _contracts(pack: Pack) -> tuple[Metric, ...]:
    """Show the margin against the bid and the notices of ninety days; nothing without contracts."""
    contracts = pack.all(Contract)
    if not contracts:
        return ()
    margin = margin_against_bid(pack.portfolio, contracts)
    steps = [each for each in renewal_calendar(pack.portfolio, contracts) if each.is_open]
    near = [each for each in steps if each.days_left <= _NOTICES]
    undecided = sum(each.position == "to decide" for each in near)
    notices = f"notices in {_NOTICES} days: {len(near)}, {undecided} undecided"
    label = "Margin of contracts"
    if margin.value is None:
        return (Metric(label, Missing(margin.reason), notices),)
    now, bid = margin.value.now, margin.value.bid
    colour: Colour = "green" if now >= bid else "amber" if bid - now <= _EROSION else "red"
    note = f"as bid {bid:.1%}; {notices}"
    return (Metric(label, Share(now), note, Status(colour)),)


def _customers(pack: Pack) -> tuple[Metric, ...]:
    """Show how many are satisfied, all customers together; nothing where nobody was asked."""
    found = pooled_opinion(pack.portfolio, pack.all(Customer)).value
    if found is None:
        return ()
    status = opinion_status(pack, found)
    note = f"{found.interval.low:.0%} to {found.interval.high:.0%}, {found.count} answers"
    return (Metric("Customers satisfied", Share(found.share), note, Status(status.colour)),)


def _counted(
    label: str,
    measured: Sequence[Entity],
    value: int,
    note: Cell,
    adverse: int,
    colour: Colour,
) -> Metric:
    """Return a count with its colour; where there is nothing to count it is not measured."""
    if not measured:
        return Metric(label, Missing(), "nothing is recorded", Status("grey"))
    return Metric(label, value, note, Status(colour if adverse else "green"))
