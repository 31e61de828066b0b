"""The page of a graph that people click through: lists for everybody, data for the picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from portfolio.listing import path
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Days,
    Details,
    Facts,
    Link,
    Metric,
    Metrics,
    Missing,
    Section,
    Status,
    Table,
    shown,
)
from portfolio.report.explorer.data import explorer_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.impact.dependencies.dependency_map import BusinessLink, ProjectLink
    from portfolio.impact.dependencies.explorer import Explorer
    from portfolio.impact.effect import Effect
    from portfolio.impact.movement import MovedItem
    from portfolio.impact.ripple import Ripple
    from portfolio.impact.slack import Outlook

# So many rows of a list stand before the picture; the others are folded.
FIRST = 8


@dataclass(frozen=True, slots=True)
class ExplorerPage:
    """The page: sections before and after the picture, and what the picture is drawn from."""

    title: str
    subtitle: str
    as_of: date
    stamp: tuple[tuple[str, Cell], ...]
    before: tuple[Section, ...]
    after: tuple[Section, ...]
    data: dict[str, Any]


def explorer_page(explorer: Explorer) -> ExplorerPage:
    """Return the page of a graph: who is hurt first, the picture second, all of it as a table."""
    found = explorer.ripple
    slips = [f"{each.id} slips by {each.slip}" for each in found.injected] if found else []
    title = f"What if {', '.join(slips)}?" if slips else "Who waits for whom"
    if explorer.chosen and not slips:
        title = f"Around {', '.join(explorer.chosen)}"
    before = _ripple_sections(found, explorer.outlook) if found else _still_sections(explorer)
    stamp: tuple[tuple[str, Cell], ...] = (
        ("As of", explorer.as_of),
        ("Things", len(explorer.nodes)),
        ("Links", len(explorer.edges)),
    )
    everything = Section("all", "Everything in the graph", (_all(explorer),))
    return ExplorerPage(
        title, explorer.name, explorer.as_of, stamp, before, (everything,), explorer_data(explorer)
    )


# --- lists ------------------------------------------------------------------------------------


def _ripple_sections(found: Ripple, outlook: Outlook | None) -> tuple[Section, ...]:
    columns = (
        Column("Who", wide=True),
        Column("Kind"),
        Column("What happens", wide=True),
        Column("Delay", numeric=True),
        Column("Money", numeric=True),
        Column("Through", wide=True),
    )
    hurt = _first(
        columns, [_hit(effect) for effect in found.effects], "Nobody outside the plan is hit."
    )
    moved = Table.of(
        Column("What moves", wide=True),
        Column("Kind"),
        Column("From"),
        Column("To"),
        Column("Delay", numeric=True),
        Column("Slack used", numeric=True),
        Column("Through", wide=True),
        rows=(_moved(item) for item in found.moved),
    )
    blocks: tuple[Block, ...] = (_figures(found, outlook), *hurt)
    if outlook is not None and outlook.must_agree:
        facts = tuple((one.person, ", ".join(one.concerns)) for one in outlook.must_agree)
        blocks = (*blocks, Details("Who has to agree, and what of theirs moves", (Facts(*facts),)))
    folded = Details(f"{len(found.moved)} dates move", (moved,))
    return (Section("hurt", "Who is hurt", (*blocks, folded)),)


def _first(
    columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]], empty: str
) -> tuple[Block, ...]:
    """Return the first rows of a table, and the others folded, so that the picture is near."""
    if len(rows) <= FIRST + 2:
        return (Table(columns, tuple(rows), empty=empty),)
    rest = Table(columns, tuple(rows[FIRST:]))
    return (
        Table(columns, tuple(rows[:FIRST])),
        Details(f"{len(rows) - FIRST} more", (rest,)),
    )


def _figures(found: Ripple, outlook: Outlook | None) -> Metrics:
    first = found.totals
    more = f"{first.unpriced} more cannot be priced" if first.unpriced else None
    metrics = [
        Metric("In money", shown(first.money), more),
        Metric("Hit", first.effects, "customers, contracts, benefits and others"),
        Metric("Dates that move", first.moved),
    ]
    if outlook is not None:
        room, last = outlook.float_to_first_money, outlook.latest_decision
        metrics += [
            Metric("Free slip", shown(room.map(Days)), "working days until it costs money"),
            Metric("Last day to decide", shown(last)),
        ]
    return Metrics(*metrics)


def _still_sections(explorer: Explorer) -> tuple[Section, ...]:
    tightest = sorted(explorer.business, key=lambda each: (each.room is None, each.room or 0))
    awaited = _first(
        (
            Column("Who waits", wide=True),
            Column("Kind"),
            Column("For"),
            Column("Expected"),
            Column("Room", numeric=True),
        ),
        [_awaiting(link) for link in tightest],
        "Nothing in the business waits for what is shown.",
    )
    owed = Table.of(
        Column("Gives"),
        Column("Waits"),
        Column("Margin", numeric=True),
        Column("Promises"),
        rows=(_owed(link) for link in explorer.projects),
        empty="No project waits for another.",
    )
    return (
        Section("hurt", "Who waits in the business", awaited),
        Section("projects", "Who waits among the projects", (owed,)),
    )


def _hit(effect: Effect) -> tuple[Cell, ...]:
    return (
        _node(effect.id, effect.name),
        _kind(effect.kind),
        effect.effect,
        Days(effect.days, signed=True),
        shown(effect.money),
        path(effect.through),
    )


def _moved(item: MovedItem) -> tuple[Cell, ...]:
    return (
        _node(item.id, item.name),
        _kind(item.kind),
        item.old,
        item.new,
        Days(item.days, signed=True),
        Days(item.slack_used),
        path(item.through),
    )


def _awaiting(link: BusinessLink) -> tuple[Cell, ...]:
    room: Cell = Missing("no price per day")
    if link.room is not None:
        room = Days(link.room, "working days")
    who = _node(link.id, link.name)
    return (who, _kind(link.kind), _node(link.by, link.by), link.expected, room)


def _owed(link: ProjectLink) -> tuple[Cell, ...]:
    margin = link.tightest.margin
    words = margin.reason if margin.days is None else f"{margin.days} days"
    names = ", ".join(each.id for each in link.promises)
    giver, receiver = (_node(id_, id_) for id_ in (link.giver, link.receiver))
    return (giver, receiver, Status(margin.colour, words), names)


def _all(explorer: Explorer) -> Details:
    given: dict[str, int] = {}
    waited: dict[str, int] = {}
    for edge in explorer.edges:
        given[edge.waiter] = given.get(edge.waiter, 0) + 1
        waited[edge.giver] = waited.get(edge.giver, 0) + 1
    columns = (
        Column("Name", wide=True),
        Column("Kind"),
        Column("Owner"),
        Column("Expected"),
        Column("Room", numeric=True),
        Column("Waits for", numeric=True),
        Column("Awaited by", numeric=True),
    )
    rows = tuple(
        (
            _node(each.id, each.name),
            _kind(each.kind),
            each.owner or None,
            each.expected,
            Days(each.room.value) if each.room.value is not None else None,
            given.get(each.id, 0),
            waited.get(each.id, 0),
        )
        for each in explorer.nodes
    )
    return Details(f"All {len(rows)} things as a table", (Table(columns, rows),))


def _node(id_: str, name: str) -> Link:
    """Return a link that selects something in the picture."""
    return Link(name or id_, f"#node={id_}")


def _kind(kind: str) -> str:
    return kind.replace("_", " ")
