"""Who is who: ids that are taken, rows that repeat others, keys that two rows have."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.model.delivery.projects import Project
from tests.exchange.importing import imported
from tests.exchange.tables.test_conversion import PROJECTS, projects


@pytest.mark.parametrize(
    ("rule", "ids", "listed"),
    [
        ("id: Project name", ["a"], ["an id of its own; a is that of row 2"]),
        ("id: {column: Project name, distinguish: Rating}", ["a", "a-green"], []),
        ("id: {column: Project name, doubles: number}", ["a", "a-2"], []),
    ],
)
def test_a_taken_id_follows_the_mappings_rule_or_is_listed(
    tmp_path: Path, rule: str, ids: list[str], listed: list[str]
) -> None:
    result = projects(tmp_path, "A,,5,\nA,,6,Green\n", PROJECTS.replace("id: Project name", rule))
    assert sorted(p.id for p in result.portfolio.all(Project)) == ids
    assert [p.expected for p in result.problems] == listed


def test_a_row_that_repeats_another_is_listed_even_where_it_gets_a_number(tmp_path: Path) -> None:
    mapping = PROJECTS.replace("id: Project name", "id: {column: Project name, doubles: number}")
    result = projects(tmp_path, "A,,5,\nA,,5,\n", mapping)
    assert [(p.row, p.expected, p.effect) for p in result.problems] == [
        ("3", "a row of its own; it repeats row 2", "it is written as a-2")
    ]


def test_a_key_that_two_rows_have_means_the_first_and_is_listed(tmp_path: Path) -> None:
    mapping = PROJECTS.replace("    id: Project name\n", "    id: Project name\n    key: Rating\n")
    result = projects(tmp_path, "A,,5,Green\nB,,5,Green\n", mapping)
    assert [(p.row, p.column, p.expected, p.effect) for p in result.problems] == [
        ("3", "Rating", "a key of its own; it is that of a", "what refers to it means a")
    ]


def test_a_child_whose_id_is_taken_is_listed_and_replaces_nothing(tmp_path: Path) -> None:
    mapping = """\
tables:
  - {file: p.csv, kind: project, id: name, fields: {name: name, sponsor: {value: unknown}},
     children: [{kind: milestone, id: end, fields: {name: {value: End}, baseline: end}}]}
  - {file: a.csv, kind: activity, id: name,
     fields: {project: project, name: name, duration: {column: days, unit: d}}}
"""
    tables: dict[str, str | bytes] = {
        "p.csv": "name,end\nA,2026-01-01\n",
        "a.csv": "name,project,days\nEnd,A,5\n",
    }
    result = imported(tmp_path, mapping, tables)
    assert [(p.field, p.value, p.expected) for p in result.problems] == [
        ("milestones.end", "a.end", "an id that is not taken")
    ]
    assert result.files["projects/a.yaml"].endswith(
        "  activities: [{id: end, name: End, duration: 5d}]\n"
    )


def test_something_made_never_takes_the_id_of_something_else(tmp_path: Path) -> None:
    mapping = PROJECTS.replace("{value: unknown}", "{column: Project name, create: {}}")
    result = projects(tmp_path, "Ida,,5,Green\n", mapping)
    assert [(p.field, p.expected.partition(",")[0]) for p in result.problems] == [
        ("sponsor", "an id of its own; another kind has it already"),
        ("sponsor", "sponsor"),
    ]
    mapping = mapping.replace("create: {}", "prefix: person-, create: {}")
    assert "person-ida" in projects(tmp_path, "Ida,,5,Green\n", mapping).portfolio.entities
