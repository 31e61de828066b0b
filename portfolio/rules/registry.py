"""Every rule, registered: importing this module loads the themes."""

from __future__ import annotations

from portfolio.rules import (
    adoption,
    appetite,
    benefits,
    change,
    commercial,
    control,
    customers,
    dates,
    decisions,
    dependencies,
    exposure,
    finance,
    history,
    money,
    operations,
    ownership,
    references,
    reliability,
    removal,
    reports,
    resources,
    risk,
    schedule,
    schedule_float,
    schedule_progress,
    service,
    strategy,
    workload,
)
from portfolio.rules.rule import Rule, rules

THEMES = (
    references,
    dates,
    dependencies,
    schedule,
    schedule_float,
    schedule_progress,
    reports,
    decisions,
    control,
    ownership,
    risk,
    appetite,
    change,
    history,
    removal,
    finance,
    money,
    commercial,
    exposure,
    customers,
    operations,
    adoption,
    service,
    reliability,
    resources,
    workload,
    strategy,
    benefits,
)


def all_rules() -> dict[str, Rule]:
    """Return every rule by its code, in alphabetical order."""
    return dict(sorted(rules().items()))
