"""Who waits for whom, with how much room, and what the most dangerous slip would do."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.dependency_margin import dependency_margin
from portfolio.impact.ripple import Ripple, ripple
from portfolio.impact.supposed_slip import CannotSlipError, Injection
from portfolio.model.delivery.projects import Activity, Dependency, Milestone
from portfolio.model.strategy import BusinessDependency
from portfolio.network.calendars import project_calendar
from portfolio.report.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Days,
    Missing,
    Paragraph,
    Row,
    Section,
    Status,
    Strong,
    Subheading,
    Table,
)
from portfolio.report.charts.matrix import Margin, matrix
from portfolio.report.section import section
from portfolio.report.sections.delivery.slip_chain import chain_chart
from portfolio.report.trails.sources import trail, written
from portfolio.report.unrecorded import is_recorded
from portfolio.values import Duration
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.calendar import Calendar
    from portfolio.impact.effect import Effect
    from portfolio.report.pack import Pack
    from portfolio.settings import Band

SLIP = Duration(Decimal(10), "d")
CANDIDATES = 40
AT_MOST = 5
MOST_EFFECTS = 8
LARGEST_MATRIX = 14
"""A larger matrix cannot be read; the table has every promise."""


@section("board", "dependencies", order=60)
def dependencies(pack: Pack) -> Section | None:
    """Show the promises with least room first, and one what-if on the most dangerous node."""
    open_ones = open_promises(pack)
    promises = promise_table(pack, open_ones)
    dangers = _what_if(pack, open_ones)
    if not dangers and not is_recorded(pack, "dependencies"):
        return None
    blocks: list[Block] = [*_matrix(pack, open_ones, promises), *dangers]
    return Section("dependencies", "Dependencies and ripple", tuple(blocks))


def open_promises(pack: Pack) -> list[Dependency]:
    """Return the promises that are still to be kept, the least margin first."""
    return sorted(
        (d for d in pack.all(Dependency) if is_open(d)),
        key=lambda d: (_margin_days(pack, d), d.id),
    )


def _margin_days(pack: Pack, dependency: Dependency) -> int:
    days = dependency_margin(dependency, *_measured_by(pack, dependency)).days
    return 10_000 if days is None else days


def _measured_by(pack: Pack, dependency: Dependency) -> tuple[Calendar, Band]:
    calendar = project_calendar(pack.portfolio, pack.project_of(dependency))
    return calendar, pack.portfolio.settings.thresholds.dependency_margin


def giver_of(pack: Pack, dependency: Dependency) -> str:
    """Return the name of the project, team or supplier that delivers."""
    source = pack.portfolio.find(dependency.from_)
    if isinstance(source, Milestone | Activity):
        return pack.name(source.project)
    return source.label if source is not None else str(dependency.from_)


def promise_table(pack: Pack, open_ones: list[Dependency]) -> Table:
    """Return promises with who gives and receives, and the margin between both dates."""
    rows: list[tuple[Cell, ...]] = []
    for each in open_ones:
        margin = dependency_margin(each, *_measured_by(pack, each))
        shown = f"{margin.days} wd" if margin.days is not None else margin.reason
        rows.append(
            (
                each.label,
                giver_of(pack, each),
                pack.name(each.project),
                each.need_by or Missing("no date of need"),
                each.forecast or each.committed or Missing("no promised date"),
                Status(margin.colour, shown),
                each.agreement,
            )
        )
    return Table.of(
        Column("Promise", wide=True),
        Column("Gives"),
        Column("Receives"),
        Column("Needed by", formula="As stated."),
        Column("Expected", formula="Forecast, else the committed day."),
        Column("Margin", formula="Working days from the expected day to the day of need."),
        Column("Agreement"),
        rows=rows,
        caption="Open promises, least margin first; wd is working days, grey is not agreed.",
        empty="No open dependency is recorded.",
    )


def _matrix(pack: Pack, open_ones: list[Dependency], promises: Table) -> tuple[Block, ...]:
    """Draw the least margin of each pair of projects, with every promise as the table behind."""
    cells: dict[tuple[str, str], Margin] = {}
    for each in reversed(open_ones):
        margin = dependency_margin(each, *_measured_by(pack, each))
        words = "–" if margin.days is None else f"{margin.days} wd"
        pair = (giver_of(pack, each), pack.name(each.project))
        cells[pair] = Margin(words, margin.colour, f"{each.label}: {margin.reason or words}")
    givers = sorted({giver for giver, _ in cells})
    receivers = sorted({receiver for _, receiver in cells})
    if not cells or max(len(givers), len(receivers)) > LARGEST_MATRIX:
        return (promises,)
    question = (
        "Who waits for whom, and with how many working days (wd) to spare? Grey is not agreed."
    )
    return (Chart(question, matrix(givers, receivers, cells, question), promises),)


def _what_if(pack: Pack, open_ones: list[Dependency]) -> tuple[Block, ...]:
    """Slip what others wait for by ten working days, one at a time, and tell the worst in full."""
    found = sorted(
        (
            (node, result)
            for node in _candidates(pack, open_ones)
            if (result := _slipped(pack, node)) is not None and result.effects
        ),
        key=lambda pair: (_stake(pair[1]), -len(pair[1].effects), pair[0]),
    )
    if not found:
        return ()
    node, worst = found[0]
    stakes = Table.of(
        Column("If this slips by 10 working days", wide=True),
        Column("Project"),
        Column.number("Moves", "Activities and milestones whose dates move."),
        Column.number(
            "Reaches", "Contracts, customers, benefits, services and others that are hit."
        ),
        Column.number(
            "Money at stake", "What all effects cost, each contract, benefit and team once."
        ),
        rows=(
            (
                pack.name(name),
                pack.name(name.partition(".")[0]),
                result.totals.moved,
                result.totals.effects,
                result.totals.money.value or Missing(result.totals.money.reason or "no figure"),
            )
            for name, result in found[:AT_MOST]
        ),
        caption="What puts the most at stake; what is lost is negative.",
    )
    return (
        Subheading("What is most dangerous if it slips"),
        stakes,
        Subheading(f"In full: {_with_project(pack, node)} slips by 10 working days"),
        Paragraph(Strong("Hardest hit first."), " ", _shown(worst), _unpriced(worst)),
        _effects(pack, worst),
        *chain_chart(pack, Injection(node, SLIP), worst),
    )


def _candidates(pack: Pack, open_ones: list[Dependency]) -> list[str]:
    """Return what others wait for, and the key milestones, as far as they are not reached."""
    awaited = [d.from_.id for d in open_ones]
    key = [m.id for m in pack.all(Milestone) if m.key and m.actual is None]
    live = {p.id for p in pack.live_projects}
    unique = dict.fromkeys([*awaited, *key])
    return [
        name
        for name in unique
        if isinstance(found := pack.portfolio.find(name), Milestone | Activity)
        and found.project.id in live
    ][:CANDIDATES]


def _slipped(pack: Pack, node: str) -> Ripple | None:
    try:
        return ripple(pack.portfolio, [Injection(node, SLIP)], activities=False)
    except CannotSlipError:
        return None


def _stake(result: Ripple) -> Decimal:
    money = result.totals.money.value
    return money.amount if money is not None else Decimal(0)


def _with_project(pack: Pack, node: str) -> str:
    return f"{pack.name(node)} ({pack.name(node.partition('.')[0])})"


def _shown(result: Ripple) -> str:
    """Say how many effects the table leaves out."""
    count = len(result.effects)
    return f"The first {MOST_EFFECTS} of {count}. " if count > MOST_EFFECTS else ""


def _unpriced(result: Ripple) -> str:
    count = result.totals.unpriced
    if not count:
        return "Every effect has a figure."
    return f"{count} {'has no figure of its' if count == 1 else 'have no figure of their'} own."


def _effects(pack: Pack, result: Ripple) -> Table:
    return Table.of(
        Column("Who is hit", wide=True),
        Column("How", wide=True),
        Column("From", formula="The day before the slip."),
        Column("To", formula="The day after the slip."),
        Column.number("Delay", "To - from, in calendar days."),
        Column.number(
            "Money", "Damages, deferred or lost benefits, dual running, standing cost: by kind."
        ),
        Column("Owner"),
        rows=(_effect(pack, each) for each in result.effects[:MOST_EFFECTS]),
        caption="Delays are in calendar days; what is lost is negative.",
    )


def _effect(pack: Pack, effect: Effect) -> Row:
    cells: tuple[Cell, ...] = (
        f"{effect.name} ({effect.kind.replace('_', ' ')})",
        _consequence(pack, effect),
        effect.old,
        effect.new,
        Days(effect.days, signed=True),
        effect.money.value or Missing(effect.money.reason or "no figure"),
        pack.name(effect.owner) if effect.owner else Missing("nobody named"),
    )
    return Row(cells, trail(sources=written(pack.portfolio.find(effect.id))))


def _consequence(pack: Pack, effect: Effect) -> str:
    """Return what happens, with the name of what waits in place of its id."""
    waiting = pack.portfolio.find(effect.id, BusinessDependency)
    if waiting is None or not effect.effect.startswith(f"{waiting.to} "):
        return effect.effect
    return f"{pack.name(waiting.to)}{effect.effect.removeprefix(str(waiting.to))}"
