"""What `pmo risk simulate` prints: one set of data, as tables or as a document."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pmo_cli import console
from portfolio.listing import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_cli.options import Session
    from portfolio.analysis.risk.simulation_summary import CostOutlook, DateOutlook
    from portfolio.application.simulation import Simulation

_TOP = 10
_WIDE = 100  # columns, from which on all percentiles of a date fit
_BASES = {"current": "now", "residual": "after their responses"}
_PERCENTILES = ("P10", "P50", "P80", "P90")


def simulation_data(found: Simulation) -> dict[str, Any]:
    """Return everything that is told about a simulation."""
    from portfolio.analysis.risk.simulation_outcome import COST, tornado
    from portfolio.analysis.risk.simulation_summary import (
        cost_outlook,
        criticalities,
        key_date_outlooks,
        project_outlooks,
    )

    asked, inputs, outcome = found.asked, found.inputs, found.outcome
    portfolio, model = found.opened.view, inputs.model
    cost = cost_outlook(portfolio, inputs, outcome)
    projects = project_outlooks(portfolio, inputs, outcome)
    drivers = {each.id: tornado(outcome, each.id) for each in projects}
    return {
        "seed": asked.seed,
        "iterations": asked.iterations,
        "distribution": asked.distribution,
        "uncertain": {
            "durations": len(model.durations),
            "costs": len(model.costs),
            "risks": len(model.risks),
        },
        "correlation": inputs.correlation,
        "risk_base": "residual" if inputs.residual else "current",
        "without_residual": list(inputs.unanswered),
        "currency": portfolio.settings.organisation.currency,
        "cost": None if cost is None else _cost(cost),
        "projects": [_dates(each) for each in projects],
        "key_dates": [_dates(each) for each in key_date_outlooks(portfolio, inputs, outcome)],
        "criticality": [
            {"activity": id_, "share": round(share, 4)}
            for id_, share in criticalities(inputs, outcome)
        ],
        "cost_drivers": [_rank(each.id, each.rank) for each in tornado(outcome, COST)],
        "date_drivers": {
            id_: [_rank(each.id, each.rank) for each in found] for id_, found in drivers.items()
        },
        "correlation_repaired_by": round(outcome.repaired_by, 6),
        "left_out": [{"id": id_, "reason": reason} for id_, reason in inputs.left_out],
    }


def _cost(cost: CostOutlook) -> dict[str, Any]:
    values = asdict(cost)
    values["percentiles"] = dict(zip(_PERCENTILES, cost.percentiles, strict=True))
    values["standard_error"] = values.pop("error")
    values["to_p80_base"] = "most_likely"
    return values


def _dates(outlook: DateOutlook) -> dict[str, Any]:
    values = asdict(outlook)
    values["percentiles"] = dict(zip(_PERCENTILES, outlook.percentiles, strict=True))
    values["standard_error_days"] = values.pop("error")
    values["merge_bias_days"] = values.pop("bias")
    values["to_p80_days"] = values.pop("to_p80")
    return values


def _rank(id_: str, rank: float) -> dict[str, Any]:
    return {"id": id_, "rank_correlation": round(rank, 4)}


def write_tables(data: Mapping[str, Any], session: Session) -> None:
    """Print the result for people."""
    counts = data["uncertain"]
    console.write_wrapped(
        f"{data['iterations']:,} iterations, seed {data['seed']}, {data['distribution']}: "
        f"{counts['durations']} uncertain durations, {counts['costs']} cost lines, "
        f"{counts['risks']} risks as they are {_BASES[data['risk_base']]}; "
        f"cost lines of a project correlate by {data['correlation']:g}",
        "",
    )
    _write_cost(data)
    _write_dates("Project", data["projects"], session)
    _write_dates("Key date", data["key_dates"], session)
    _write_shares("Critical in", data["criticality"], "activity", "share", session)
    _write_shares("Moves the cost", data["cost_drivers"], "id", "rank_correlation", session)
    for project, drivers in data["date_drivers"].items():
        if session.verbose or len(data["date_drivers"]) == 1:
            _write_shares(f"Moves {project}", drivers, "id", "rank_correlation", session)
    if data["correlation_repaired_by"]:
        console.say(
            "note: the stated correlations contradict each other; the nearest possible ones are "
            f"used, none further away than {data['correlation_repaired_by']:.2f}",
            session,
        )
    if data["without_residual"]:
        words = listed(data["without_residual"])
        console.say(f"no residual is stated, drawn as they are now: {words}", session)
    if data["left_out"]:
        out = [f"{each['id']}: {each['reason']}" for each in data["left_out"]]
        console.say(f"left out: {listed(out, between='; ', last='; ')}", session)


def _write_cost(data: Mapping[str, Any]) -> None:
    cost, currency = data["cost"], data["currency"]
    if cost is None:
        console.write("Cost: not yet measured, no budget is stated.")
        return
    found = ", ".join(f"{name} {value:,}" for name, value in cost["percentiles"].items())
    error = cost["standard_error"]
    known = "" if error is None else f" (standard error of P80 {error:,})"
    console.write_wrapped(f"Cost in {currency}: plan {cost['planned']:,}, {found}{known}")
    words = (
        f"Contingency to P80: {cost['to_p80']:,} over the most likely cost, "
        f"{cost['over_mean']:,} over the mean"
    )
    if cost["cover"] is not None:
        verdict = "covers P80" if cost["covers_p80"] else "does not cover P80"
        words += f"; {cost['cover']:,} is left, which {verdict} and is enough in "
        words += f"{cost['within_cover']:.0%} of iterations"
    console.write_wrapped(words)
    if cost["budget"] is not None:
        console.write_wrapped(
            f"Within the budget of {cost['budget']:,}: {cost['within_budget']:.0%}"
        )


def _write_dates(title: str, rows: list[dict[str, Any]], session: Session) -> None:
    if not rows:
        return
    narrow = console.width() < _WIDE
    biased = not narrow or title == "Project"
    told = [name for name in _PERCENTILES if not narrow or name in {"P50", "P80"}]
    cells = [
        [
            row["id"],
            _day(row["planned"]),
            *(_day(row["percentiles"][name]) for name in told),
            *([f"{row['merge_bias_days']:+d}d"] if biased else []),
            *([] if narrow else [f"{row['to_p80_days']:+d}d"]),
            _day(row["due"]) if row["due"] else "-",
            "-" if row["probability"] is None else f"{row['probability']:.0%}",
        ]
        for row in rows
    ]
    headings = [
        title,
        "Plan",
        *told,
        *(["Bias"] if biased else []),
        *([] if narrow else ["To P80"]),
        "Due",
        "Met",
    ]
    numeric = (len(headings) - 1,)
    console.print_table(headings, cells, numeric=numeric, session=session)


def _day(day: Any) -> str:  # noqa: ANN401 - a date out of the document
    return f"{day:%y-%m-%d}"


def _write_shares(
    title: str, rows: list[dict[str, Any]], key: str, figure: str, session: Session
) -> None:
    if not rows:
        return
    percent = figure == "share"
    cells = [
        [row[key], f"{row[figure]:.0%}" if percent else f"{row[figure]:+.2f}"]
        for row in rows[:_TOP]
    ]
    heading = "Iterations" if percent else "Rank corr."
    console.print_table([title, heading], cells, numeric=(1,), session=session)
