"""Operations: the services that run every day, and the changes that land on them."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from portfolio.model.entity import STATUS_SINCE, Entity, ending
from portfolio.record import Record, Ref, field
from portfolio.values import Money, Period

Level = Literal["low", "medium", "high"]


class ServiceTime(Record):
    """The days and hours in which a service is promised to work."""

    days: tuple[int, ...] = field("Days of the week; 1 is Monday.", required=True)
    from_: str = field("The first time of the day.", required=True, example="08:00")
    to: str = field("The last time of the day.", required=True, example="18:00")


class Service(Entity):
    """Something that operations provides every day."""

    name: str = field("What the service is called.", required=True)
    owner: Ref = field("Who answers for it.", to="person", required=True, preferred=2)
    customers: tuple[Ref, ...] = field(
        "Who uses it.", to=("customer", "business_unit"), flow="out", expected=True
    )
    agreed_service_time: ServiceTime | None = field(
        "When it is promised to work.",
        expected=True,
        example='{days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00"}',
    )
    criticality: Literal["platinum", "gold", "silver", "bronze"] | None = field(
        "How much depends on it.", expected=True
    )
    depends_on: tuple[Ref, ...] = field("The services it needs.", to="service", flow="in")
    run_cost_per_month: Money | None = field("What it costs to run.", unit="per month")
    status: Literal["pipeline", "live", "retiring", "retired"] | None = field(
        "Where it is in its life.",
        expected=True,
        example="live",
        final="retired",
        implies={"live": "status_since", "retiring": "status_since", "retired": "status_since"},
        preferred=1,
    )
    status_since: date | None = STATUS_SINCE


class AffectedGroup(Record):
    """Who a release hits, and how hard."""

    group: Ref | None = field("The group hit.", to="stakeholder_group", flow="out")
    business_unit: Ref | None = field("The unit hit.", to="business_unit", flow="out")
    magnitude: Level | None = field("How hard.", expected=True)
    effort_hours_per_head: Decimal | None = field(
        "What it takes of each person.", minimum=0, unit="hours per person"
    )


class ChangeEvent(Entity):
    """A release into live operations."""

    name: str | None = field("What the release is called.")
    project: Ref | None = field(
        "The project that releases.", to="project", flow="in", expected=True, preferred=2
    )
    milestone: Ref | None = field("The go-live that it follows.", to="milestone", flow="in")
    type: Literal["standard", "normal", "emergency"] | None = field(
        "How it is authorised.", expected=True
    )
    go_live: date = field("When it goes live.", required=True, ahead=180, time="planned")
    actual: date | None = field("When it went live.", time="happened", optional=True)
    rollback_by: date | None = field(
        "Until when it can be taken back.", not_before="go_live", time="planned"
    )
    groups: tuple[AffectedGroup, ...] = field("Who it hits.", expected=True)
    services: tuple[Ref, ...] = field(
        "The services it changes.", to="service", flow="out", expected=True
    )
    processes: tuple[str, ...] = field("The processes it changes.")
    approved_by: Ref | None = field("Who authorised it.", to="person")
    status: Literal["planned", "approved", "done", "rolled_back", "failed"] = field(
        "Where it is.",
        default="planned",
        final=("done", "rolled_back", "failed"),
        implies={"done": ("actual", "go_live"), "rolled_back": "ended_on", "failed": "ended_on"},
        preferred=1,
    )
    ended_on: date | None = ending(
        "When it failed or was taken back.", not_before="actual", optional=True
    )
    incidents_caused: int | None = field(
        "How many incidents it caused.",
        minimum=0,
        time="happened",
        known_from=("actual", "go_live"),
    )


class FreezeScope(Record):
    """What a freeze covers."""

    all: bool = field("Everything.", default=False)
    services: tuple[Ref, ...] = field("These services.", to="service", example="[billing]")
    business_units: tuple[Ref, ...] = field("These units.", to="business_unit")


class FreezeException(Record):
    """A release that may go live in spite of a freeze."""

    SHORTHAND: ClassVar[str] = "change"

    change: Ref = field("The release.", to="change_event", required=True)
    approved_by: Ref | None = field("Who allowed it.", to="person", expected=True)
    reason: str | None = field("Why.", expected=True)


class FreezeWindow(Entity):
    """A time in which nothing may go live."""

    name: str = field("Why nothing may go live.", required=True)
    from_: date = field("The first day.", required=True, ahead=270, time="planned")
    to: date = field("The last day.", required=True, not_before="from", ahead=14, time="planned")
    scope: FreezeScope | None = field(
        "What it covers.", expected=True, example="{services: [billing]}"
    )
    exceptions: tuple[FreezeException, ...] = field("What may go live all the same.")


class ReadinessCriterion(Record):
    """One thing that must be in place before a go-live."""

    id: str = field("A short name to refer to it by.", required=True)
    area: (
        Literal[
            "support_model",
            "knowledge",
            "training",
            "monitoring",
            "capacity",
            "security",
            "continuity",
            "data",
            "contracts",
            "run_budget",
            "documentation",
            "rollback",
        ]
        | None
    ) = field("What it is about.", expected=True)
    text: str = field("What must be in place.", required=True)
    status: Literal["met", "partly", "not_met", "not_applicable"] = field(
        "How far it is.",
        default="not_met",
        final=("met", "not_applicable"),
        implies={"met": ("met_on", "readiness.on")},
    )
    met_on: date | None = ending("When it was in place.", optional=True)
    reason: str | None = field("Why it does not apply.")
    mandatory: bool = field("Whether going live without it is ruled out.", default=True)
    owner: Ref | None = field("Who sees to it.", to="person", expected=True)
    due: date | None = field("When it must be in place.", expected=True, time="planned")
    evidence: str | None = field("Where the proof can be found.")


class Readiness(Entity, plural="readiness_reviews", aliases=("readiness_review",)):
    """Whether operations can take over a release."""

    change: Ref = field("The release.", to="change_event", required=True)
    on: date | None = field("When it was judged.", expected=True, time="recorded")
    criteria: tuple[ReadinessCriterion, ...] = field("What must be in place.", expected=True)
    decision: Literal["go", "go_with_conditions", "no_go"] | None = field(
        "What was decided.",
        final=("go", "no_go"),
        implies={"go": "on", "go_with_conditions": "on", "no_go": "on"},
    )
    decided_by: Ref | None = field("Who decided.", to="person")


class ExitCriterion(Record):
    """What must hold before a project may leave what it delivered to operations."""

    kpi: Ref | None = field("What is measured.", to="kpi", expected=True)
    threshold: Decimal | None = field("The value to be reached.", expected=True)
    consecutive_periods: int = field("For how many periods in a row.", default=2, minimum=1)


class EarlyLifeSupport(Entity):
    """The time after a release in which the project still helps."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("change",)

    id: str = field("The id; the release's where left out.", default="")
    change: Ref = field("The release.", to="change_event", flow="in", required=True)
    from_: date | None = field("The first day.", expected=True, time="planned")
    planned_to: date | None = field(
        "The planned last day.", expected=True, not_before="from", time="planned"
    )
    exit: tuple[ExitCriterion, ...] = field("What must hold at the end.", expected=True)
    actual_to: date | None = ending("The last day as it happened.", not_before="from")
    accepted_by: Ref | None = field(
        "Who took over.", to="person", time="happened", known_from="actual_to"
    )


class RunCost(Entity):
    """What a service costs each month from a month on."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("service", "from_")

    id: str = field("The id; made of service and month where left out.", default="")
    service: Ref = field("The service.", to="service", required=True)
    from_: Period = field("The first month.", required=True, example="2026-07", time="planned")
    monthly: Money = field("The cost of each month.", required=True, unit="per month")
    budgeted: bool | None = field(
        "Whether next year's budget has it.", expected=True, example="true"
    )
