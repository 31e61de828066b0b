"""When a backlog is empty, by drawing from the time boxes that a team has already worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.predictability import say_do
from portfolio.calendar import days_after
from portfolio.measure.measure import Measure, given, unknown
from portfolio.measure.random_numbers import below
from portfolio.model.delivery.iterations import Iteration

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View

SEED, RUNS = 20260331, 10_000
LEAST_WEEKS = 6
_LONGEST = 1000
_ROUNDING = 1e-9
_DAYS = 7


@dataclass(frozen=True, slots=True)
class ThroughputForecast:
    """The weeks until a backlog is empty: half and four fifths of the draws need no more."""

    p50: int
    p80: int


def throughput_forecast(
    worked: Sequence[tuple[int, int]], backlog: int, *, seed: int = SEED, runs: int = RUNS
) -> Measure[ThroughputForecast]:
    """Draw time boxes with replacement until a backlog is empty, many times over.

    ``worked`` is (items finished, weeks) of each past time box, ``backlog`` the items left. A box
    is drawn as a whole: halves of a fortnight would spread less than fortnights do. The same seed
    gives the same draws. An empty backlog: 0 weeks. Fewer than six weeks: small_sample. Nothing
    finished, or not empty in a fifth of the draws in four times the mean: unreachable.

    Source: domain 5.3.

    >>> throughput_forecast([(4, 1)] * 6, 18).value
    ThroughputForecast(p50=5, p80=5)
    """
    if backlog <= 0:
        return Measure(ThroughputForecast(0, 0))
    if sum(weeks for _, weeks in worked) < LEAST_WEEKS:
        return unknown("small_sample", f"fewer than {LEAST_WEEKS} weeks of data")
    mean = sum(items for items, _ in worked) / len(worked)
    if mean <= 0:
        return unknown("unreachable", "nothing was finished")
    import numpy as np

    horizon = min(_LONGEST, 4 * ceil(backlog / mean) + 10)
    drawn = below(np.random.PCG64(seed), len(worked), runs, horizon)
    items, weeks = (np.array(side)[drawn] for side in zip(*worked, strict=True))
    done, gone = np.cumsum(items, axis=1), np.cumsum(weeks, axis=1)
    last, row = (done >= backlog).argmax(axis=1), np.arange(runs)
    finished = done[:, -1] >= backlog
    part = (backlog - (done - items)[row, last]) / np.maximum(items[row, last], 1)
    needed = (gone - weeks)[row, last] + np.ceil(part * weeks[row, last] - _ROUNDING)
    needed = np.where(finished, needed, np.inf)
    p50, p80 = np.quantile(needed, [0.5, 0.8], method="inverted_cdf")
    if not np.isfinite(p80):
        return unknown("unreachable", "one draw in five never empties the backlog")
    return Measure(ThroughputForecast(int(p50), int(p80)))


@dataclass(frozen=True, slots=True)
class Steps:
    """What the finished time boxes of a project tell."""

    count: int
    say_do: Measure[Decimal]
    per_week: Measure[Decimal]
    left: int | None
    p50: Measure[date]
    p80: Measure[date]


def steps(portfolio: View, project: Project) -> Measure[Steps]:
    """Return the kept promises, the throughput and the forecast of a project that works in steps.

    Only time boxes that have ended count. The backlog is that of the last one. No
    finished time box: no_data.

    Source: domain 5.3.
    """
    boxes = sorted(
        (
            each
            for each in portfolio.related(project, Iteration, "project")
            if each.end <= portfolio.as_of and each.delivered is not None
        ),
        key=lambda each: each.end,
    )
    if not boxes:
        return unknown("no_data", "no iteration has ended")
    promised = [b for b in boxes if b.committed is not None]
    kept = sum(min(_kept(b), b.committed or 0) for b in promised)
    worked = [
        (box.delivered or 0, max(1, round(((box.end - box.start).days + 1) / _DAYS)))
        for box in boxes
    ]
    left = boxes[-1].left
    forecast = given(left, "what is left is not stated").then(
        lambda items: throughput_forecast(worked, items)
    )
    mean = Decimal(sum(items for items, _ in worked)) / sum(weeks for _, weeks in worked)
    last = boxes[-1].end
    return Measure(
        Steps(
            len(boxes),
            say_do(kept, sum(box.committed or 0 for box in promised)),
            Measure(mean),
            left,
            _day(last, forecast, lambda each: each.p50),
            _day(last, forecast, lambda each: each.p80),
        )
    )


def _kept(box: Iteration) -> int:
    """Return what a time box kept of its promise; all it finished where that is not told apart."""
    return (box.kept if box.kept is not None else box.delivered) or 0


def _day(
    last: date, found: Measure[ThroughputForecast], read: Callable[[ThroughputForecast], int]
) -> Measure[date]:
    return found.map(lambda known: days_after(last, _DAYS * read(known)))
