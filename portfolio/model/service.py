"""Service: levels and indicators with their measurements, and the PMO as a service of its own."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import ClassVar, Literal

from portfolio.model.entity import STATUS_SINCE, Entity, ending
from portfolio.record import Record, Ref, field
from portfolio.values import Duration, Money, Period

Band = tuple[Decimal, Decimal]
Priority = Literal["P1", "P2", "P3", "P4", "P5"]
Function = Literal["planning", "delivery", "centre_of_excellence"]
Origin = Literal["survey", "audit", "lesson", "kpi", "incident", "idea"]
Steering = Literal["strategic", "service", "delivery", "team"]
Frequency = Literal["weekly", "monthly", "quarterly"]
Indicator = Literal["availability", "response", "resolution", "throughput", "quality", "delivery"]
Window = Literal[
    "month", "quarter", "week", "rolling_7d", "rolling_14d", "rolling_28d", "rolling_30d"
]

percentage = partial(field, minimum=0, maximum=100, unit="%")
of_five = partial(field, minimum=1, maximum=5)
moment = partial(field, required=True, example="2026-03-04 08:15", time="recorded")


class CreditTier(Record):
    """The share of the fee that is given back below a level."""

    below: Decimal = field("The level that was not reached.", required=True)
    pct: Decimal = percentage("The share given back.", required=True)


class Sla(Entity, owner="service", aliases=("service_level",)):
    """A level that a service promises."""

    service: Ref = field("The service that promises.", to="service", flow="in", required=True)
    name: str | None = field("What reports call it.")
    measure: Indicator | None = field("What is measured.", expected=True)
    target: Decimal = field("The promised value.", required=True, example="99.5")
    unit: str | None = field("What the value counts.", expected=True, example="%")
    priority: Priority | None = field("The incidents it is about; all of them when left out.")
    within: Duration | None = field(
        "The limit of a response or resolution, in agreed service time, for each incident.",
        example="4h",
    )
    window: Window = field("The time over which it is judged.", default="month")
    direction: Literal["higher", "lower"] = field("Which way is better.", required=True)
    exclusions: tuple[str, ...] = field("What does not count, in words.")
    credit_tiers: tuple[CreditTier, ...] = field("What is given back when it is missed.")
    credit_cap_pct: Decimal | None = percentage("The most that is given back.")
    at_risk_pct: Decimal | None = percentage("The share of the fee at risk.")
    contract: Ref | None = field("The contract that promises it.", to="contract", flow="out")


class Kpi(Entity):
    """An indicator that answers a question somebody asks."""

    BEGINS_WITH: ClassVar[tuple[str, ...]] = ("measurement",)

    name: str = field("What is measured.", required=True)
    owner: Ref = field("Who answers for the value.", to="person", required=True)
    question: str | None = field("The question it answers.", expected=True, long=True)
    formula: str | None = field("How it is computed, in words.", expected=True, long=True)
    unit: str | None = field("What the value counts.", expected=True, example="%")
    direction: Literal["higher", "lower", "range"] | None = field(
        "Which way is better, or that it should stay inside a range.", expected=True
    )
    target: Decimal | Band | None = field(
        "The value, or the range, that is green.", expected=True, example="85"
    )
    red: Decimal | Band | None = field(
        "The value, or the range, beyond which it is red.", expected=True, example="65"
    )
    frequency: Frequency = field("How often it is measured.", default="monthly")
    level: Steering | None = field("Who steers by it.", expected=True)
    objective: Ref | None = field("The objective it measures.", to="objective", flow="out")
    leading: bool = field("Whether it moves before the result does.", default=False)
    baseline: Decimal | None = field("The value at the start.")
    review_by: date | None = field(
        "When its target must be looked at again.", expected=True, time="planned"
    )


class Measurement(Entity):
    """The value of a service level or indicator in one period."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("sla", "kpi", "period")
    ONE_OF: ClassVar[tuple[tuple[str, ...], ...]] = (("sla", "kpi"),)
    ONE_EXPECTED: ClassVar[tuple[tuple[str, ...], ...]] = (("value", "numerator"),)

    id: str = field("The id; made of what is measured and the period where left out.", default="")
    sla: Ref | None = field("The service level measured.", to="sla")
    kpi: Ref | None = field("The indicator measured.", to="kpi")
    period: Period = field("The period measured.", required=True, time="none", example="2026-03")
    value: Decimal | None = field(
        "The value; numerator and denominator serve as well.", example="85"
    )
    numerator: Decimal | None = field("What was met, so that periods can be pooled.")
    denominator: Decimal | None = field("Out of how many.", minimum=0)
    source_: str | None = field("Where the value comes from.", expected=True)
    recorded_on: date | None = field(
        "When it was written down.",
        expected=True,
        time="recorded",
        not_before="period",
        stands_in="period",
    )
    note: str | None = field("What a reader should know.", long=True)


