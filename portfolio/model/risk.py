"""Risk: threats and opportunities, the issues they become, and what is taken for granted."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from portfolio.model.entity import Entity, ending
from portfolio.record import Record, Ref, field
from portfolio.values import Duration, Money

Category = Literal[
    "commercial",
    "financial",
    "technical",
    "supplier",
    "people",
    "legal",
    "security",
    "operational",
    "external",
    "strategic",
]
ResponseType = Literal[
    "avoid",
    "reduce",
    "transfer",
    "share",
    "accept",
    "prepare",
    "exploit",
    "enhance",
    "reject",
]
STRUCK = (
    "activity",
    "milestone",
    "project",
    "service",
    "sla",
    "contract",
    "customer",
    "benefit",
    "objective",
)
"""What a risk or an issue can strike."""


class Rating(Record):
    """Where a risk stands in the matrix of probability and impact."""

    p: int = field("Probability on the scale of 1 to 5.", required=True, minimum=1, maximum=5)
    i: int = field(
        "Impact from 1 to 5: the highest of cost, time, scope, benefit, reputation, safety.",
        required=True,
        minimum=1,
        maximum=5,
    )


class ThreePointMoney(Record):
    """An amount, or the lowest, the most likely and the highest amount."""

    SHORTHAND: ClassVar[str] = "likely"

    min: Money | None = field("The lowest amount; the likely one where left out.")
    likely: Money = field("The most likely amount.", required=True)
    max: Money | None = field("The highest amount; the likely one where left out.")

    @property
    def points(self) -> tuple[Money, Money, Money]:
        """Return the lowest, the most likely and the highest amount."""
        return self.min or self.likely, self.likely, self.max or self.likely


class ResponseEffect(Record):
    """Where a finished response moves a risk in the matrix."""

    p_to: int | None = field("Probability afterwards.", minimum=1, maximum=5)
    i_to: int | None = field("Impact afterwards.", minimum=1, maximum=5)


class RiskResponse(Record):
    """One thing that is done about a risk."""

    SHORTHAND: ClassVar[str] = "text"

    id: str | None = field("A short name to refer to the response by.")
    text: str = field("What is done.", required=True)
    owner: Ref | None = field("Who does it.", to="person", expected=True)
    cost: Money | None = field("What it costs.")
    due: date | None = field("When it should be done.", expected=True, time="planned")
    status: Literal["planned", "in_progress", "done"] = field(
        "How far it is.", default="planned", final="done", implies={"done": "done_on"}
    )
    done_on: date | None = ending("When it was done.", optional=True)
    effect: ResponseEffect | None = field("What it changes once done.")


class Residual(Record):
    """The quantified risk that is left after its responses."""

    probability: Decimal | None = field("Probability left.", minimum=0, maximum=1)
    impact_cost: ThreePointMoney | None = field("Cost impact left.")


class Correlation(Record):
    """How strongly two risks strike together."""

    SHORTHAND: ClassVar[str] = "risk"

    risk: Ref = field("The other risk.", to="risk", required=True)
    rho: Decimal | None = field(
        "Correlation; the portfolio's default where left out.", minimum=-1, maximum=1
    )


class Risk(Entity):
    """An uncertain event that would hurt (a threat) or help (an opportunity)."""

    ONE_OF: ClassVar[tuple[tuple[str, ...], ...]] = (("title", "event"),)

    project: Ref | None = field("The project it threatens.", to="project")
    programme: Ref | None = field("The programme it threatens.", to="programme")
    portfolio: Ref | None = field("The portfolio it threatens.", to="portfolio")
    kind_: Literal["threat", "opportunity"] = field("Whether it hurts or helps.", default="threat")
    title: str | None = field("A short name; `event` serves where left out.")
    cause: str | None = field("Because of what.", expected=True, long=True)
    event: str | None = field("What may happen.", expected=True, long=True)
    effect: str | None = field("What that would lead to.", expected=True, long=True)
    category: Category | None = field("Where it comes from.", expected=True)
    owner: Ref = field("Who answers for the risk.", to="person", required=True, preferred=2)
    actionee: Ref | None = field("Who carries out the response.", to="person")
    raised_on: date | None = field(
        "When it was first written down.", expected=True, time="recorded"
    )
    last_reviewed: date | None = field(
        "When it was last looked at.", expected=True, time="happened", not_before="raised_on"
    )
    status: Literal["draft", "open", "occurred", "closed", "rejected"] = field(
        "Where it is in its life.",
        default="open",
        final=("occurred", "closed", "rejected"),
        implies={"occurred": "occurred_on", "closed": "closed_on", "rejected": "closed_on"},
        preferred=1,
    )
    occurred_on: date | None = ending("When it came true.", not_before="raised_on", optional=True)
    closed_on: date | None = ending(
        "When it was closed or rejected.", not_before="raised_on", optional=True
    )
    inherent: Rating | None = field("The rating without any response.", expected=True)
    current: Rating | None = field("The rating now.", expected=True)
    target: Rating | None = field("The rating that the responses aim at.")
    probability: Decimal | None = field("How likely it is.", minimum=0, maximum=1)
    impact_cost: ThreePointMoney | None = field(
        "What it would cost or bring.", example="{min: 40000, likely: 80000, max: 200000}"
    )
    impact_time: Duration | None = field("How late it would make what it strikes.", example="20d")
    impact_benefit: Money | None = field("Which benefit it would cost or add.")
    proximity: (
        Literal["imminent", "within_1_month", "within_1_quarter", "within_1_year", "beyond"] | None
    ) = field("How soon it could happen.", expected=True)
    expected_from: date | None = field("The first day on which it could happen.", time="planned")
    expected_to: date | None = field(
        "The last day on which it could happen.", not_before="expected_from", time="planned"
    )
    velocity: Literal["fast", "medium", "slow"] | None = field(
        "How quickly the effect follows the event."
    )
    response: ResponseType | None = field(
        "The strategy; prepare is a contingent plan.", expected=True
    )
    responses: tuple[RiskResponse, ...] = field("What is done about it.")
    residual: Residual | None = field("What is left after the responses.")
    trigger: str | None = field("The sign that it is happening.", long=True)
    early_warning: Ref | None = field("The KPI that moves first.", to="kpi")
    correlated_with: tuple[Correlation, ...] = field("The risks that strike together with it.")
    accepted_by: Ref | None = field("Who accepted to bear it.", to="person")
    affects: tuple[Ref, ...] = field("What it would strike.", to=STRUCK)

    @property
    def label(self) -> str:
        """Return the title, else the event, else the id."""
        return self.title or self.event or self.id


class Appetite(Entity):
    """How much risk of one category the organisation is willing to bear."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("category",)

    id: str = field("The id; the category where left out.", default="")
    category: Category = field("The category of risk.", required=True)
    statement: str | None = field("The appetite in words.", expected=True)
    max_score: int | None = field(
        "The highest acceptable score.", expected=True, minimum=1, maximum=25, unit="points"
    )
    max_emv: Money | None = field("The highest acceptable expected value.", expected=True)
    escalate_to: Ref | None = field("Who decides beyond it.", to="board", expected=True)


