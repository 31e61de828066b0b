"""Strategy: what the organisation wants, and how work is chosen for it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from portfolio.model.entity import STATUS_SINCE, Entity
from portfolio.record import Record, Ref, field
from portfolio.values import Duration, Money, Period


class Objective(Entity):
    """Something the organisation wants to reach, with a weight and a horizon."""

    name: str = field("What shall be reached.", required=True)
    owner: Ref = field("Who answers for reaching it.", to="person", required=True, preferred=2)
    perspective: (
        Literal[
            "financial", "customer", "internal_process", "learning_and_growth", "sustainability"
        ]
        | None
    ) = field("The perspective of the scorecard.", expected=True)
    weight: Decimal | None = field(
        "Its share among the active objectives beside it, which add to 1.",
        expected=True,
        minimum=0,
        maximum=1,
        adds_to=("parent", "1"),
    )
    horizon: date | None = field(
        "When it shall be reached.", expected=True, ahead=365, time="planned"
    )
    kpis: tuple[Ref, ...] = field("What it is measured by.", to="kpi", flow="in", expected=True)
    parent: Ref | None = field("The objective that it serves.", to="objective", flow="out")
    target_spend_pct: Decimal | None = field(
        "The share of the budget it should get.", minimum=0, maximum=100, unit="%"
    )
    status: Literal["active", "achieved", "dropped"] = field(
        "Where it is.",
        default="active",
        final=("achieved", "dropped"),
        implies={"achieved": "status_since", "dropped": "status_since"},
        preferred=1,
    )
    status_since: date | None = STATUS_SINCE


class RoadmapItem(Entity):
    """A step towards an objective in a quarter."""

    name: str = field("What the step is.", required=True)
    objective: Ref | None = field(
        "The objective it serves.", to="objective", flow="out", expected=True
    )
    quarter: Period | None = field(
        "When it is planned.", expected=True, example="2026-Q3", time="planned"
    )
    projects: tuple[Ref, ...] = field("Who delivers it.", to="project", flow="in")
    status: Literal["planned", "in_progress", "done", "dropped"] = field(
        "How far it is.",
        default="planned",
        final=("done", "dropped"),
        implies={"done": "status_since", "dropped": "status_since"},
        preferred=1,
    )
    status_since: date | None = STATUS_SINCE


class Criterion(Entity, plural="criteria"):
    """What proposals are compared by."""

    name: str = field("What is compared.", required=True)
    weight: Decimal | None = field("How much it counts.", expected=True, minimum=0, maximum=1)
    direction: Literal["higher", "lower"] = field("Which way is better.", default="higher")
    scale: tuple[Decimal, Decimal] | None = field(
        "The lowest and the highest value.", expected=True, example="[1, 5]"
    )
    kind_: Literal["score", "money", "ratio"] = field("What the values are.", default="score")


class Proposal(Entity):
    """A project that asks to be chosen."""

    project: Ref = field("The project proposed.", to="project", required=True)
    scores: Mapping[str, Decimal] | None = field(
        "The value on each criterion, by the criterion's id.",
        expected=True,
        example="{strategic-fit: 4}",
    )
    cost: Money | None = field("What it costs in all.", expected=True)
    cost_by_period: Mapping[str, Money] | None = field(
        "What it costs in each period.", example="{2026: 120000}", time="planned"
    )
    capacity: Mapping[str, Decimal] | None = field(
        "The people it needs, by skill.", expected=True, unit="FTE", example="{PRMG: 1.5}"
    )
    requires: tuple[Ref, ...] = field("What must be chosen with it.", to="proposal")
    excludes: tuple[Ref, ...] = field("What cannot be chosen with it.", to="proposal")
    mandatory: bool = field("Whether it must be chosen.", default=False)
    npv: Money | None = field("Net present value.")
    confidence: Decimal = field(
        "How far its figures are believed.", default=Decimal(1), minimum=0, maximum=1
    )


class Injection(Record):
    """One thing that a scenario supposes: a slip, a stop, or somebody leaving."""

    node: Ref | None = field(
        "What slips.", to=("activity", "milestone", "project", "dependency"), example="atlas.build"
    )
    slip: Duration | None = field("How far it slips.", example="12d")
    stop: Ref | None = field("The project that stops.", to="project")
    remove_person: Ref | None = field("Who leaves.", to="person")
    on: date | None = field("When somebody leaves.", time="planned")


class Scenario(Entity):
    """A what-if kept for later: what is supposed, so that the consequences can be computed."""

    name: str = field("The question in a few words.", required=True)
    inject: tuple[Injection, ...] = field("What is supposed.", required=True, time="planned")
    include_soft: bool = field("Whether soft dependencies move dates.", default=False)


class BusinessSensitivity(Record):
    """From when, and how much, the business feels a delay."""

    days_to_impact: int = field(
        "How long nobody notices.", default=0, minimum=0, unit="calendar days"
    )
    per_day_cost: Money | None = field(
        "What each day costs then.", unit="per calendar day", example="2000"
    )
    threshold: Duration = field(
        "Delay without any effect.", default=Duration(Decimal(0), "d"), example="5d"
    )


class BusinessDependency(Entity, plural="business_dependencies"):
    """The business waits for a project."""

    from_: Ref = field(
        "What delivers.", to=("project", "milestone", "programme"), flow="in", required=True
    )
    to: Ref = field(
        "What in the business waits.",
        to=("service", "business_unit", "contract", "customer", "objective", "benefit", "kpi"),
        flow="out",
        required=True,
    )
    nature: Literal["enables", "disrupts", "protects", "funds", "complies", "retires"] | None = (
        field("What the one does to the other.", expected=True)
    )
    sensitivity: BusinessSensitivity | None = field("When and how much a delay is felt.")
    weight: Decimal = field(
        "How much of the outcome depends on it.", default=Decimal(1), minimum=0, maximum=1
    )
    description: str | None = field("What would happen without it.", expected=True, long=True)


class BusinessEvent(Entity):
    """A date that the business sets and no project owns."""

    name: str = field("What happens.", required=True)
    date_: date = field("When it happens.", required=True, time="planned")
    movable: bool = field("Whether the date can be negotiated.", default=False)
    owner: Ref = field("Who answers for it.", to="person", required=True, preferred=1)
    affects: tuple[Ref, ...] = field(
        "What it fixes.", to=("service", "business_unit", "contract"), flow="out", expected=True
    )
    kind_: (
        Literal[
            "regulatory", "financial_close", "peak_trading", "contract", "facility", "leadership"
        ]
        | None
    ) = field("Why the date is fixed.", expected=True)
