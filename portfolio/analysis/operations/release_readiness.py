"""Whether a release may go live: a check for each block that operations ask about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.operations.business_change import newest_profiles
from portfolio.analysis.operations.change_impact import (
    Landing,
    collisions_of,
    freeze_breaches,
    landings,
    units_hit,
)
from portfolio.analysis.operations.early_life_support import run_cost_steps
from portfolio.analysis.operations.service_transition import operational_readiness
from portfolio.model.delivery.projects import Project
from portfolio.model.operations.adoption import BusinessChange
from portfolio.model.operations.services import ChangeEvent, EarlyLifeSupport, Readiness
from portfolio.model.resources import BusinessUnit
from portfolio.model.service import Kpi, Measurement

if TYPE_CHECKING:
    from portfolio.view.view import View

Verdict = Literal["go", "no_go", "unknown"]
_EARLY = frozenset({"awareness", "desire", "knowledge"})


@dataclass(frozen=True, slots=True)
class Check:
    """One block: what must hold to go, whether it does, and what decided it."""

    block: str
    condition: str
    verdict: Verdict
    why: tuple[str, ...]


def go_live_checks(portfolio: View, event: ChangeEvent) -> tuple[Check, ...]:
    """Return the checks of a go-live: landing zone, people, service, rollback, money, after.

    What nobody has written down is unknown, never a go.

    Source: domain 7.2, change-into-BAU readiness.
    """
    return (
        _landing_zone(portfolio, event),
        _people(portfolio, event),
        _service(portfolio, event),
        _rollback(portfolio, event),
        _money(portfolio, event),
        _after(portfolio, event),
    )


def verdict_of(checks: tuple[Check, ...]) -> Verdict:
    """Return no-go where one check says so, unknown where one is unknown, else go."""
    found = {each.verdict for each in checks}
    return "no_go" if "no_go" in found else "unknown" if "unknown" in found else "go"


def newest_review(portfolio: View, event: ChangeEvent) -> Readiness | None:
    """Return the newest readiness review of a release."""
    reviews = portfolio.related(event, Readiness, "change")
    return max(reviews, key=lambda each: (str(each.on or ""), each.id), default=None)


def changes_of(portfolio: View, event: ChangeEvent) -> tuple[BusinessChange, ...]:
    """Return the business changes of the project of a release."""
    project = portfolio.find(event.project, Project)
    return portfolio.related(project, BusinessChange, "project") if project is not None else ()


def landings_of(portfolio: View, event: ChangeEvent) -> tuple[Landing, ...]:
    """Return what lands, in the month of a release, on each unit that it hits."""
    hit = {unit for each in event.groups for unit in units_hit(each, portfolio)}
    return tuple(
        landing
        for unit in portfolio.all(BusinessUnit)
        if unit.id in hit
        for landing in landings(portfolio, unit)
        if landing.month == event.go_live.replace(day=1)
    )


def _landing_zone(portfolio: View, event: ChangeEvent) -> Check:
    breaches = [
        f"{each.key} {each.day} lies in the freeze {each.window.name}"
        for each in freeze_breaches(event, portfolio)
    ]
    full = [
        f"{each.unit.label} is at {each.saturation.value:.0%} in {each.month:%B}"
        for each in landings_of(portfolio, event)
        if each.saturation.value is not None and each.saturation.value > 1
    ]
    near = [
        f"{(each.first if each.second.id == event.id else each.second).label} is "
        f"{each.working_days} working days away"
        for each in collisions_of(portfolio)
        if event.id in {each.first.id, each.second.id}
    ]
    condition = "no freeze breach, no unit above 100 %"
    if breaches or full:
        return Check("Landing zone", condition, "no_go", (*breaches, *full, *near))
    if not event.groups:
        return Check("Landing zone", condition, "unknown", ("nobody is named whom it hits", *near))
    return Check("Landing zone", condition, "go", tuple(near))


def _people(portfolio: View, event: ChangeEvent) -> Check:
    condition = "no group that is hit hard blocked at knowledge or earlier"
    changes = changes_of(portfolio, event)
    blocked, silent = [], []
    for change in changes:
        profiles = newest_profiles(portfolio, change)
        for group in change.groups:
            profile = profiles.get(group.group.id)
            name = getattr(portfolio.find(group.group), "label", group.group.id)
            if profile is None or profile.value is None:
                silent.append(f"{name}: {profile.reason if profile is not None else 'not asked'}")
            elif group.magnitude == "high" and profile.value.barrier in _EARLY:
                blocked.append(f"{name}: blocked at {profile.value.barrier}")
    if blocked:
        return Check("People", condition, "no_go", (*blocked, *silent))
    if silent or not changes:
        return Check("People", condition, "unknown", tuple(silent) or ("no business change",))
    return Check("People", condition, "go", ())


def _service(portfolio: View, event: ChangeEvent) -> Check:
    condition = "every mandatory criterion met"
    review = newest_review(portfolio, event)
    if review is None:
        return Check("Service", condition, "unknown", ("no readiness review",))
    found = operational_readiness(review.criteria)
    if found.share.value is None:
        return Check("Service", condition, "unknown", (found.share.reason,))
    why = [f"{each.text}: {each.status.replace('_', ' ')}"
           for each in (*found.blocking, *found.partly)]  # fmt: skip
    why += [f"{each.text}: does not apply, and nobody says why" for each in found.unreasoned]
    return Check("Service", condition, "no_go" if why else "go", tuple(why))


def _rollback(portfolio: View, event: ChangeEvent) -> Check:
    condition = "rollback tested, and inside the window"
    breaches = [each for each in freeze_breaches(event, portfolio) if each.key == "rollback_by"]
    review = newest_review(portfolio, event)
    criteria = [e for e in (review.criteria if review else ()) if e.area == "rollback"]
    why = [f"{each.text}: {each.status.replace('_', ' ')}" for each in criteria
           if each.status not in {"met", "not_applicable"}]  # fmt: skip
    why += [f"taken back by {each.day} it lands in {each.window.name}" for each in breaches]
    if why:
        return Check("Rollback", condition, "no_go", tuple(why))
    if not criteria:
        return Check("Rollback", condition, "unknown", ("no criterion about rollback",))
    return Check("Rollback", condition, "go", ())


def _money(portfolio: View, event: ChangeEvent) -> Check:
    condition = "run cost known and budgeted"
    services = {ref.id for ref in event.services}
    steps = [each for each in run_cost_steps(portfolio) if each.service.id in services]
    missing = services - {each.service.id for each in steps}
    open_ = [
        f"{each.service.label}: {each.step.new - each.step.retired:+,.0f} a month not budgeted"
        for each in steps
        if each.step.budgeted is False and each.step.new > each.step.retired
    ]
    unknown = [
        f"{getattr(portfolio.find(name), 'label', name)}: no run cost after the go-live"
        for name in sorted(missing)
    ]
    unknown += [f"{each.service.label}: budgeted or not, nobody says" for each in steps
                if each.step.budgeted is None]  # fmt: skip
    if open_:
        return Check("Money", condition, "no_go", (*open_, *unknown))
    if unknown or not services:
        return Check("Money", condition, "unknown", tuple(unknown) or ("no service is named",))
    return Check("Money", condition, "go", ())


def _after(portfolio: View, event: ChangeEvent) -> Check:
    condition = "early life support planned, its exit measurable today"
    supports = portfolio.related(event, EarlyLifeSupport, "change")
    if not supports:
        return Check("After", condition, "no_go", ("no early life support is planned",))
    exits = [each for support in supports for each in support.exit]
    kpis = [(each, portfolio.find(each.kpi, Kpi)) for each in exits]
    silent = [
        f"{kpi.label if kpi is not None else 'an exit'} is not measured"
        for _, kpi in kpis
        if kpi is None or not portfolio.related(kpi, Measurement, "kpi")
    ]
    if not exits:
        return Check("After", condition, "no_go", ("no exit criterion is stated",))
    return Check("After", condition, "no_go" if silent else "go", tuple(silent))