class Outage(Entity, owner="service"):
    """A time in which a service was not or not fully available."""

    service: Ref = field("The service that was down.", to="service", required=True)
    from_: datetime = moment("When it began.")
    to: datetime | None = ending("When it ended; empty means that it lasts.", not_before="from")
    impact_share: Decimal = field(
        "Share of the users or functions that was down.",
        default=Decimal(1),
        minimum=0,
        maximum=1,
    )
    planned: bool = field("Whether it was announced.", default=False, plans=True)
    excluded: bool = field("Whether the contract leaves it out.", default=False)


class Pause(Record):
    """A time in which the clock of an incident stands still: the user has to answer."""

    from_: datetime = moment("When it began.", not_before="incident.opened")
    to: datetime | None = ending("When it ended; empty means that it lasts.", not_before="from")
    reason: str | None = field("Why.")


class Incident(Entity):
    """An unplanned interruption or loss of quality that a user reported."""

    service: Ref = field("The service concerned.", to="service", required=True)
    title: str | None = field("The incident in a few words.")
    opened: datetime = moment("When it was reported.")
    responded: datetime | None = field(
        "When somebody took it up.", time="happened", not_before="opened"
    )
    resolved: datetime | None = field(
        "When the service worked again.", time="happened", not_before="opened"
    )
    closed: datetime | None = ending("When the user agreed.", not_before=("opened", "resolved"))
    priority: Priority | None = field("How urgent it is; P1 is the most.", expected=True)
    pauses: tuple[Pause, ...] = field("When the clock stood still.")
    paused: Duration | None = field(
        "How long the clock stood still, where only the sum is known, as in a table.",
        example="90min",
        known_from="resolved",
    )
    change_event: Ref | None = field("The change that caused it.", to="change_event")


class CustomerSegment(Record):
    """A group that a PMO service is for."""

    SHORTHAND: ClassVar[str] = "segment"

    segment: str = field("The group.", required=True)


class ServicePromise(Record):
    """A level that a PMO service promises."""

    measure: str = field("What is measured.", required=True)
    target: Decimal | None = field("The promised value.", expected=True)
    unit: str | None = field("What the value counts.", expected=True)
    window: str | None = field("The time over which it is judged.")


class PmoService(Entity):
    """Something that the PMO offers to those it serves."""

    name: str = field("What the service is called.", required=True)
    purpose: str | None = field("What it is good for.", expected=True)
    customers: tuple[CustomerSegment, ...] = field("Who it is for.", expected=True)
    inputs: tuple[str, ...] = field("What it needs.", expected=True)
    outputs: tuple[str, ...] = field("What it gives.", expected=True)
    steps: tuple[str, ...] = field("How it is done.")
    service_level: tuple[ServicePromise, ...] = field("What it promises.", expected=True)
    owner: Ref = field("Who answers for it.", to="person", required=True, preferred=2)
    cost_per_month: Money | None = field("What it costs.", unit="per month")
    kpis: tuple[Ref, ...] = field("What it is measured by.", to="kpi", expected=True)
    p3o_function: Function | None = field("The office function it belongs to.", expected=True)
    status: Literal["pilot", "live", "retired"] = field(
        "Where it is.",
        default="live",
        final="retired",
        implies={"live": "status_since", "retired": "status_since"},
        preferred=1,
    )
    status_since: date | None = STATUS_SINCE


