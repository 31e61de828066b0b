"""Resources: people, their teams, skills and time, and how well the team is."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from portfolio.model.entity import Entity, ending
from portfolio.record import Record, Ref, field
from portfolio.values import Duration, Money, Period

WORK_KINDS = ("project", "activity", "service", "change_request", "contract")
BAU = "bau"
"""What `work` says for business as usual, which no entity stands for."""


class BusinessUnit(Entity):
    """A part of the organisation that runs the business and has to absorb its changes."""

    name: str = field("What the unit is called.", required=True)
    owner: Ref = field("Who answers for the unit.", to="person", required=True)
    headcount: int | None = field("How many people work in it.", minimum=0, unit="people")
    absorption_capacity: Decimal = field(
        "The change load that the unit can take in a month.",
        default=Decimal(15),
        minimum=0,
        unit="load points per month",
    )
    parent: Ref | None = field("The unit that this one is part of.", to="business_unit")


class Skill(Record):
    """A skill that a person has been found to hold, at an SFIA level of responsibility."""

    skill: str = field("The skill's code.", required=True, example="PRMG")
    level: int = field(
        "1 follow, 2 assist, 3 apply, 4 enable, 5 ensure, 6 initiate, 7 set strategy.",
        required=True,
        minimum=1,
        maximum=7,
    )
    assessed_on: date | None = field("When the level was assessed.", expected=True, time="recorded")
    assessed_by: Ref | None = field("Who assessed it; nobody means self-assessed.", to="person")
    evidence: str | None = field("Where the proof of the level can be found.")


class Leave(Record):
    """A time in which a person does not work."""

    from_: date = field("The first day away.", required=True, time="planned")
    to: date = field("The last day away.", required=True, not_before="from", time="planned")


class Person(Entity, plural="people"):
    """Somebody who owns, decides, or works."""

    name: str = field("The person's name.", required=True)
    email: str | None = field("The address for questions and reminders.")
    role: str | None = field("The role that capacity is planned by.", expected=True)
    line_manager: Ref | None = field("Who the person reports to.", to="person")
    business_unit: Ref | None = field("Where the person belongs.", to="business_unit")
    start_date: date | None = field(
        "The first day in post.", expected=True, ahead=0, time="planned"
    )
    end_date: date | None = field(
        "The last day in post; from then on nothing may be owned.",
        not_before="start_date",
        time="planned",
    )
    contracted_fte: Decimal = field(
        "Contracted share of full time.", default=Decimal(1), minimum=0, maximum=1, unit="FTE"
    )
    calendar: str | None = field("The calendar that the person works by, from pmo.yaml.")
    productive_share: Decimal = field(
        "Share of the net days that planned work can use.",
        default=Decimal("0.85"),
        minimum=0,
        maximum=1,
    )
    cost_rate_per_day: Money | None = field("What a day of the person costs us.", unit="per day")
    charge_rate_per_day: Money | None = field("What a customer pays for a day.", unit="per day")
    billable: bool = field("Whether the person's work is charged to customers.", default=False)
    utilisation_target_pct: Decimal = field(
        "The utilisation aimed at.", default=Decimal(80), minimum=0, maximum=100, unit="%"
    )
    skills: tuple[Skill, ...] = field("The assessed skills.")
    leave: tuple[Leave, ...] = field("The times away.", time="planned")


class Team(Entity):
    """People who are planned and led together."""

    name: str = field("What the team is called.", required=True)
    lead: Ref | None = field("Who leads the team.", to="person", expected=True)
    members: tuple[Ref, ...] = field("Who is in the team.", to="person", expected=True)
    bau_share: Decimal = field(
        "Share of the members' time that business as usual takes.",
        default=Decimal("0.2"),
        minimum=0,
        maximum=1,
    )
    wip_limit: int | None = field("How many pieces of work may be open at once.", minimum=1)
    day_cost: Money | None = field("What a day of the whole team costs.", unit="per day")


class Assignment(Entity):
    """A booking of a person or a role on work, for a time."""

    ONE_OF: ClassVar[tuple[tuple[str, ...], ...]] = (("person", "role"), ("pct", "days", "fte"))

    person: Ref | None = field("Who is booked.", to="person")
    role: str | None = field("Which role is booked while nobody is named.")
    work: Ref = field(
        "What the booking is for; `bau` is business as usual.",
        to=WORK_KINDS,
        words=(BAU,),
        required=True,
        example="atlas",
    )
    from_: date = field("The first day of the booking.", required=True, time="planned")
    to: date = field(
        "The last day of the booking.", required=True, not_before="from", time="planned"
    )
    pct: Decimal | None = field("Share of the person's net days.", minimum=0, unit="%")
    days: Decimal | None = field("Days of work within the booking.", minimum=0, unit="days")
    fte: Decimal | None = field("Full-time equivalents.", minimum=0, unit="FTE")
    type: Literal["hard", "soft", "tentative"] = field(
        "How firm it is; only hard bookings make an overload.", default="hard"
    )
    skill: str | None = field("The skill that the work needs.", example="PRMG")
    min_level: int | None = field("The lowest sufficient SFIA level.", minimum=1, maximum=7)
    billable: bool | None = field("Whether the work is charged to a customer.")
    rate_per_day: Money | None = field("The agreed rate of this booking.", unit="per day")


class FteInPeriod(Record):
    """Full-time equivalents needed in one period."""

    period: Period = field(
        "The month, quarter or week.", required=True, example="2026-03", time="planned"
    )
    fte: Decimal = field("How many full-time people.", required=True, minimum=0, unit="FTE")


class RoleDemand(Entity):
    """A role that a project needs, before or beside named bookings."""

    project: Ref = field("The project that needs the role.", to="project", required=True)
    role: str = field("The role needed.", required=True)
    skill: str | None = field("The skill needed.", expected=True, example="PRMG")
    level: int | None = field("The SFIA level needed.", expected=True, minimum=1, maximum=7)
    fte_by_period: tuple[FteInPeriod, ...] = field(
        "How much of it, and when.", expected=True, time="planned"
    )
    critical: bool = field("Whether the project cannot start without it.", default=False)
    filled_by: tuple[Ref, ...] = field("Who has been found.", to="person")


class Timesheet(Entity):
    """Hours that a person booked on one piece of work in one period."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("person", "period", "work")

    id: str = field("The id; made of person, period and work where left out.", default="")
    person: Ref = field("Who worked.", to="person", required=True)
    period: Period = field("The week or month.", required=True, example="2026-W14", time="none")
    work: Ref = field(
        "What the hours were for; `bau` is business as usual.",
        to=WORK_KINDS,
        words=(BAU,),
        required=True,
    )
    hours: Decimal = field("Hours worked.", required=True, minimum=0, unit="hours")
    billable: bool | None = field("Whether a customer pays for them.")
    status: Literal["draft", "submitted", "approved"] = field(
        "Only approved hours count as actual.",
        default="approved",
        final="approved",
        implies={"submitted": "submitted_on"},
        preferred=1,
    )
    submitted_on: date | None = field(
        "When it was handed in.", time="recorded", stands_in="period", optional=True
    )


