"""The files of a new portfolio, with dates around the day it is made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from portfolio.application.starters.continuous_integration import (
    FILES,
    ONLY_VERSIONS,
    PRE_COMMIT,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PEOPLE = """\
# Who owns what. References are ids, never names: people marry, ids do not.
people:
  - {id: alex-sample, name: Alex Sample, role: Sponsor, start_date: $start}
  - {id: robin-example, name: Robin Example, role: Project manager, start_date: $start}
  - {id: kim-placeholder, name: Kim Placeholder, role: Service manager, start_date: $start}

portfolio: {id: main, name: Change portfolio, owner: alex-sample,
  period: {start: $start, end: $end}}
"""

_PROJECT = """\
# One file a project. What is nested here needs no `project:`.
project:
  id: first-project
  name: First project
  sponsor: alex-sample
  project_manager: robin-example
  category: strategic
  status: delivering
  start: $start
  baseline_finish: $finish
  forecast_finish: $finish
  bac: 250000
  tolerances: {cost_pct: 10, time: 10d}
  objectives: [{objective: faster-service, contribution: 3}]
  services: [customer-portal]
  declared_rag: {overall: green, comment: "Design is agreed; building starts as planned."}
  activities:
    - {id: design, name: Design, duration: 15d, actual_start: $start, pct_complete: 40}
    - {id: build, name: Build, duration: 30d, predecessors: [design]}
  milestones:
    - {id: go-live, name: Go-live, type: go_live, key: true, owner: robin-example,
       baseline: $finish, forecast: $finish, predecessors: [build],
       acceptance_criteria: "The service manager has accepted it, no severe defect is open"}
"""

_RISKS = """\
# Because of <cause>, <event> may happen, which leads to <effect>.
risks:
  - id: key-supplier-late
    title: Supplier delivers late
    project: first-project
    cause: the supplier has lost two engineers
    event: the interface is delivered late
    effect: testing starts up to three weeks later
    category: supplier
    owner: robin-example
    raised_on: $start
    last_reviewed: $today
    inherent: {p: 3, i: 3}
    current: {p: 2, i: 3}
    proximity: within_1_quarter
    response: reduce

issues: []
"""

_GOVERNANCE = """\
boards:
  - {id: portfolio-board, name: Portfolio board, level: portfolio, chair: alex-sample,
     members: [alex-sample, robin-example, kim-placeholder], quorum: 2, cadence: 1mo,
     next_meeting: $soon, terms_of_reference: "Starts, stops and steers projects"}

decisions:
  - id: second-supplier
    title: Take a second supplier for the interface?
    board: portfolio-board
    raised_by: robin-example
    raised_on: $today
    needed_by: $later
    options:
      - {name: Do nothing, risk: up to three weeks late}
      - {name: Take a second supplier, cost: 20000, benefit: keeps the date}
    recommendation: Take a second supplier
    cost_of_delay_per_week: 5000
    status: open

actions:
  - {id: ask-supplier, text: Ask the supplier for a recovery plan, owner: robin-example,
     raised_on: $today, due: $later, source: portfolio-board}

status_reports:
  - {id: first-report, project: first-project, period_end: $today, issued_on: $today,
     author: robin-example, declared_rag: {overall: green},
     summary: "Design is agreed; building starts as planned.",
     achieved: [Design agreed], next: [Start building]}
"""

_BUSINESS = """\
objectives:
  - {id: faster-service, name: Customers are served in a day, owner: alex-sample,
     perspective: customer, weight: 1, horizon: $end}

services:
  - {id: customer-portal, name: Customer portal, owner: kim-placeholder, criticality: gold,
     status: live, agreed_service_time: {days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00"}}
"""

_README = """\
# $name

The portfolio of $name, as text. `pmo` checks it, shows what depends on what, and writes the
board's report.

```bash
pmo validate                       # every problem, at its place
pmo deps first-project --slip 60d  # who is hurt if it slips by sixty days
pmo report board -o board.html     # the page for the board
pmo explain project                # every field of a project
```

Files may be named and placed as you like; each holds kinds (`risks:`) and their entities.
`pmo new risk` prints a skeleton.
"""


def starter_files(
    name: str,
    currency: str,
    day: date,
    version: str,
    calendar: str = "",
    service: str = "github",
) -> Mapping[str, str]:
    """Return the files of a new portfolio by path; dates are relative to the day."""
    from string import Template

    from portfolio.package_data import resource

    words = {
        "name": name,
        "version": version,
        "only": ONLY_VERSIONS,
        "today": day.isoformat(),
        "start": (day - timedelta(days=14)).isoformat(),
        "soon": (day + timedelta(days=14)).isoformat(),
        "later": (day + timedelta(days=21)).isoformat(),
        "finish": (day + timedelta(days=120)).isoformat(),
        "end": (day + timedelta(days=365)).isoformat(),
    }
    ci_path, ci_text = FILES[service]
    files = {
        "people.yaml": _PEOPLE,
        "projects/first-project.yaml": _PROJECT,
        "risks.yaml": _RISKS,
        "governance.yaml": _GOVERNANCE,
        "business.yaml": _BUSINESS,
        "README.md": _README,
        ci_path: ci_text,
        ".pre-commit-config.yaml": PRE_COMMIT,
    }
    filled = {path: Template(text).substitute(words) for path, text in files.items()}
    return {
        "pmo.yaml": settings_text(name, currency, calendar),
        **filled,
        **editor_files(),
        ".pmo/constraints.txt": resource("constraints.txt").read_text(encoding="utf-8"),
    }


def editor_files() -> Mapping[str, str]:
    """Return the schemas by which editors complete and check, and the settings that find them."""
    from portfolio.exchange.editors.json_schema import portfolio_schema, settings_schema

    associations = {
        "./.pmo/settings.schema.json": ["pmo.yaml"],
        "./.pmo/schema.json": ["*.yaml", "*.yml", "!pmo.yaml", "!.*"],
    }
    return {
        ".pmo/schema.json": _json(portfolio_schema()),
        ".pmo/settings.schema.json": _json(settings_schema()),
        ".vscode/settings.json": _json({"yaml.schemas": associations}),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
    }


def _json(document: object) -> str:
    import json

    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def settings_text(name: str, currency: str, calendar: str) -> str:
    """Return a `pmo.yaml`: what is needed, and what most organisations change first."""
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    default = ", calendar: work" if calendar else ""
    return (
        "# `pmo explain settings` lists everything that can stand here.\n"
        f"organisation: {{name: {quoted}, currency: {currency}{default}}}\n"
        "stages: [discovery, design, build, test, live, closing]\n"
        f"{calendar}"
    )


def calendar_text(country: str, holidays: Sequence[tuple[date, str]]) -> str:
    """Return the calendar block of `pmo.yaml` with a country's holidays written out."""
    lines = [
        "calendars:",
        "  work:",
        f"    country: {country}",
        '    week: {mon-fri: ["09:00-12:30", "13:30-17:30"]}',
        "    holidays:   # written out: the same files give the same dates in any year",
    ]
    lines += [
        f'      - {{date: {day.isoformat()}, name: "{name}"}}'.replace("\\", "")
        for day, name in holidays
    ]
    return "\n".join(lines) + "\n"
