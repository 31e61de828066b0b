"""Why a date is what it is: back along what drives it, to where it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolio.network.planning import Plan, plan_of

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio
    from portfolio.network.activities import Link
    from portfolio.network.schedule import Reason

_WORDS: Mapping[Reason, str] = {
    "actual": "it is under way, and what is left takes until then",
    "constraint": "a date is imposed on it",
    "start_no_earlier": "it stands on its own date",
    "data_date": "work cannot start before the as-of day",
    "project_start": "its project starts then",
    "injected": "it was told to slip",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One item on the way back: its dates and what decides them.

    ``waits_for`` is the item that drives it, with the link's ``tie`` (``FS +2d``) and the
    ``promise`` behind that link; all are empty where the chain starts.
    """

    id: str
    start: date
    finish: date
    reason: str
    waits_for: str = ""
    tie: str = ""
    promise: str = ""


def explain_date(portfolio: Portfolio, id_: str) -> tuple[Step, ...]:
    """Return the chain that decides the date of an activity or milestone, itself first.

    Of several reasons the most critical one is followed. Empty for what has no date.
    """
    plan = plan_of(portfolio)
    steps: list[Step] = []
    node = id_
    while node in plan.network.index:
        steps.append(_step(plan, node))
        node = steps[-1].waits_for
    return tuple(steps)


def _step(plan: Plan, id_: str) -> Step:
    dates, driver = plan.schedule.dates(id_), plan.schedule.driver(id_)
    start, finish = dates.early_start, dates.early_finish
    if driver.link is None:
        happened = plan.network.activities[plan.network.index[id_]].is_finished
        return Step(id_, start, finish, "it happened then" if happened else _WORDS[driver.reason])
    link = driver.link
    promise = plan.promises.get((link.predecessor, link.successor), "")
    carried = f", promised as {promise}" if promise else ""
    tie = _tie(plan, link)
    reason = f"waits for {link.predecessor} ({tie}){carried}"
    return Step(id_, start, finish, reason, link.predecessor, tie, promise)


def _tie(plan: Plan, link: Link) -> str:
    """Return a link in words: its type, and its lag in days of the calendar it counts on."""
    if not link.lag:
        return link.type
    elapsed = link.lag_calendar < 0
    day = 1440 if elapsed else plan.network.calendars[link.lag_calendar].minutes_per_day
    return f"{link.type} {link.lag / day:+g}{'ed' if elapsed else 'd'}"
