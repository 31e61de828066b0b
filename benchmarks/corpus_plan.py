"""The generated plan of one project: its milestones, its activities, and what it waits for."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

AREAS = ("Billing", "Field service", "Metering", "Customer portal", "Network control", "Payroll")
WORK = ("analysis", "design", "interfaces", "build", "migration", "integration")
LATER = ("test", "training", "rehearsal", "cutover", "hypercare", "handover")

# Every project waits for the first one of its group of ten, so that a slip fans out and no chain
# of dependencies grows with the corpus.
GROUP = 10
API_READY = date(2026, 7, 10)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One activity of the generated plan."""

    id: str
    days: int
    predecessors: tuple[str, ...]
    start: date
    finish: date
    done: bool


def plan(number: int, chance: random.Random, as_of: date) -> str:
    """Return the project's file."""
    steps = planned_steps(number, chance, as_of)
    name = f"{AREAS[number % len(AREAS)]} {number // len(AREAS) + 1}"
    prefix = f"p{number:04}"
    finish = max(step.finish for step in steps) + timedelta(days=20)
    return "\n".join(
        [
            f"# The plan of {name}. Dates are agreed with the sponsor; see the change board's minutes.",
            "project:",
            f"  id: {prefix}",
            f"  name: {name}",
            "  portfolio: all",
            f"  sponsor: {prefix}-lead",
            f"  project_manager: {prefix}-analyst",
            "  category: strategic",
            "  investment_type: transform",
            "  status: delivering",
            f"  contract: {prefix}-contract",
            f"  services: [{prefix}-service]",
            f"  priority: {chance.randint(1, 5)}",
            f"  start: {steps[0].start}",
            f"  baseline_finish: {finish}",
            f"  forecast_finish: {finish}",
            f"  bac: {chance.randrange(100, 900) * 1000}",
            "  tolerances: {cost_pct: 10, time: 15d, benefit_pct: 10}",
            f"  objectives: [{{objective: objective-{number % 10}, contribution: 3}}]",
            "  declared_rag: {overall: green, comment: On plan; the interfaces are the next hurdle.}",
            "  milestones:",
            *_milestones(steps, prefix),
            "  activities:",
            *(_activity(step, chance) for step in steps),
            *_dependency(number, prefix),
            "",
        ]
    )


def planned_steps(number: int, chance: random.Random, as_of: date) -> list[Step]:
    """Return twelve activities in a chain with side branches; the first four are done."""
    steps: list[Step] = []
    clock = _workday(date(2026, 3, 2) + timedelta(days=chance.randrange(20)))
    for position, name in enumerate((*WORK, *LATER)):
        waits = tuple(step.id for step in steps[-chance.randint(1, 2) :])
        done = position < len(WORK) - 2
        start = clock if done else max(clock, as_of)
        if name == "integration" and number % GROUP:
            start = max(start, API_READY + timedelta(days=1))
        days = chance.randint(3, 10)
        finish = _after(start, days)
        steps.append(Step(name, days, waits, start, finish, done))
        clock = _workday(finish + timedelta(days=1))
    return steps


def _workday(day: date) -> date:
    """Return the day, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)


def _after(start: date, days: int) -> date:
    """Return the last of so many working days from a working day on."""
    day = _workday(start)
    for _ in range(days - 1):
        day = _workday(day + timedelta(days=1))
    return day


def _activity(step: Step, chance: random.Random) -> str:
    waits = f", predecessors: [{', '.join(step.predecessors)}]" if step.predecessors else ""
    actual = (
        f", pct_complete: 100, actual_start: {step.start}, actual_finish: {step.finish}"
        if step.done
        else ""
    )
    return (
        f"    - {{id: {step.id}, name: {step.id.capitalize()}, duration: {step.days}d{waits}{actual}, "
        f"budget: {chance.randrange(5, 40) * 1000}}}"
    )


def _milestones(steps: list[Step], prefix: str) -> list[str]:
    by_id = {step.id: step for step in steps}
    reached = ("analysis", "design")
    ahead = {"test": "internal", "cutover": "go_live", "handover": "contractual"}
    lines = [
        f"    - {{id: {name}-approved, name: {name.capitalize()} approved, type: gate, "
        f"baseline: {by_id[name].finish}, actual: {by_id[name].finish}, owner: {prefix}-lead, "
        "acceptance_criteria: signed by the sponsor}"
        for name in reached
    ]
    lines += [
        f"    - {{id: {name}-done, name: {name.capitalize()} done, type: {kind}, "
        f"baseline: {_slack(by_id[name].finish)}, forecast: {_slack(by_id[name].finish)}, "
        f"predecessors: [{name}], owner: {prefix}-analyst, "
        f"acceptance_criteria: no open defect of the first two classes, key: {_word(name)}}}"
        for name, kind in ahead.items()
    ]
    lines.append(
        f"    - {{id: api-ready, name: Interface released, type: external, baseline: {API_READY}, "
        f"forecast: {API_READY}, owner: {prefix}-analyst, acceptance_criteria: contract tests green}}"
    )
    return lines


def _slack(day: date) -> date:
    return _workday(day + timedelta(days=10))


def _word(name: str) -> str:
    return "true" if name == "cutover" else "false"


def _dependency(number: int, prefix: str) -> list[str]:
    """Return what a project waits for; the first of each group waits for nobody."""
    giver = number - number % GROUP
    if giver == number:
        return []
    row = (
        f"    - {{id: interface, title: Released interface, from: p{giver:04}.api-ready, "
        f"to: integration, giver_owner: p{giver:04}-analyst, owner: {prefix}-analyst, "
        f"need_by: {API_READY + timedelta(days=14)}, committed: {API_READY}, "
        "agreement: agreed, agreed_on: 2026-04-20, last_reviewed: 2026-05-18, "
        "acceptance_criteria: contract tests green}"
    )
    return ["  dependencies:", row]
