"""What the picture of the page is drawn from: the graph as plain values, ready to be embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portfolio.report.blocks import Days
from portfolio.report.formatting import in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from portfolio.impact.dependencies.explorer import Explored, Explorer
    from portfolio.impact.effect import Effect
    from portfolio.impact.movement import MovedItem

# More than this is neither read nor laid out while somebody waits; the page says what it left out.
DRAWN_AT_MOST = 250
# Shown from the start, the most telling first; other kinds are shown on request.
SHOWN = (
    "project",
    "milestone",
    "dependency",
    "contract",
    "customer",
    "benefit",
    "service",
    "objective",
    "business_dependency",
    "supplier",
    "team",
)


def explorer_data(explorer: Explorer) -> dict[str, Any]:
    """Return nodes and links, every figure in words; a date that is not known is left out."""
    found = explorer.ripple
    places = {each.id: place for place, each in enumerate(explorer.nodes)}
    ranks = {id(effect): rank for rank, effect in enumerate(found.effects if found else ())}
    moved = {item.id for item in found.moved} if found else set()
    return {
        "limit": DRAWN_AT_MOST,
        "shown": SHOWN,
        "chosen": [id_ for id_ in explorer.chosen if id_ in places],
        "injected": {each.id: str(each.slip) for each in found.injected} if found else {},
        "nodes": [_stated(each, ranks, moved) for each in explorer.nodes],
        "edges": [[places[edge.giver], places[edge.waiter]] for edge in explorer.edges],
    }


def _stated(each: Explored, ranks: Mapping[int, int], moved: Collection[str]) -> dict[str, Any]:
    """Return what the picture says of one thing, every figure in words; nothing where unknown."""
    stated: dict[str, Any] = {
        "id": each.id,
        "kind": each.kind,
        "name": each.name,
        "owner": each.owner,
        "project": each.project,
        "expected": in_words(each.expected) if each.expected else "",
        "room": in_words(Days(each.room.value, "working days")) if each.room.is_known else "",
        "noroom": each.room.reason,
        "worth": in_words(each.worth.value) if each.worth.value else "",
    }
    if each.moved is not None:
        stated["moved"] = _shift(each.moved)
    if each.effects:
        stated["effects"] = [_effect(effect, ranks[id(effect)], moved) for effect in each.effects]
    return {key: value for key, value in stated.items() if value}


def _shift(item: MovedItem) -> dict[str, Any]:
    return {
        "old": in_words(item.old),
        "new": in_words(item.new),
        "days": item.days,
        "slack": in_words(Days(item.slack_used, "working days")),
        "held": item.held_by,
        "via": item.through[-2] if len(item.through) > 1 else "",
    }


def _from_last_moved(through: Sequence[str], moved: Collection[str]) -> list[str]:
    """Return the end of a chain, behind which every step is told by what moves itself."""
    places = [place for place, id_ in enumerate(through[:-1]) if id_ in moved]
    return list(through[max(places, default=0) :])


def _effect(effect: Effect, rank: int, moved: Collection[str]) -> dict[str, Any]:
    money = effect.money.value
    return {
        "rank": rank,
        "says": effect.effect,
        "old": in_words(effect.old),
        "new": in_words(effect.new),
        "days": effect.days,
        "money": in_words(money) if money else "",
        "nomoney": effect.money.reason,
        "adverse": money is not None and money.amount < 0,
        "terms": list(effect.terms),
        "inputs": [
            f"{each.id} {each.key}: {each.value} ({each.place.path}:{each.place.line})"
            for each in effect.inputs
        ],
        "through": _from_last_moved(effect.through, moved),
    }
