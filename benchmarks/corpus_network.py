"""A generated plan as one long table: many projects, layered activities, links inside and between."""

from __future__ import annotations

import csv
import random
from pathlib import Path

_SETTINGS = """\
organisation: {name: Northwind Utilities (generated), currency: GBP}
as_of: 2026-06-01
"""
_ACTIVITIES_A_PROJECT = 500
_REACH = 60
_BETWEEN_PROJECTS = 0.05


def links(activities: int, seed: int = 1) -> list[list[int]]:
    """Return the predecessors of each activity by number: one or two, all of them earlier."""
    chance = random.Random(seed)
    return [_predecessors(number, chance) for number in range(activities)]


def _predecessors(number: int, chance: random.Random) -> list[int]:
    first = number - number % _ACTIVITIES_A_PROJECT
    nearest = range(max(first, number - _REACH), number)
    found = set(chance.sample(nearest, min(len(nearest), chance.randint(1, 2))))
    # Every second project waits for the one before it, so that no plan lasts for centuries.
    waits = number // _ACTIVITIES_A_PROJECT % 2
    if waits and chance.random() < _BETWEEN_PROJECTS:
        found.add(chance.randrange(first - _ACTIVITIES_A_PROJECT, first))
    return sorted(found)


def full_id(number: int) -> str:
    """Return the id of an activity, inside its project."""
    return f"p{number // _ACTIVITIES_A_PROJECT:03}.a{number}"


def write(folder: Path, activities: int, seed: int = 1) -> Path:
    """Write a portfolio with its activities in one CSV file; return that file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pmo.yaml").write_text(_SETTINGS, encoding="utf-8")
    projects = (activities - 1) // _ACTIVITIES_A_PROJECT + 1
    lines = [
        "person: {id: lead, name: Lead, role: lead, start_date: 2020-01-01}",
        "projects:",
        *(
            f"  - {{id: p{number:03}, name: Project {number}, sponsor: lead, start: 2026-06-01}}"
            for number in range(projects)
        ),
    ]
    (folder / "projects.yaml").write_text("\n".join([*lines, ""]), encoding="utf-8")
    chance = random.Random(seed + 1)
    table = folder / "activities.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "project", "duration", "predecessors"))
        for number, waits in enumerate(links(activities, seed)):
            name, _, short = full_id(number).partition(".")
            row = (short, name, f"{chance.randint(1, 15)}d", " ".join(map(full_id, waits)))
            writer.writerow(row)
    return table
