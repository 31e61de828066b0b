"""Everything that `pmo` can be asked about a portfolio: every command in every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from pmo_cli.app import COMMANDS
from portfolio.application.explanation import LISTS, documented_codes, formulas
from portfolio.model.kinds import kinds
from portfolio.record import Ref
from portfolio.report.outline import outlines
from portfolio.view.view import View

PLACE = "{}"
"""Where a question names the file or folder that its answer goes into."""
Words = tuple[str, ...]
DAY = "2026-03-31"
BEGUN = ("init", PLACE, "--as-of", DAY, "--country", "GB", "--name", "Harbour Works")
"""How a portfolio is begun."""

GRAPHS = ("table", "json", "mermaid", "dot", "graphml", "svg", "html")
LISTINGS = ("table", "csv", "json", "markdown", "xlsx")
FINDINGS = ("text", "json", "github", "gitlab", "sarif", "junit")
DATA = ("table", "json")
PAGES = ("markdown", "html")


def questions(portfolio: View) -> Mapping[str, Words]:
    """Return everything that can be asked of a portfolio, each question by its name."""
    found = {
        **_in_formats("validate", FINDINGS),
        **_in_formats("deps", GRAPHS),
        **_in_formats("risk simulate", DATA),
        **_in_formats("resources level", DATA),
        **_in_formats("prioritise", DATA),
        "validate fixed": ("validate", "--fix", "--diff"),
        "export ics": ("export", "ics"),
        "export mspdi": ("export", "mspdi"),
        "report list": ("report", "--list"),
    }
    found |= {
        f"show {kind.PLURAL} {form}": ("show", kind.PLURAL, "--format", form)
        for kind in kinds().values()
        for form in LISTINGS
    }
    for name, words in _reports(portfolio).items():
        found |= {f"{name} {form}": (*words, "--format", form) for form in PAGES}
    found |= {f"site {form}": ("report", "all", "--format", form, "-o", PLACE) for form in PAGES}
    if portfolio.entities:
        found |= dict(_suppositions(portfolio))
    return found


def papers(portfolio: View) -> Mapping[str, Words]:
    """Return the pages that are asked for on paper, which needs a library and takes long."""
    wanted = ("report board", "report renewals")
    reports = {name: words for name, words in _reports(portfolio).items() if name in wanted}
    return {f"{name}.pdf": (*words, "-o", PLACE) for name, words in reports.items()}


def few(portfolio: View) -> Mapping[str, Words]:
    """Return what every kind of answer is asked for with: one list, and the sites for all pages."""
    return {
        name: words
        for name, words in questions(portfolio).items()
        if words[:2] in {("show", "projects"), ("report", "all"), ("report", "customer")}
        or words[0] not in {"show", "report"}
    }


def lookups() -> Mapping[str, Words]:
    """Return what can be asked without a portfolio: help, explanations, skeletons."""
    topics = (*LISTS, *kinds(), *documented_codes(), *formulas())
    commands = [name for panel in COMMANDS.values() for name in panel]
    return {
        "help": ("--help",),
        **{f"help {name}": (name, "--help") for name in commands},
        **{f"explain {topic}": ("explain", topic) for topic in topics},
        **{f"new {name}": ("new", name) for name in kinds()},
        **{f"new {name} whole": ("new", name, "--all") for name in kinds()},
    }


def most_said(portfolio: View, kind: str) -> str | None:
    """Return the entity of a kind that most others name, so that there is most to say of it."""
    return _most_said(portfolio)[kind]


@cache
def _most_said(portfolio: View) -> Mapping[str, str | None]:
    said = dict.fromkeys(portfolio.entities, 0)
    for entity in portfolio.entities.values():
        for value in entity.stated().values():
            if isinstance(value, Ref) and value.id in said:
                said[value.id] += 1
    return {
        name: max((each.id for each in portfolio.all(kind)), key=said.__getitem__, default=None)
        for name, kind in kinds().items()
    }


def _in_formats(command: str, forms: Words) -> dict[str, Words]:
    return {f"{command} {form}": (*command.split(), "--format", form) for form in forms}


def _reports(portfolio: View) -> dict[str, Words]:
    """Return the reports that a portfolio can be asked for, each of what most others name."""
    found: dict[str, Words] = {}
    for name, outline in outlines().items():
        subject = most_said(portfolio, outline.subject) if outline.subject else ""
        if subject is not None:
            found[f"report {name}"] = ("report", name, *filter(None, [subject]))
    if (customer := most_said(portfolio, "customer")) is not None:
        words = ("report", "customer", customer, "--edition", "customer")
        found["report customer, for them"] = words
    return found


def _suppositions(portfolio: View) -> Iterator[tuple[str, Words]]:
    """Yield what can be supposed of a portfolio, and the reasons that can be asked for."""
    activity, project = most_said(portfolio, "activity"), most_said(portfolio, "project")
    person, scenario = most_said(portfolio, "person"), most_said(portfolio, "scenario")
    supposed: dict[str, tuple[str | None, Words]] = {
        "slip": (activity, ("deps", activity or "", "--slip", "10d")),
        "stop": (project, ("deps", "--stop", project or "")),
        "without": (person, ("deps", "--without", person or "")),
        "compare": (scenario, ("deps", "--compare")),
        "why": (activity, ("deps", "--why", activity or "")),
        "tree": (project, ("deps", project or "")),
    }
    for name, (subject, words) in supposed.items():
        forms = DATA if name in {"stop", "without", "compare"} else GRAPHS
        if subject is not None:
            yield from ((f"deps {name} {form}", (*words, "--format", form)) for form in forms)
    yield from _choices()
    if project is not None:
        yield "report board without one", ("report", "board", "--exclude", project)
        yield "risk simulate one", ("risk", "simulate", project, "--format", "json")


def _choices() -> Iterator[tuple[str, Words]]:
    """Yield the other ways in which a simulation, a levelling and a choice can be asked for."""
    simulate, prioritise = ("risk", "simulate", "--format", "json"), ("prioritise",)
    yield "risk simulate pert", (*simulate, "--distribution", "pert")
    yield "risk simulate residual", (*simulate, "--residual", "--opportunities")
    yield "resources level inside", ("resources", "level", "--within-float", "--format", "json")
    for method in ("weighted", "topsis", "topsis-minmax"):
        yield f"prioritise {method}", (*prioritise, "--method", method, "--format", "json")
    for way in ("frontier", "sensitivity"):
        yield f"prioritise {way}", (*prioritise, f"--{way}", "--format", "json")
    yield "prioritise cut", (*prioritise, "--cut", "10", "--format", "json")