class ServiceRequest(Entity):
    """A request to the PMO."""

    service: Ref = field("The PMO service asked for.", to="pmo_service", required=True)
    requester: Ref | None = field("Who asks.", to="person", expected=True)
    raised_on: datetime = moment("When it arrived.")
    due: datetime | None = field(
        "When it was promised.", expected=True, time="planned", preferred=1
    )
    closed_on: datetime | None = ending("When it was answered.", not_before="raised_on")
    csat: int | None = of_five(
        "How satisfied the requester was.", time="happened", known_from="closed_on"
    )
    effort_hours: Decimal | None = field(
        "What it took.", minimum=0, unit="hours", time="happened", known_from="closed_on"
    )


class ImprovementPoint(Record):
    """The value of an indicator before or after an improvement."""

    kpi: Ref | None = field("The indicator.", to="kpi", expected=True)
    value: Decimal | None = field("Its value.", expected=True, time="happened", known_from="on")
    by: date | None = field("When the value should be reached.", time="planned")
    on: date | None = field("When the value was measured.", time="happened")


class ImprovementTarget(ImprovementPoint):
    """The value of an indicator that an improvement aims at."""

    value: Decimal | None = field("Its value.", expected=True, time="planned")


class Improvement(Entity):
    """An entry of the register of continual improvement."""

    title: str = field("What is improved.", required=True)
    source_: Origin | None = field("Where it comes from.", expected=True)
    size: Literal["small", "medium", "large"] | None = field("How big it is.", expected=True)
    baseline: ImprovementPoint | None = field("Where we are.", expected=True)
    target: ImprovementTarget | None = field("Where we want to be, and by when.", expected=True)
    benefit: str | None = field("What it would bring.", expected=True)
    effort: Duration | None = field("What it takes.", expected=True, example="12d")
    priority: int | None = field("1 is the highest.", minimum=1)
    owner: Ref = field("Who answers for it.", to="person", required=True, preferred=2)
    step: int | None = field(
        "The step of seven, from 1 identify to 7 implement.",
        expected=True,
        minimum=1,
        maximum=7,
        final="7",
    )
    status: Literal["logged", "approved", "in_progress", "done", "rejected"] = field(
        "How far it is.",
        default="logged",
        final=("done", "rejected"),
        implies=dict.fromkeys(("done", "rejected"), "closed_on"),
        preferred=1,
    )
    sla: Ref | None = field("The service level that it shall restore.", to="sla")
    result: ImprovementPoint | None = field(
        "What was measured afterwards.",
        known_from=("result.on", "closed_on"),
        not_before="baseline.on",
    )
    closed_on: date | None = ending("When it was closed.")


class Perspectives(Record):
    """A level of 1 to 5 on each of the seven perspectives of maturity."""

    management_control: int | None = of_five("Management control.")
    benefits_management: int | None = of_five("Benefits management.")
    financial_management: int | None = of_five("Financial management.")
    stakeholder_engagement: int | None = of_five("Stakeholder engagement.")
    risk_management: int | None = of_five("Risk management.")
    organisational_governance: int | None = of_five("Organisational governance.")
    resource_management: int | None = of_five("Resource management.")


class MaturityAssessment(Entity):
    """How mature the organisation is at managing portfolios, programmes or projects."""

    model: Literal["portfolio", "programme", "project"] = field("What is assessed.", required=True)
    on: date = field("When it was assessed.", required=True, time="recorded")
    assessor: Literal["self", "independent"] | None = field("Who assessed.", expected=True)
    scores: Perspectives = field(
        "1 awareness, 2 repeatable, 3 defined, 4 managed, 5 optimised.", required=True
    )
    evidence: Mapping[str, str | tuple[str, ...]] | None = field(
        "Where the proof can be found, by perspective.",
        expected=True,
        example="{risk_management: minutes/2026-03.md}",
    )
    target: Perspectives | None = field("The levels aimed at.")