class DevelopmentGoal(Record):
    """A skill to be raised from one level to another by a day."""

    skill: str = field("The skill's code.", required=True, example="PRMG")
    from_: int = field("The SFIA level at the start.", required=True, minimum=1, maximum=7)
    to: int = field("The SFIA level aimed at.", required=True, minimum=1, maximum=7)
    by: date | None = field("When the level should be reached.", expected=True, time="planned")
    evidence: str | None = field("Where the proof of the new level can be found.")


class DevelopmentPlan(Entity):
    """What a person is learning, and who coaches."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("person",)

    id: str = field("The id; the person's where left out.", default="")
    person: Ref = field("Who is learning.", to="person", required=True)
    goals: tuple[DevelopmentGoal, ...] = field(
        "The levels aimed at.", expected=True, time="planned"
    )
    coach: Ref | None = field("Who coaches.", to="person", expected=True)
    review_every: Duration = field(
        "The longest time between two reviews.", default=Duration(Decimal(90), "cd")
    )
    last_review: date | None = field("When the plan was last reviewed.", time="happened")


class OneToOne(Entity):
    """A planned conversation between a person and their manager."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("person", "planned")

    id: str = field("The id; made of person and planned day where left out.", default="")
    person: Ref = field("Who is coached.", to="person", required=True)
    planned: date = field("The day it was planned for.", required=True, time="planned")
    held: date | None = ending("The day it took place; empty means it did not.")


class PulseResponse(Record):
    """One anonymous answer to a pulse."""

    engagement: int | None = field("1 none to 5 full.", minimum=1, maximum=5)
    workload: int | None = field("1 unbearable to 5 fine.", minimum=1, maximum=5)
    safety: int | None = field("1 silent to 5 free to report red.", minimum=1, maximum=5)
    recommend: int | None = field("0 to 10, as in eNPS.", minimum=0, maximum=10)


class Pulse(Entity):
    """A short anonymous question to a team about its health."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("team", "on")

    id: str = field("The id; made of team and day where left out.", default="")
    team: Ref = field("The team asked.", to="team", required=True)
    on: date = field("The day of the pulse.", required=True, time="recorded")
    invited: int | None = field("How many were asked.", expected=True, minimum=0, unit="people")
    responses: tuple[PulseResponse, ...] = field("The answers.", expected=True)


class Successor(Record):
    """Somebody who could take over a role."""

    SHORTHAND: ClassVar[str] = "person"

    person: Ref = field("Who could take over.", to="person", required=True)
    readiness: Literal["now", "1y", "2y"] | None = field("When they could.", expected=True)


class Succession(Entity):
    """Who could take over a key role, and how soon."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("role", "incumbent")

    id: str = field("The id; made of role and incumbent where left out.", default="")
    role: str = field("The key role.", required=True)
    incumbent: Ref | None = field("Who holds it now.", to="person", expected=True)
    successors: tuple[Successor, ...] = field("Who could take over.", expected=True)


class Recognition(Entity):
    """Thanks for something specific; never ranked."""

    IDENTITY: ClassVar[tuple[str, ...]] = ("person", "on")

    id: str = field("The id; made of person and day where left out.", default="")
    person: Ref = field("Who is thanked.", to="person", required=True)
    on: date = field("When it was said.", required=True, time="recorded")
    for_: str | None = field("What the thanks are for.", expected=True)
