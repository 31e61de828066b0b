"""How fast an error budget may burn before somebody is called."""

from __future__ import annotations

from decimal import Decimal

from portfolio.measure.measure import Measure, unknown


def alert_burn_rate(budget_share: Decimal, window: Decimal, look_back: Decimal) -> Measure[Decimal]:
    """Return the burn that spends a share of an error budget, 0..1, within a look-back.

    burn = share of the budget x window / look-back, both in one unit. No look-back:
    zero_denominator.

    Source: Google SRE Workbook, multiwindow alerts; worked example WE-35.

    >>> alert_burn_rate(Decimal("0.02"), Decimal(30 * 24), Decimal(1)).value
    Decimal('14.40')
    """
    if look_back <= 0:
        return unknown("zero_denominator", "the look-back is empty")
    return Measure(budget_share * window / look_back)


def is_alarming(long: Decimal, short: Decimal, threshold: Decimal) -> bool:
    """Tell whether a burn calls somebody: over the long and the short look-back alike.

    The long one makes it matter, the short one lets the alarm end once the burn has ended. The
    threshold itself does not yet call.

    Source: Google SRE Workbook, multiwindow alerts.

    >>> is_alarming(Decimal(15), Decimal(2), Decimal("14.4"))
    False
    """
    return long > threshold and short > threshold
