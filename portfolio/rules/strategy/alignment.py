"""Rules about strategy: work serves objectives, objectives are served, choices fit together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.strategy.alignment import DIRECT, children, is_served
from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Project
from portfolio.model.strategy import Objective, Proposal
from portfolio.rules.phrases import listed, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import OVER

if TYPE_CHECKING:
    from portfolio.view.view import View

_ROUNDING = Decimal("0.001")
_CHOSEN = {"approved", "initiating", "delivering", "on_hold", "closing", "closed"}


@rule(Severity.ERROR, Project)
def str_no_objective(project: Project, portfolio: View) -> Iterator[Problem]:
    """A project serves no objective and is not mandatory.

    What it does:
        Reports a project that is not over, without an entry in `objectives` that contributes more
        than 0, unless its category is mandatory. Speaks only where objectives are kept at all.

    Why it matters:
        "Why are we doing this?" needs an answer.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: strategic}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: strategic,
          objectives: [{objective: grow, contribution: 2}]}
    """
    if project.category == "mandatory" or project.status in OVER:
        return
    if not portfolio.all(Objective) or any(c.contribution != 0 for c in project.objectives):
        return
    yield Problem(
        project,
        f"{project.label!r} serves no objective and is {project.category or 'not mandatory'}",
        "objectives" if project.wrote("objectives") else "category",
        "add objectives: [{objective: …, contribution: 1 to 3}], or write category: mandatory",
    )


@rule(Severity.WARNING, Objective)
def str_objective_unserved(objective: Objective, portfolio: View) -> Iterator[Problem]:
    """No project works directly on an active objective.

    What it does:
        Reports an active objective that no project serves with a contribution of 2 or more, and
        none of the objectives below it either. Projects that are closed or cancelled do not count.
        Speaks only where projects state objectives at all.

    Why it matters:
        Strategy without delivery is a wish.

    Example:
        objective: {id: green, name: Halve the emissions, owner: anna-reyes, parent: grow}

    Use instead:
        objective: {id: green, name: Halve the emissions, owner: anna-reyes, parent: grow}
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: strategic,
          objectives: [{objective: green, contribution: 2}]}
    """
    if objective.status != "active" or not any(p.objectives for p in portfolio.all(Project)):
        return
    if not is_served(portfolio, objective, unstated=DIRECT):
        yield Problem(
            objective,
            f"no project serves {objective.label!r} with a contribution of {DIRECT} or more",
            "id",
            "start something, or drop the objective",
        )


@rule(Severity.ERROR)
def str_weights(portfolio: View, _: View) -> Iterator[Problem]:
    """The weights of objectives beside each other do not add to 1.

    What it does:
        Adds the weights of the active objectives below one parent, and of those without a parent.
        Groups in which a weight is missing are left out. 0.001 either way is rounding.

    Why it matters:
        Ranks and alignment are distorted.

    Example:
        objectives:
          - {id: north, name: Win the north, owner: anna-reyes, parent: grow, weight: 0.5}
          - {id: south, name: Win the south, owner: anna-reyes, parent: grow, weight: 0.4}
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: strategic,
          objectives: [{objective: north, contribution: 2}, {objective: south, contribution: 2}]}

    Use instead:
        objectives:
          - {id: north, name: Win the north, owner: anna-reyes, parent: grow, weight: 0.6}
          - {id: south, name: Win the south, owner: anna-reyes, parent: grow, weight: 0.4}
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: strategic,
          objectives: [{objective: north, contribution: 2}, {objective: south, contribution: 2}]}
    """
    for parent, members in children(portfolio).items():
        weights = [member.weight for member in members if member.weight is not None]
        total = sum(weights, Decimal(0))
        if len(weights) < len(members) or abs(total - 1) <= _ROUNDING:
            continue
        where = f"below {parent!r}" if parent else "without a parent"
        shares = listed(f"{member.id} {member.weight}" for member in members)
        yield Problem(
            members[0],
            f"the weights of the objectives {where} add to {total:f}, not 1: {shares}",
            "weight",
            "correct the weights",
            related=tuple(see(m, f"weight {m.weight}", "weight") for m in members[1:]),
        )


@rule(Severity.ERROR, Proposal)
def str_prereq_not_selected(proposal: Proposal, portfolio: View) -> Iterator[Problem]:
    """A chosen project requires one that was not chosen.

    What it does:
        Reports a proposal whose project is approved or further, while the project of a proposal
        that it `requires` is only proposed, or cancelled.

    Why it matters:
        The set cannot work, whatever each of its parts is worth.

    Example:
        projects:
          - {id: base, name: Base, sponsor: anna-reyes, category: mandatory, status: proposed}
        proposals:
          - {id: propose-base, project: base}
          - {id: propose-atlas, project: atlas, requires: [propose-base]}

    Use instead:
        projects:
          - {id: base, name: Base, sponsor: anna-reyes, category: mandatory, status: approved}
        proposals:
          - {id: propose-base, project: base}
          - {id: propose-atlas, project: atlas, requires: [propose-base]}
    """
    project = portfolio.find(proposal.project, Project)
    if project is None or project.status not in _CHOSEN - {"closed"}:
        return
    for reference in proposal.requires:
        required = portfolio.find(reference, Proposal)
        other = portfolio.find(required.project, Project) if required is not None else None
        if other is not None and other.status in {"proposed", "cancelled"}:
            yield Problem(
                proposal,
                f"{project.id!r} is {project.status}, but it requires {other.id!r}, which is "
                f"{other.status}",
                "requires",
                "approve both, or neither",
                related=(see(other, f"{other.id!r} is {other.status}", "status"),),
            )
