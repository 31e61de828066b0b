"""Liquidated damages, against published figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest

from portfolio.analysis.commercial.liquidated_damages import liquidated_damages


@pytest.mark.parametrize(
    ("days", "rate", "per", "cap", "damages"),
    [
        # Worked example WE-14.
        (30, 5000, "day", 200_000, 150_000),
        (50, 5000, "day", 200_000, 200_000),
        (40, 5000, "day", 200_000, 200_000),  # the day on which the cap is reached
        (30 - 7, 5000, "day", 200_000, 115_000),
        (45, 15_000, "started_week", 300_000, 105_000),
        # Edges.
        (0, 5000, "day", None, 0),
        (-12, 5000, "started_week", None, 0),
        (1, 5000, "started_week", None, 5000),
        (7, 5000, "started_week", None, 5000),
        (8, 5000, "started_week", None, 10_000),
        (6, 5000, "week", None, 0),
        (7, 5000, "week", None, 5000),
        (1000, 5000, "day", None, 5_000_000),
    ],
)
def test_damages_are_the_rate_by_the_units_of_delay_up_to_the_cap(
    days: int,
    rate: int,
    per: Literal["day", "week", "started_week"],
    cap: int | None,
    damages: int,
) -> None:
    limit = None if cap is None else Decimal(cap)
    assert liquidated_damages(days, Decimal(rate), per, limit) == damages
