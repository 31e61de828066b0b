"""The same generated plans for two tools: as a portfolio of ours and as a project of TaskJuggler.

Every project has the activities, links, milestone and team of the corpus's plans, and waits for the
first one of its group; nothing is written for one tool that the other does not get.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.corpus import AS_OF
from benchmarks.corpus_plan import API_READY, AREAS, GROUP, Step, planned_steps

if TYPE_CHECKING:
    from pathlib import Path

ROLES = ("lead", "analyst", "tester")
DAY_COST = 400
_AGREED = f"committed: {API_READY}, agreement: agreed"


@dataclass(frozen=True, slots=True)
class Plan:
    """A project: its activities, who works on each, and the project it waits for, if any."""

    id: str
    name: str
    steps: tuple[Step, ...]
    giver: str

    def worker(self, position: int) -> str:
        """Return who does the activity at a position."""
        return f"{self.id}_{ROLES[position % len(ROLES)]}"


def plans(count: int, seed: int = 1) -> list[Plan]:
    """Return so many plans, the same for the same seed."""
    return [_plan(number, random.Random(f"{seed}-{number}")) for number in range(count)]


def _plan(number: int, chance: random.Random) -> Plan:
    giver = number - number % GROUP
    name = f"{AREAS[number % len(AREAS)]} {number // len(AREAS) + 1}"
    made = tuple(planned_steps(number, chance, AS_OF))
    return Plan(f"p{number:04}", name, made, f"p{giver:04}" if giver != number else "")


# --- as a portfolio -----------------------------------------------------------------------------


def write_portfolio(folder: Path, made: list[Plan]) -> None:
    """Write a portfolio: a file of people and a file a project."""
    (folder / "projects").mkdir(parents=True)
    settings = f"organisation: {{name: Generated plans, currency: GBP}}\nas_of: {AS_OF}\n"
    (folder / "pmo.yaml").write_text(settings, encoding="utf-8")
    people = [
        f"  - {{id: {_slug(plan.id, role)}, name: {plan.name} {role}, role: {role}, "
        f"cost_rate_per_day: {DAY_COST}}}"
        for plan in made
        for role in ROLES
    ]
    (folder / "people.yaml").write_text("\n".join(["people:", *people, ""]), encoding="utf-8")
    for plan in made:
        path = folder / "projects" / f"{plan.id}.yaml"
        path.write_text(_project(plan), encoding="utf-8")


def _slug(project: str, role: str) -> str:
    return f"{project}-{role}"


def _project(plan: Plan) -> str:
    """Return a project's file."""
    last = plan.steps[-1]
    lines = [
        "project:",
        f"  id: {plan.id}",
        f"  name: {plan.name}",
        f"  sponsor: {_slug(plan.id, ROLES[0])}",
        "  status: delivering",
        f"  start: {plan.steps[0].start}",
        f"  baseline_finish: {last.finish}",
        f"  bac: {sum(step.days for step in plan.steps) * DAY_COST}",
        "  milestones:",
        _milestone(plan),
        "  activities:",
        *(_activity(plan, position) for position in range(len(plan.steps))),
    ]
    if plan.giver:
        lines += [
            "  dependencies:",
            f"    - {{id: interface, from: {plan.giver}.api-ready, to: integration, {_AGREED}}}",
        ]
    bookings = [_booking(plan, at) for at, step in enumerate(plan.steps) if not step.done]
    return "\n".join([*lines, "assignments:", *bookings, ""])


def _milestone(plan: Plan) -> str:
    return (
        f"    - {{id: api-ready, name: Interface released, baseline: {API_READY}, "
        f"forecast: {API_READY}, owner: {_slug(plan.id, ROLES[1])}}}"
    )


def _booking(plan: Plan, position: int) -> str:
    step = plan.steps[position]
    return (
        f"  - {{id: {plan.id}-{step.id}, person: {_slug(plan.id, ROLES[position % len(ROLES)])}, "
        f"work: {plan.id}.{step.id}, from: {step.start}, to: {step.finish}, pct: 100}}"
    )


def _activity(plan: Plan, position: int) -> str:
    step = plan.steps[position]
    person = _slug(plan.id, ROLES[position % len(ROLES)])
    waits = f", predecessors: [{', '.join(step.predecessors)}]" if step.predecessors else ""
    done = (
        f", pct_complete: 100, actual_start: {step.start}, actual_finish: {step.finish}"
        if step.done
        else ""
    )
    return (
        f"    - {{id: {step.id}, name: {step.id.capitalize()}, duration: {step.days}d"
        f"{waits}{done}, budget: {step.days * DAY_COST}, resources: [{{person: {person}}}]}}"
    )


# --- as a project of TaskJuggler ----------------------------------------------------------------

_HEADER = f"""\
project board "Generated plans" 2026-03-02 +18m {{
  timezone "UTC"
  now {AS_OF}
  currency "GBP"
  weekstartsmonday
}}
rate {DAY_COST}
account cost "Cost"
account revenue "Revenue"
balance cost revenue
"""

_REPORTS = """\
taskreport projects "Projects" {
  headline "Projects"
  columns name, start, end, complete, effort, cost, pathcriticalness
  hideresource @all
  rolluptask treelevel() = 1
}
taskreport milestones "Milestones" {
  headline "Milestones"
  columns name, start, status
  hideresource @all
  hidetask ~plan.milestone
}
resourcereport team "People" {
  headline "People"
  columns name, effort, cost
  hidetask @all
}
textreport board "board" {
  formats html
  center -8<-
    <[report id="projects"]>
    <[report id="milestones"]>
    <[report id="team"]>
  ->8-
}
"""


def write_taskjuggler(path: Path, made: list[Plan]) -> None:
    """Write the same plans, with one page of projects, milestones and people."""
    people = [f'resource {plan.id}_{role} "{plan.name} {role}"' for plan in made for role in ROLES]
    tasks = [_task(plan) for plan in made]
    path.write_text("\n".join([_HEADER, *people, *tasks, _REPORTS]), encoding="utf-8")


def _task(plan: Plan) -> str:
    """Return a project as a task of tasks."""
    done = {step.id for step in plan.steps if step.done}
    lines = [
        f'task {plan.id} "{plan.name}" {{ chargeset cost',
        f'  task api_ready "Interface released" {{ milestone start {API_READY}-18:00 }}',
    ]
    for position, step in enumerate(plan.steps):
        waits = [f"!{name}" for name in step.predecessors]
        if step.id == "integration" and plan.giver:
            waits.append(f"{plan.giver}.api_ready")
        # What is done keeps its day; what waits for nothing open can start on the as-of day.
        is_free = done.issuperset(step.predecessors)
        words = [
            f"length {step.days}d",
            *((f"start {step.start if step.done else AS_OF}",) if step.done or is_free else ()),
            *((f"depends {', '.join(waits)}",) if waits else ()),
            *(("complete 100",) if step.done else ()),
            f"allocate {plan.worker(position)}",
        ]
        lines.append(f'  task {step.id} "{step.id.capitalize()}" {{ {" ".join(words)} }}')
    return "\n".join([*lines, "}"])
