"""Adoption: the people who must work differently, part of the operations theme."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from portfolio.model.entity import Entity
from portfolio.model.operations.services import Level
from portfolio.record import Record, Ref, field
from portfolio.values import Period

Aspect = Literal[
    "process",
    "system",
    "role",
    "location",
    "behaviour",
    "reporting_line",
    "pay",
    "performance",
    "skills",
    "tools",
]


class StakeholderGroup(Entity):
    """People who are affected in the same way."""

    THEME: ClassVar[str] = "operations"

    name: str = field("What the group is called.", required=True)
    business_unit: Ref | None = field(
        "Where they work.", to="business_unit", flow="out", expected=True
    )
    people: int | None = field("How many they are.", expected=True, minimum=0, unit="people")
    influence: Level | None = field("How much weight they have.", expected=True)
    current_support: int | None = field(
        "From -2 against to 2 for, now.", expected=True, minimum=-2, maximum=2
    )
    needed_support: int | None = field(
        "From -2 against to 2 for, as needed.", expected=True, minimum=-2, maximum=2
    )


class ChangedGroup(Record):
    """How a business change meets one group."""

    group: Ref = field("The group.", to="stakeholder_group", flow="out", required=True)
    magnitude: Level | None = field("How much changes for them.", expected=True)
    aspects: tuple[Aspect, ...] = field("What changes for them.", expected=True)
    from_: date | None = field("The first day of the change.", expected=True, time="planned")
    to: date | None = field("The last day of the change.", not_before="from", time="planned")


class BusinessChange(Entity):
    """A new way of working that people have to adopt."""

    THEME: ClassVar[str] = "operations"
    ONE_EXPECTED: ClassVar[tuple[tuple[str, ...], ...]] = (("sponsor",), ("bcm",))

    project: Ref | None = field(
        "The project that brings it.", to="project", flow="in", expected=True
    )
    name: str = field("What changes.", required=True)
    groups: tuple[ChangedGroup, ...] = field("For whom.", expected=True, time="planned")
    sponsor: Ref | None = field("Who stands for it in public.", to="person", expected=True)
    bcm: Ref | None = field("The business change manager.", to="person", expected=True)
    go_live: Ref | None = field(
        "The milestone from which it holds.", to="milestone", flow="in", expected=True
    )
    dip: Decimal | None = field(
        "The share of their output that people lose at first.", minimum=0, maximum=1
    )
    recovery_weeks: Decimal | None = field(
        "How long until they are as fast as before.", minimum=0, unit="weeks"
    )


class AdkarResponse(Record):
    """One anonymous answer on the five elements of adoption, each from 1 to 5."""

    a: int = field("Awareness of the need.", required=True, minimum=1, maximum=5)
    d: int = field("Desire to take part.", required=True, minimum=1, maximum=5)
    k: int = field("Knowledge how to change.", required=True, minimum=1, maximum=5)
    a2: int = field("Ability to do it.", required=True, minimum=1, maximum=5)
    r: int = field("Reinforcement to keep it up.", required=True, minimum=1, maximum=5)


class AdkarSurvey(Entity):
    """Where a group stands between hearing of a change and living it."""

    THEME: ClassVar[str] = "operations"

    group: Ref = field("The group asked.", to="stakeholder_group", required=True)
    change: Ref = field("The change asked about.", to="business_change", required=True)
    on: date = field("When it was asked.", required=True, time="recorded")
    invited: int | None = field("How many were asked.", expected=True, minimum=0, unit="people")
    responses: tuple[AdkarResponse, ...] = field("The answers.", expected=True)


class Training(Entity):
    """Teaching a group what a change asks of it."""

    THEME: ClassVar[str] = "operations"

    change: Ref = field("The change taught.", to="business_change", required=True)
    group: Ref | None = field("The group taught.", to="stakeholder_group", expected=True)
    target: int | None = field(
        "How many should complete it.", expected=True, minimum=0, unit="people"
    )
    completed: int | None = field(
        "How many completed it.",
        expected=True,
        minimum=0,
        unit="people",
        implies={">0": "from"},
        known_from="counted_on",
    )
    passed: int | None = field(
        "How many passed its test.",
        minimum=0,
        unit="people",
        implies={">0": "from"},
        known_from="counted_on",
    )
    counted_on: date | None = field("When they were counted.", time="happened")
    from_: date | None = field("The first course; from here the pace is projected.", time="planned")
    due: date | None = field(
        "When all should have completed it.",
        expected=True,
        not_before="from",
        time="planned",
        preferred=1,
    )


class Usage(Entity):
    """How many use what a change brought, and how well."""

    THEME: ClassVar[str] = "operations"
    IDENTITY: ClassVar[tuple[str, ...]] = ("change", "period")

    id: str = field("The id; made of change and period where left out.", default="")
    change: Ref = field("The change.", to="business_change", required=True)
    period: Period = field("The month.", required=True, example="2026-07", time="recorded")
    eligible: int | None = field("How many should use it.", expected=True, minimum=0)
    using: int | None = field("How many use it.", expected=True, minimum=0)
    proficient: int | None = field("How many use it well.", expected=True, minimum=0)
    workaround_reports: int = field("How many work around it.", default=0, minimum=0)
