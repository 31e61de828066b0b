"""The four answers of `pmo deps`: a ripple, a reason, trees, the picture; each in every format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_cli.options import Session
    from portfolio.impact.dependencies.diagram import Diagram
    from portfolio.impact.supposed_slip import Injection
    from portfolio.loading.loader import Loaded
    from portfolio.model.portfolio import Portfolio
    from portfolio.report.charts.gantt import Gantt


class Format(StrEnum):
    """How the answer is written."""

    table = "table"
    json = "json"
    mermaid = "mermaid"
    dot = "dot"
    graphml = "graphml"
    svg = "svg"
    html = "html"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks about which portfolio, and how the answer is to be written."""

    session: Session
    portfolio: Portfolio
    loaded: Loaded
    form: Format

    def print_json(self, data: dict[str, Any]) -> None:
        """Print the data of an answer as the one JSON document."""
        from pmo_cli import console
        from pmo_cli.formats.json_document import envelope
        from pmo_cli.opening import commit_of

        console.write(envelope("deps", self.portfolio, commit_of(self.session, self.loaded), data))


GRAPHS = (Format.dot, Format.graphml, Format.svg)


def write_graph(asked: Asked, diagram: Diagram) -> None:
    """Print a graph as a drawing, or for the programs that lay graphs out."""
    from pmo_cli import console
    from portfolio.exchange.graphs.dot import write_dot
    from portfolio.exchange.graphs.graphml import write_graphml

    if asked.form is Format.svg:
        from portfolio.report.charts.network_diagram import describe, network_chart
        from portfolio.report.charts.svg import standalone

        console.write(standalone(network_chart(diagram), describe(diagram)))
        return
    write = write_dot if asked.form is Format.dot else write_graphml
    console.write(write(diagram))


def draw_gantt(gantt: Gantt) -> None:
    """Print a Gantt chart as a file of its own."""
    from pmo_cli import console
    from portfolio.report.charts.gantt import gantt_chart
    from portfolio.report.charts.svg import standalone

    console.write(standalone(gantt_chart(gantt), gantt.description))


def without_names(session: Session, portfolio: Portfolio) -> Portfolio:
    """Return the portfolio with the names of confidential projects taken out, and say how many."""
    from portfolio.model.delivery.projects import Project

    if not any(project.confidential for project in portfolio.all(Project)):
        return portfolio
    from pmo_cli import console
    from portfolio.rules.phrases import counted
    from portfolio.view.audience import masked

    found = masked(portfolio)
    number = counted(found.confidential, "confidential project")
    console.say(f"{number} without a name; --include-confidential names it", session)
    return found.portfolio


def chosen_in_order(
    portfolio: Portfolio, words: Sequence[str], exclude: Sequence[str]
) -> list[str]:
    """Return what selectors choose in the order of files; a Failure where that is nothing."""
    from portfolio.application.failure import Failure
    from portfolio.application.selection import chosen_ids

    ids = chosen_ids(portfolio, words, exclude) if words else frozenset()
    if words and not ids:
        message = f"{' '.join(words)} selects nothing"
        raise Failure(message)
    return [id_ for id_ in portfolio.entities if id_ in ids]


def supposed(
    asked: Asked, chosen: Sequence[str], slips: Sequence[str]
) -> tuple[tuple[Injection, ...], bool]:
    """Return what is supposed to slip, by option or by scenario, and whether soft promises count.

    A Failure where a word cannot be read or names nothing.
    """
    from pmo_cli import console
    from portfolio.application.failure import Failure
    from portfolio.application.selection import chosen_ids
    from portfolio.impact.supposed_slip import (
        SLIPPING,
        CannotSlipError,
        read_injections,
        scenario_injections,
    )
    from portfolio.model.strategy import Scenario

    scenario = asked.portfolio.find(chosen[0], Scenario) if len(chosen) == 1 else None
    if scenario is not None and not slips:
        injections, others = scenario_injections(scenario)
        if others:
            console.say(f"left out: {others} of what it supposes is no slip", asked.session)
        return injections, scenario.include_soft
    able = [id_ for id_ in chosen if asked.portfolio.entities[id_].kind in SLIPPING]
    try:
        injections = read_injections(slips, able if len(chosen) > 1 else chosen) if slips else ()
    except CannotSlipError as error:
        raise Failure(str(error)) from None
    for each in injections:
        chosen_ids(asked.portfolio, [each.id])  # says what was meant where nothing has that id
    return injections, False


