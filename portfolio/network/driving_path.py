"""Why a date is what it is: back along what drives it, to where it starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.network.portfolio_schedule import Plan, plan_of

if TYPE_CHECKING:
    from portfolio.network.activities import Link
    from portfolio.network.schedule import Reason, Schedule
    from portfolio.view.view import View

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
    ``promise`` behind that link; all are empty where the chain starts. ``beat`` is what would have
    decided otherwise, and ``by`` how many working days earlier it would have let the item stand: 0
    where both ask for the same date, none where nothing else was in the running.
    """

    id: str
    start: date
    finish: date
    reason: str
    waits_for: str = ""
    tie: str = ""
    promise: str = ""
    beat: str = ""
    by: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """The dates that are explained: a plan, one of its schedules, and what freeze windows hold."""

    plan: Plan
    found: Schedule
    held: Mapping[str, str]


def explain_date(portfolio: View, id_: str, dated: Dated | None = None) -> tuple[Step, ...]:
    """Return the chain that decides the date of an activity or milestone, itself first.

    Of several reasons the most critical one is followed. Empty for what has no date. Without
    ``dated`` the dates are those that logic and calendars give the plan as it stands.
    """
    if dated is None:
        plan = plan_of(portfolio)
        dated = Dated(plan, plan.schedule, {})
    steps: list[Step] = []
    node = id_
    while node in dated.plan.network.index:
        steps.append(_step(dated, node))
        node = steps[-1].waits_for
    return tuple(steps)


def _step(dated: Dated, id_: str) -> Step:
    plan, found = dated.plan, dated.found
    dates, driver = found.dates(id_), found.driver(id_)
    start, finish = dates.early_start, dates.early_finish
    if plan.network.activities[plan.network.index[id_]].is_finished:
        return Step(id_, start, finish, "it happened then")
    held = dated.held.get(id_, "")
    link = _held_link(found, id_) if held else driver.link
    waits = f", then until {held} ends" if held else ""
    if link is None:
        reason, own = _WORDS[driver.reason], driver.reason in {"actual", "injected"}
        beat, by = ("", None) if own else _runner_up(found, id_, None)
        reason = f"it waits until {held} ends" if held else reason
        return Step(id_, start, finish, f"{reason}{_ahead(beat, by)}", beat=beat, by=by)
    beat, by = _runner_up(found, id_, link)
    promise = plan.promises.get((link.predecessor, link.successor), "")
    carried = f", promised as {promise}" if promise else ""
    tie = _tie(plan, link)
    reason = f"waits for {link.predecessor} ({tie}){carried}{waits}{_ahead(beat, by)}"
    return Step(id_, start, finish, reason, link.predecessor, tie, promise, beat, by)


def _held_link(found: Schedule, id_: str) -> Link | None:
    """Return the link that decides until when something had to wait before its window began."""
    numbers = found.driving(id_)
    return found.network.links[numbers[0]] if numbers else None


def _ahead(beat: str, by: Decimal | None) -> str:
    """Return in words by how much the reason beats the next one; nothing where there is none."""
    if by is None:
        return ""
    return f"; next {beat}, {by:f}d earlier" if by else f"; {beat} says the same"


_FLOORS: Mapping[str, str] = {
    "constraint": "its imposed date",
    "start_no_earlier": "its own date",
    "data_date": "the as-of day",
    "project_start": "its project's start",
}


def _runner_up(found: Schedule, id_: str, driver: Link | None) -> tuple[str, Decimal | None]:
    """Return what comes next to the driver of a date, and how many working days it is behind."""
    network = found.network
    node = network.index[id_]
    behind: list[tuple[Decimal, str]] = []
    for number in found.incoming[node]:
        link = network.links[number]
        if link != driver:
            day = network.calendars[network.activities[network.tails[number]].calendar]
            behind.append((_days(found.slack(number), day.minutes_per_day), link.predecessor))
    if driver is not None:
        behind.extend(_floor(found, node))
    days, beat = min((each for each in behind if each[0] >= 0), default=(None, ""))
    return beat, days


def _floor(found: Schedule, node: int) -> Iterator[tuple[Decimal, str]]:
    """Yield how far the date that an activity cannot start before lies behind where it starts."""
    network = found.network
    activity, axis = network.activities[node], network.axis(node)
    if activity.is_started:
        return
    floor = found.work.floor[node]
    reached = axis.position(floor) if activity.duration == 0 else found.work.floor_position[node]
    reason = "data_date" if network.data_date == floor else "project_start"
    if activity.start_no_earlier == floor:
        reason = "start_no_earlier"
    if activity.constraint == "SNET" and activity.constraint_at == floor:
        reason = "constraint"
    day = network.calendars[activity.calendar].minutes_per_day
    yield _days(found.early.begin[node] - found.work.delay(node) - reached, day), _FLOORS[reason]


def _days(minutes: int, day: int) -> Decimal:
    return (Decimal(minutes) / day).quantize(Decimal("0.1")).normalize() + 0


def _tie(plan: Plan, link: Link) -> str:
    """Return a link in words: its type, and its lag in days of the calendar it counts on."""
    if not link.lag:
        return link.type
    elapsed = link.lag_calendar < 0
    day = 1440 if elapsed else plan.network.calendars[link.lag_calendar].minutes_per_day
    return f"{link.type} {link.lag / day:+g}{'ed' if elapsed else 'd'}"
