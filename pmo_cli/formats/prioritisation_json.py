"""What `pmo prioritise` tells: the data behind its tables and its document."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

from portfolio.analysis.strategy.planning_round import Round, money_of, waterline
from portfolio.analysis.strategy.portfolio_selection import TOTAL, Candidate, Selected, stays
from portfolio.analysis.strategy.prioritisation import METHODS

if TYPE_CHECKING:
    from portfolio.application.prioritisation import Prioritisation


def prioritisation_data(answer: Prioritisation) -> dict[str, Any]:
    """Return everything that is told about a planning round."""
    round_, best = answer.round, answer.best
    data: dict[str, Any] = {
        "method": round_.ranking.method,
        "method_in_words": METHODS[round_.ranking.method],
        "weights_add_to": round_.ranking.weights_add_to,
        "worth": round_.worth,
        "currency": round_.currency,
        "ranking": _ranking(round_, best),
        "waterline": waterline(round_),
        "left_out": [{"id": each.id, "reason": why} for each, why in round_.left_out],
        "best_set": _set(round_, best),
    }
    unranked = [{"id": each.id, "reason": why} for each, why in round_.ranking.left_out]
    data["not_ranked"] = unranked
    if answer.cut is not None:
        data["cut"] = _cut(round_, best, *answer.cut)
    if answer.frontier is not None:
        data["frontier"] = [
            {"budget_share": share, **_point(round_, found)} for share, found in answer.frontier
        ]
    if answer.variations is not None:
        found = answer.variations
        data["sensitivity"] = {
            "variations": [{"change": v.words, "set": list(v.selected.ids)} for v in found],
            "stays_in": {
                each.id: round(stays([v.selected for v in found], each.id), 4)
                for each in round_.candidates
            }
            if found
            else {},
        }
    return data


def _ranking(round_: Round, best: Selected) -> list[dict[str, Any]]:
    costs = {each.id: each for each in round_.candidates}
    rows = []
    for place, each in enumerate(round_.ranking.ranked, 1):
        id_ = each.proposal.id
        candidate = costs.get(id_)
        cost = candidate.cost.get(TOTAL) if candidate is not None else None
        rows.append(
            {
                "rank": place,
                "proposal": id_,
                "project": each.proposal.project.id,
                "score": round(each.score, 4),
                "parts": {key: round(part, 4) for key, part in each.parts.items()},
                "cost": None if cost is None else money_of(cost),
                "worth": None if candidate is None else _worth(round_, candidate.value),
                "chosen": id_ in best.ids,
                "settled": _settled(round_, candidate),
            }
        )
    return rows


def _settled(round_: Round, candidate: Candidate | None) -> str:
    if candidate is None:
        return "left out"
    if candidate.id in round_.limits.pinned_out:
        return "pinned out"
    if candidate.mandatory:
        return "mandatory"
    return "pinned in" if candidate.id in round_.limits.pinned_in else ""


def _worth(round_: Round, value: float) -> Any:  # noqa: ANN401 - money, or a number
    return money_of(value) if round_.worth == "npv" else round(value, 4)


def _set(round_: Round, found: Selected) -> dict[str, Any]:
    chosen = [each for each in round_.candidates if each.id in found.ids]
    return {
        "proposals": list(found.ids),
        "optimal": found.is_optimal,
        "gap": round(found.gap, 6),
        "worth": _worth(round_, found.value),
        "uses": [
            {
                "limit": name or "budget",
                "kind": kind,
                "used": round(fsum(getattr(each, kind).get(name, 0.0) for each in chosen), 2),
                "there_is": round(most, 2),
            }
            for kind, limits in (
                ("cost", round_.limits.budget),
                ("capacity", round_.limits.capacity),
            )
            for name, most in limits.items()
        ],
        "conflict": list(found.conflict),
    }


def _point(round_: Round, found: Selected) -> dict[str, Any]:
    return {
        "worth": _worth(round_, found.value) if found.is_feasible else None,
        "proposals": list(found.ids),
        "conflict": list(found.conflict),
    }


def _cut(round_: Round, best: Selected, percent: float, after: Selected) -> dict[str, Any]:
    values = {each.id: each.value for each in round_.candidates}
    return {
        "percent": percent,
        "drops": [
            {"id": each, "worth": _worth(round_, values[each])}
            for each in best.ids
            if each not in after.ids
        ],
        "takes_instead": [each for each in after.ids if each not in best.ids],
        "loses": _worth(round_, best.value - after.value) if after.is_feasible else None,
        "conflict": list(after.conflict),
    }
