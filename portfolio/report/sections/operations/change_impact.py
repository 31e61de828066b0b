"""Operations: what lands on whom in which week, and whether they can take it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from portfolio.analysis.operations.change_impact import (
    Landing,
    collisions_of,
    covers,
    freeze_breaches,
    landings,
    touched,
    units_hit,
)
from portfolio.analysis.operations.release_readiness import newest_review
from portfolio.analysis.operations.service_transition import operational_readiness
from portfolio.calendar import add_months
from portfolio.model.operations.services import ChangeEvent, FreezeWindow, Readiness
from portfolio.model.resources import BusinessUnit
from portfolio.report.blocks import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Missing,
    Paragraph,
    Section,
    Share,
    Status,
    Table,
    shown,
)
from portfolio.report.charts.calendar_grid import Band, GoLive, Row, landing_calendar
from portfolio.report.section import section
from portfolio.view.lifecycle import is_live

if TYPE_CHECKING:
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_AHEAD_MONTHS = 6
_FLOOD = 1.5


@section("board", order=84)
def operations(pack: Pack) -> Section | None:
    """Show the landing calendar, who is saturated, and the releases to come."""
    events = releases_to_come(pack)
    if not events:
        return None
    full = saturated(pack)
    blocks: tuple[Block, ...] = (
        *(_saturated(pack, landing) for landing in full),
        calendar_chart(pack, events),
        releases_table(pack, events),
    )
    return Section("operations", "Change landing in operations", blocks, _lead(pack, full))


def releases_to_come(pack: Pack) -> tuple[ChangeEvent, ...]:
    """Return the releases planned or approved, the next first."""
    found = (each for each in pack.all(ChangeEvent) if is_live(pack.portfolio, each))
    return tuple(sorted(found, key=lambda each: (each.go_live, each.id)))


def saturated(pack: Pack) -> tuple[Landing, ...]:
    """Return the units and months in which more lands than can be absorbed, the worst first."""
    found = [
        landing
        for unit in pack.portfolio.all(BusinessUnit)
        for landing in landings(pack.portfolio, unit)
        if (landing.saturation.value or 0) > 1
    ]
    return tuple(sorted(found, key=lambda each: (-(each.saturation.value or 0), each.unit.id)))


def freezes_of(pack: Pack, landing: Landing) -> tuple[FreezeWindow, ...]:
    """Return the freezes of a month that cover a unit, or something its releases touch."""
    last = add_months(landing.month, 1) - timedelta(days=1)
    reached = {landing.unit.id}.union(*(touched(event) for event, _ in landing.events))
    return tuple(
        each
        for each in pack.portfolio.all(FreezeWindow)
        if each.from_ <= last and each.to >= landing.month and covers(each, reached)
    )


def _lead(pack: Pack, full: tuple[Landing, ...]) -> str:
    if not full:
        return "No team is asked to take more change in a month than it can absorb."
    worst = full[0]
    freezes = freezes_of(pack, worst)
    frozen = f", a month with a freeze ({freezes[0].name})" if freezes else ""
    return (
        f"{worst.unit.label} is saturated in {worst.month:%B %Y}: {worst.saturation.value:.0%} of "
        f"what it can absorb{frozen}."
    )


def _saturated(pack: Pack, landing: Landing) -> Callout:
    freezes = freezes_of(pack, landing)
    live = [event for event, _ in landing.events]
    names = ", ".join(f"{each.label} ({each.go_live.day} {each.go_live:%b})" for each in live)
    words = [f"{landing.points} points of {landing.unit.absorption_capacity:f}: {names}."]
    words += [
        f"{each.name} closes {each.from_.day} {each.from_:%b} to {each.to.day} {each.to:%b}, "
        "so later in the month there is less room still."
        for each in freezes
    ]
    return Callout(
        "risk",
        f"{landing.unit.label}: {landing.saturation.value:.0%} in {landing.month:%B %Y}",
        (Paragraph(" ".join(words)),),
        owner=pack.name(landing.unit.owner),
        next_action="Move a release into another month, or ask for help in the first weeks.",
    )


def calendar_chart(pack: Pack, events: tuple[ChangeEvent, ...]) -> Chart:
    """Draw the landing calendar: a row a unit, the weeks to the last release or half a year."""
    begin = pack.as_of
    end = max(add_months(begin, 3), min(events[-1].go_live, add_months(begin, _AHEAD_MONTHS)))
    windows = [each for each in pack.portfolio.all(FreezeWindow) if each.to >= begin]
    shown = [each for each in windows if each.from_ <= end]
    rows = [
        _row(pack, unit, shown, begin)
        for unit in pack.portfolio.all(BusinessUnit)
        if landings(pack.portfolio, unit)
    ]
    question = "What lands on whom, in which week, and can they absorb it?"
    drawing = landing_calendar(
        [*rows, *_elsewhere(pack, events)], [_freeze(each) for each in shown], begin, end, question
    )
    return Chart(question, drawing, _calendar_table(pack, events, windows))


def _row(pack: Pack, unit: BusinessUnit, windows: list[FreezeWindow], begin: date) -> Row:
    found = [each for each in landings(pack.portfolio, unit) if _month_end(each.month) >= begin]
    hits = [event for landing in found for event, _ in landing.events]
    reached = {unit.id}.union(*(touched(event) for event in hits))
    return Row(
        unit.label,
        tuple(_month(each) for each in found),
        tuple(_freeze(each, named=False) for each in windows if covers(each, reached)),
        tuple(_go_live(pack, event) for event in hits if event.go_live >= begin),
    )


def _elsewhere(pack: Pack, events: tuple[ChangeEvent, ...]) -> tuple[Row, ...]:
    """Return a row for releases that name nobody whom they hit."""
    nobody = [e for e in events if not any(units_hit(g, pack.portfolio) for g in e.groups)]
    if not nobody:
        return ()
    return (Row("No unit named", releases=tuple(_go_live(pack, event) for event in nobody)),)


def _month_end(month: date) -> date:
    return add_months(month, 1) - timedelta(days=1)


def _month(landing: Landing) -> Band:
    share = landing.saturation.value
    names = ", ".join(f"{event.label} ({magnitude})" for event, magnitude in landing.events)
    label = f"{share:.0%}" if share is not None else f"{landing.points} points"
    sign = "! " if share is not None and share > 1 else ""
    hint = f"{landing.month:%B %Y}: {landing.points} points, {label}; {names}"
    return Band(landing.month, _month_end(landing.month), sign + label, _colour(landing), hint)


def _colour(landing: Landing) -> Colour:
    share = landing.saturation.value
    if share is None:
        return "grey"
    return "red" if share > _FLOOD else "amber" if share > 1 else "green"


def _freeze(window: FreezeWindow, *, named: bool = True) -> Band:
    label = f"❄ {window.name}" if named else ""
    return Band(window.from_, window.to, label, "blue", f"{window.name}, {window.from_} to "
                f"{window.to}")  # fmt: skip


def _go_live(pack: Pack, event: ChangeEvent) -> GoLive:
    breaches = freeze_breaches(event, pack.portfolio)
    words = f"{event.label}, goes live on {event.go_live}"
    if breaches:
        return GoLive(event.go_live, "red", f"{words}, in the freeze {breaches[0].window.name}")
    return GoLive(event.go_live, "blue", words)


def _calendar_table(
    pack: Pack, events: tuple[ChangeEvent, ...], windows: list[FreezeWindow]
) -> Table:
    """Show the same as rows: a unit and a week in which something lands."""
    rows = [
        (
            landing.unit.label,
            event.go_live - timedelta(days=event.go_live.weekday()),
            event.label,
            magnitude,
            _share(landing),
            Share.of(landing.hours),
            ", ".join(w.name for w in windows if w.from_ <= event.go_live <= w.to) or None,
        )
        for unit in pack.portfolio.all(BusinessUnit)
        for landing in landings(pack.portfolio, unit)
        for event, magnitude in landing.events
        if event in events
    ]
    rows.sort(key=lambda row: (row[1], row[0]))
    return Table.of(
        Column("Unit"),
        Column("Week of", formula="The Monday of the week."),
        Column("Release", wide=True),
        Column("How hard", formula="As stated."),
        Column(
            "Load of the month",
            formula="Hours of change in the month / hours that the unit can give.",
        ),
        Column.number("Hours of the month", "Hours that changes ask of the unit, summed."),
        Column("Freeze"),
        rows=rows,
        caption="Load: points (low 1, medium 5, high 10) of the month by what the unit can absorb. "
        "Hours: what the releases ask of each head by the working hours of the month.",
        empty="No release names whom it hits.",
    )


def _share(landing: Landing) -> Cell:
    return shown(landing.saturation.map(lambda share: Status(_colour(landing), f"{share:.0%}")))


def releases_table(pack: Pack, events: tuple[ChangeEvent, ...]) -> Table:
    """Show each release to come with what it runs into and how ready operations are."""
    return Table.of(
        Column("Release", wide=True),
        Column("Goes live", formula="As stated."),
        Column("Services"),
        Column("Collides with", wide=True),
        Column("Freeze"),
        Column("Readiness", formula="Mandatory criteria met / mandatory criteria."),
        Column("Decision"),
        rows=(
            (
                event.label,
                event.go_live,
                ", ".join(pack.name(each) for each in event.services) or None,
                _collisions(pack, event),
                _breaches(pack, event),
                *_readiness(pack, event),
            )
            for event in events
        ),
        caption="Readiness: mandatory criteria met by mandatory criteria that apply; any that is "
        "not met is a no, whatever the share.",
    )


def _collisions(pack: Pack, event: ChangeEvent) -> Cell:
    found = [
        f"{(each.first if each.second.id == event.id else each.second).label}, "
        f"{each.working_days} working days apart"
        for each in collisions_of(pack.portfolio)
        if event.id in {each.first.id, each.second.id}
    ]
    return Status("amber", "; ".join(found)) if found else "none"


def _breaches(pack: Pack, event: ChangeEvent) -> Cell:
    found = [each.window.name for each in freeze_breaches(event, pack.portfolio)]
    return Status("red", f"in {', '.join(found)}") if found else "none"


def _readiness(pack: Pack, event: ChangeEvent) -> tuple[Cell, Cell]:
    review = newest_review(pack.portfolio, event)
    if review is None:
        return Missing("no review"), None
    found = operational_readiness(review.criteria)
    if found.share.value is None:
        return Missing(found.share.reason), _decision(review)
    colour: Colour = "red" if found.is_no_go else "green" if found.share.value == 1 else "amber"
    words = f"{found.met} of {found.applicable}"
    words += f", not met: {', '.join(each.id for each in found.blocking)}" if found.blocking else ""
    return Status(colour, words), _decision(review)


def _decision(review: Readiness) -> str | None:
    return review.decision.replace("_", " ") if review.decision is not None else None