class Impact(Record):
    """What something did or would do to cost, time and benefit."""

    cost: Money | None = field("Added cost.", example="20000")
    time: Duration | None = field("Added time; negative is earlier.", example="10d")
    benefit: Money | None = field("Added benefit; negative is lost.")


class Issue(Entity):
    """Something that has happened and must be dealt with."""

    type: (
        Literal[
            "problem",
            "request_for_change",
            "off_specification",
            "business_opportunity",
            "external_event",
        ]
        | None
    ) = field("What kind of issue it is.", expected=True)
    title: str = field("The issue in a few words.", required=True)
    project: Ref | None = field(
        "The project it concerns.", to="project", expected=True, preferred=3
    )
    raised_on: date | None = field(
        "When it was first written down.", expected=True, time="recorded"
    )
    owner: Ref = field("Who answers for resolving it.", to="person", required=True, preferred=2)
    priority: Literal["low", "medium", "high", "critical"] | None = field(
        "How urgent it is.", expected=True
    )
    severity: Literal["team", "project", "programme", "portfolio"] | None = field(
        "The level that has to decide.", expected=True
    )
    target_date: date | None = field(
        "When it should be resolved.", expected=True, time="planned", preferred=4
    )
    status: Literal["open", "resolved", "closed"] = field(
        "How far it is.",
        default="open",
        final=("resolved", "closed"),
        implies={"resolved": "resolved_on", "closed": "resolved_on"},
        preferred=1,
    )
    resolved_on: date | None = ending(
        "When it was resolved.", not_before="raised_on", optional=True
    )
    recovery_plan: str | None = field("How the situation is turned round.", long=True)
    impact: Impact | None = field("What it costs.")
    from_risk: Ref | None = field("The risk that came true.", to="risk")
    affects: tuple[Ref, ...] = field("What it strikes.", to=STRUCK)


class Assumption(Entity):
    """Something taken for true until somebody checks."""

    text: str = field("What is assumed.", required=True)
    project: Ref | None = field("The project that relies on it.", to="project")
    owner: Ref = field("Who answers for checking it.", to="person", required=True, preferred=2)
    validate_by: date | None = field("When it must be checked.", expected=True, time="planned")
    status: Literal["open", "valid", "invalid"] = field(
        "What the check said.",
        default="open",
        final=("valid", "invalid"),
        implies={"valid": "checked_on", "invalid": "checked_on"},
        preferred=1,
    )
    checked_on: date | None = field("When it was checked.", time="happened", optional=True)
    if_false: Ref | None = field("The risk that it hides.", to="risk")
