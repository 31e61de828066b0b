"""What `pmo deps` prints: who is hit first, then what moves; without a slip, the picture."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pmo_cli import console

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pmo_cli.options import Session
    from portfolio.analysis.measure import Measure
    from portfolio.impact.movement import MovedItem
    from portfolio.impact.picture import BusinessLink, ProjectLink
    from portfolio.impact.ripple import Ripple
    from portfolio.network.graph import Awaited
    from portfolio.network.tree import Branch
    from portfolio.values import Money

_ARROW = " → "
_UNKNOWN = "not known"


def print_ripple(found: Ripple, session: Session) -> None:
    """Print who is hit, the hardest first, and then what moves."""
    slips = ", ".join(f"{each.id} slips by {each.slip}" for each in found.injected)
    if found.effects:
        console.print_table(
            ("who", "kind", "what happens", "money"),
            [
                (each.id, _words(each.kind), each.effect, _money(each.money))
                for each in found.effects
            ],
            title=f"Who is hit if {slips}, the hardest first",
            numeric=(3,),
            session=session,
        )
        console.write(_sum(found))
    else:
        console.write(f"Nobody in the business is hit if {slips}.")
    _print_moved(found.moved, "What moves", session)
    if found.at_risk:
        _print_moved(found.at_risk, "At risk: moves if soft promises are late too", session)


def _sum(found: Ripple) -> str:
    totals = found.totals
    unpriced = f"; {totals.unpriced} without a figure" if totals.unpriced else ""
    if totals.money.value is not None:
        return f"Total {_amount(totals.money.value)}{unpriced}\n"
    parts = " and ".join(_amount(part) for part in totals.by_currency)
    return f"Total {parts or _UNKNOWN}: {totals.money.reason}{unpriced}\n"


def _print_moved(items: Sequence[MovedItem], title: str, session: Session) -> None:
    shown = [item for item in items if item.kind != "activity"]
    if not shown:
        console.write("\nNo milestone and no promise moves.")
        return
    console.print_table(
        ("milestone or promise", "old", "new", "days", "slack", "through"),
        [
            (
                item.id,
                f"{item.old:%d %b %y}",
                f"{item.new:%d %b %y}",
                f"{item.working_days:+d}",
                _plain(item.slack_used),
                _chain(item),
            )
            for item in shown
        ],
        title=f"{title} (working days)",
        numeric=(3, 4),
        session=session,
    )


def _chain(item: MovedItem) -> str:
    """Return the last step of another project, or the first cause, and what comes last."""
    before = item.through[:-1]
    if not before:
        return "itself"
    foreign = [id_ for id_ in before if not id_.startswith(f"{item.project}.")]
    steps = list(dict.fromkeys([*foreign[-1:], before[-1]]))
    held = [f"held by {item.held_by}"] if item.held_by else []
    return ", ".join([*steps, *held])


def _plain(number: Decimal) -> str:
    return f"{number:f}" if number else "-"


def _money(money: Measure[Money]) -> str:
    return "-" if money.value is None else _amount(money.value)


def _amount(money: Money) -> str:
    rounded = round(money.amount)
    return f"{rounded:,} {money.currency}"


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def print_picture(
    links: Sequence[ProjectLink],
    business: Sequence[BusinessLink],
    awaited: Sequence[Awaited],
    cycles: Sequence[Sequence[str]],
    session: Session,
) -> None:
    """Print project to project, project to business, what most wait for, and loops."""
    for cycle in cycles:
        console.write(f"waits for itself: {_ARROW.join((*cycle, cycle[0]))}")
    if not links and not business:
        console.write("No project waits for another, and nothing in the business waits for one.")
        return
    console.print_table(
        ("giver", "receiver", "tightest promise", "margin", "colour", "promises"),
        [_link_row(link) for link in links],
        title="Project to project, the tightest first (working days)",
        numeric=(3, 5),
        session=session,
    )
    if awaited:
        console.print_table(
            ("what most wait for", "waiting", "projects", "broker"),
            [
                (each.id, str(each.fan_out), ", ".join(each.projects) or "-", _share(each.broker))
                for each in awaited
            ],
            title="Most awaited",
            numeric=(1, 3),
            session=session,
        )
    console.print_table(
        ("project", "what waits", "kind", "expected", "room"),
        list(_business_rows(business)),
        title="Project to business (room: working days until it costs money)",
        numeric=(4,),
        session=session,
    )


def _link_row(link: ProjectLink) -> tuple[str, ...]:
    tightest = link.tightest
    days = "-" if tightest.margin.days is None else str(tightest.margin.days)
    soft = "" if tightest.hard else " (soft)"
    colour = tightest.margin.colour
    why = f": {tightest.margin.reason}" if tightest.margin.reason else ""
    return (
        link.giver,
        link.receiver,
        f"{tightest.id}{soft}",
        days,
        f"{colour}{why}",
        str(len(link.promises)),
    )


def _share(broker: float | None) -> str:
    return "-" if broker is None else f"{broker:.2f}"


def _business_rows(links: Iterable[BusinessLink]) -> Iterable[tuple[str, ...]]:
    """Yield the rows, several of one kind and day in one row unless they have a price."""
    rows: dict[tuple[str, str, str, str], list[str]] = {}
    for link in links:
        expected = f"{link.expected:%d %b %y}" if link.expected else _UNKNOWN
        room = "" if link.room is None else str(link.room)
        rows.setdefault((link.project, link.kind, expected, room), []).append(link.id)
    for (project, kind, expected, room), ids in rows.items():
        yield project, ", ".join(ids), _words(kind), expected, room or "-"


def print_trees(above: Branch, below: Branch) -> None:
    """Print what an entity waits for and what waits for it."""
    console.write(f"{above.id}  {_words(above.kind)}, {above.name}")
    for heading, branch in (("waits for", above), ("is waited for by", below)):
        console.write(f"\n{heading}")
        if not branch.children:
            console.write("  nothing")
        for strokes, child in branch.lines():
            again = "  (above)" if child.repeated else ""
            console.write(f"{strokes}{child.id}  {_words(child.kind)}{again}")