def answer_ripple(asked: Asked, injections: Sequence[Injection], *, include_soft: bool) -> None:
    """Show what a slip does; a Failure where something cannot slip."""
    from pmo_cli import console
    from portfolio.application.failure import Failure
    from portfolio.impact.ripple import ripple
    from portfolio.impact.slack import look_ahead
    from portfolio.impact.supposed_slip import CannotSlipError
    from portfolio.model.delivery.projects import Milestone
    from portfolio.network.portfolio_schedule import plan_of

    portfolio = asked.portfolio
    for problem in plan_of(portfolio).network.problems:
        if problem.kind == "loop":
            console.say(f"left out the last link of a loop that {problem.message}", asked.session)
    activities = asked.form is not Format.table or not portfolio.all(Milestone)
    try:
        found = ripple(portfolio, injections, include_soft=include_soft, activities=activities)
    except CannotSlipError as error:
        raise Failure(str(error)) from None
    if asked.form is Format.json:
        from pmo_cli.formats.dependencies.json_data import ripple_data

        asked.print_json(ripple_data(found, look_ahead(portfolio, found)))
    elif asked.form is Format.mermaid:
        from portfolio.exchange.graphs.mermaid import draw_ripple

        console.write(draw_ripple(found))
    elif asked.form is Format.svg:
        from portfolio.report.charts.slip_gantt import ripple_gantt

        draw_gantt(ripple_gantt(portfolio, injections, found))
    elif asked.form in GRAPHS:
        from portfolio.impact.dependencies.diagram import ripple_diagram

        write_graph(asked, ripple_diagram(portfolio, found))
    else:
        from pmo_cli.formats.dependencies.tables import print_ripple

        print_ripple(found, look_ahead(portfolio, found), asked.session)


def answer_trees(asked: Asked, id_: str, depth: int | None) -> None:
    """Show what one thing waits for and what waits for it."""
    from pmo_cli import console
    from portfolio.network.tree import tree

    above = tree(asked.portfolio, id_, "above", depth)
    below = tree(asked.portfolio, id_, "below", depth)
    if asked.form is Format.json:
        from pmo_cli.formats.dependencies.json_data import tree_data

        asked.print_json(tree_data(above, below))
    elif asked.form is Format.mermaid:
        from portfolio.exchange.graphs.mermaid import draw_surroundings

        console.write(draw_surroundings(above, below))
    elif asked.form in GRAPHS:
        from portfolio.impact.dependencies.diagram import trees_diagram

        write_graph(asked, trees_diagram(asked.portfolio, above, below))
    else:
        from pmo_cli.formats.dependencies.tables import print_trees

        print_trees(above, below)


def answer_picture(asked: Asked, chosen: Sequence[str]) -> bool:
    """Show the picture, of the chosen projects only where some are; tell whether it has a loop."""
    from pmo_cli import console
    from pmo_cli.formats.dependencies.matrix import coupling_data, print_coupling
    from portfolio.impact.dependencies.dependency_map import (
        business_links,
        coupling,
        project_matrix,
    )
    from portfolio.model.delivery.projects import Project
    from portfolio.network.graph import most_awaited
    from portfolio.network.loops import find_cycles

    portfolio = asked.portfolio
    cycles = find_cycles(portfolio)
    wanted = {portfolio.entities[id_].owner_id or id_ for id_ in chosen}
    links = [
        link
        for link in project_matrix(portfolio)
        if not wanted or wanted.intersection((link.giver, link.receiver))
    ]
    business = [link for link in business_links(portfolio) if not wanted or link.project in wanted]
    if asked.form is Format.mermaid:
        from portfolio.exchange.graphs.mermaid import draw_picture

        console.write(draw_picture(links, business))
        return bool(cycles)
    if asked.form in GRAPHS:
        from portfolio.impact.dependencies.diagram import picture_diagram

        write_graph(asked, picture_diagram(portfolio, links, business))
        return bool(cycles)
    awaited = most_awaited(portfolio)
    ends = wanted.union(*((link.giver, link.receiver) for link in links)) if wanted else None
    coupled = coupling(
        [p.id for p in portfolio.all(Project) if ends is None or p.id in ends], links
    )
    if asked.form is Format.json:
        from pmo_cli.formats.dependencies.json_data import picture_data

        data = picture_data(links, business, awaited, cycles)
        asked.print_json({**data, "coupling": coupling_data(coupled)})
    else:
        from pmo_cli.formats.dependencies.tables import print_picture

        print_picture(links, business, awaited, cycles, asked.session)
        print_coupling(coupled, asked.session)
    return bool(cycles)
