"""What `pmo prioritise` prints: one set of data, as tables or as a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pmo_cli import console
from portfolio.analysis.prioritisation import METHODS
from portfolio.impact.planning_round import Round, money_of, variations, waterline
from portfolio.impact.selecting import TOTAL, Candidate, Selected, frontier, select, stays

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_cli.options import Session
    from portfolio.model.portfolio import Portfolio

_SHARES = tuple(share / 10 for share in range(5, 16))
_PERCENT = 100
_NAMED = 3
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked beyond the ranking and the best set."""

    cut: float | None
    frontier: bool
    sensitivity: bool


def round_data(portfolio: Portfolio, round_: Round, wanted: Wanted) -> dict[str, Any]:
    """Return everything that is told about a planning round.

    Raises TimeoutError where no set is found in time.
    """
    best = select(round_.candidates, round_.limits)
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
    if wanted.cut is not None and best.is_feasible:
        data["cut"] = _cut(round_, best, wanted.cut)
    if wanted.frontier:
        data["frontier"] = [
            {"budget_share": share, **_point(round_, found)}
            for share, found in frontier(round_.candidates, round_.limits, _SHARES)
        ]
    if wanted.sensitivity:
        found = variations(portfolio, round_)
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
        rows.append(
            {
                "rank": place,
                "proposal": id_,
                "project": each.proposal.project.id,
                "score": round(each.score, 4),
                "parts": {key: round(part, 4) for key, part in each.parts.items()},
                "cost": None if candidate is None else _whole_cost(candidate),
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


def _whole_cost(candidate: Candidate) -> Any:  # noqa: ANN401 - a number as the envelope writes it
    return money_of(candidate.cost[TOTAL]) if TOTAL in candidate.cost else None


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
                "used": round(sum(getattr(each, kind).get(name, 0.0) for each in chosen), 2),
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


def _cut(round_: Round, best: Selected, percent: float) -> dict[str, Any]:
    after = select(round_.candidates, round_.limits.scaled(1 - percent / _PERCENT))
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


def write_tables(data: Mapping[str, Any], session: Session) -> None:
    """Print the round for people."""
    if not data["ranking"] and not data["best_set"]["proposals"]:
        console.write("No proposal can be compared.")
    else:
        console.write_wrapped(f"Ranked by {data['method_in_words']}.")
        _write_ranking(data, session)
    _write_best(data)
    if "cut" in data:
        _write_cut(data)
    if "frontier" in data:
        _write_frontier(data, session)
    if "sensitivity" in data:
        _write_sensitivity(data["sensitivity"], session)
    if abs(data["weights_add_to"] - 1) > _ROUNDING and data["ranking"]:
        console.say(
            f"note: the weights add to {data['weights_add_to']}, and were made to add to 1", session
        )
    for each in (*data["not_ranked"], *data["left_out"]):
        console.say(f"left out: {each['id']}, {each['reason']}", session)


def _write_ranking(data: Mapping[str, Any], session: Session) -> None:
    rows = [
        [
            each["proposal"],
            f"{each['score']:.3f}",
            "-" if each["cost"] is None else f"{each['cost']:,.0f}",
            _money(data, each["worth"]),
            "yes" if each["chosen"] else "no",
            each["settled"],
        ]
        for each in data["ranking"]
    ]
    line = data["waterline"]
    if line is not None and 0 < line < len(rows):
        rows.insert(line, ["~ the budget ends here ~", "", "", "", "", ""])
    console.print_table(
        ["proposal", "score", "cost", _WORTHS[data["worth"]], "chosen", "settled"],
        rows,
        numeric=(1, 2, 3),
        session=session,
    )


_WORTHS = {"npv": "NPV × confidence", "score": "score"}


def _money(data: Mapping[str, Any], worth: Any) -> str:  # noqa: ANN401 - money, or a number
    if worth is None:
        return "-"
    return f"{worth:,.0f}" if data["worth"] == "npv" else f"{worth:.3f}"


def _priced(data: Mapping[str, Any], worth: Any) -> str:  # noqa: ANN401 - money, or a number
    return (
        f"{_money(data, worth)} {data['currency']}"
        if data["worth"] == "npv"
        else _money(data, worth)
    )


def _write_best(data: Mapping[str, Any]) -> None:
    best = data["best_set"]
    if best["conflict"]:
        console.write("No set can meet all demands. These cannot be met together:")
        for words in best["conflict"]:
            console.write_wrapped(f"  - {words}")
        return
    if not best["uses"]:
        console.write_wrapped(
            "No limit is stated, so everything fits: state `prioritisation` in pmo.yaml, or "
            "--budget and --capacity."
        )
    proof = (
        "optimal"
        if best["optimal"]
        else f"within {best['gap']:.2%} of the best, not proved optimal"
    )
    console.write_wrapped(
        f"Best set, {proof}: {', '.join(best['proposals']) or 'nothing'}; worth "
        f"{_priced(data, best['worth'])}."
    )
    for use in best["uses"]:
        unit = "FTE" if use["kind"] == "capacity" else data["currency"]
        console.write(f"  {use['limit']}: {use['used']:,g} of {use['there_is']:,g} {unit}")


def _write_cut(data: Mapping[str, Any]) -> None:
    cut = data["cut"]
    begin = f"A budget {cut['percent']:g} % lower"
    if cut["conflict"]:
        console.write_wrapped(f"{begin} cannot be met: {'; '.join(cut['conflict'])}.")
    elif not cut["drops"]:
        console.write(f"{begin} drops nothing.")
    else:
        dropped = ", ".join(
            f"{each['id']} ({_priced(data, each['worth'])})" for each in cut["drops"]
        )
        instead = (
            f", takes {', '.join(cut['takes_instead'])} instead" if cut["takes_instead"] else ""
        )
        console.write_wrapped(
            f"{begin} drops {dropped}{instead} and loses {_priced(data, cut['loses'])}."
        )


def _write_frontier(data: Mapping[str, Any], session: Session) -> None:
    rows: list[list[str]] = []
    for each in data["frontier"]:
        worth = _money(data, each["worth"])
        chosen = ", ".join(each["proposals"]) or "; ".join(each["conflict"]) or "nothing"
        if rows and rows[-1][1:] == [worth, chosen]:  # nothing better for more money
            rows[-1][0] = f"{rows[-1][0].partition(' ')[0]} to {each['budget_share']:.0%}"
        else:
            rows.append([f"{each['budget_share']:.0%}", worth, chosen])
    console.print_table(
        ["of the budget", "worth", "best set"],
        rows,
        title="What less and more money would bring",
        numeric=(1,),
        session=session,
    )


def _write_sensitivity(found: Mapping[str, Any], session: Session) -> None:
    count = len(found["variations"])
    if not count:
        console.write("Nothing to vary: there is no budget, and the worth knows no weights.")
        return
    rows: Sequence[Sequence[str]] = [
        [id_, f"{share:.0%}", _without(found, id_)]
        for id_, share in sorted(found["stays_in"].items(), key=lambda item: -item[1])
    ]
    console.print_table(
        ["proposal", "stays in", "not with"],
        rows,
        title=f"Who stays in with weights 20 % and budgets 10 % higher and lower, {count} times",
        numeric=(1,),
        session=session,
    )


def _without(found: Mapping[str, Any], id_: str) -> str:
    """Name up to three changes with which a proposal is out; none that is never in."""
    out = [each["change"] for each in found["variations"] if id_ not in each["set"]]
    if len(out) == len(found["variations"]):
        return "never in"
    more = f" and {len(out) - _NAMED} more" if len(out) > _NAMED else ""
    return f"{', '.join(out[:_NAMED])}{more}"
