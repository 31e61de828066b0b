"""Governance: who decides what, by when, and how a baseline may move."""

from datetime import date
from typing import ClassVar, Literal

from portfolio.model.entity import Entity, ending
from portfolio.model.risk import Impact
from portfolio.record import Record, Ref, field
from portfolio.values import Duration, Money

Artefact = Literal[
    "business_case", "plan", "risk_register", "benefit_profile", "highlight_report", "gate",
    "assurance",
]  # fmt: skip
ChangeStatus = Literal[
    "draft", "submitted", "assessed", "approved", "rejected", "deferred", "implemented",
    "withdrawn",
]  # fmt: skip
Authority = Literal[
    "project_manager", "project_board", "programme_board", "portfolio_board", "customer",
]  # fmt: skip


class DelegatedLimit(Record):
    """How far a board may decide on its own."""

    cost: Money | None = field("The largest cost.", example="20000")
    time: Duration | None = field("The longest delay.", example="20d")
    scope: str | None = field("Which scope, in words.")


class Board(Entity):
    """A group of people with the authority to decide."""

    name: str = field("What the board is called.", required=True)
    level: Literal["portfolio", "programme", "project", "design", "change"] | None = field(
        "What it decides about.", expected=True
    )
    steers: tuple[Ref, ...] = field(
        "What it steers; a portfolio board without it steers all.",
        to=("portfolio", "programme", "project"),
    )
    chair: Ref | None = field("Who chairs.", to="person", expected=True)
    members: tuple[Ref, ...] = field("Who belongs to it.", to="person", expected=True)
    quorum: int | None = field("How many must be present.", expected=True, minimum=1, unit="people")
    cadence: Duration | None = field("How often it meets.", expected=True, example="1mo")
    next_meeting: date | None = field("When it meets next.", expected=True, time="planned")
    terms_of_reference: str | None = field(
        "Where its mandate is written.", expected=True, long=True
    )
    delegated_limit: DelegatedLimit | None = field("How far it may decide on its own.")


class Option(Record):
    """One way to decide."""

    SHORTHAND: ClassVar[str] = "name"

    name: str = field("What would be done.", required=True)
    cost: Money | None = field("What it costs.")
    time: Duration | None = field("What it adds to the plan.", example="10d")
    benefit: str | None = field("What it brings.")
    risk: str | None = field("What could go wrong.")


class Decision(Entity):
    """A question that a board must answer by a day."""

    title: str = field("The question in a few words.", required=True)
    project: Ref | None = field("The project that asks.", to="project")
    board: Ref | None = field("Who decides.", to="board", expected=True)
    raised_by: Ref | None = field("Who asks.", to="person", expected=True)
    raised_on: date | None = field("When it was asked.", expected=True, time="recorded")
    needed_by: date = field(
        "When the answer is needed.", required=True, time="planned", preferred=2
    )
    options: tuple[Option, ...] = field(
        "Two or more ways, one of them to do nothing.", expected=True, example="[Do nothing, …]"
    )
    recommendation: str | None = field("What is proposed, and why.", expected=True, long=True)
    cost_of_delay_per_week: Money | None = field("What waiting costs.", unit="per week")
    status: Literal["draft", "open", "decided", "deferred", "withdrawn"] = field(
        "Where it is.",
        default="open",
        final=("decided", "withdrawn"),
        implies={"decided": "decided_on"},
        preferred=1,
    )
    decided_on: date | None = field("When it was decided.", time="happened", not_before="raised_on")
    decided_by: Ref | None = field(
        "Who decided.", to="person", time="happened", known_from="decided_on"
    )
    outcome: str | None = field(
        "What was decided.", time="happened", known_from="decided_on", long=True
    )
    rationale: str | None = field("Why.", time="happened", known_from="decided_on", long=True)
    avoided: Money | None = field(
        "What the decision has kept from being lost: damages, overrun, work not needed.",
        time="happened",
        known_from="decided_on",
    )
    affects: tuple[Ref, ...] = field("What waits for the answer.", flow="out")
    supersedes: Ref | None = field("The earlier decision it replaces.", to="decision")


