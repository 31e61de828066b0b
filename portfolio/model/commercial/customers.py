"""The voice of the customer: surveys, complaints and meetings, part of the commercial theme."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from portfolio.model.entity import Entity, ending
from portfolio.record import Ref, field


class Survey(Entity):
    """A question sent to the people who were served."""

    THEME: ClassVar[str] = "commercial"

    subject: Ref = field(
        "What the question is about.",
        to=("customer", "project", "pmo_service", "service", "team", "business_unit"),
        required=True,
    )
    type: Literal["csat", "nps", "ces", "enps"] = field("How answers are scored.", required=True)
    question: str | None = field("The question as asked.", expected=True, long=True)
    scale: tuple[int, int] | None = field(
        "The lowest and the highest answer.", expected=True, example="[1, 5]"
    )
    sent_on: date | None = field("When it was sent.", expected=True, time="recorded")
    invited: int | None = field("How many were asked.", expected=True, minimum=0, unit="people")
    population: int | None = field("How many could have been asked.", minimum=0, unit="people")


class Response(Entity, owner="survey"):
    """One answer to a survey."""

    THEME: ClassVar[str] = "commercial"

    id: str = field("The number of the answer, never of the person.", required=True, example="1")
    survey: Ref = field("The survey answered.", to="survey", required=True)
    respondent_role: Literal["sponsor", "user", "operations", "supplier", "staff"] | None = field(
        "The role of who answered, never the name.", expected=True
    )
    score: int = field("The answer on the survey's scale.", required=True)
    comment: str | None = field("What was said besides.", long=True)
    on: date | None = field(
        "When it was answered.",
        expected=True,
        time="recorded",
        not_before="survey.sent_on",
        stands_in="survey.sent_on",
    )
    weight: Decimal = field("How much the answer counts.", default=Decimal(1), minimum=0)


class Complaint(Entity):
    """A customer's statement that something went wrong."""

    THEME: ClassVar[str] = "commercial"

    title: str | None = field("The complaint in a few words.")
    customer: Ref = field("Who complains.", to="customer", required=True)
    raised_on: date | None = field("When it arrived.", expected=True, time="recorded")
    severity: Literal["low", "medium", "high"] | None = field("How bad it is.", expected=True)
    owner: Ref = field("Who answers for settling it.", to="person", required=True, preferred=1)
    acknowledged_on: date | None = field(
        "When the customer heard from us.", time="happened", not_before="raised_on"
    )
    resolved_on: date | None = ending("When it was settled.", not_before="raised_on")
    root_cause: str | None = field("Why it happened.", known_from="resolved_on")
    improvement: Ref | None = field(
        "What was changed because of it.", to="improvement", known_from="resolved_on"
    )


class Touchpoint(Entity):
    """A meeting with a customer."""

    THEME: ClassVar[str] = "commercial"
    IDENTITY: ClassVar[tuple[str, ...]] = ("customer", "date_", "kind_")

    id: str = field("The id; made of customer, day and kind where left out.", default="")
    customer: Ref = field("The customer met.", to="customer", required=True)
    date_: date = field("The day of the meeting.", required=True, time="planned")
    kind_: Literal["service_review", "steering", "escalation", "visit"] | None = field(
        "What the meeting was for.", expected=True
    )
    attendees: tuple[str, ...] = field(
        "Who was there.", expected=True, time="happened", known_from="date"
    )
    actions: tuple[Ref, ...] = field(
        "What was agreed.", to="action", time="happened", known_from="date"
    )
