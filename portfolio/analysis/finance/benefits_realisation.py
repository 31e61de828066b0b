"""How much of what was promised has arrived, how sure the rest is, and what is counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.service.kpi import kpi_state
from portfolio.measure.currency import total_at_home
from portfolio.measure.measure import Measure, every, ratio, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Milestone
from portfolio.model.finance import Benefit
from portfolio.model.resources import Person
from portfolio.model.service import Kpi
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.finance import BenefitInPeriod
    from portfolio.view.view import View

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Realisation:
    """What a benefit has brought; all in one currency.

    ``planned`` and ``actual`` are of the periods that are over and measured, ``full_plan`` of all
    of them, ``unmeasured`` the periods that are over without a measurement.
    """

    planned: Decimal
    actual: Decimal
    full_plan: Decimal
    attribution: Decimal
    unmeasured: tuple[str, ...] = ()

    @property
    def rate(self) -> Measure[Decimal]:
        """Return actual / planned to date; nothing planned yet: not_started.

        Source: domain A13; worked example WE-47.
        """
        return ratio(self.actual, self.planned, "nothing is due yet", "not_started")

    @property
    def attributed(self) -> Decimal:
        """Return the part of what arrived that the benefit may claim: actual x attribution."""
        return self.actual * self.attribution

    @property
    def forecast(self) -> Measure[Decimal]:
        """Return the whole plan x the rate to date."""
        return self.rate.map(lambda rate: self.full_plan * rate)


@dataclass(frozen=True, slots=True)
class DoubleClaim:
    """One indicator and period of which several benefits claim more than the whole."""

    kpi: Kpi
    period: str
    claimed: Decimal
    benefits: tuple[Benefit, ...]


def realisation(portfolio: View, benefit: Benefit) -> Measure[Realisation]:
    """Return how much of a benefit has arrived, in the organisation's currency.

    A period counts when it is over and measured, so that what nobody has measured is neither
    arrived nor lost. No planned values: no_data; a missing exchange rate as well. The values of a
    dis-benefit are negative, however they are written.

    Source: domain A13; worked example WE-47.
    """
    if not any(each.planned is not None for each in benefit.value_by_period):
        return unknown("no_data", "no value is planned")
    past = [each for each in benefit.value_by_period if each.period.end <= portfolio.as_of]
    measured = [each for each in past if each.actual is not None]
    planned = _sum(portfolio, benefit, ((each, each.planned) for each in measured))
    actual = _sum(portfolio, benefit, ((each, each.actual) for each in measured))
    whole = _sum(portfolio, benefit, ((each, each.planned) for each in benefit.value_by_period))
    unmeasured = tuple(str(each.period) for each in past if each.actual is None)
    attribution = benefit.attribution
    return every((planned, actual, whole)).map(
        lambda sums: Realisation(sums[0], sums[1], sums[2], attribution, unmeasured)
    )


def _sum(
    portfolio: View,
    benefit: Benefit,
    parts: Iterable[tuple[BenefitInPeriod, Money | None]],
) -> Measure[Decimal]:
    dated = [
        (money, min(each.period.end, portfolio.as_of)) for each, money in parts if money is not None
    ]
    return total_at_home(portfolio, dated).map(
        lambda sum_: -abs(sum_.amount) if benefit.kind_ == "dis_benefit" else sum_.amount
    )


@dataclass(frozen=True, slots=True)
class Harvest:
    """What all benefits together have brought, dis-benefits on their own line.

    ``attributed`` and ``net`` are after attribution; ``rate`` pools the benefits, never their
    rates. ``unknown`` names the benefits that could not be added.
    """

    planned: Decimal
    actual: Decimal
    attributed: Decimal
    dis_benefits: Decimal
    full_plan: Decimal
    unknown: tuple[Benefit, ...]

    @property
    def rate(self) -> Measure[Decimal]:
        """Return actual / planned to date over all benefits; nothing due yet: not_started."""
        return ratio(self.actual, self.planned, "nothing is due yet", "not_started")

    @property
    def net(self) -> Decimal:
        """Return what arrived after attribution, less the dis-benefits."""
        return self.attributed + self.dis_benefits


def harvest(portfolio: View, benefits: Iterable[Benefit]) -> Harvest:
    """Return what benefits have brought together.

    Source: domain A13; worked example WE-47.
    """
    planned = actual = attributed = lost = whole = _NONE
    silent: list[Benefit] = []
    for benefit in benefits:
        found = realisation(portfolio, benefit).value
        if found is None:
            silent.append(benefit)
        elif benefit.kind_ == "dis_benefit":
            lost += found.attributed
        else:
            planned += found.planned
            actual += found.actual
            attributed += found.attributed
            whole += found.full_plan
    return Harvest(planned, actual, attributed, lost, whole, tuple(silent))


def doubts(portfolio: View, benefit: Benefit) -> tuple[str, ...]:
    """Return why the plan of a benefit is not to be trusted: milestone, owner or indicator.

    Source: domain A13 (benefit confidence).
    """
    found: list[str] = []
    milestone = portfolio.find(benefit.starts_after, Milestone)
    if milestone is None:
        found.append("no milestone that it starts after")
    elif milestone.actual is None:
        day = milestone.forecast or milestone.baseline
        if day is None or day < portfolio.as_of:
            found.append(f"{milestone.label!r} has no date ahead")
    owner = portfolio.find(benefit.owner, Person)
    if owner is None or (owner.end_date is not None and owner.end_date <= portfolio.as_of):
        found.append("no owner in post")
    kpi = portfolio.find(benefit.kpi, Kpi)
    if kpi is None:
        found.append("no indicator")
    else:
        state = kpi_state(portfolio, kpi)
        if state.value.value is None or state.days_stale is not None:
            found.append(f"{kpi.label!r} has no current value")
    return tuple(found)


def confidence(portfolio: View, benefits: Iterable[Benefit]) -> Measure[Decimal]:
    """Return the share of planned value that nothing speaks against, 0..1; no plan: no_data.

    Current must be the forecast of the milestone, the owner and the data of the indicator.
    Dis-benefits do not count.

    Source: domain A13.
    """
    whole = sure = _NONE
    for benefit in benefits:
        found = realisation(portfolio, benefit).value
        if found is None or benefit.kind_ == "dis_benefit":
            continue
        whole += found.full_plan
        sure += _NONE if doubts(portfolio, benefit) else found.full_plan
    return ratio(sure, whole, "no value is planned", "no_data")


def double_claims(portfolio: View, kpi: Kpi) -> Iterator[DoubleClaim]:
    """Yield the periods in which benefits claim more than the whole of an indicator's change.

    Source: domain A13 (double counting).
    """
    claims = grouped(
        (each.period.text, benefit)
        for benefit in portfolio.related(kpi, Benefit, "kpi")
        if benefit.status != "lost" and benefit.kind_ == "benefit"
        for each in benefit.value_by_period
    )
    for period, claimed in claims.items():
        whole = sum((benefit.attribution for benefit in claimed), _NONE)
        if len(claimed) > 1 and whole > 1:
            yield DoubleClaim(kpi, period, whole, tuple(claimed))
