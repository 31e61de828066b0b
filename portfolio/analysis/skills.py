"""Skills in figures: who can do what, and how few of them there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from portfolio.model.resources import Person


def is_in_post(person: Person, on: date) -> bool:
    """Tell whether somebody works here on a day; the last day in post counts."""
    begun = person.start_date is None or person.start_date <= on
    return begun and (person.end_date is None or person.end_date >= on)


def holders(people: Iterable[Person], skill: str, level: int, on: date) -> tuple[Person, ...]:
    """Return who is in post on a day and holds a skill at a level of 1 to 7 or above.

    The number of them is the bus factor of the skill: 0 is a gap, 1 a single point of failure.

    Source: domain A7; worked example WE-34.
    """
    return tuple(
        person
        for person in people
        if is_in_post(person, on)
        and any(each.skill == skill and each.level >= level for each in person.skills)
    )
