"""Rules about reliability: what is left to break, and what a green level hides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.account_health import watermelon
from portfolio.analysis.commercial.satisfaction import newest_opinion
from portfolio.analysis.service.service_hours import read_time
from portfolio.analysis.service.service_performance import error_budget_now, window_of
from portfolio.diagnostic import Severity
from portfolio.measure.privacy import ENOUGH
from portfolio.measure.statistics import straddles
from portfolio.model.commercial.contracts import Customer
from portfolio.model.operations.services import ChangeEvent, Service
from portfolio.model.service import Sla
from portfolio.rules.phrases import counted, figure, listed, see
from portfolio.rules.rule import Problem, rule

if TYPE_CHECKING:
    from portfolio.analysis.commercial.satisfaction import Opinion
    from portfolio.diagnostic import Related
    from portfolio.measure.measure import Measure
    from portfolio.view.view import View

_ROLLING = timedelta(days=30)
_DAYS_OF_WEEK = 7


@rule(Severity.WARNING, Sla)
def svc_budget_exhausted(level: Sla, portfolio: View) -> Iterator[Problem]:
    """The error budget of a service is used up, and a normal change to it is planned.

    What it does:
        Takes the minutes that an availability allows to fail in its window, less the outages and,
        where none is written down, less what was measured; of other levels in percent the cases.
        None left, and a `change_event` of type
        normal planned or approved for the service before the window ends, or within thirty days,
        is reported.

    Why it matters:
        What is already too unstable is changed again: release, or stabilise, but not both.

    Example:
        slas: [{id: up, service: billing, measure: availability, target: 99, unit: "%",
          direction: higher, window: quarter}]
        outages:
          - {id: o1, service: billing, from: 2026-03-04 08:00, to: 2026-03-05 12:00}
        change_event: {id: release-0, name: Release 0, project: atlas, type: normal,
          go_live: 2026-04-14, services: [billing]}

    Use instead:
        slas: [{id: up, service: billing, measure: availability, target: 99, unit: "%",
          direction: higher, window: quarter}]
        outages:
          - {id: o1, service: billing, from: 2026-03-04 08:00, to: 2026-03-04 12:00}
        change_event: {id: release-0, name: Release 0, project: atlas, type: normal,
          go_live: 2026-04-14, services: [billing]}
    """
    found = error_budget_now(portfolio, level).value
    service = portfolio.find(level.service, Service)
    if found is None or service is None or found.remaining > 0:
        return
    last = max(window_of(level, portfolio.as_of).end, portfolio.as_of + _ROLLING)
    for event in portfolio.related(service, ChangeEvent, "services"):
        open_ = event.type == "normal" and event.status in {"planned", "approved"}
        if open_ and portfolio.as_of <= event.go_live <= last:
            yield Problem(
                level,
                f"{found.budget - found.remaining:.0f} {found.unit} were lost of the "
                f"{found.budget:.0f} that {level.target} % allow; {event.label!r} goes live on "
                f"{event.go_live}",
                "target",
                "move the change, or stabilise the service first",
                related=(see(event, f"goes live on {event.go_live}", "go_live"),),
            )


@rule(Severity.WARNING, Customer)
def svc_watermelon(customer: Customer, portfolio: View) -> Iterator[Problem]:
    """Every service level is kept, and the customer is not satisfied.

    What it does:
        Takes the newest satisfaction survey of a customer and the newest value, until then, of
        each service level that the customer was promised. All kept, and the whole interval of the
        satisfied share below the amber edge, is reported.

    Why it matters:
        Green outside and red inside: what is measured is not what the customer feels.

    Example:
        measurements:
          - {sla: billing.on-time, period: 2026-02, value: 99.2}
        surveys:
          - {id: pulse, subject: acme, type: csat, question: Are you satisfied?, scale: [1, 5],
             sent_on: 2026-03-02, invited: 8}
        responses:
          - {survey: pulse, id: r1, score: 2, on: 2026-03-04, respondent_role: user}
          - {survey: pulse, id: r2, score: 1, on: 2026-03-04, respondent_role: user}
          - {survey: pulse, id: r3, score: 3, on: 2026-03-05, respondent_role: user}
          - {survey: pulse, id: r4, score: 2, on: 2026-03-06, respondent_role: sponsor}

    Use instead:
        measurements:
          - {sla: billing.on-time, period: 2026-02, value: 99.2}
        surveys:
          - {id: pulse, subject: acme, type: csat, question: Are you satisfied?, scale: [1, 5],
             sent_on: 2026-03-02, invited: 8}
        responses:
          - {survey: pulse, id: r1, score: 4, on: 2026-03-04, respondent_role: user}
          - {survey: pulse, id: r2, score: 5, on: 2026-03-04, respondent_role: user}
          - {survey: pulse, id: r3, score: 4, on: 2026-03-05, respondent_role: user}
          - {survey: pulse, id: r4, score: 5, on: 2026-03-06, respondent_role: sponsor}

    Options:
        `thresholds: {satisfaction: {green: 0.85, amber: 0.75}}` in pmo.yaml.
    """
    found = watermelon(portfolio, customer).value
    if found is None:
        return
    kept = listed(f"{level.id} {figure(value)} in {period}" for level, period, value in found.kept)
    figures = found.opinion.figures
    yield Problem(
        found.opinion.survey,
        f"{figures.share:.0%} of {counted(figures.count, 'answer')} from {customer.name!r} are "
        f"satisfied, at most {figures.interval.high:.0%}; every service level is kept: {kept}",
        "subject",
        "ask what hurts, and measure that",
        related=tuple(see(level, f"target {level.target}", "target") for level, _, _ in found.kept),
    )


@rule(Severity.ERROR, Customer)
def cus_low_n_coloured(customer: Customer, portfolio: View) -> Iterator[Problem]:
    """A customer was given a colour by hand that too few answers can carry.

    What it does:
        Looks at `health_override` of green or red beside the newest satisfaction survey: fewer
        than 30 answers whose interval has the green edge (for green) or the amber edge (for red)
        inside are reported.

    Why it matters:
        8 of 10 satisfied is compatible with anything from 49 to 94 %: the colour is chance.

    Example:
        customer: {id: bigco, name: Bigco, account_owner: anna-reyes,
          health_override: {colour: green, reason: They like us}}
        surveys:
          - {id: pulse, subject: bigco, type: csat, question: Are you satisfied?, scale: [1, 5],
             sent_on: 2026-03-02, invited: 8}
        responses:
          - {survey: pulse, id: r1, score: 4, on: 2026-03-04, respondent_role: user}
          - {survey: pulse, id: r2, score: 5, on: 2026-03-04, respondent_role: user}
          - {survey: pulse, id: r3, score: 2, on: 2026-03-05, respondent_role: user}

    Use instead:
        customer: {id: bigco, name: Bigco, account_owner: anna-reyes,
          health_override: {colour: amber, reason: Three answers only}}
        surveys:
          - {id: pulse, subject: bigco, type: csat, question: Are you satisfied?, scale: [1, 5],
             sent_on: 2026-03-02, invited: 8}
        responses:
          - {survey: pulse, id: r1, score: 4, on: 2026-03-04, respondent_role: user}
          - {survey: pulse, id: r2, score: 5, on: 2026-03-04, respondent_role: user}
          - {survey: pulse, id: r3, score: 2, on: 2026-03-05, respondent_role: user}

    Options:
        `thresholds: {satisfaction: {green: 0.85, amber: 0.75}}` in pmo.yaml.
    """
    override, found = customer.health_override, newest_opinion(portfolio, customer)
    if override is None or override.colour == "amber":
        return
    band = portfolio.settings.thresholds.satisfaction
    edge = float(band.green if override.colour == "green" else band.amber)
    why, related, is_chance = _chance(found, edge)
    if is_chance:
        yield Problem(
            customer,
            f"{customer.name!r} is {override.colour} by hand, but {why}",
            "health_override",
            "leave the colour out, or ask more people",
            related=related,
        )


def _chance(found: Measure[Opinion], edge: float) -> tuple[str, tuple[Related, ...], bool]:
    """Say what the newest answers carry, where they stand, and whether a colour is chance."""
    if found.value is None:
        return f"{found.reason} carry no colour", (), found.code == "small_sample"
    figures = found.value.figures
    words = (
        f"{figures.share:.0%} of {counted(figures.count, 'answer')} mean anything from "
        f"{figures.interval.low:.0%} to {figures.interval.high:.0%}; the edge is {edge:.0%}"
    )
    is_chance = figures.count < ENOUGH and straddles(figures.interval, edge)
    return words, (see(found.value.survey, "the newest answers", "subject"),), is_chance


@rule(Severity.ERROR, Service)
def svc_service_time(service: Service, _: View) -> Iterator[Problem]:
    """An agreed service time cannot be read.

    What it does:
        Reports times that are not written as 08:00 up to 24:00, days outside 1 to 7, and a time
        that ends when it begins. A time that ends earlier goes on into the next day.

    Why it matters:
        Availability and every clock count agreed service time; unread, they count round the clock.

    Example:
        service: {id: desk, name: Desk, owner: cleo-marsh,
          agreed_service_time: {days: [1, 2, 3, 4, 5], from: "8 am", to: "18:00"}}

    Use instead:
        service: {id: desk, name: Desk, owner: cleo-marsh,
          agreed_service_time: {days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00"}}
    """
    agreed = service.agreed_service_time
    if agreed is None:
        return
    times = {"from": read_time(agreed.from_), "to": read_time(agreed.to)}
    for key, text in (("from", agreed.from_), ("to", agreed.to)):
        if times[key] is None:
            problem, hint = f"{text!r} is not a time of day", 'write it like "08:00"'
            yield Problem(service, problem, key, hint, record=agreed)
    if None not in times.values() and times["from"] == times["to"]:
        problem = f"the service time ends when it begins, at {agreed.to}"
        yield Problem(
            service, problem, "to", 'a whole day is from "00:00" to "24:00"', record=agreed
        )
    wrong = [str(day) for day in agreed.days if not 1 <= day <= _DAYS_OF_WEEK]
    if wrong or not agreed.days:
        problem = f"{listed(wrong) or 'no day'} is not a day of the week"
        yield Problem(service, problem, "days", "1 is Monday, 7 is Sunday", record=agreed)
