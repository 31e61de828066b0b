"""Who waits for whom, and what a slip, a stop or a departure does: the answers of `pmo deps`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portfolio.application.failure import Failure
from portfolio.application.noted import Noted

if TYPE_CHECKING:
    from datetime import date

    from portfolio.application.dependency_answers import (
        Answer,
        Comparison,
        DateReasons,
        DependencyMap,
        MoneyReasons,
        Slip,
        Supposed,
        Surroundings,
    )
    from portfolio.application.open import Opened
    from portfolio.impact.scenarios.scenario import Supposition
    from portfolio.impact.supposed_slip import Injection
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class DependencyRequest:
    """What is asked: about what, supposing what, or why one date is what it is.

    ``slips`` are lengths such as `10d` of what is selected, or `atlas.build=10d`; ``stops`` are
    projects and ``leaving`` people, who leave on ``leaving_on``, else today. ``compare`` holds
    scenarios side by side. ``why`` names what has a date, or with a slip a cost. ``depth`` limits
    the trees; without ``activities`` only milestones and promises are listed as moved.
    """

    selectors: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    leaving_on: date | None = None
    compare: bool = False
    include_soft: bool = False
    why: str | None = None
    depth: int | None = None
    activities: bool = True


def dependencies(opened: Opened, asked: DependencyRequest) -> Noted[Answer]:
    """Answer a question about dependencies; a Failure for what is not there or cannot slip."""
    from portfolio.impact.supposed_slip import CannotSlipError

    try:
        return _answer(opened, asked)
    except CannotSlipError as error:
        raise Failure(str(error)) from None


def _answer(opened: Opened, asked: DependencyRequest) -> Noted[Answer]:
    chosen = _chosen_in_order(opened.view.whole, asked)
    if asked.compare:
        return Noted(_comparison(opened, chosen))
    slips, soft, notes = _supposed_slips(opened.view.whole, chosen, asked.slips)
    beyond = _supposition(opened.view.whole, chosen, slips, asked)
    found: Answer
    if beyond is not None:
        slip: Noted[Slip] | None = None
        if beyond.injections:
            slip = _slip(opened, chosen, beyond.injections, asked, soft=beyond.include_soft)
        found = _supposed(opened, beyond, slip.value if slip else None)
        notes = (*notes, *(slip.notes if slip else ()))
    elif asked.why is not None:
        found = _reasons(opened, slips, _one_chosen(opened.view.whole, asked.why))
    elif slips:
        told = _slip(opened, chosen, slips, asked, soft=asked.include_soft or soft)
        found, notes = told.value, (*notes, *told.notes)
    elif len(chosen) == 1:
        found = _surroundings(opened, chosen[0], asked.depth)
    else:
        found = _map(opened, chosen, asked.depth)
    return Noted(found, notes)


def _chosen_in_order(portfolio: View, asked: DependencyRequest) -> tuple[str, ...]:
    """Return what selectors choose in the order of files; a Failure where that is nothing."""
    from portfolio.application.selection import chosen_ids

    words = asked.selectors or ((asked.why,) if asked.why else ())
    ids = chosen_ids(portfolio, words, asked.exclude) if words else frozenset()
    if words and not ids:
        message = f"{' '.join(words)} selects nothing"
        raise Failure(message)
    return tuple(id_ for id_ in portfolio.entities if id_ in ids)


def _one_chosen(portfolio: View, word: str) -> str:
    """Return the one id that a selector chooses; a Failure where it chooses none or several."""
    from portfolio.application.selection import chosen_ids

    found = chosen_ids(portfolio, [word])
    if len(found) == 1:
        return next(iter(found))
    message = f"--why is about one, and {word} selects {len(found) or 'nothing'}"
    raise Failure(message, "name the one by its id")


def _supposed_slips(
    portfolio: View, chosen: Sequence[str], slips: Sequence[str]
) -> tuple[tuple[Injection, ...], bool, tuple[str, ...]]:
    """Return what is supposed to slip, whether soft promises count, and what is to be said.

    It is stated word by word, or by a single chosen scenario. A Failure where a word cannot be
    read or names nothing.
    """
    from portfolio.application.selection import chosen_ids
    from portfolio.impact.supposed_slip import SLIPPING, read_injections, scenario_injections
    from portfolio.model.strategy import Scenario

    scenario = portfolio.find(chosen[0], Scenario) if len(chosen) == 1 else None
    if scenario is not None and not slips:
        injections, others = scenario_injections(scenario)
        notes = (f"left out: {others} of what it supposes is no slip",) if others else ()
        return injections, scenario.include_soft, notes
    able = [id_ for id_ in chosen if portfolio.entities[id_].kind in SLIPPING]
    injections = read_injections(slips, able if len(chosen) > 1 else chosen) if slips else ()
    for each in injections:
        chosen_ids(portfolio, [each.id])  # says what was meant where nothing has that id
    return injections, False, ()


def _supposition(
    portfolio: View,
    chosen: Sequence[str],
    slips: Sequence[Injection],
    asked: DependencyRequest,
) -> Supposition | None:
    """Return what is supposed beyond slips, by option or by a single chosen scenario; else None.

    A Failure for what is no project, or no person.
    """
    from portfolio.impact.scenarios.scenario import suppose, suppose_scenario
    from portfolio.model.delivery.projects import Project
    from portfolio.model.resources import Person
    from portfolio.model.strategy import Scenario

    on = asked.leaving_on
    if not asked.stops and not asked.leaving:
        if on is not None:
            message = "--from says when somebody leaves"
            raise Failure(message, "--without PERSON --from DATE")
        found = portfolio.find(chosen[0], Scenario) if len(chosen) == 1 else None
        supposed = suppose_scenario(portfolio, found) if found is not None else None
        return None if supposed is None or supposed.is_slip_only else supposed
    projects = [_the(portfolio, id_, Project, "--stop", "project") for id_ in asked.stops]
    people = [_the(portfolio, id_, Person, "--without", "person") for id_ in asked.leaving]
    return suppose(
        portfolio,
        " and ".join([*asked.stops, *asked.leaving]),
        slips,
        [project.id for project in projects],
        [(person, on or portfolio.as_of) for person in people],
    )


def _the(portfolio: View, id_: str, kind: Any, option: str, word: str) -> Any:  # noqa: ANN401
    from portfolio.spelling import nearest

    found = portfolio.find(id_, kind)
    if found is None:
        near = nearest(id_, (each.id for each in portfolio.all(kind)))
        hint = f"did you mean {' or '.join(near)}?" if near else f"`pmo show {word}` lists them"
        message = f"{option} {id_}: there is no such {word}"
        raise Failure(message, hint)
    return found


def _supposed(opened: Opened, supposed: Supposition, slip: Slip | None) -> Supposed:
    from portfolio.application.dependency_answers import Supposed

    return Supposed(opened, supposed, slip)


def _slip(
    opened: Opened,
    chosen: tuple[str, ...],
    injections: Sequence[Injection],
    asked: DependencyRequest,
    *,
    soft: bool,
) -> Noted[Slip]:
    """Return what a slip does, and note which links of a loop are left out."""
    from portfolio.application.dependency_answers import Slip
    from portfolio.impact.ripple import ripple
    from portfolio.model.delivery.projects import Milestone
    from portfolio.network.portfolio_schedule import plan_of

    portfolio = opened.view.whole
    notes = tuple(
        f"left out the last link of a loop that {problem.message}"
        for problem in plan_of(portfolio).network.problems
        if problem.kind == "loop"
    )
    listed = asked.activities or not portfolio.all(Milestone)
    found = ripple(portfolio, injections, include_soft=soft, activities=listed)
    start = chosen or tuple(each.id for each in injections)
    return Noted(Slip(opened, start, asked.depth, tuple(injections), found), notes)


def _reasons(
    opened: Opened, injections: tuple[Injection, ...], id_: str
) -> DateReasons | MoneyReasons:
    """Return why a slip costs somebody what it costs, else why a date is what it is.

    A Failure for what has no date, or is not hit.
    """
    from portfolio.application.dependency_answers import DateReasons, MoneyReasons
    from portfolio.impact.movement import move
    from portfolio.impact.ripple import ripple
    from portfolio.network.driving_path import Dated, explain_date

    portfolio = opened.view.whole
    if injections:
        found = ripple(portfolio, injections)
        effect = next((each for each in found.effects if each.id == id_), None)
        if effect is not None:
            return MoneyReasons(opened, found, effect)
    movement = move(portfolio, injections)
    steps = explain_date(portfolio, id_, Dated(movement.plan, movement.slip.after, movement.held))
    if steps:
        return DateReasons(opened, tuple(steps))
    if injections:
        message = f"{id_} is not hit by this slip"
        raise Failure(message)
    kind = portfolio.entities[id_].kind.replace("_", " ")
    message = f"{id_} is a {kind} without a computed date"
    raise Failure(message, "ask for an activity or a milestone, or add --slip for its money")


def _surroundings(opened: Opened, id_: str, depth: int | None) -> Surroundings:
    from portfolio.application.dependency_answers import Surroundings
    from portfolio.network.tree import tree

    above = tree(opened.view.whole, id_, "above", depth)
    below = tree(opened.view.whole, id_, "below", depth)
    return Surroundings(opened, (id_,), depth, above, below)


def _map(opened: Opened, chosen: tuple[str, ...], depth: int | None) -> DependencyMap:
    """Return the map, of the chosen projects only where some are."""
    from portfolio.application.dependency_answers import DependencyMap
    from portfolio.impact.dependencies.dependency_map import business_links, project_matrix
    from portfolio.network.loops import find_cycles

    portfolio = opened.view.whole
    wanted = frozenset(portfolio.entities[id_].owner_id or id_ for id_ in chosen)
    links = tuple(
        link
        for link in project_matrix(portfolio)
        if not wanted or wanted.intersection((link.giver, link.receiver))
    )
    business = tuple(
        link for link in business_links(portfolio) if not wanted or link.project in wanted
    )
    cycles = find_cycles(portfolio)
    return DependencyMap(opened, chosen, depth, wanted, links, business, cycles)


def _comparison(opened: Opened, ids: Sequence[str]) -> Comparison:
    """Hold scenarios against each other and against the plan as it stands."""
    from portfolio.application.dependency_answers import Comparison
    from portfolio.impact.scenarios.scenario import Supposition, outcome, suppose_scenario
    from portfolio.model.strategy import Scenario

    portfolio = opened.view.whole
    scenarios = [each for each in portfolio.all(Scenario) if not ids or each.id in ids]
    if not scenarios:
        message = "there is no scenario to compare"
        raise Failure(message, "add `scenarios:`, or name some; `pmo explain scenario` shows how")
    supposed = [suppose_scenario(portfolio, each) for each in scenarios]
    outcomes = (outcome(portfolio, each) for each in (Supposition("as planned"), *supposed))
    return Comparison(opened, tuple(outcomes))
