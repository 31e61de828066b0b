"""How long bad news waits to be told: from the first computed amber to the first declared one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, unknown
from portfolio.measure.privacy import FEWEST_SHOWN
from portfolio.model.delivery.projects import Project

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio

BAD = frozenset({"amber", "red"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What a project declared and what its data said on one day."""

    day: date
    declared: str
    computed: str


def lag_days(seen: Sequence[Seen]) -> Measure[int]:
    """Return the days from the first computed amber or red to the first declared one.

    Declared no later: 0. Not declared until the last day that was looked at: the days until then,
    so that silence does not look quick. Never computed amber: not_started.

    Source: domain A10 (speak-up lag).

    >>> days = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    >>> colours = [("green", "amber"), ("green", "amber"), ("amber", "amber")]
    >>> lag_days([Seen(day, *each) for day, each in zip(days, colours)]).value
    59
    """
    ordered = sorted(seen, key=lambda each: each.day)
    first = next((each.day for each in ordered if each.computed in BAD), None)
    if first is None:
        return unknown("not_started", "the data never said amber")
    declared = next((each.day for each in ordered if each.declared in BAD), ordered[-1].day)
    return Measure(max(0, (declared - first).days))


def speak_up_lag(portfolio: Portfolio, seen: Mapping[str, Sequence[Seen]]) -> Measure[Decimal]:
    """Return the median lag over projects, never of one person: four project managers or more.

    ``seen`` are the days looked at by the project's id. No project that was ever amber: no_data.

    Source: domain A10; a measure of the culture, never published by name.
    """
    lags: list[int] = []
    managers: set[str] = set()
    for id_, days in seen.items():
        project = portfolio.find(id_, Project)
        lag = lag_days(days).value
        if project is not None and project.project_manager is not None and lag is not None:
            lags.append(lag)
            managers.add(project.project_manager.id)
    if not lags:
        return unknown("no_data", "no history of a project that was amber")
    if len(managers) < FEWEST_SHOWN:
        return unknown("small_sample", f"projects of fewer than {FEWEST_SHOWN} managers")
    return Measure(Decimal(median(lags)))
