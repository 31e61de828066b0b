"""The chain that a slip moves, or that decides a date, as a Gantt chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.liquidated_damages import free_until
from portfolio.impact.commercial.contracts import agreed_date
from portfolio.impact.freeze_windows import freezes
from portfolio.impact.movement import move
from portfolio.model.commercial.contracts import Contract
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.network.calendars import project_calendar
from portfolio.report.charts.gantt import Gantt, Row, Shade, cut

if TYPE_CHECKING:
    from datetime import date

    from portfolio.impact.effect import Effect
    from portfolio.impact.movement import MovedItem, Movement
    from portfolio.impact.ripple import Ripple
    from portfolio.impact.supposed_slip import Injection
    from portfolio.network.driving_path import Step
    from portfolio.view.view import View

# More rows than these cannot be read on one page.
MOST_MOVED = 40
MOST_HIT = 16


def ripple_gantt(portfolio: View, injections: Sequence[Injection], found: Ripple) -> Gantt:
    """Return what a slip moves and whom it hits as a chart; empty rows where nothing moves."""
    movement = move(portfolio, injections)
    dues = _contract_dates(portfolio)
    moved = [_moved_row(movement, item, dues) for item in found.moved]
    on_the_way = {id_: 0 for effect in found.effects for id_ in effect.through}
    points = {item.id: 1 for item in found.moved if item.kind != "activity"}
    rows, left_out = cut(moved, {**points, **on_the_way}, MOST_MOVED)
    shown = {row.id for row in rows}
    hits = [_hit_row(each) for each in found.effects if each.days or each.money.value]
    hit_rows = [row for row in hits if row.id not in shown]
    chains = [item.through for item in found.moved]
    slips = ", ".join(f"{each.id} slips by {each.slip}" for each in found.injected)
    title = f"What moves and who is hit if {slips}"
    left_out += len(hit_rows[MOST_HIT:])
    shades = _shades(portfolio, [row.id for row in rows])
    arrows, hit = _arrows(chains, rows, _types(movement, shown)), tuple(hit_rows[:MOST_HIT])
    return Gantt(title, rows, arrows, shades, portfolio.as_of, left_out, hit)


def _moved_row(movement: Movement, item: MovedItem, dues: Mapping[str, date]) -> Row:
    before, after = item.old, item.new
    network = movement.plan.network
    is_point = item.kind != "activity"
    if item.id in network.index and not is_point:
        before = movement.slip.before.dates(item.id).early_start
        after = movement.slip.after.dates(item.id).early_start
    new, old = (min(after, item.new), item.new), (min(before, item.old), item.old)
    note = f"{item.working_days:+d} d"
    return Row(item.id, item.name, new, old, is_point, "blue", note, dues.get(item.id))


def _hit_row(effect: Effect) -> Row:
    money = effect.money.value
    loses = money is not None and money.amount < 0
    note = "" if money is None else f"{round(money.amount):,} {money.currency}"
    kind = effect.kind.replace("_", " ")
    chain = effect.through
    before = chain[: chain.index(effect.id)] if effect.id in chain else chain[:-1]
    label = f"{kind}, after {before[-1]}" if before else kind
    span = (effect.new, effect.new), (effect.old, effect.old)
    return Row(effect.id, label, *span, True, "red" if loses else "grey", note)


def _arrows(
    chains: Sequence[Sequence[str]], rows: Sequence[Row], types: Mapping[str, str]
) -> tuple[tuple[str, str, str], ...]:
    """Return the links between the rows that are shown, each once; ``types`` by who waits."""
    shown = {row.id for row in rows}
    found: dict[tuple[str, str], None] = {}
    for chain in chains:
        found.update(dict.fromkeys(pairwise(id_ for id_ in chain if id_ in shown)))
    return tuple((giver, waiter, types.get(waiter, "FS")) for giver, waiter in found)


def _types(movement: Movement, ids: Iterable[str]) -> Mapping[str, str]:
    """Return the type of the link that drives each item after the slip."""
    known = movement.plan.network.index
    links = {id_: movement.slip.after.driver(id_).link for id_ in ids if id_ in known}
    return {id_: link.type for id_, link in links.items() if link is not None}


def reasons_gantt(portfolio: View, steps: Sequence[Step]) -> Gantt:
    """Return the chain that decides a date as a chart, from where it starts."""
    dues = _contract_dates(portfolio)
    told = list(reversed(steps))
    rows = [_step_row(portfolio, step, dues) for step in told]
    ranks = {step.id: place for place, step in enumerate(steps)}
    shown, left_out = cut(rows, ranks, MOST_MOVED)
    title = f"Why {steps[0].id} is expected on {steps[0].finish}"
    shades = _shades(portfolio, [row.id for row in shown])
    types = {step.id: step.tie[:2] for step in steps if step.tie}
    arrows = _arrows([[step.id for step in told]], shown, types)
    return Gantt(title, shown, arrows, shades, portfolio.as_of, left_out)


def _step_row(portfolio: View, step: Step, dues: Mapping[str, date]) -> Row:
    entity = portfolio.entities[step.id]
    is_point = entity.kind != "activity"
    label = entity.label if step.tie else f"{entity.label}: {step.reason}"
    span = (step.finish if is_point else min(step.start, step.finish), step.finish)
    return Row(step.id, label, span, None, is_point, "blue", step.tie, dues.get(step.id))


def _contract_dates(portfolio: View) -> Mapping[str, date]:
    """Return the last day without damages of each milestone that a contract names."""
    found: dict[str, date] = {}
    for contract in portfolio.all(Contract):
        for clause in contract.damages:
            milestone = portfolio.find(clause.milestone, Milestone)
            agreed = agreed_date(milestone) if milestone is not None else None
            if milestone is None or agreed is None:
                continue
            project = portfolio.find(milestone.project, Project)
            free = free_until(clause, agreed, project_calendar(portfolio, project))
            found[milestone.id] = min(free, found.get(milestone.id, free))
    return found


def _shades(portfolio: View, ids: Sequence[str]) -> tuple[Shade, ...]:
    """Return the freeze windows that hold anything shown, each once."""
    windows = freezes(portfolio)
    holding = (window for id_ in ids for window in windows.get(id_, ()))
    return tuple(dict.fromkeys(Shade(each.name, each.from_, each.to) for each in holding))
