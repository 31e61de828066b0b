"""People in one figure of the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.resources.role_demand import role_outlook
from portfolio.analysis.resources.skill_demand import scarce_skills
from portfolio.model.resources import Person
from portfolio.report.blocks import Metric, Status
from portfolio.report.sections.resources.resource_summary import overloads_shown

if TYPE_CHECKING:
    from portfolio.report.pack import Pack


def people_metrics(pack: Pack) -> tuple[Metric, ...]:
    """Count who is booked beyond 100 %, the roles that are short and the skills one person has.

    Nothing where nobody is booked or asked for.
    """
    outlook = role_outlook(pack.portfolio)
    if not outlook:
        return ()
    people = {each.person.id for each in overloads_shown(pack)}
    short = sum(any(month.gap > 0 for month in row) for row in outlook.values())
    notes = [f"{short} {'role' if short == 1 else 'roles'} over capacity"]
    if any(person.skills for person in pack.portfolio.all(Person)):
        alone = len(scarce_skills(pack.portfolio))
        notes.append(f"{alone} {'skill' if alone == 1 else 'skills'} with bus factor 0 or 1")
    status = Status("red") if people else Status("amber" if short else "green")
    return (Metric("People over 100 %", len(people), "; ".join(notes), status),)
