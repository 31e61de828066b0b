"""What a schedule is computed from: activities, the links between them, and what is wrong."""

from __future__ import annotations

from typing import Literal, NamedTuple

LinkType = Literal["FS", "SS", "FF", "SF"]
ConstraintType = Literal["ASAP", "ALAP", "SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO"]

ELAPSED = -1
"""The calendar of a lag that runs through nights and weekends."""


class Activity(NamedTuple):
    """A piece of work, or a milestone where ``duration`` is 0.

    Every point in time is an instant of `portfolio.calendar`: a date that something starts on is
    ``calendar.start_of(day)``, one that it ends on, a milestone's included, ``finish_of(day)``.
    Durations are minutes, of working time on the calendar unless ``is_elapsed``.
    """

    id: str
    duration: int = 0
    calendar: int = 0
    project: str = ""
    is_elapsed: bool = False
    is_level_of_effort: bool = False
    constraint: ConstraintType = "ASAP"
    constraint_at: int | None = None
    deadline: int | None = None
    start_no_earlier: int | None = None
    actual_start: int | None = None
    actual_finish: int | None = None
    remaining: int | None = None

    @property
    def is_finished(self) -> bool:
        """Tell whether it has happened; a milestone has as soon as either actual is known."""
        return self.actual_finish is not None or (
            self.duration == 0 and self.actual_start is not None
        )

    @property
    def is_started(self) -> bool:
        """Tell whether work has begun and has not ended."""
        return self.actual_start is not None and not self.is_finished


class Link(NamedTuple):
    """Which end of one activity waits for which end of another, and how long after it.

    ``lag`` is minutes, of working time on the calendar numbered ``lag_calendar`` (the project's,
    by convention) or, where that is ELAPSED, of the clock. A negative lag is a lead.
    """

    predecessor: str
    successor: str
    type: LinkType = "FS"
    lag: int = 0
    lag_calendar: int = 0


class Problem(NamedTuple):
    """Something that the network cannot be computed with as it was stated."""

    kind: Literal["duplicate_id", "unknown_id", "self_link", "duplicate_link", "loop"]
    ids: tuple[str, ...]
    message: str
