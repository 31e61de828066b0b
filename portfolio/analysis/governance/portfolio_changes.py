"""What changed in a portfolio between two days, and whether that is better or worse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeVar

from portfolio.analysis.finance.estimate_at_completion import cost_estimate
from portfolio.analysis.governance.project_health import health
from portfolio.analysis.risk.score import risk_score
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.model.governance import Decision
from portfolio.model.risk import Issue, Risk
from portfolio.values import Money
from portfolio.view.lifecycle import is_over

if TYPE_CHECKING:
    from decimal import Decimal

    from portfolio.model.entity import Entity
    from portfolio.view.view import View

E = TypeVar("E", bound="Entity")
Direction = Literal["better", "worse", "new", "over", "changed"]
_RANK: Mapping[str, int] = {"green": 0, "amber": 1, "red": 2}
_MATERIAL = 100
"""An estimate that moves by less than one part in so many is not news."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was: what it concerns, what changed, and which way it went.

    What changed is a sentence whose dates, amounts and numbers are values yet.
    """

    area: str
    entity: Entity
    said: tuple[str | int | date | Money, ...]
    direction: Direction


def changes(then: View, now: View) -> tuple[Change, ...]:
    """Return what changed, area by area: projects, dates, money, risks and issues, decisions."""
    return (
        *_projects(then, now),
        *_dates(then, now),
        *_money(then, now),
        *_risks(then, now),
        *_issues(then, now),
        *_decisions(then, now),
    )


def _both(kind: type[E], then: View, now: View) -> Iterator[tuple[E, E]]:
    for after in now.all(kind):
        before = then.find(after.id, kind)
        if before is not None:
            yield before, after


def _new(kind: type[E], then: View, now: View) -> Iterator[E]:
    known = {each.id for each in then.all(kind)}
    return (each for each in now.all(kind) if each.id not in known)


def _projects(then: View, now: View) -> Iterator[Change]:
    for project in _new(Project, then, now):
        yield Change("Projects", project, (f"new, {project.status or 'no status'}",), "new")
    for before, after in _both(Project, then, now):
        if before.status != after.status and after.status is not None:
            words = f"from {before.status or 'no status'} to {after.status}"
            yield Change(
                "Projects",
                after,
                (words.replace("_", " "),),
                "over" if is_over(after) else "changed",
            )
        if is_over(after):
            continue
        was, is_ = health(then, before).overall, health(now, after).overall
        if was != is_ and was in _RANK and is_ in _RANK:
            worse = _RANK[is_] > _RANK[was]
            said = (f"computed {is_}, was {was}",)
            yield Change("Projects", after, said, "worse" if worse else "better")


def _dates(then: View, now: View) -> Iterator[Change]:
    for before, after in _both(Milestone, then, now):
        if before.actual is None and after.actual is not None:
            yield Change("Dates", after, ("reached on ", after.actual), "over")
            continue
        was, is_ = before.forecast or before.baseline, after.forecast or after.baseline
        if after.actual is None and was is not None and is_ is not None and was != is_:
            days = (is_ - was).days
            said = (is_, ", ", abs(days), f" days {'later' if days > 0 else 'earlier'}")
            yield Change("Dates", after, said, "worse" if days > 0 else "better")


def _money(then: View, now: View) -> Iterator[Change]:
    for before, after in _both(Project, then, now):
        if before.bac != after.bac and after.bac is not None:
            was = "none" if before.bac is None else before.bac
            yield Change("Money", after, ("budget ", after.bac, ", was ", was), "changed")
        old, new = cost_estimate(then, before).value, cost_estimate(now, after).value
        if old is None or new is None or old.amount.currency != new.amount.currency:
            continue
        moved: Decimal = new.amount.amount - old.amount.amount
        if abs(moved) * _MATERIAL >= abs(old.amount.amount) and moved:
            said = ("expected to cost ", new.amount, ", was ", old.amount)
            yield Change("Money", after, said, "worse" if moved > 0 else "better")


def _risks(then: View, now: View) -> Iterator[Change]:
    for risk in _new(Risk, then, now):
        if risk.status == "open":
            score = _score(risk)
            rated = ("new, not rated",) if score is None else ("new, rated ", score)
            yield Change("Risks", risk, rated, "new")
    for before, after in _both(Risk, then, now):
        if before.status == "open" and after.status != "open":
            yield Change("Risks", after, (f"now {after.status}".replace("_", " "),), "over")
            continue
        was, is_ = _score(before), _score(after)
        if was is not None and is_ is not None and was != is_ and after.status == "open":
            worse = (is_ > was) == (after.kind_ != "opportunity")
            said = ("rated ", is_, ", was ", was)
            yield Change("Risks", after, said, "worse" if worse else "better")


def _score(risk: Risk) -> int | None:
    rating = risk.current
    return None if rating is None else risk_score(rating.p, rating.i)


def _issues(then: View, now: View) -> Iterator[Change]:
    for issue in _new(Issue, then, now):
        if issue.status == "open":
            yield Change("Issues", issue, ("new",), "new")
    for before, after in _both(Issue, then, now):
        if before.status == "open" and after.status != "open":
            yield Change("Issues", after, (f"now {after.status}",), "over")


def _decisions(then: View, now: View) -> Iterator[Change]:
    for decision in _new(Decision, then, now):
        yield Change("Decisions", decision, ("asked, needed by ", decision.needed_by), "new")
    for before, after in _both(Decision, then, now):
        if before.status != "decided" and after.status == "decided":
            answer = f": {after.outcome}" if after.outcome else ""
            yield Change("Decisions", after, (f"decided{answer}",), "over")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A portfolio as it was, to compare with; or why there is none."""

    portfolio: View | None
    commit: str = ""
    day: date | None = None
    reason: str = ""
