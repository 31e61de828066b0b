"""What `pmo prioritise` prints: its data as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_cli import console

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_cli.options import Session

_NAMED = 3
_ROUNDING = 1e-6
_WORTHS = {"npv": "NPV × confidence", "score": "score"}


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
    weights = any(each["change"].startswith("weight") for each in found["variations"])
    varied = "weights 20 % and budgets 10 %" if weights else "budgets 10 %"
    rows: Sequence[Sequence[str]] = [
        [id_, f"{share:.0%}", _without(found, id_)]
        for id_, share in sorted(found["stays_in"].items(), key=lambda item: -item[1])
    ]
    console.print_table(
        ["proposal", "stays in", "not with"],
        rows,
        title=f"Who stays in with {varied} higher and lower, {count} times",
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
