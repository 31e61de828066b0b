"""Links between the tasks that do the work: those of summaries passed on, percentages measured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from portfolio.exchange.schedules.schedule import Length, Link, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from portfolio.exchange.drafts.account import Account
    from portfolio.exchange.schedules.schedule import Schedule

_HUNDRED = Decimal(100)
_FROM_FINISH, _TO_START = {"FS", "FF"}, {"FS", "SS"}
HELD = "summary tasks that start no earlier than a date: so do those that begin them"
PASSED_ON = "links of summary tasks: passed on to the tasks in them"
NOT_PASSED_ON = "links of summary tasks that tasks cannot stand for: left out"
IN_PERCENT = "lags in percent: fixed at what the predecessor takes now"


@dataclass(frozen=True)
class Outline:
    """Which tasks are in which summary, and which of them begin and end it."""

    schedule: Schedule

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Every row by its key."""
        return {task.key: task for task in self.schedule.tasks}

    @cached_property
    def _inside(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for task in self.schedule.tasks:
            if task.type == "summary":
                continue
            above, seen = task.parent, set[str]()
            while above in self.tasks and above not in seen:
                found.setdefault(above, []).append(task.key)
                seen.add(above)
                above = self.tasks[above].parent
        return found

    def first(self, key: str) -> list[str]:
        """Return the tasks of a summary that nothing in it has to come before."""
        inside = set(self._inside.get(key, ()))
        held = {
            link.successor
            for link in self.schedule.links
            if link.type in _TO_START and link.lag.amount >= 0 and _before(link) in inside
        }
        return [each for each in self._inside.get(key, ()) if each not in held]

    def last(self, key: str) -> list[str]:
        """Return the tasks of a summary after whose finish nothing in it has to finish."""
        inside = set(self._inside.get(key, ()))
        holding = {
            link.predecessor
            for link in self.schedule.links
            if link.type in _FROM_FINISH and link.lag.amount >= 0 and link.successor in inside
        }
        return [each for each in self._inside.get(key, ()) if each not in holding]


def held_tasks(outline: Outline, account: Account) -> Iterator[Task]:
    """Yield the rows; a summary that starts no earlier than a date holds what begins it."""
    floors: dict[str, list[datetime]] = {}
    for task in outline.schedule.tasks:
        if task.type != "summary":
            continue
        name = f"{task.key} {task.name}".rstrip()
        if task.constraint == "SNET" and task.constraint_at is not None:
            account.note(HELD, name)
            for key in outline.first(task.key):
                floors.setdefault(key, []).append(task.constraint_at)
        elif task.constraint not in {"ASAP", "ALAP"}:
            account.note("constraints of summary tasks: left out", name)
        if task.deadline is not None:
            account.note("deadlines of summary tasks: left out", name)
    for task in outline.schedule.tasks:
        own = [task.constraint_at] if task.constraint_at and task.constraint == "SNET" else []
        if task.key in floors and (own or task.constraint == "ASAP"):
            latest = max((*floors[task.key], *own))
            yield replace(task, constraint="SNET", constraint_at=latest)
        else:
            yield task


def plain_links(outline: Outline, account: Account) -> Iterator[Link]:
    """Yield the links between tasks, milestones and levels of effort, lags as lengths of time."""
    for link in outline.schedule.links:
        successor = outline.tasks.get(link.successor)
        if successor is None:
            continue
        name = f"{link.predecessor} {link.type} {link.successor} {successor.name}".rstrip()
        measured = _measured(link, outline, account, name)
        before = outline.tasks.get(_before(link))
        if successor.type != "summary" and (before is None or before.type != "summary"):
            yield measured
            continue
        tails, heads = _ends(link, before, successor, outline)
        account.note(PASSED_ON if tails and heads else NOT_PASSED_ON, name)
        for tail in tails:
            yield from (replace(measured, predecessor=tail, successor=head) for head in heads)


def _before(link: Link) -> str:
    """Return the predecessor's key in the same schedule, empty where it is in another."""
    return "" if link.predecessor_project else link.predecessor


def _ends(
    link: Link, before: Task | None, after: Task, outline: Outline
) -> tuple[Sequence[str], Sequence[str]]:
    """Return the tasks that stand for the ends of a link; none where no tasks can.

    A summary starts with the earliest of its tasks, and no link waits for the earliest of several.
    """
    tails: Sequence[str] = (link.predecessor,)
    heads: Sequence[str] = (link.successor,)
    if before is not None and before.type == "summary":
        tails = outline.last(before.key) if link.type in _FROM_FINISH else ()
    if after.type == "summary":
        heads = outline.first(after.key) if link.type in _TO_START else ()
    return tails, heads


def _measured(link: Link, outline: Outline, account: Account, name: str) -> Link:
    """Return a link whose lag is time."""
    if link.lag.unit not in {"percent", "elapsed_percent"}:
        return link
    before = outline.tasks.get(_before(link))
    amount = Decimal(0)
    elapsed = link.lag.unit == "elapsed_percent"
    if before is not None:
        amount = round(before.duration.amount * link.lag.amount / _HUNDRED, 0)
        elapsed = elapsed or before.duration.unit == "elapsed"
    account.note(IN_PERCENT, f"{name} ({link.lag.amount.normalize():f}%)")
    return replace(link, lag=Length(amount, "elapsed" if elapsed else "working"))
