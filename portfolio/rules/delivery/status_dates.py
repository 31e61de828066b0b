"""Rules about completion: what is called done, decided or closed says on which day it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.field_path import end_of, implied_days, in_words, parts
from portfolio.model.delivery.projects import Activity
from portfolio.model.entity import Entity
from portfolio.model.governance import Action
from portfolio.model.index import per_portfolio
from portfolio.record import Field, Record
from portfolio.references import per_class
from portfolio.rules.phrases import see
from portfolio.rules.rule import Problem, rule

if TYPE_CHECKING:
    from portfolio.rules.written import Portfolio


@dataclass(frozen=True, slots=True)
class Implied:
    """A value that belongs to a day: what states both, and whether the day is missing."""

    entity: Entity
    record: Record
    stated: Field
    word: str
    day: Field
    is_missing: bool

    @property
    def is_final(self) -> bool:
        """Tell whether the value is the last, and cannot be without its day."""
        return self.word in self.stated.final and not self.day.optional

    @property
    def kept(self) -> tuple[type[Record], str]:
        """Return what keeps the day: the class of records, and the field."""
        return type(self.record), self.day.key

    @property
    def problem(self) -> Problem:
        """Return what to report."""
        message = f"{self.stated.key} is {self.word}, but there is no {self.day.key}"
        hint = f"add {self.day.key}:"
        return Problem(self.entity, message, self.stated.key, hint, record=self.record)


@rule(Severity.ERROR, written=True)
def tim_complete_no_actual(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """Something is called done without the day, or has the day without being done.

    What it does:
        Reports an activity at 100 % without `actual_finish`, one with `actual_finish` below 100 %,
        and whatever is closed, done, decided or delivered, passed, rejected or implemented without
        the day on which it was. Days that may be missing are left to TIM-STATUS-NO-DAY.

    Why it matters:
        Progress that is not tied to a fact cannot be trusted, and every measure of punctuality
        needs the day.

    Example:
        activity: {id: review, project: atlas, duration: 5d, pct_complete: 100,
          actual_start: 2026-03-02}

    Use instead:
        activity: {id: review, project: atlas, duration: 5d, pct_complete: 100,
          actual_start: 2026-03-02, actual_finish: 2026-03-06}
    """
    for activity in portfolio.all(Activity):
        yield from _progress(activity)
    for action in portfolio.all(Action):
        if action.status == "open" and action.done_on is not None:
            message = f"done_on is {action.done_on}, but the status is open"
            yield Problem(action, message, "done_on", "write status: done")
    implied = _implied(portfolio)
    yield from (each.problem for each in implied if each.is_missing and each.is_final)


@rule(Severity.INFO, written=True)
def tim_status_no_day(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """A status has no day, where most of its kind say theirs.

    What it does:
        Reports a status, or progress, without the day that belongs to it: agreed without
        `agreed_on`, an issue resolved without `resolved_on`, a service live without
        `status_since`. Where no more than half of a kind state that day, nothing is said, and
        what must have its day is reported by TIM-COMPLETE-NO-ACTUAL.

    Why it matters:
        Seen from an earlier day, what has no day counts as it stands now.

    Example:
        issues:
          - {id: rates, project: atlas, title: Rates missing, owner: ben-okafor, status: resolved,
             raised_on: 2026-03-02, resolved_on: 2026-03-09}
          - {id: tests, project: atlas, title: Tests fail, owner: ben-okafor, status: closed,
             raised_on: 2026-03-02, resolved_on: 2026-03-11}
          - {id: scope, project: atlas, title: Scope unclear, owner: ben-okafor, status: resolved,
             raised_on: 2026-03-02}

    Use instead:
        issues:
          - {id: rates, project: atlas, title: Rates missing, owner: ben-okafor, status: resolved,
             raised_on: 2026-03-02, resolved_on: 2026-03-09}
          - {id: tests, project: atlas, title: Tests fail, owner: ben-okafor, status: closed,
             raised_on: 2026-03-02, resolved_on: 2026-03-11}
          - {id: scope, project: atlas, title: Scope unclear, owner: ben-okafor, status: resolved,
             raised_on: 2026-03-02, resolved_on: 2026-03-16}
    """
    implied = [each for each in _implied(portfolio) if not each.is_final]
    balance: Counter[tuple[type[Record], str]] = Counter()
    for each in implied:
        balance[each.kept] += -1 if each.is_missing else 1
    yield from (each.problem for each in implied if each.is_missing and balance[each.kept] > 0)


@per_portfolio
def _implied(portfolio: Portfolio) -> tuple[Implied, ...]:
    """Return each value that implies a day, the first for each day of a record."""
    return tuple(_implied_in(portfolio))


def _implied_in(portfolio: Portfolio) -> Iterator[Implied]:
    for entity in portfolio.entities.values():
        for record in parts(entity):
            seen: set[str] = set()
            for stated in _implying(type(record)):
                value = getattr(record, stated.name)
                paths = implied_days(stated, value)
                day = next((record.FIELDS[path] for path in paths if "." not in path), None)
                if day is None or day.key in seen:
                    continue
                seen.add(day.key)
                ends = (end_of(path, record, entity, portfolio.find) for path in paths)
                is_missing = not any(end is not None and end.value is not None for end in ends)
                yield Implied(entity, record, stated, in_words(value), day, is_missing)


@per_class
def _implying(record: type[Record]) -> tuple[Field, ...]:
    return tuple(stated for stated in record.FIELDS.values() if stated.implies)


def _progress(activity: Activity) -> Iterator[Problem]:
    share, finish = activity.pct_complete, activity.actual_finish
    complete = 100
    if share is not None and share < complete and finish is not None:
        yield Problem(
            activity,
            f"pct_complete is {share:f}, but actual_finish is {finish}",
            "pct_complete",
            "write 100, or take the actual finish out",
            related=(see(activity, f"finished on {finish}", "actual_finish"),),
        )
