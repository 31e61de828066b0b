"""Commercial: customers, suppliers, the contracts with them, and what is billed under those."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from portfolio.model.entity import Entity, ending
from portfolio.model.resources import FteInPeriod
from portfolio.record import Record, Ref, field
from portfolio.values import Duration, Money, Period

NO_TIME = Duration(Decimal(0), "cd")


class HealthOverride(Record):
    """A colour that somebody set by hand for an account."""

    SHORTHAND: ClassVar[str] = "colour"

    colour: Literal["green", "amber", "red"] = field("The colour set by hand.", required=True)
    reason: str | None = field("Why the computed colour is wrong.", expected=True, long=True)


class Customer(Entity):
    """Somebody outside who pays for projects or services."""

    name: str = field("What the customer is called.", required=True)
    segment: str | None = field("The market segment.")
    account_owner: Ref | None = field("Who answers for the account.", to="person", expected=True)
    tier: Literal["strategic", "key", "standard"] = field(
        "How much attention the account gets.", default="standard"
    )
    annual_value: Money | None = field("Revenue in a year.", unit="per year")
    health_override: HealthOverride | None = field(
        "A colour set by hand instead of the computed one.", example="{colour: red, reason: …}"
    )


class Supplier(Entity):
    """Somebody outside who delivers to us."""

    name: str = field("What the supplier is called.", required=True)
    owner: Ref | None = field("Who answers for the relation.", to="person", expected=True)


class Bid(Record):
    """What was promised to ourselves when the contract was won."""

    cost: Money | None = field("The planned cost.", expected=True, example="85000")
    margin_pct: Decimal | None = field(
        "The planned margin.", expected=True, maximum=100, unit="%", example="15"
    )
    effort: Duration | None = field("The planned work, to tell dearer from more.", example="1400d")


class Renewal(Record):
    """How a contract ends or goes on, and by when somebody must say so."""

    mode: Literal["auto", "option", "none"] | None = field(
        "Whether it renews by itself, on request, or not at all.", expected=True
    )
    term_months: int | None = field("How long it goes on.", minimum=1, unit="months")
    notice: Duration | None = field(
        "How long before the end notice must arrive.", expected=True, example="3mo"
    )
    delivery_lead: Duration = field("How long the notice takes to arrive.", default=NO_TIME)
    internal_lead: Duration = field(
        "How long we need to decide.", default=Duration(Decimal(30), "cd")
    )
    decision: Literal["undecided", "renew", "renegotiate", "exit"] = field(
        "What we decided.",
        default="undecided",
        final=("renew", "exit"),
        implies={"renew": "decided_on", "renegotiate": "decided_on", "exit": "decided_on"},
    )
    decided_on: date | None = field("When we decided.", time="happened")
    notice_served_on: date | None = field("When notice was given.", time="happened")
    probability: Decimal | None = field("How likely it goes on.", minimum=0, maximum=1)


class Damages(Record):
    """What a late milestone costs under the contract."""

    milestone: Ref = field("The promised milestone.", to="milestone", flow="in", required=True)
    rate: Money | None = field("The amount for each unit of delay.")
    per: Literal["day", "week", "started_week"] = field("The unit of delay.", default="day")
    of_value_pct: Decimal | None = field(
        "The rate as a share of the contract's value, instead of an amount.",
        minimum=0,
        maximum=100,
        unit="%",
    )
    grace: Duration = field("Delay that costs nothing.", default=NO_TIME, example="5cd")
    extension: Duration | None = field("Extension of time that was granted.", example="10cd")
    cap: Money | None = field("The most that this milestone can cost.")


class Incentive(Record):
    """A target-cost arrangement: both sides share what is saved or overrun."""

    target_cost: Money = field("The cost agreed as target.", required=True)
    target_fee: Money = field("The fee at target cost.", required=True)
    contractor_share: Decimal = field(
        "The contractor's share of savings and overruns.", required=True, minimum=0, maximum=1
    )
    min_fee: Money | None = field("The lowest fee.")
    max_fee: Money | None = field("The highest fee.")


class DaysInPeriod(Record):
    """Days worked in one period."""

    period: Period = field("The month.", required=True, example="2026-03", time="recorded")
    days: Decimal = field("How many days.", required=True, minimum=0, unit="days")


class CostPoint(Record):
    """What a contract was expected to cost, on one day."""

    as_of: date = field("The day of the estimate.", required=True, time="recorded")
    eac_cost: Money = field("The cost at completion as expected then.", required=True)


class Contract(Entity):
    """An agreement under which we deliver to a customer or a supplier delivers to us."""

    ONE_OF: ClassVar[tuple[tuple[str, ...], ...]] = (("customer", "supplier"),)

    title: str = field("What the contract is called.", required=True)
    customer: Ref | None = field("Who buys from us.", to="customer", flow="out")
    supplier: Ref | None = field("Who sells to us.", to="supplier")
    direction: Literal["sell", "buy"] | None = field(
        "Whether we sell or buy; told from customer or supplier where left out."
    )
    type: (
        Literal[
            "fixed_price",
            "time_and_materials",
            "capped_tm",
            "cost_plus",
            "target_cost",
            "managed_service",
            "subscription",
            "framework",
        ]
        | None
    ) = field("How the price is formed.", expected=True)
    signed: date | None = field("When both sides signed.", expected=True, time="happened")
    start: date | None = field("The first day of the term.", expected=True, time="planned")
    end: date | None = field(
        "The last day of the term.",
        expected=True,
        not_before="start",
        ahead=365,
        time="planned",
        preferred=1,
    )
    value: Money | None = field("The signed price.", expected=True, example="100000")
    currency: str | None = field("The currency of plain numbers inside it.", example="GBP")
    bid: Bid | None = field("Cost and margin as won.", expected=True)
    eac_cost: Money | None = field(
        "Expected cost at completion, expected damages included.", known_from="eac_as_of"
    )
    eac_effort: Duration | None = field(
        "Expected work at completion.", example="1500d", known_from="eac_as_of"
    )
    cost_to_date: Money | None = field(
        "Cost until now; where left out, what the projects under it were charged.",
        known_from="eac_as_of",
    )
    eac_as_of: date | None = field("The day of these costs and of the days to do.", time="happened")
    history: tuple[CostPoint, ...] = field("Earlier estimates, for the margin trend.")
    provision: Money | None = field("What has been set aside for a loss.")
    commentary: str | None = field("Why the margin differs from the bid.", long=True)
    billing: Literal["milestone", "monthly", "in_advance", "on_usage"] | None = field(
        "When it is billed.", expected=True
    )
    payment_terms: Duration = field(
        "How long the payer may take.", default=Duration(Decimal(30), "cd")
    )
    calendar: str | None = field("The calendar its notice counts on, from pmo.yaml.")
    renewal: Renewal | None = field("How it ends or goes on.", expected=True)
    damages: tuple[Damages, ...] = field("What late milestones cost.")
    liability_cap: Money | None = field("The most that either side can be liable for.")
    service_levels: tuple[Ref, ...] = field("The levels it promises.", to="sla", flow="in")
    authorised: Duration | None = field("Work authorised for time and materials.", example="120d")
    days_used: tuple[DaysInPeriod, ...] = field("Days worked under it; else from timesheets.")
    days_to_do: Decimal | None = field(
        "Days of work that are left.", minimum=0, unit="days", known_from="eac_as_of"
    )
    incentive: Incentive | None = field("How savings and overruns are shared.")

    @property
    def is_sale(self) -> bool:
        """Tell whether we are the seller."""
        if self.direction is not None:
            return self.direction == "sell"
        return self.customer is not None


class Obligation(Entity, owner="contract"):
    """Something that a contract obliges somebody to do by a day."""

    contract: Ref = field("The contract that says so.", to="contract", required=True)
    text: str = field("What must be done.", required=True)
    owner: Ref | None = field("Who sees to it.", to="person", expected=True)
    due: date | None = field("When it must be done.", expected=True, time="planned")
    done_on: date | None = ending("When it was done.")


class Variation(Entity, owner="contract"):
    """A change to the price of a contract."""

    contract: Ref = field("The contract that it varies.", to="contract", required=True)
    title: str | None = field("What it is about.")
    change_request: Ref | None = field("The request behind it.", to="change_request", expected=True)
    value: Money | None = field("What it adds to the price; negative is less.", expected=True)
    cost: Money | None = field("What it costs us; else the cost of its change request.")
    status: Literal["proposed", "agreed", "signed"] = field(
        "Only a signed one counts as revenue.",
        default="proposed",
        final="signed",
        implies={"signed": "signed_on"},
        preferred=1,
    )
    signed_on: date | None = field("When both sides signed.", time="happened", optional=True)


class Invoice(Entity):
    """A bill under a contract."""

    contract: Ref = field("The contract billed.", to="contract", required=True)
    milestone: Ref | None = field("The milestone that releases it.", to="milestone", flow="in")
    issued: date | None = field("When it was sent.", expected=True, time="happened")
    due: date | None = field(
        "When it must be paid.", expected=True, not_before="issued", time="planned", preferred=1
    )
    amount: Money = field("What it asks for; negative is a credit note.", required=True)
    paid_on: date | None = ending("When it was paid.", not_before="issued")
    disputed: bool = field("Whether the customer contests it.", default=False)


class PipelineDemand(Record):
    """A role that an opportunity would need once won."""

    role: str = field("The role needed.", required=True)
    skill: str | None = field("The skill needed.", example="PRMG")
    level: int | None = field("The SFIA level needed.", minimum=1, maximum=7)
    fte_by_period: tuple[FteInPeriod, ...] = field("How much of it, and when.", time="planned")


class Opportunity(Entity, plural="opportunities"):
    """Work that a customer may buy."""

    name: str | None = field("What it is called.")
    customer: Ref = field("Who may buy.", to="customer", required=True)
    value: Money | None = field("What it would bring.", expected=True)
    cost: Money | None = field("What it would cost us.")
    probability: Decimal | None = field("How likely it is.", expected=True, minimum=0, maximum=1)
    close_date: date | None = field("When the customer will decide.", expected=True, time="planned")
    stage: Literal["lead", "qualified", "proposal", "negotiation", "won", "lost"] | None = field(
        "How far the sale is.",
        expected=True,
        final=("won", "lost"),
        implies={"won": "closed_on", "lost": "closed_on"},
    )
    closed_on: date | None = ending("When it was won or lost.", optional=True)
    resources: tuple[PipelineDemand, ...] = field("The roles it would need.", time="planned")
