"""Every rule, registered: importing this module loads the themes."""

from __future__ import annotations

from portfolio.rules.commercial import contract_exposure, contracts, customers
from portfolio.rules.delivery import (
    dates,
    dependencies,
    schedule_float,
    schedule_logic,
    schedule_progress,
)
from portfolio.rules.finance import benefits_realisation, earned_value, expenditure
from portfolio.rules.governance import (
    change_control,
    control_compliance,
    decisions,
    history,
    ownership,
    references,
    removal,
    status_reporting,
)
from portfolio.rules.operations import adoption, change_impact
from portfolio.rules.resources import assignments, overallocation
from portfolio.rules.risk import appetite, register
from portfolio.rules.rule import Rule, rules
from portfolio.rules.service import reliability, service_levels
from portfolio.rules.strategy import alignment

THEMES = (
    references,
    dates,
    dependencies,
    schedule_logic,
    schedule_float,
    schedule_progress,
    status_reporting,
    decisions,
    control_compliance,
    ownership,
    register,
    appetite,
    change_control,
    history,
    removal,
    earned_value,
    expenditure,
    contracts,
    contract_exposure,
    customers,
    change_impact,
    adoption,
    service_levels,
    reliability,
    assignments,
    overallocation,
    alignment,
    benefits_realisation,
)


def all_rules() -> dict[str, Rule]:
    """Return every rule by its code, in alphabetical order."""
    return dict(sorted(rules().items()))
