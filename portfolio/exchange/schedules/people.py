"""The resources of a schedule as people and roles, without making anybody twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.draft import Draft
from portfolio.model.resources import Person
from portfolio.values import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.exchange.drafts.account import Account
    from portfolio.exchange.drafts.draft import Tree
    from portfolio.exchange.schedules.calendars import Hours
    from portfolio.exchange.schedules.schedule import Assignment, Resource, Schedule, Task

NOT_STATED = "Not stated"
_LONGEST_ID = 60


@dataclass(slots=True)
class Crew:
    """The people made so far, and those that the portfolio has, by name."""

    known: Mapping[str, str]
    taken: frozenset[str]
    made: dict[str, Draft] = field(default_factory=dict)

    def person(self, name: str, **values: Tree) -> str:
        """Return the id of a person, made where nobody of that name is known."""
        folded = name.casefold()
        if folded in self.known:
            return self.known[folded]
        if folded not in self.made:
            ids = self.taken | {draft.id for draft in self.made.values()}
            made = slug(name, _LONGEST_ID) or "person"
            numbered = (made, *(f"{made}-{number}" for number in range(2, len(ids) + 3)))
            free = next(each for each in numbered if each not in ids)
            written = {key: value for key, value in values.items() if value}
            self.made[folded] = Draft(Person, free, values={"name": name, **written})
        return self.made[folded].id


def assigned(
    schedule: Schedule, crew: Crew, hours: Hours, account: Account
) -> dict[str, list[Tree]]:
    """Return who works on each task, as the values of `resources`."""
    resources = {resource.key: resource for resource in schedule.resources}
    people = {
        resource.key: crew.person(
            resource.name, email=resource.email, calendar=hours.name_of(resource.calendar)
        )
        for resource in schedule.resources
        if resource.type == "person"
    }
    for resource in schedule.resources:
        if resource.type in {"material", "cost"}:
            account.note(f"{resource.type} resources: left out", resource.name)
    tasks = {task.key: task for task in schedule.tasks}
    found: dict[str, list[Tree]] = {}
    for each in schedule.assignments:
        if each.task not in tasks or each.resource not in resources:
            continue
        task, resource = tasks[each.task], resources[each.resource]
        if resource.type in {"material", "cost"}:
            continue
        if task.type in {"summary", "milestone"}:
            kind = "summary tasks" if task.type == "summary" else "milestones"
            account.note(f"assignments to {kind}: left out", f"{resource.name} on {task.name}")
            continue
        found.setdefault(task.key, []).append(_share(people.get(resource.key), resource, each))
        if _works_otherwise(each.work, each.units, task):
            account.note(
                "assignments whose work is not units × duration: only their units",
                f"{resource.name} on {task.name}",
            )
    return found


def _share(person: str | None, resource: Resource, assignment: Assignment) -> Tree:
    """Return a person or a role on a task; one full-time person is just the person."""
    units = assignment.units
    if person is not None and (units is None or units == 1):
        return person
    value: dict[str, Tree] = {"person": person} if person is not None else {"role": resource.name}
    return value if units is None else value | {"units": f"{units.normalize():f}"}


def _works_otherwise(work: Decimal | None, units: Decimal | None, task: Task) -> bool:
    """Tell whether somebody works more or less on a task than their share of its duration."""
    if work is None or units is None or task.duration.unit != "working":
        return False
    return abs(work - units * task.duration.amount) > max(Decimal(1), work / 100)
