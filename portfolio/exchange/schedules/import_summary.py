"""What was read of a schedule and what was left out, in lines of a terminal's width."""

from __future__ import annotations

import csv
import io
import textwrap
from typing import TYPE_CHECKING

from portfolio.characters import neutral
from portfolio.exchange.drafts.account import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from portfolio.exchange.drafts.account import LeftOut
    from portfolio.exchange.drafts.draft import Draft
    from portfolio.exchange.schedules.schedule import Schedule

WIDTH = 78
_SHOWN_NAMES = 3
_NAME_WIDTH = 40


def account_of(
    schedules: Sequence[tuple[Schedule, str]], people: Mapping[str, Draft]
) -> tuple[str, ...]:
    """Return the lines that tell what each project got."""
    lines: list[str] = []
    for schedule, project in schedules:
        lines += _wrapped("", f"{project}: {schedule.name}{_dates(schedule)}")
        lines += _wrapped("  ", ", ".join(_counts(schedule)) or "no tasks")
    if people:
        lines.append(f"made: {count_of(len(people), 'person')}")
    return tuple(lines)


def _dates(schedule: Schedule) -> str:
    if schedule.start is None or schedule.finish is None:
        return ""
    return f", {schedule.start.date()} to {schedule.finish.date()}"


def _counts(schedule: Schedule) -> Iterator[str]:
    """Yield how many there are of each thing that is there."""
    types = [task.type for task in schedule.tasks]
    work = types.count("task") + types.count("level_of_effort")
    milestones = types.count("milestone")
    yield from (
        count_of(n, kind) for n, kind in ((work, "activity"), (milestones, "milestone")) if n
    )
    for number, noun in (
        (types.count("summary"), "heading"),
        (len(schedule.links), "link"),
        (len(schedule.calendars), "calendar"),
        (len(schedule.resources), "resource"),
        (len(schedule.assignments), "assignment"),
    ):
        if number:
            yield f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def left_out_lines(left_out: Iterable[LeftOut]) -> Iterator[str]:
    """Yield what was left out or changed, a count and a few names each."""
    for each in left_out:
        names = [_short(name) for name in each.names[:_SHOWN_NAMES]]
        more = each.number - len(names)
        shown = ", ".join(names) + (f" and {more} more" if more and names else "")
        yield from _wrapped(f"  {each.number:>5}  ", each.what)
        if names:
            yield from _wrapped(" " * 9, shown)


def _wrapped(start: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * (len(start) or 2),
        break_on_hyphens=False,
    )


def _short(name: str) -> str:
    flat = " ".join(name.split())
    return flat if len(flat) <= _NAME_WIDTH else f"{flat[: _NAME_WIDTH - 1]}…"


def left_out_csv(left_out: Iterable[LeftOut]) -> str:
    """Return everything left out as CSV, a name a row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("what", "name"))
    for each in left_out:
        writer.writerows((neutral(each.what), neutral(name)) for name in each.names or ("",))
    return text.getvalue()
