"""What `pmo deps --format json` holds: names that scripts rely on."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portfolio.impact.dependencies.dependency_map import BusinessLink, ProjectLink
    from portfolio.impact.effect import Effect, Input, Totals
    from portfolio.impact.movement import MovedItem
    from portfolio.impact.ripple import Ripple
    from portfolio.impact.slack import Outlook
    from portfolio.measure.measure import Measure
    from portfolio.network.driving_path import Step
    from portfolio.network.graph import Awaited
    from portfolio.network.tree import Branch
    from portfolio.values import Money

_CENT = Decimal("0.01")


def ripple_data(found: Ripple, outlook: Outlook) -> dict[str, Any]:
    """Return a ripple: what was supposed, what moves, who is hit, the sums, and what is open."""
    return {
        "injected": _injected(found),
        "moved": [_moved(item) for item in found.moved],
        "effects": [_effect(effect) for effect in found.effects],
        "at_risk": [_moved(item) for item in found.at_risk],
        "totals": _totals(found.totals),
        **_known("float_to_first_money", outlook.float_to_first_money),
        "value_at_stake": [
            {"working_days": stake.days, **_money(stake.money)} for stake in outlook.value_at_stake
        ],
        **_known("latest_decision_date", outlook.latest_decision),
        "latest_decision": outlook.decision or None,
        "must_agree": [
            {"person": each.person, "concerns": list(each.concerns)} for each in outlook.must_agree
        ],
    }


def _injected(found: Ripple) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "kind": each.kind, "slip": str(each.slip), "delays": list(each.nodes)}
        for each in found.injected
    ]


def _known(name: str, measure: Measure[Any]) -> dict[str, Any]:
    if measure.value is None:
        return {name: None, f"{name}_reason": measure.reason}
    return {name: measure.value}


def _moved(item: MovedItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "name": item.name,
        "owner": item.owner or None,
        "old": item.old,
        "new": item.new,
        "days": item.days,
        "working_days": item.working_days,
        "slack_used": item.slack_used,
        "held_by": item.held_by or None,
        "through": list(item.through),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "id": effect.id,
        "kind": effect.kind,
        "name": effect.name,
        "owner": effect.owner or None,
        "effect": effect.effect,
        **_money(effect.money),
        "date_old": effect.old,
        "date_new": effect.new,
        "days": effect.days,
        "terms": list(effect.terms),
        "inputs": [_input(each) for each in effect.inputs],
        "through": list(effect.through),
    }


def _input(each: Input) -> dict[str, Any]:
    place = each.place
    return {
        "id": each.id,
        "key": each.key,
        "value": each.value,
        "path": place.path,
        "line": place.line,
        "column": place.column,
    }


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        **_money(totals.money),
        "by_currency": [
            {"money": _amount(money), "currency": money.currency} for money in totals.by_currency
        ],
        "moved": totals.moved,
        "effects": totals.effects,
        "unpriced": totals.unpriced,
    }


def _money(money: Measure[Money]) -> dict[str, Any]:
    if money.value is None:
        return {"money": None, "money_reason": money.reason, "currency": None}
    return {"money": _amount(money.value), "currency": money.value.currency}


def _amount(money: Money) -> str:
    """Return an amount with two decimals; a zero without a sign."""
    rounded = money.amount.quantize(_CENT, ROUND_HALF_EVEN)
    return f"{rounded or abs(rounded):f}"


def picture_data(
    links: Iterable[ProjectLink],
    business: Iterable[BusinessLink],
    awaited: Iterable[Awaited],
    cycles: Sequence[Sequence[str]],
) -> dict[str, Any]:
    """Return the picture: project to project, project to business, and what most wait for."""
    return {
        "projects": [_project_link(link) for link in links],
        "business": [
            {
                "project": link.project,
                "id": link.id,
                "kind": link.kind,
                "name": link.name,
                "by": link.by,
                "expected": link.expected,
                "room": link.room,
            }
            for link in business
        ],
        "most_awaited": [
            {
                "id": each.id,
                "fan_out": each.fan_out,
                "direct": each.direct,
                "projects": list(each.projects),
                "broker": None if each.broker is None else round(each.broker, 4),
            }
            for each in awaited
        ],
        "cycles": [list(cycle) for cycle in cycles],
    }


def _project_link(link: ProjectLink) -> dict[str, Any]:
    tightest = link.tightest.margin
    return {
        "giver": link.giver,
        "receiver": link.receiver,
        "margin": tightest.days,
        "colour": tightest.colour,
        "promises": [
            {
                "id": each.id,
                "margin": each.margin.days,
                "colour": each.margin.colour,
                "reason": each.margin.reason or None,
                "strength": "hard" if each.hard else "soft",
            }
            for each in link.promises
        ],
    }


def tree_data(above: Branch, below: Branch) -> dict[str, Any]:
    """Return both trees of one entity."""
    return {
        "id": above.id,
        "kind": above.kind,
        "name": above.name,
        "waits_for": [_branch(child) for child in above.children],
        "waited_for_by": [_branch(child) for child in below.children],
    }


def reasons_data(steps: Sequence[Step]) -> dict[str, Any]:
    """Return why a date is what it is, step by step back."""
    return {
        "id": steps[0].id,
        "date": steps[0].finish,
        "why": [
            {
                "id": step.id,
                "start": step.start,
                "finish": step.finish,
                "reason": step.reason,
                "waits_for": step.waits_for or None,
                "link": step.tie or None,
                "promise": step.promise or None,
                "beat": step.beat or None,
                "beat_by_working_days": step.by,
            }
            for step in steps
        ],
    }


def money_data(found: Ripple, effect: Effect) -> dict[str, Any]:
    """Return why a slip costs somebody what it costs: the terms, and what they were read from."""
    return {"injected": _injected(found), **_effect(effect)}


def _branch(branch: Branch) -> dict[str, Any]:
    return {
        "id": branch.id,
        "kind": branch.kind,
        "name": branch.name,
        "by": branch.by,
        "repeated": branch.repeated,
        "children": [_branch(child) for child in branch.children],
    }
