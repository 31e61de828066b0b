"""Finance: what work may cost, has cost and will cost, and what it brings."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from portfolio.model.entity import STATUS_SINCE, Entity
from portfolio.model.risk import ThreePointMoney
from portfolio.record import Record, Ref, field
from portfolio.values import Money, Period

CostCategory = Literal[
    "labour",
    "supplier",
    "licence",
    "hardware",
    "travel",
    "contingency",
    "management_reserve",
    "other",
]


class AmountInPeriod(Record):
    """An amount of money in one period."""

    period: Period = field(
        "The month, quarter or year.", required=True, example="2026-03", time="planned"
    )
    amount: Money = field("The amount.", required=True)
    quantity: Decimal | None = field(
        "How many units it pays for, such as days of work.", minimum=0, example="42"
    )


class Funding(Entity):
    """Money that somebody made available for a time."""

    name: str | None = field("What it is called.")
    source_: str = field("Who gives it.", required=True)
    amount: Money = field("How much.", required=True)
    available_from: date | None = field(
        "The first day it can be spent.", expected=True, time="planned"
    )
    available_to: date | None = field(
        "The last day it can be spent.", expected=True, not_before="available_from", time="planned"
    )
    conditions: str | None = field("What it may be spent on.")


class BudgetLine(Entity):
    """A part of a project's approved budget, by period."""

    project: Ref = field("The project.", to="project", required=True)
    type: Literal["capex", "opex"] | None = field("How it is accounted for.", expected=True)
    category: CostCategory | None = field("What it is spent on.", expected=True)
    periods: tuple[AmountInPeriod, ...] = field(
        "How much in each period.", required=True, adds_to=("project", "bac"), time="planned"
    )
    amount_3pt: ThreePointMoney | None = field(
        "What the whole line may cost: lowest, most likely, highest.",
        example="{min: 80000, likely: 90000, max: 130000}",
    )
    funding: Ref | None = field("Where the money comes from.", to="funding")


class Actual(Entity):
    """A cost that was booked."""

    project: Ref = field("The project charged.", to="project", required=True)
    period: Period = field(
        "The month it belongs to.", required=True, example="2026-03", time="none"
    )
    booked_on: date | None = field("When it was booked.", time="recorded", stands_in="period")
    category: CostCategory | None = field("What it was spent on.", expected=True)
    amount: Money = field("How much; negative is a credit note.", required=True)
    quantity: Decimal | None = field("How many units it paid for, such as days of work.")
    accrual: bool = field("Whether the bill has not come yet.", default=False)
    source_: str | None = field("The ledger or file it comes from.", expected=True)
    invoice: str | None = field("The supplier's invoice number.")
    contract: Ref | None = field("The contract it was bought under.", to="contract")


class Commitment(Entity):
    """An order that will have to be paid."""

    project: Ref = field("The project charged.", to="project", required=True)
    supplier: Ref | None = field("Who delivers.", to="supplier", expected=True)
    order: str | None = field("The order's number.", expected=True)
    amount: Money = field("What was ordered.", required=True)
    ordered_on: date | None = field("When it was ordered.", time="recorded")
    invoiced: Money = field(
        "What has been billed of it.", default=Money(Decimal(0)), known_from="invoiced_on"
    )
    invoiced_on: date | None = field("When it was last billed.", time="happened")
    expected: tuple[AmountInPeriod, ...] = field("When the rest will be billed.", time="planned")


class Forecast(Entity):
    """What a project expected on a day to spend from then on."""

    project: Ref = field("The project.", to="project", required=True)
    as_of: date = field("The day of the forecast.", required=True, time="recorded")
    author: Ref | None = field("Who made it.", to="person", expected=True)
    periods: tuple[AmountInPeriod, ...] = field(
        "How much in each period to come.", required=True, time="planned"
    )
    etc_method: Literal["bottom_up", "cpi", "cpi_spi", "budget_rate"] | None = field(
        "How the rest was estimated.", expected=True
    )
    commentary: str | None = field("What changed since the last one.", expected=True, long=True)