class Action(Entity):
    """Something that somebody promised a board to do."""

    text: str = field("What is to be done.", required=True)
    project: Ref | None = field("The project it belongs to.", to="project")
    owner: Ref = field("Who does it.", to="person", required=True, preferred=2)
    raised_on: date | None = field("When it was agreed.", expected=True, time="recorded")
    due: date | None = field("When it should be done.", expected=True, time="planned", preferred=3)
    status: Literal["open", "done", "cancelled"] = field(
        "How far it is.",
        default="open",
        final=("done", "cancelled"),
        implies={"done": "done_on", "cancelled": "closed_on"},
        preferred=1,
    )
    done_on: date | None = ending("When it was done.", not_before="raised_on")
    closed_on: date | None = ending("When it was given up.", not_before="raised_on", optional=True)
    source_: Ref | None = field(
        "Where it comes from.",
        to=("decision", "board", "risk", "issue", "lesson", "assurance_review", "complaint"),
    )


class GateCondition(Record):
    """Something that a project must still do after passing a gate."""

    SHORTHAND: ClassVar[str] = "text"

    text: str = field("What must be done.", required=True)
    owner: Ref | None = field("Who does it.", to="person", expected=True)
    due: date | None = field("When it must be done.", expected=True, time="planned")
    met_on: date | None = ending("When it was done.", not_before="gate.actual")


class Gate(Entity, owner="project"):
    """A point at which a board lets a project into its next stage, or not."""

    project: Ref = field("The project at the gate.", to="project", flow="out", required=True)
    name: str = field("What the gate is called.", required=True)
    stage: str | None = field("The stage it opens, one of `stages` in pmo.yaml.")
    planned: date | None = field("When the gate is planned.", expected=True, time="planned")
    actual: date | None = ending("When it was held.")
    outcome: Literal["pending", "pass", "pass_with_conditions", "hold", "stop"] = field(
        "What was decided.",
        default="pending",
        final=("pass", "pass_with_conditions", "stop"),
        implies=dict.fromkeys(("pass", "pass_with_conditions", "hold", "stop"), "actual"),
        long=True,
    )
    conditions: tuple[GateCondition, ...] = field(
        "What must still be done.", time="happened", known_from="actual"
    )
    evidence: tuple[str, ...] = field("Where the proof can be found.", expected=True)


class Lesson(Entity):
    """What one project learned and others should know."""

    project: Ref | None = field("The project that learned it.", to="project", expected=True)
    recorded_on: date | None = field("When it was written down.", time="recorded")
    what: str = field("What happened.", required=True)
    recommendation: str | None = field("What to do differently.", expected=True, long=True)
    applies_to: tuple[str, ...] = field("Whom it concerns.", expected=True)
    adopted_in: tuple[Ref, ...] = field("Which projects acted on it.", to="project")


class ReviewRecommendation(Record):
    """What a reviewer wants to see done."""

    SHORTHAND: ClassVar[str] = "text"

    text: str = field("What should be done.", required=True)
    category: Literal["critical", "essential", "recommended"] | None = field(
        "How urgent it is.", expected=True
    )
    due: date | None = field(
        "When it should be done.", expected=True, time="planned", not_before="assurance_review.date"
    )
    closed_on: date | None = ending("When it was done.", not_before="assurance_review.date")


class AssuranceReview(Entity):
    """A look at a project by somebody outside its delivery line."""

    project: Ref = field("The project reviewed.", to="project", required=True)
    date_: date = field("The day of the review.", required=True, time="recorded")
    reviewer: Ref | None = field(
        "Who reviewed, outside the delivery line.", to="person", expected=True, apart=True
    )
    rating: Literal["green", "amber", "red"] | None = field(
        "The reviewer's confidence in delivery.", expected=True
    )
    recommendations: tuple[ReviewRecommendation, ...] = field("What to do.", expected=True)


class Tier(Entity):
    """A class of projects with the same minimum controls; its id is 1, 2 or 3."""

    id: str = field("The id: 1, 2 or 3, as in a project's `tier`.", required=True, example="1")
    name: str | None = field("What the tier is called.")
    criteria: str | None = field("Which projects belong to it.", expected=True)
    required: tuple[Artefact, ...] = field("What each of them must have.", expected=True)


