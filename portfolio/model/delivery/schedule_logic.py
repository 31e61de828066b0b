"""The logic of a schedule: what milestones and activities wait for, and what they are held to."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from portfolio.record import Record, Ref, field
from portfolio.values import Duration

LinkType = Literal["FS", "SS", "FF", "SF"]


class ForecastPoint(Record):
    """What was forecast for a milestone on a day."""

    as_of: date = field("The day of the forecast.", required=True, time="recorded")
    forecast: date = field("What was expected then.", required=True, time="planned")


class Predecessor(Record):
    """Schedule logic: what must happen before, and how the two are tied."""

    SHORTHAND: ClassVar[str] = "id"

    id: Ref = field(
        "The activity or milestone waited for.",
        to=("activity", "milestone"),
        flow="in",
        required=True,
    )
    type: LinkType = field(
        "Finish-to-start, start-to-start, finish or start to finish.", default="FS"
    )
    lag: Duration | None = field("Time between the two; negative is a lead.", example="2d")


class Constraint(Record):
    """A date imposed on an activity."""

    SHORTHAND: ClassVar[str] = "type"

    type: Literal["ASAP", "ALAP", "SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO"] = field(
        "As soon or late as possible, not earlier or later than, or exactly on the date.",
        default="ASAP",
    )
    date_: date | None = field("The imposed date.", time="planned")


class ThreePointDuration(Record):
    """The shortest, the most likely and the longest duration."""

    min: Duration = field("Shortest.", required=True)
    likely: Duration = field("Most likely.", required=True)
    max: Duration = field("Longest.", required=True)


class ActivityResource(Record):
    """A person or a role working on an activity."""

    SHORTHAND: ClassVar[str] = "person"

    person: Ref | None = field("Who works on it.", to="person")
    role: str | None = field("Which role works on it.")
    units: Decimal | None = field("Share of full time; 1 is one person.", minimum=0)