class ContingencyDraw(Entity):
    """Money taken out of the contingency."""

    ONE_EXPECTED: ClassVar[tuple[tuple[str, ...], ...]] = (("risk", "change_request"),)

    project: Ref = field("The project.", to="project", required=True)
    amount: Money = field("How much.", required=True)
    on: date = field("When.", required=True, time="recorded")
    risk: Ref | None = field("The risk that came true.", to="risk")
    change_request: Ref | None = field("The change that it pays for.", to="change_request")
    approved_by: Ref | None = field("Who allowed it.", to="person", expected=True)


class EarnedValues(Record):
    """Planned value, earned value and actual cost of a part of a project."""

    pv: Money = field("Planned value to date.", required=True)
    ev: Money = field("Earned value to date.", required=True)
    ac: Money = field("Actual cost to date.", required=True)


class EvSnapshot(Entity):
    """Planned value, earned value and actual cost on a day; written once, never changed."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("project", "as_of")

    id: str = field("The id; made of project and day where left out.", default="")
    project: Ref = field("The project.", to="project", required=True)
    as_of: date = field("The day of the figures.", required=True, time="recorded")
    pv: Money = field("Planned value to date.", required=True)
    ev: Money = field("Earned value to date.", required=True)
    ac: Money = field("Actual cost to date.", required=True)
    by_control_account: Mapping[str, EarnedValues] | None = field(
        "The same figures by control account.", example="{build: {pv: 1000, ev: 900, ac: 950}}"
    )


class BenefitInPeriod(Record):
    """What a benefit should bring, and brought, in one period."""

    period: Period = field(
        "The month, quarter or year.", required=True, example="2026-Q4", time="planned"
    )
    planned: Money | None = field("What it should bring.", expected=True, time="planned")
    actual: Money | None = field(
        "What it brought; empty means not yet measured.", time="happened", known_from="period"
    )


class Benefit(Entity):
    """What the business gains, or loses, from a change, and who harvests it."""

    title: str = field("What is gained.", required=True)
    project: Ref | None = field("The project that makes it possible.", to="project", flow="in")
    programme: Ref | None = field("The programme that does.", to="programme", flow="in")
    kind_: Literal["benefit", "dis_benefit"] = field("Gain or loss.", default="benefit")
    class_: (
        Literal["cash_releasing", "non_cash_releasing", "quantitative", "qualitative"] | None
    ) = field("How it can be counted.", expected=True)
    owner: Ref = field(
        "Who harvests it: in the business, not in the project.",
        to="person",
        required=True,
        preferred=2,
    )
    objective: Ref | None = field(
        "The objective it serves.", to="objective", flow="out", expected=True
    )
    kpi: Ref | None = field("What shows it.", to="kpi", flow="out", expected=True)
    baseline: Decimal | None = field("The indicator's value before.", expected=True, preferred=3)
    target: Decimal | None = field("The indicator's value aimed at.", expected=True)
    value_by_period: tuple[BenefitInPeriod, ...] = field("What it brings, when.", expected=True)
    attribution: Decimal = field(
        "The share of the indicator's change that it may claim.",
        default=Decimal(1),
        minimum=0,
        maximum=1,
    )
    starts_after: Ref | None = field(
        "The milestone that it starts with.", to="milestone", flow="in", expected=True
    )
    review_dates: tuple[date, ...] = field("When it is measured.", expected=True, time="planned")
    status: Literal["identified", "planned", "realising", "realised", "lost"] | None = field(
        "Where it is.",
        expected=True,
        final=("realised", "lost"),
        implies={"realised": "status_since", "lost": "status_since"},
        preferred=1,
    )
    status_since: date | None = STATUS_SINCE
    depends_on: tuple[Ref, ...] = field("What else it needs.", to=("benefit", "project"), flow="in")
