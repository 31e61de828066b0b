"""Delivery: portfolios, programmes, projects, and the dates they promise each other."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, get_args

from portfolio.model.delivery.schedule_logic import (
    ActivityResource,
    Constraint,
    ForecastPoint,
    LinkType,
    Predecessor,
    ThreePointDuration,
)
from portfolio.model.entity import STATUS_SINCE, Entity, ending
from portfolio.record import Record, Ref, field
from portfolio.values import Duration, Money

Colour = Literal["green", "amber", "red"]
ProjectStatus = Literal[
    "proposed", "approved", "initiating", "delivering", "on_hold", "closing", "closed", "cancelled",
]  # fmt: skip
EvMethod = Literal[
    "0_100", "50_50", "20_80", "weighted_milestones", "physical_pct", "units", "loe", "apportioned",
]  # fmt: skip


class DateRange(Record):
    """A first and a last day, both included."""

    start: date = field("The first day.", required=True, time="planned")
    end: date = field("The last day.", required=True, not_before="start", time="planned")


class Portfolio(Entity):
    """The set of programmes and projects that one board steers."""

    name: str = field("What the board calls it.", required=True)
    owner: Ref = field("Who answers for the whole.", to="person", required=True)
    budget: Money | None = field("Money approved for the period.")
    period: DateRange | None = field("The time that the budget covers.", expected=True)
    categories: tuple[str, ...] = field("The portfolio's own categories of work.")


class Programme(Entity):
    """Projects that together change the business, under one senior responsible owner."""

    name: str = field("What the programme is called.", required=True)
    sro: Ref = field("The senior responsible owner.", to="person", required=True)
    portfolio: Ref | None = field("The portfolio it belongs to.", to="portfolio", flow="out")
    business_change_managers: tuple[Ref, ...] = field("Who lands the change.", to="person")
    vision: str | None = field("The picture of the better future.", long=True)


class Tolerances(Record):
    """How far a project may deviate before it must be escalated, by dimension."""

    cost_pct: Decimal | None = field("Share of the budget, in percent.", minimum=0, example="10")
    time: Duration | None = field("Working time beyond the baseline finish.", example="10d")
    benefit_pct: Decimal | None = field("Share of the benefits, in percent.", minimum=0)
    scope: str | None = field("What may be left out, in words.")
    quality: str | None = field("Which quality deviation is acceptable, in words.")
    risk_emv: Money | None = field("Expected monetary value of the open threats.")
    sustainability: str | None = field("Which deviation of the footprint is acceptable.")


class DeclaredRag(Record):
    """The colours that the project manager stands behind, with a sentence."""

    SHORTHAND: ClassVar[str] = "overall"

    overall: Colour | None = field("The colour of the whole.", expected=True, preferred=2)
    time: Colour | None = field("The colour of the dates.")
    cost: Colour | None = field("The colour of the money.")
    scope: Colour | None = field("The colour of the scope.")
    benefits: Colour | None = field("The colour of the benefits.")
    resource: Colour | None = field("The colour of people and capacity.")
    risk: Colour | None = field("The colour of the risks.")
    comment: str | None = field(
        "Cause, effect, action, date: one sentence.", expected=True, long=True
    )


class Contribution(Record):
    """How much a project serves an objective."""

    SHORTHAND: ClassVar[str] = "objective"

    objective: Ref = field("The objective served.", to="objective", flow="out", required=True)
    contribution: int | None = field(
        "0 none, 1 indirect, 2 direct, 3 essential.",
        minimum=0,
        maximum=3,
        expected=True,
        example="2",
    )


class Project(Entity):
    """A temporary organisation that delivers an agreed change."""

    name: str = field("What the project is called.", required=True)
    portfolio: Ref | None = field(
        "The portfolio it belongs to; may be left out where there is one.",
        to="portfolio",
        flow="out",
    )
    programme: Ref | None = field("The programme it belongs to.", to="programme", flow="out")
    customer: Ref | None = field("Who it is done for, outside.", to="customer", flow="out")
    contract: Ref | None = field("The contract it is done under.", to="contract", flow="out")
    sponsor: Ref = field("The executive who answers for the case.", to="person", required=True)
    project_manager: Ref | None = field(
        "Who runs it day by day.", to="person", expected=True, preferred=3
    )
    senior_user: Ref | None = field("Who speaks for the users.", to="person")
    senior_supplier: Ref | None = field("Who speaks for the suppliers.", to="person")
    business_change_manager: Ref | None = field("Who lands the change.", to="person")
    category: Literal["mandatory", "strategic", "operational", "customer"] | None = field(
        "Why it is done.", expected=True
    )
    investment_type: Literal["run", "grow", "transform"] = field("What it buys.", default="grow")
    delivery: Literal["predictive", "adaptive", "hybrid"] = field(
        "How it is steered.", default="predictive"
    )
    status: ProjectStatus | None = field(
        "Where it is in its life.",
        expected=True,
        final=("closed", "cancelled"),
        implies=dict.fromkeys(get_args(ProjectStatus), "status_since")
        | {"closed": "actual_finish"},
        preferred=1,
    )
    status_since: date | None = STATUS_SINCE
    stage: str | None = field("The management stage, one of `stages` in pmo.yaml.")
    tier: int | None = field("The control tier: 1 is the heaviest.", minimum=1, maximum=3)
    priority: int = field("1 is the highest.", default=3, minimum=1, maximum=5)
    confidential: bool = field("Left out of every report unless asked for.", default=False)
    currency: str | None = field("The currency of plain numbers inside it.", example="GBP")
    calendar: str | None = field("The calendar its durations count on, from pmo.yaml.")
    start: date | None = field("The first day.", expected=True, time="planned")
    baseline_finish: date | None = field(
        "The approved last day.", expected=True, not_before="start", time="planned"
    )
    forecast_finish: date | None = field(
        "The last day as expected now.", not_before="start", time="planned", becomes="actual_finish"
    )
    actual_finish: date | None = ending("The last day as it happened.", not_before="start")
    bac: Money | None = field("Budget at completion, once approved.")
    tolerances: Tolerances | None = field("How far it may deviate before escalation.")
    objectives: tuple[Contribution, ...] = field("Which objectives it serves.")
    services: tuple[Ref, ...] = field("The services it changes.", to="service", flow="out")
    declared_rag: DeclaredRag | None = field("The colours that its manager declares.")


class Milestone(Entity, owner="project"):
    """A dated point that somebody promised or waits for: an activity of no duration."""

    project: Ref = field("The project it belongs to.", to="project", flow="out", required=True)
    name: str = field("What is reached.", required=True)
    type: Literal[
        "gate", "contractual", "payment", "external", "internal", "go_live", "benefit"
    ] = field("What kind of point it is.", default="internal")
    at: Literal["start", "end"] = field(
        "The end of its day that it stands at: what follows starts that day, or the next.",
        default="end",
    )
    wbs: str | None = field("Its code in the work breakdown structure.", example="2.1.4")
    outline: tuple[str, ...] = field("The headings it stands under, outermost first.")
    baseline: date | None = field("The approved date.", expected=True, time="planned", preferred=2)
    forecast: date | None = field(
        "The date as expected now: it stands no earlier.", time="planned", becomes="actual"
    )
    actual: date | None = ending("The date as it happened.")
    owner: Ref | None = field("Who answers for it.", to="person", expected=True, preferred=1)
    contract: Ref | None = field("The contract that promises it.", to="contract", flow="out")
    amount: Money | None = field("What a payment milestone pays.")
    acceptance_criteria: str | None = field(
        "How one can tell that it is reached.", expected=True, long=True
    )
    key: bool = field("Shown to the board.", default=False)
    predecessors: tuple[Predecessor, ...] = field("What must happen before.")
    constraint: Constraint | None = field("A date imposed on it.")
    deadline: date | None = field("The last acceptable day.", time="planned")
    history: tuple[ForecastPoint, ...] = field("Earlier forecasts, for the milestone trend.")


class Activity(Entity, owner="project", plural="activities", aliases=("task",)):
    """A piece of scheduled work inside a project."""

    project: Ref = field("The project it belongs to.", to="project", flow="out", required=True)
    name: str | None = field("What is done.")
    wbs: str | None = field("Its code in the work breakdown structure.", example="2.1.4")
    outline: tuple[str, ...] = field("The headings it stands under, outermost first.")
    duration: Duration = field("Working or elapsed time it takes.", required=True, example="10d")
    duration_3pt: ThreePointDuration | None = field("Shortest, likely and longest duration.")
    predecessors: tuple[Predecessor, ...] = field("What must happen before, and how.")
    constraint: Constraint | None = field("A date imposed on it.")
    deadline: date | None = field("The last acceptable finish.", time="planned")
    baseline_start: date | None = field("The approved start.", time="planned")
    baseline_finish: date | None = field(
        "The approved finish.", not_before="baseline_start", time="planned"
    )
    pct_complete: Decimal | None = field(
        "Done, in percent.",
        minimum=0,
        maximum=100,
        final="100",
        implies={">0": ("actual_start", "project.start"), "100": "actual_finish"},
        known_from="progress_on",
    )
    actual_start: date | None = field("When it started.", time="happened")
    actual_finish: date | None = ending("When it finished.", not_before="actual_start")
    remaining: Duration | None = field(
        "Work left, counted from the status date.",
        implies={"0": "actual_finish"},
        known_from="progress_on",
    )
    progress_on: date | None = field("The day that the progress was counted on.", time="happened")
    calendar: str | None = field("The calendar its duration counts on, from pmo.yaml.")
    loe: bool = field("Level of effort: it accompanies other work and never drives.", default=False)
    resources: tuple[ActivityResource, ...] = field("Who or which role works on it.")
    budget: Money | None = field("Its share of the budget at completion.")
    ev_method: EvMethod = field("How progress earns value.", default="physical_pct")


class Dependency(Entity, owner="project", plural="dependencies"):
    """A promise between two owners: somebody delivers, this project receives."""

    project: Ref = field("The receiving project.", to="project", required=True)
    title: str | None = field("What is handed over.", expected=True)
    type: Literal[
        "deliverable", "decision", "resource", "information", "environment", "approval", "supplier"
    ] = field("What kind of thing is handed over.", default="deliverable")
    strength: Literal["hard", "soft"] = field("A soft one moves no dates.", default="hard")
    origin: Literal["mandatory", "discretionary", "external"] = field(
        "Why it exists.", default="mandatory"
    )
    from_: Ref = field(
        "The giver's milestone or activity, else its project, team or supplier.",
        to=("milestone", "activity", "project", "team", "supplier"),
        flow="in",
        required=True,
        apart=True,
    )
    to: Ref | None = field(
        "What waits for it in the receiving project.",
        to=("milestone", "activity"),
        flow="out",
        expected=True,
    )
    giver_owner: Ref | None = field("Who answers for delivering.", to="person", expected=True)
    owner: Ref | None = field("Who answers for receiving.", to="person", expected=True, preferred=1)
    need_by: date | None = field(
        "When the receiver needs it.", expected=True, ahead=120, time="planned"
    )
    committed: date | None = field("When the giver promised it.", time="planned")
    forecast: date | None = field(
        "When the giver expects it now.", time="planned", becomes="delivered"
    )
    delivered: date | None = ending("When it was handed over.")
    link: LinkType = field("How the two are tied.", default="FS")
    lag: Duration | None = field("Time between hand-over and use.")
    agreement: Literal["proposed", "agreed", "disputed", "delivered", "cancelled"] = field(
        "Whether both sides have said yes.",
        default="proposed",
        final=("delivered", "cancelled"),
        implies={"agreed": "agreed_on", "delivered": "delivered"},
    )
    agreed_on: date | None = field("When both sides said yes.", time="happened")
    acceptance_criteria: str | None = field(
        "How one can tell that it is delivered.", expected=True, long=True
    )
    buffer: Duration = field(
        "Margin below which the dependency is amber.", default=Duration(Decimal(10), "d")
    )
    fallback: str | None = field("What happens if it does not come.", long=True)
    last_reviewed: date | None = field(
        "When both sides last looked at it.", expected=True, time="happened"
    )
