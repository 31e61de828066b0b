"""The measures of the PMO's scorecard, read from everything else that a portfolio tells."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.profitability import margin_against_bid
from portfolio.analysis.commercial.satisfaction import answers_until_now
from portfolio.analysis.delivery.milestone_performance import milestone_record
from portfolio.analysis.finance.benefits_realisation import harvest
from portfolio.analysis.finance.forecast_accuracy import accuracy, judged_forecasts
from portfolio.analysis.governance.control_compliance import age_of_report, compliance_by_tier
from portfolio.analysis.governance.decisions import decision_record
from portfolio.analysis.governance.status_reporting import rag_integrity
from portfolio.analysis.resources.engagement import company_pulse
from portfolio.analysis.resources.skill_demand import scarce_skills
from portfolio.analysis.resources.utilisation import time_use
from portfolio.analysis.service.pmo_performance import (
    improvement_record,
    maturity_profile,
    newest_assessments,
    proven_lately,
    request_figures,
)
from portfolio.analysis.service.scorecard import Entry, Scorecard, weighed
from portfolio.analysis.strategy.alignment import spend
from portfolio.measure.measure import Measure, share, unknown
from portfolio.measure.privacy import FEWEST_SHOWN, TOO_FEW
from portfolio.measure.satisfaction import satisfaction
from portfolio.model.commercial.contracts import Contract
from portfolio.model.commercial.customers import Survey
from portfolio.model.delivery.projects import Milestone
from portfolio.model.delivery.status_reports import StatusReport
from portfolio.model.finance import Benefit
from portfolio.model.governance import Decision
from portfolio.model.resources import Person
from portfolio.model.service import Improvement, PmoService, ServiceRequest
from portfolio.report.sections.delivery.portfolio_on_a_page import declared_colour

if TYPE_CHECKING:
    from portfolio.report.pack import Pack

_BAND = Decimal(10)
_HUNDRED = Decimal(100)


def office_scorecard(pack: Pack) -> Scorecard:
    """Return the PMO's scorecard with the weights and targets of the settings.

    Source: domain section 6 (perspectives, usual targets); worked example WE-58.
    """
    stated = pack.portfolio.settings.scorecard or {}
    return Scorecard(tuple(weighed(each, stated) for each in _entries(pack)))


def _entries(pack: Pack) -> Iterator[Entry]:
    yield from _customers(pack)
    yield from _decisions(pack)
    yield from _predictability(pack)
    yield from _control(pack)
    yield from _value(pack)
    yield from _people(pack)
    yield from _improvement(pack)


def _entry(
    key: str, label: str, place: tuple[str, str], value: Measure[Decimal], ends: tuple[int, int]
) -> Entry:
    perspective, unit = place
    return Entry(key, label, perspective, unit, value, Decimal(ends[0]), Decimal(ends[1]))


def _percent(share: Measure[Decimal]) -> Measure[Decimal]:
    return share.map(lambda known: known * _HUNDRED)


def _customers(pack: Pack) -> Iterator[Entry]:
    place = ("customer", "%")
    figures = request_figures(pack.portfolio, pack.portfolio.all(ServiceRequest))
    yield _entry("satisfaction", "Customers of the PMO satisfied", place, _csat(pack), (85, 65))
    in_time = _percent(figures.attainment)
    yield _entry("requests_on_time", "Requests answered in time", place, in_time, (95, 80))


def pmo_surveys(pack: Pack) -> tuple[Survey, ...]:
    """Return the surveys about services of the PMO, the newest last."""
    found = [
        (each.sent_on, each)
        for each in pack.portfolio.all(Survey)
        if each.type == "csat"
        and each.sent_on is not None
        and each.sent_on <= pack.as_of
        and pack.portfolio.find(each.subject, PmoService) is not None
    ]
    return tuple(each for _, each in sorted(found, key=lambda dated: dated[0]))


def _csat(pack: Pack) -> Measure[Decimal]:
    surveys = pmo_surveys(pack)
    if not surveys:
        return unknown("no_data", "no survey asks about the PMO")
    scores = [each.score for each in answers_until_now(pack.portfolio, surveys[-1])]
    if 0 < len(scores) < FEWEST_SHOWN:
        return unknown("small_sample", TOO_FEW)
    return satisfaction(scores).map(lambda found: Decimal(str(100 * found.share)))


def _decisions(pack: Pack) -> Iterator[Entry]:
    found = decision_record(pack.portfolio.all(Decision), pack.as_of)
    latency = found.latency
    yield _entry(
        "decision_latency", "Decision latency, median", ("decision", "days"), latency, (7, 14)
    )
    on_time = _percent(found.on_time)
    yield _entry("decisions_on_time", "Decisions on time", ("decision", "%"), on_time, (90, 70))


def _predictability(pack: Pack) -> Iterator[Entry]:
    place = ("predictability", "%")
    hit = milestone_record(pack.portfolio.all(Milestone), pack.as_of).hit_rate
    yield _entry("milestone_hit_rate", "Milestones hit", place, _percent(hit), (85, 70))
    error = accuracy(judged_forecasts(pack.portfolio, pack.projects)).absolute
    yield _entry("forecast_error", "Forecast error, weighted", place, _percent(error), (10, 20))


def _control(pack: Pack) -> Iterator[Entry]:
    place = ("control", "%")
    kept = _percent(_compliance(pack))
    yield _entry("control_compliance", "Controls kept", place, kept, (95, 80))
    yield _entry("reports_on_time", "Reports on time", place, _percent(_reports(pack)), (95, 80))
    colours = {p.id: (declared_colour(p), pack.health[p.id].overall) for p in pack.live_projects}
    better = rag_integrity(colours).watermelon_rate
    label = "Declared better than the data"
    yield _entry("watermelon_rate", label, place, _percent(better), (10, 30))


def _compliance(pack: Pack) -> Measure[Decimal]:
    tiers = compliance_by_tier(pack.portfolio, pack.projects).values()
    controls = [control for tier in tiers for control in tier.controls]
    return share((each.is_kept for each in controls), "no tier says what it requires")


def _reports(pack: Pack) -> Measure[Decimal]:
    if not pack.portfolio.all(StatusReport):
        return unknown("no_data", "no status report is recorded")
    ages = [age_of_report(pack.portfolio, each).value for each in pack.live_projects]
    known = [each for each in ages if each is not None]
    return share((not each.is_stale for each in known), "no report is due yet")


def _value(pack: Pack) -> Iterator[Entry]:
    realised = _percent(harvest(pack.portfolio, pack.all(Benefit)).rate)
    yield _entry("benefits_realised", "Benefits realised", ("value", "%"), realised, (90, 70))
    money = spend(pack.portfolio, pack.live_projects)
    unaligned = _percent(money.then(lambda spent: spent.unaligned_share))
    yield _entry("unaligned_spend", "Unaligned spend", ("value", "%"), unaligned, (5, 15))
    eroded = margin_against_bid(pack.portfolio, pack.portfolio.all(Contract)).map(
        lambda margin: (margin.bid - margin.now) * _HUNDRED
    )
    yield _entry(
        "margin_erosion", "Margin eroded since the bid", ("value", "points"), eroded, (1, 3)
    )


def _people(pack: Pack) -> Iterator[Entry]:
    in_band = _percent(_in_band(pack))
    yield _entry(
        "utilisation_in_band", "People used as planned", ("people", "%"), in_band, (80, 60)
    )
    scarce = Measure(Decimal(len(scarce_skills(pack.portfolio))))
    yield _entry(
        "scarce_skills", "Skills held by one or none", ("people", "skills"), scarce, (0, 3)
    )
    score = company_pulse(pack.portfolio).map(lambda pulse: Decimal(str(pulse.score)))
    yield _entry("enps", "Staff who recommend us, eNPS", ("people", "points"), score, (20, 0))


def _in_band(pack: Pack) -> Measure[Decimal]:
    """Return the share of people whose actual utilisation is within ten points of their target."""
    found = []
    for person in pack.portfolio.all(Person):
        use = time_use(pack.portfolio, person).value
        share = use.actual_utilisation.value if use is not None else None
        if share is not None:
            found.append(abs(share * _HUNDRED - person.utilisation_target_pct) <= _BAND)
    if len(found) < FEWEST_SHOWN:
        return unknown("small_sample", f"timesheets of fewer than {FEWEST_SHOWN} people")
    return Measure(Decimal(sum(found)) / len(found))


def _improvement(pack: Pack) -> Iterator[Entry]:
    record = improvement_record(pack.portfolio, pack.portfolio.all(Improvement))
    proven: Measure[Decimal] = (
        Measure(Decimal(proven_lately(pack.portfolio, record)))
        if record.entries
        else unknown("no_data", "no improvement is registered")
    )
    label = "Improvements proven this quarter"
    yield _entry("improvements_proven", label, ("improvement", "improvements"), proven, (4, 1))
    profiles = [maturity_profile(each).value for each in newest_assessments(pack.portfolio)]
    gaps = [each.gap for each in profiles if each is not None and each.gap is not None]
    gap: Measure[Decimal] = (
        Measure(Decimal(sum(gaps)))
        if gaps
        else unknown("no_data", "no maturity with a target is assessed")
    )
    yield _entry(
        "maturity_gap", "Levels missing to the target", ("improvement", "levels"), gap, (3, 7)
    )
