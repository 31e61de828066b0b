"""How fast an error budget may burn before somebody is called."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from portfolio.measure.measure import Measure, per, unknown


def alert_burn_rate(budget_share: Decimal, window: Decimal, look_back: Decimal) -> Measure[Decimal]:
    """Return the burn that spends a share of an error budget, 0..1, within a look-back.

    burn = share of the budget x window / look-back, both in one unit. No look-back:
    zero_denominator.

    Source: Google SRE Workbook, multiwindow alerts; worked example WE-35.

    >>> alert_burn_rate(Decimal("0.02"), Decimal(30 * 24), Decimal(1)).value
    Decimal('14.40')
    """
    return per(budget_share * window, look_back, "the look-back is empty")


@dataclass(frozen=True, slots=True)
class ErrorBudget:
    """What may go wrong in a window, and how much of it is left, in the unit of the window.

    ``burn`` is how many times faster than allowed it was used so far; ``exhausted_in`` is the
    time until nothing is left at that pace, None where nothing burns.
    """

    budget: Decimal
    remaining: Decimal
    burn: Measure[Decimal]
    exhausted_in: Decimal | None
    unit: Literal["minutes", "events"] = "minutes"

    @property
    def remaining_share(self) -> Decimal:
        """Return remaining / budget; negative when overspent."""
        return self.remaining / self.budget


def error_budget(
    objective: Decimal, window: Decimal, used: Decimal, elapsed: Decimal
) -> Measure[ErrorBudget]:
    """Return the error budget of a service level objective, 0..1, over a window.

    budget = (1 - objective) x window; burn = (used / elapsed) / (1 - objective); exhausted in
    remaining share x window / burn. ``window``, ``used`` and ``elapsed`` are in one unit, minutes
    or events. An objective of 1 or more leaves no budget: out_of_range.

    Source: Google SRE Workbook; worked example WE-35.

    >>> found = error_budget(Decimal("0.999"), Decimal(43200), Decimal("28.7"), Decimal(17280))
    >>> found.value.remaining
    Decimal('14.500')
    """
    allowed = 1 - objective
    if allowed <= 0:
        return unknown("out_of_range", "an objective of 100 % leaves no error budget")
    if window <= 0:
        return unknown("zero_denominator", "the window is empty")
    budget = allowed * window
    remaining = budget - used
    burn = per(used, elapsed, "just begun", "not_started").map(lambda share: share / allowed)
    pace = burn.value
    lasts = max(remaining, Decimal(0)) / budget * window / pace if pace else None
    return Measure(ErrorBudget(budget, remaining, burn, lasts))