class ChangeImpact(Impact):
    """What a change to a baseline would do."""

    risk: str | None = field("Which risks it adds or removes.")
    services: tuple[Ref, ...] = field("Which services it touches.", to="service")
    resources: str | None = field("Who would be needed.")


class ChangeRequest(Entity):
    """A request to move a baseline."""

    project: Ref = field(
        "The project whose baseline would move.", to="project", required=True, preferred=2
    )
    title: str = field("The change in a few words.", required=True)
    reason: str | None = field("Why it is asked for.", expected=True, long=True)
    type: Literal["scope", "cost", "time", "quality", "benefit", "contract"] | None = field(
        "What it changes.", expected=True
    )
    raised_by: Ref | None = field("Who asks.", to="person", expected=True)
    raised_on: date | None = field("When it was asked.", expected=True, time="recorded")
    moscow: Literal["must", "should", "could", "wont"] = field(
        "How much it is needed.", default="should"
    )
    impact: ChangeImpact | None = field("What it would do.", expected=True)
    options: tuple[str, ...] = field("The ways to answer it.", expected=True)
    authority: Authority | None = field("Who may decide.", expected=True)
    status: ChangeStatus | None = field(
        "Where it is.",
        expected=True,
        final=("rejected", "implemented", "withdrawn"),
        implies=dict.fromkeys(("approved", "rejected", "deferred"), "decided_on")
        | {"implemented": ("baseline_after.approved_on", "decided_on"), "withdrawn": "closed_on"},
        preferred=1,
    )
    decided_on: date | None = field("When it was decided.", time="happened", not_before="raised_on")
    decided_by: Ref | None = field(
        "Who decided.", to="person", time="happened", known_from="decided_on"
    )
    closed_on: date | None = ending("When it was withdrawn.", not_before="raised_on", optional=True)
    baseline_after: Ref | None = field(
        "The baseline that contains it.",
        to="baseline",
        time="happened",
        known_from="baseline_after.approved_on",
    )
    chargeable: bool | None = field("Whether the customer pays for it.")
    price: Money | None = field("What the customer pays.")


class Baseline(Entity, owner="project"):
    """An approved version of a project's dates and money; it never changes."""

    project: Ref = field("The project.", to="project", required=True)
    version: int = field("1 is the original.", required=True, minimum=1)
    approved_on: date | None = field("When it was approved.", expected=True, time="recorded")
    approved_by: Ref | None = field("Who approved it.", to="person", expected=True)
    change_request: Ref | None = field(
        "The approved request behind every version but the first.", to="change_request"
    )
    bac: Money | None = field("Budget at completion.", expected=True)
    finish: date | None = field("The last day.", expected=True, time="planned")
    pv_by_period: tuple[Money, ...] = field(
        "Planned value of each month, beginning with the project's first.",
        expected=True,
        time="planned",
    )
    reason: str | None = field("Why this version exists.", expected=True, long=True)


class ExceptionReport(Entity):
    """The statement that a project will leave its tolerance, with the ways on."""

    project: Ref = field("The project.", to="project", required=True, preferred=2)
    title: str | None = field("The exception in a few words.")
    raised_on: date = field("When it was reported.", required=True, time="recorded")
    cause: str | None = field("Why the tolerance will be left.", expected=True, long=True)
    options: tuple[Option, ...] = field("The ways on.", expected=True, example="[Stop, …]")
    recommendation: str | None = field("The way that is proposed.", expected=True, long=True)
    status: Literal["draft", "open", "approved", "rejected", "closed"] = field(
        "Whether the way on is agreed.",
        default="open",
        final=("rejected", "closed"),
        implies={"approved": "decided_on", "rejected": "decided_on", "closed": "closed_on"},
        preferred=1,
    )
    decided_on: date | None = field(
        "When the way on was decided.", time="happened", not_before="raised_on", optional=True
    )
    closed_on: date | None = ending("When it was over.", not_before="raised_on", optional=True)
