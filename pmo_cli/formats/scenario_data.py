"""What `pmo deps` of scenarios holds as JSON: names that scripts rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_cli.formats.dependency_data import ripple_data

if TYPE_CHECKING:
    from portfolio.application.dependency_answers import Supposed
    from portfolio.impact.scenarios.departure import Leaving
    from portfolio.impact.scenarios.scenario import Outcome
    from portfolio.measure.measure import Measure
    from portfolio.values import Money


def scenario_data(answer: Supposed) -> dict[str, Any]:
    """Return what loses its case, what stands still, and what moves by it."""
    supposed = answer.supposition
    data: dict[str, Any] = {}
    if supposed.stopped is not None:
        data["stopped"] = {
            "projects": list(supposed.stopped.projects),
            "losses": [
                {"id": e.id, "kind": e.kind, "owner": e.owner or None, "what": e.what}
                | _money(e.money)
                for e in supposed.stopped.losses
            ],
            "releases": [
                {"id": e.id, "what": e.what} | _money(e.money) for e in supposed.stopped.releases
            ],
        }
    if supposed.leaving:
        data["leaving"] = [_leaving_data(left) for left in supposed.leaving]
    if answer.slip is not None:
        data |= ripple_data(answer.slip.found, answer.slip.outlook)
    return data


def _leaving_data(left: Leaving) -> dict[str, Any]:
    return {
        "person": left.person,
        "on": left.on,
        "continued": [
            {"id": e.activity, "share": e.share, "longer": str(e.longer)} for e in left.continued
        ],
        "orphans": [
            {
                "id": e.activity,
                "start": e.start,
                "finish": e.finish,
                "total_float": e.room,
                "candidates": list(e.candidates),
            }
            for e in left.orphans
        ],
        "skills": [{"skill": skill, "level": level} for skill, level in left.skills],
        "owned": dict(left.owned),
    }


def _money(money: Measure[Money]) -> dict[str, Any]:
    """Return an amount with its currency, or the reason why there is none."""
    if money.value is None:
        return {"money": None, "money_reason": money.reason, "currency": None}
    return {"money": str(money.value.amount), "currency": money.value.currency}


def outcome_data(found: Outcome) -> dict[str, Any]:
    """Return what one scenario leads to."""
    room, decide = found.free_days, found.latest_decision
    return {
        "scenario": found.name,
        **_money(found.money),
        "hit": dict(found.hit),
        "dates": dict(found.dates),
        "float_to_first_money": room.value if room else None,
        "latest_decision_date": decide.value if decide else None,
        "orphans": found.orphans,
        "lost": found.lost,
    }
