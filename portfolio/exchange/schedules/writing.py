"""Schedules to the files of a portfolio."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from portfolio.exchange.schedules.model import LeftOut, Schedule
    from portfolio.settings import Settings


@dataclass(frozen=True, slots=True)
class Target:
    """Where schedules go, and what is there already.

    ``comment`` is the first line of each file. ``project`` is the id to use instead of one made of
    the schedule's name, ``sponsor`` that of a person. ``settings`` are the portfolio's own, None
    where `pmo.yaml` is still to be written. ``people`` are the ids of the people there by name,
    ``taken`` all ids.
    """

    comment: str
    project: str = ""
    sponsor: str = ""
    currency: str = ""
    as_of: date | None = None
    settings: Settings | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Written:
    """The text of each file by its path, the lines that tell what was read, what was left out.

    ``snippet`` is what the user has to put into a `pmo.yaml` of their own.
    """

    files: dict[str, str]
    read: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    snippet: str = ""


def write_schedules(schedules: Sequence[Schedule], target: Target) -> Written:
    """Return the schedules as files of a portfolio, and the account of it."""
    raise NotImplementedError
