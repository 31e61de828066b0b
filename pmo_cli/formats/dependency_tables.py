"""What `pmo deps` prints: who is hit first, then what moves; without a slip, the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_cli import console
from portfolio.listing import listed, path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pmo_cli.options import Session
    from portfolio.impact.dependencies.dependency_map import BusinessLink, ProjectLink
    from portfolio.impact.effect import Effect
    from portfolio.impact.movement import MovedItem
    from portfolio.impact.ripple import Ripple
    from portfolio.impact.slack import Outlook, Stake
    from portfolio.measure.measure import Measure
    from portfolio.network.driving_path import Step
    from portfolio.network.graph import Awaited
    from portfolio.network.tree import Branch
    from portfolio.values import Money

_UNKNOWN = "not known"
_MOST_ACTIVITIES = 20
_SHORT = {"business_dependency": "business"}


def print_ripple(found: Ripple, outlook: Outlook, session: Session) -> None:
    """Print who is hit, the hardest first, how far a slip is free, and then what moves."""
    slips = ", ".join(f"{each.id} slips by {each.slip}" for each in found.injected)
    if found.effects:
        console.write(f"Who is hit if {slips}, the hardest first")
        console.print_table(
            ("who", "kind", "what happens", "money"),
            [
                (each.id, _words(each.kind), each.effect, _money(each.money))
                for each in found.effects
            ],
            numeric=(3,),
            session=session,
        )
        console.write(_sum(found))
        console.write("“Later” counts calendar days, “longer” working days.")
        for line in _open_ends(outlook):
            console.write_wrapped(line)
    else:
        console.write(f"Nobody in the business is hit if {slips}.")
    _print_moved(found.moved, "What moves", session)
    if found.at_risk:
        _print_moved(found.at_risk, "At risk: moves if soft promises are late too", session)


def _open_ends(outlook: Outlook) -> Iterator[str]:
    room, latest = outlook.float_to_first_money, outlook.latest_decision
    if room.value is not None:
        days = "1 working day" if room.value == 1 else f"{room.value} working days"
        yield f"The first {days} cost nothing." if room.value else "The first day costs money."
    if outlook.value_at_stake:
        yield f"At stake: {', '.join(_stake(each) for each in outlook.value_at_stake)}."
    if latest.value is not None:
        yield f"Decide {outlook.decision} by {latest.value}, or its slowest option is too late."
    if outlook.must_agree:
        people = listed((each.person for each in outlook.must_agree), 20, last=", ")
        yield f"To be asked: {people}."


def _stake(stake: Stake) -> str:
    amount = _UNKNOWN if stake.money.value is None else _amount(stake.money.value)
    return f"{stake.days}d {amount}"


def _sum(found: Ripple) -> str:
    totals = found.totals
    unpriced = f"; {totals.unpriced} without a figure" if totals.unpriced else ""
    if totals.money.value is not None:
        return f"Total {_amount(totals.money.value)}{unpriced}"
    parts = " and ".join(_amount(part) for part in totals.by_currency)
    return f"Total {parts or _UNKNOWN}: {totals.money.reason}{unpriced}"


def _print_moved(items: Sequence[MovedItem], title: str, session: Session) -> None:
    shown = [item for item in items if item.kind != "activity"] or items[-_MOST_ACTIVITIES:]
    if not shown:
        console.write("\nNothing moves: slack takes it all.")
        return
    console.write(f"\n{title}")
    console.print_table(
        ("milestone or promise", "old", "new", "days", "slack used"),
        [
            (
                item.id,
                item.old.isoformat(),
                item.new.isoformat(),
                f"{item.working_days:+d}",
                f"{item.slack_used:f}" if item.slack_used else "-",
            )
            for item in shown
        ],
        numeric=(3, 4),
        session=session,
    )
    console.write("Days are working days. Through which chain:")
    seen: set[str] = set()
    for item in shown:
        console.write_wrapped(_chain(item, seen))
        seen.update(item.through)


def _chain(item: MovedItem, seen: Collection[str]) -> str:
    """Return the chain to an item, from the last step that has been told already."""
    told = [place for place, id_ in enumerate(item.through[:-1]) if id_ in seen]
    steps = path(item.through[told[-1] if told else 0 :])
    held = f", held until {item.held_by} ends" if item.held_by else ""
    return f"  {steps}{held}"


def _money(money: Measure[Money]) -> str:
    return "-" if money.value is None else _amount(money.value)


def _amount(money: Money) -> str:
    rounded = round(money.amount)
    return f"{rounded:,} {money.currency}"


def _words(kind: str) -> str:
    return _SHORT.get(kind, kind.replace("_", " "))


def print_money(found: Ripple, effect: Effect, session: Session) -> None:
    """Print why a slip costs somebody what it costs: the terms, their sources, the chain."""
    slips = ", ".join(f"{each.id} slips by {each.slip}" for each in found.injected)
    money = effect.money
    amount = money.reason if money.value is None else _amount(money.value)
    console.write(f"{effect.id} ({_words(effect.kind)}, {effect.name}) if {slips}")
    console.write_wrapped(f"  {effect.effect}, {effect.old} → {effect.new}: {amount}", "    ")
    if effect.terms:
        console.write("\nHow it is computed")
        for term in effect.terms:
            console.write_wrapped(f"  {term}", "    ")
    if effect.inputs:
        console.write("\nFrom what is written in")
        console.print_table(
            ("of", "field", "value", "where"),
            [(e.id, e.key, e.value, f"{e.place.path}:{e.place.line}") for e in effect.inputs],
            session=session,
        )
    console.write("\nThrough which chain" if not effect.inputs else "Through which chain")
    console.write_wrapped(f"  {path(effect.through)}", "    ")


def print_picture(
    links: Sequence[ProjectLink],
    business: Sequence[BusinessLink],
    awaited: Sequence[Awaited],
    cycles: Sequence[Sequence[str]],
    session: Session,
) -> None:
    """Print project to project, project to business, what most wait for, and loops."""
    for cycle in cycles:
        console.write(f"waits for itself: {path((*cycle, cycle[0]))}")
    if not links and not business:
        console.write("No project waits for another, and nothing in the business waits for one.")
        return
    console.write("Project to project, the tightest first (margin in working days)")
    console.print_table(
        ("giver", "receiver", "tightest promise", "margin", "colour"),
        [_link_row(link) for link in links],
        numeric=(3,),
        session=session,
    )
    if awaited:
        console.write("What most others wait for")
        console.print_table(
            ("what", "waiting", "projects", "broker"),
            [
                (each.id, str(each.fan_out), ", ".join(each.projects) or "-", _share(each.broker))
                for each in awaited
            ],
            numeric=(1, 3),
            session=session,
        )
    console.write("Project to business (room: working days until a contract costs money)")
    console.print_table(
        ("project", "what waits", "kind", "expected", "room"),
        list(_business_rows(business)),
        numeric=(4,),
        session=session,
    )


def _link_row(link: ProjectLink) -> tuple[str, ...]:
    tightest = link.tightest
    days = "-" if tightest.margin.days is None else str(tightest.margin.days)
    soft = "" if tightest.hard else " (soft)"
    reason = f", {tightest.margin.reason}" if tightest.margin.reason else ""
    more = len(link.promises) - 1
    return (
        link.giver,
        link.receiver,
        f"{tightest.id.rpartition('.')[2]}{soft}{f' +{more}' if more else ''}",
        days,
        f"{tightest.margin.colour}{reason}",
    )


def _share(broker: float | None) -> str:
    return "-" if broker is None else f"{broker:.2f}"


def _business_rows(links: Iterable[BusinessLink]) -> Iterable[tuple[str, ...]]:
    """Yield the rows, several of one kind and day in one row unless they have a price."""
    rows: dict[tuple[str, str, str, str], list[str]] = {}
    for link in links:
        expected = link.expected.isoformat() if link.expected else _UNKNOWN
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
            console.write(f"{strokes}{child.id}  {_words(child.kind)}")
            also = [each.id for each in child.children if each.repeated]
            if also:
                rest = strokes.replace("├─ ", "│  ").replace("└─ ", "   ")
                tree = "│ " if len(also) < len(child.children) else "  "
                console.write_wrapped(f"{rest}{tree} also {', '.join(also)}", f"{rest}{tree}      ")


def print_reasons(steps: Sequence[Step], session: Session) -> None:
    """Print why a date is what it is, from the date back to where its chain starts."""
    console.write(f"{steps[0].id} is expected on {steps[0].finish}")
    console.print_table(
        ("what", "start", "finish", "because"),
        [(step.id, step.start.isoformat(), step.finish.isoformat(), step.reason) for step in steps],
        session=session,
    )
