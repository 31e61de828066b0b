"""The generated registers of one project: from its risks to the service it changes."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

_ROLES = ("lead", "analyst", "tester", "architect", "developer", "trainer", "operator", "buyer")
_CAUSES = (
    "the supplier has lost two of its five specialists",
    "the data of the old system was never reconciled",
    "the regulator publishes its final text only in autumn",
    "the test environment is shared with two other projects",
)
_EVENTS = (
    "the interface may be delivered later than agreed",
    "the migration may have to be repeated",
    "the rules for tariffs may change after the build",
    "the regression tests may not fit into the week before go-live",
)
_EFFECTS = (
    "which moves the cutover by up to twenty working days",
    "which costs a second rehearsal and the weekend work of the team",
    "which brings rework into the last phase",
    "which leaves less time for the training of the field crews",
)


def risks(number: int, chance: random.Random, as_of: date) -> str:
    """Return nine risks, each with a response that somebody works on."""
    lines = ["# Reviewed every second Monday.", "risks:"]
    for position in range(9):
        likelihood, impact = chance.randint(1, 3), chance.randint(1, 3)
        probability = chance.choice((0.1, 0.2, 0.3, 0.4))
        lines += [
            f"  - id: p{number:04}-risk-{position}",
            f"    project: p{number:04}",
            f"    title: {_pick(_EVENTS, chance).removeprefix('the ').capitalize()}",
            f"    cause: {_pick(_CAUSES, chance)}",
            "    event: >",
            f"      {_pick(_EVENTS, chance)}, and nobody",
            "      would notice before the weekly review of the plan",
            f"    effect: {_pick(_EFFECTS, chance)}",
            "    category: supplier",
            f"    owner: p{number:04}-{_pick(_ROLES, chance)}",
            f"    raised_on: {as_of - timedelta(days=chance.randint(40, 90))}",
            f"    last_reviewed: {as_of - timedelta(days=chance.randint(1, 14))}",
            f"    inherent: {{p: {likelihood + 1}, i: {impact + 1}}}",
            f"    current: {{p: {likelihood}, i: {impact}}}",
            "    target: {p: 1, i: 1}",
            f"    probability: {probability}",
            f"    impact_cost: {{min: 10000, likely: {chance.randrange(20, 60) * 1000}, max: 90000}}",
            "    proximity: within_1_quarter",
            "    response: reduce",
            "    responses:",
            "      - id: r1",
            "        text: Agree the fallback with the supplier in writing",
            f"        owner: p{number:04}-lead",
            f"        cost: {chance.randrange(1, 9) * 500}",
            f"        due: {as_of + timedelta(days=30)}",
            "        status: in_progress",
        ]
    return _page(lines)


def issues(number: int, chance: random.Random, as_of: date) -> str:
    """Return five open issues."""
    lines = ["issues:"]
    for position in range(5):
        lines += [
            f"  - id: p{number:04}-issue-{position}",
            f"    project: p{number:04}",
            "    type: problem",
            f"    title: {_pick(_EVENTS, chance).replace('may ', 'will ').capitalize()}",
            f"    owner: p{number:04}-{_pick(_ROLES, chance)}",
            f"    raised_on: {as_of - timedelta(days=chance.randint(3, 30))}",
            f"    target_date: {as_of + timedelta(days=chance.randint(5, 40))}",
            "    priority: medium",
            "    severity: project",
            "    status: open",
            f"    recovery_plan: {_pick(_EFFECTS, chance).removeprefix('which ').capitalize()}; agreed",
        ]
    return _page(lines)


def actions(number: int, chance: random.Random, as_of: date) -> str:
    """Return eight open actions."""
    rows = (
        f"  - {{id: p{number:04}-action-{position}, project: p{number:04}, "
        f"text: Settle with the supplier who tests what in week {position + 1}, "
        f"owner: p{number:04}-{_pick(_ROLES, chance)}, "
        f"raised_on: {as_of - timedelta(days=chance.randint(1, 20))}, "
        f"due: {as_of + timedelta(days=chance.randint(3, 40))}, status: open}}"
        for position in range(8)
    )
    return _page(["actions:", *rows])


def decisions(number: int, chance: random.Random, as_of: date) -> str:
    """Return three open decisions with two options each."""
    lines = ["decisions:"]
    for position in range(3):
        lines += [
            f"  - id: p{number:04}-decision-{position}",
            f"    project: p{number:04}",
            f"    title: Cut over region {position + 1} in one step or in two",
            "    board: change-board",
            f"    raised_by: p{number:04}-lead",
            f"    raised_on: {as_of - timedelta(days=chance.randint(1, 20))}",
            f"    needed_by: {as_of + timedelta(days=chance.randint(10, 60))}",
            "    options:",
            "      - {name: One step, cost: 20000, benefit: one weekend of work, risk: no way back}",
            "      - {name: Two steps, cost: 35000, benefit: a way back, risk: two weeks longer}",
            "      - {name: Do nothing, cost: 0, benefit: none, risk: the old system stays}",
            "    recommendation: Two steps",
            f"    cost_of_delay_per_week: {chance.randrange(1, 9) * 1000}",
            "    status: open",
        ]
    return _page(lines)


def team(number: int, chance: random.Random, as_of: date) -> str:
    """Return eight people and what each of them is booked for."""
    del as_of
    people, bookings = ["people:"], ["assignments:"]
    for role in _ROLES:
        name = f"p{number:04}-{role}"
        people += [
            f"  - id: {name}",
            f"    name: {role.capitalize()} {number:04}",
            f"    email: {name}@example.com",
            f"    role: {role}",
            "    start_date: 2023-04-01",
            f"    contracted_fte: {chance.choice(('1.0', '0.8'))}",
            "    skills:",
            f"      - {{skill: {role}, level: {chance.randint(3, 6)}, assessed_on: 2026-03-01}}",
            f"      - {{skill: reporting, level: {chance.randint(2, 4)}, assessed_on: 2026-03-01}}",
        ]
        bookings.append(
            f"  - {{id: {name}-booking, person: {name}, work: p{number:04}, from: 2026-06-01, "
            f"to: 2026-09-30, pct: {chance.choice((30, 40, 50))}, type: hard}}"
        )
    return _page([*people, *bookings])


def contract(number: int, chance: random.Random, as_of: date) -> str:
    """Return a customer, its contract and four paid or pending invoices."""
    value = chance.randrange(200, 900) * 1000
    prefix = f"p{number:04}"
    lines = [
        "customer:",
        f"  id: {prefix}-customer",
        f"  name: Customer {number:04}",
        "  segment: utilities",
        f"  account_owner: {prefix}-buyer",
        "  tier: standard",
        "contract:",
        f"  id: {prefix}-contract",
        f"  title: Managed service for region {number:04}",
        f"  customer: {prefix}-customer",
        "  direction: sell",
        "  type: managed_service",
        "  signed: 2025-11-14",
        "  start: 2026-01-01",
        "  end: 2028-12-31",
        f"  value: {value}",
        "  currency: GBP",
        f"  bid: {{cost: {value * 8 // 10}, margin_pct: 20}}",
        f"  eac_cost: {value * 81 // 100}",
        "  billing: monthly",
        "  renewal: {mode: auto, term_months: 12, notice: 3mo, decision: undecided}",
        f"  damages: [{{milestone: {prefix}.handover-done, rate: 5000, per: day, cap: 50000}}]",
        "invoices:",
    ]
    for position in range(4):
        issued = as_of - timedelta(days=20 + 30 * position)
        paid = f", paid_on: {issued + timedelta(days=15)}"
        lines.append(
            f"  - {{id: {prefix}-invoice-{position}, contract: {prefix}-contract, issued: {issued}, "
            f"due: {issued + timedelta(days=30)}, amount: {value // 36}{paid}}}"
        )
    return _page(lines)


def service(number: int, chance: random.Random, as_of: date) -> str:
    """Return a service, two of its levels and four months of measurements of each."""
    prefix = f"p{number:04}"
    lines = [
        "service:",
        f"  id: {prefix}-service",
        f"  name: Service {number:04}",
        f"  owner: {prefix}-operator",
        f"  customers: [{prefix}-customer]",
        "  criticality: silver",
        "  status: live",
        '  agreed_service_time: {days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00"}',
        "slas:",
    ]
    measured = ["measurements:"]
    for level, target in (("availability", 99), ("resolution", 90)):
        lines.append(
            f"  - {{id: {level}, service: {prefix}-service, measure: {level}, target: {target}, "
            'unit: "%", window: month, direction: higher}'
        )
        measured += [
            f"  - {{id: {prefix}-{level}-{month}, sla: {prefix}-service.{level}, "
            f"period: 2026-{month:02}, value: {target + chance.random():.2f}, source: monitoring, "
            f"recorded_on: 2026-{month + 1:02}-01}}"
            for month in range(as_of.month - 4, as_of.month)
        ]
    return _page([*lines, *measured])


def _pick(choices: tuple[str, ...], chance: random.Random) -> str:
    return chance.choice(choices)


def _page(lines: list[str]) -> str:
    return "\n".join([*lines, ""])


PAGES: dict[str, Callable[[int, random.Random, date], str]] = {
    "risks": risks,
    "issues": issues,
    "actions": actions,
    "decisions": decisions,
    "team": team,
    "contract": contract,
    "service": service,
}
