"""Rules about risks: rated, answered, looked at, and within appetite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.governance.project_health import is_answered
from portfolio.analysis.risk.score import band_of
from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Project
from portfolio.model.risk import Risk
from portfolio.rules.phrases import ago, counted, rated
from portfolio.rules.rule import Problem, rule
from portfolio.settings import CADENCE_DAYS
from portfolio.view.lifecycle import is_open_risk

if TYPE_CHECKING:
    from portfolio.view.view import View

_SERIOUS = {"high", "very high"}
_SOLUTIONS = ("implement ", "hire ", "buy ", "introduce ", "need to ", "we need ", "mitigate ")


@rule(Severity.ERROR, Risk)
def rsk_no_response(risk: Risk, portfolio: View) -> Iterator[Problem]:
    """A high risk is open and nothing is being done about it.

    What it does:
        Reports an open risk whose current rating is high or very high, without a response that is
        in progress or done. To accept is a response if `accepted_by` says who bears it. An impact
        of 5 is always high.

    Why it matters:
        A list of risks is not risk management.

    Example:
        risk: {id: exit, project: atlas, event: The supplier leaves, effect: Go-live slips,
          owner: ben-okafor, current: {p: 4, i: 4}, response: reduce,
          responses: [{text: Find a second supplier, status: planned}]}

    Use instead:
        risk: {id: exit, project: atlas, event: The supplier leaves, effect: Go-live slips,
          owner: ben-okafor, current: {p: 4, i: 4}, response: reduce,
          responses: [{text: Find a second supplier, status: in_progress}]}

    Options:
        `risk_scale: {medium: 5, high: 10, very_high: 15}` in pmo.yaml sets the bands.
    """
    rating = risk.current or risk.inherent
    band = band_of(rating, portfolio.settings.risk_scale)
    if rating is None or band not in _SERIOUS or not is_open_risk(risk, portfolio):
        return
    if is_answered(risk):
        return
    missing = (
        "accepted, but nobody has accepted it (accepted_by)"
        if risk.response == "accept"
        else "no response is in progress or done"
    )
    yield Problem(
        risk,
        f"{risk.label!r} is {band} ({rated(rating)}) and {missing}",
        "current" if risk.current is not None else "inherent",
        "start a response and write status: in_progress, or let somebody accept the risk",
    )


@rule(Severity.WARNING, Risk)
def rsk_stale(risk: Risk, portfolio: View) -> Iterator[Problem]:
    """Nobody has looked at an open risk for too long.

    What it does:
        Compares `last_reviewed`, else `raised_on`, with the status date: a high or very high risk
        may be one reporting cadence old, any other a quarter.

    Why it matters:
        A register that nobody reads again is dead.

    Example:
        risk: {id: exit, project: atlas, event: The supplier leaves, effect: Go-live slips,
          owner: ben-okafor, current: {p: 2, i: 2}, last_reviewed: 2025-11-28}

    Use instead:
        risk: {id: exit, project: atlas, event: The supplier leaves, effect: Go-live slips,
          owner: ben-okafor, current: {p: 2, i: 2}, last_reviewed: 2026-03-20}

    Options:
        `organisation: {reporting_cadence: monthly}` in pmo.yaml.
    """
    seen = risk.last_reviewed or risk.raised_on
    if seen is None or not is_open_risk(risk, portfolio):
        return
    cadence = portfolio.settings.organisation.reporting_cadence
    band = band_of(risk.current or risk.inherent, portfolio.settings.risk_scale)
    allowed = CADENCE_DAYS[cadence if band in _SERIOUS else "quarterly"]
    if (portfolio.as_of - seen).days > allowed:
        key = "last_reviewed" if risk.last_reviewed is not None else "raised_on"
        yield Problem(
            risk,
            f"{key} is {seen}, {ago(seen, portfolio.as_of)}; "
            f"a {band or 'risk without a'} rating allows {counted(allowed, 'day')}",
            key,
            "look at it again with its owner and write the day",
        )


@rule(Severity.WARNING, Risk)
def rsk_proximity_passed(risk: Risk, portfolio: View) -> Iterator[Problem]:
    """The time in which a risk could happen is over, and it is still open.

    What it does:
        Reports an open risk whose `expected_to` is before the status date.

    Why it matters:
        Either it has happened, then it is an issue, or it cannot happen any more, or the window
        was wrong.

    Example:
        risk: {id: frost, project: atlas, event: Frost stops the works, effect: Two weeks are lost,
          owner: ben-okafor, expected_from: 2025-12-01, expected_to: 2026-02-28}

    Use instead:
        risk: {id: frost, project: atlas, event: Frost stops the works, effect: Two weeks are lost,
          owner: ben-okafor, expected_from: 2025-12-01, expected_to: 2026-02-28, status: closed}
    """
    last = risk.expected_to
    if last is not None and last < portfolio.as_of and is_open_risk(risk, portfolio):
        yield Problem(
            risk,
            f"expected until {last}, {ago(last, portfolio.as_of)}, and still open",
            "expected_to",
            "close it, turn it into an issue, or correct the window",
        )


@rule(Severity.WARNING, Risk)
def rsk_p_one(risk: Risk, portfolio: View) -> Iterator[Problem]:
    """A risk is certain, so it is none.

    What it does:
        Reports an open risk with a `probability` of 1.

    Why it matters:
        What is certain is an issue: it needs a plan and money, not a probability.

    Example:
        risk: {id: price, project: atlas, event: The price rises, effect: Cost grows,
          owner: ben-okafor, probability: 1, impact_cost: 8000}

    Use instead:
        issue: {id: price, project: atlas, title: The price rises, owner: ben-okafor,
          impact: {cost: 8000}}
    """
    if risk.probability is not None and risk.probability >= 1 and is_open_risk(risk, portfolio):
        yield Problem(
            risk,
            f"the probability is {risk.probability:f}; what is certain is an issue, not a risk",
            "probability",
            "write it as an issue with from_risk, and close the risk as occurred",
        )


@rule(Severity.INFO, Risk)
def rsk_not_cause_event_effect(risk: Risk, portfolio: View) -> Iterator[Problem]:
    """A risk does not say what may happen, or what that would lead to.

    What it does:
        Reports an open risk without `event` or `effect`, and a title that names a solution.

    Why it matters:
        "Because of a cause, an event may happen, which leads to an effect": without the parts
        nobody can tell what to do about it.

    Example:
        risk: {id: tester, project: atlas, title: Hire a tester, owner: ben-okafor}

    Use instead:
        risk: {id: tester, project: atlas, title: Too few testers, cause: The market is empty,
          event: No tester is found by May, effect: The test takes two weeks longer,
          owner: ben-okafor}
    """
    if not is_open_risk(risk, portfolio):
        return
    missing = [key for key in ("event", "effect") if not getattr(risk, key)]
    if (risk.title or "").lower().startswith(_SOLUTIONS):
        yield Problem(
            risk,
            f"the title {risk.title!r} names a solution, not a risk",
            "title",
            "say what may happen, and put the solution into responses",
        )
    elif missing:
        yield Problem(
            risk,
            f"{risk.label!r} does not state its {' and '.join(missing)}",
            "title",
            "because of <cause>, <event> may happen, which leads to <effect>",
        )


@rule(Severity.WARNING)
def rsk_none(portfolio: View, _: View) -> Iterator[Problem]:
    """A delivering project has no open risk.

    What it does:
        Reports each project with `status: delivering` that no open risk names; once for all of
        them where no risk is kept at all.

    Why it matters:
        There is no project without a risk, so nobody has looked.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          status: delivering, baseline_finish: 2026-09-30, tolerances: {time: 10d}}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          status: delivering, baseline_finish: 2026-09-30, tolerances: {time: 10d},
          risks: [{id: lab, event: The lab is full, effect: Tests wait, owner: ben-okafor}]}
    """
    known = {
        project.id: portfolio.related(project, Risk)
        for project in portfolio.all(Project)
        if project.status == "delivering"
    }
    bare = [name for name, risks in known.items() if all(risk.status != "open" for risk in risks)]
    hint = "hold a risk workshop; `pmo new risk` sketches an entry"
    if bare and not portfolio.all(Risk):
        projects = counted(len(bare), "delivering project")
        message = f"{projects}, and no risk is on record in the whole portfolio"
        yield Problem(portfolio.find(bare[0]), message, "status", hint)
        return
    for name in bare:
        count = len(known[name])
        record = f"{counted(count, 'risk')} on record, none open" if count else "none on record"
        message = f"{name!r} is delivering without an open risk: {record}"
        yield Problem(portfolio.find(name), message, "status", hint)
