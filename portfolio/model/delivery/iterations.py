"""Work in steps: what a team commits to and finishes in each time box."""

from datetime import date
from typing import ClassVar

from portfolio.model.entity import Entity
from portfolio.record import Ref, field


class Iteration(Entity, owner="project"):
    """A time box of a team that delivers in steps: its promise and what it finished."""

    THEME: ClassVar[str] = "delivery"

    project: Ref = field("The project it belongs to.", to="project", required=True)
    name: str | None = field("What the team calls it.")
    start: date = field("Its first day.", required=True, ahead=7, time="planned")
    end: date = field(
        "Its last day.", required=True, not_before="start", ahead=14, time="planned", preferred=1
    )
    committed: int | None = field(
        "What the team promised to finish.", expected=True, minimum=0, unit="items", time="planned"
    )
    delivered: int | None = field(
        "What it finished of all it worked on.",
        minimum=0,
        unit="items",
        time="happened",
        known_from="end",
    )
    kept: int | None = field(
        "What it finished of its promise.",
        minimum=0,
        unit="items",
        time="happened",
        known_from="end",
    )
    left: int | None = field(
        "What the backlog held at its end.",
        minimum=0,
        unit="items",
        time="happened",
        known_from="end",
    )
