"""Where the rules about people draw their lines, at the value and one step beyond it."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.diagnostic import Severity
from tests.rules.examples import judged

WEEK = "from: 2026-04-13, to: 2026-04-17"
PERSON = "person: {{id: fay, name: Fay Brook, role: Tester, {fields}}}\n"
FAY = PERSON.format(fields="start_date: 2020-01-06")
WARNING, ERROR = Severity.WARNING, Severity.ERROR


def booking(fields: str) -> str:
    return f"assignment: {{id: fay-atlas, person: fay, work: atlas, {fields}}}\n"


def demand(fields: str) -> str:
    return f"role_demand: {{id: tester, project: atlas, role: Tester, {fields}}}\n"


def severities(text: str, code: str, folder: Path) -> list[Severity]:
    return [found.severity for found in judged(text, folder) if found.code == code]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # Five days x 0.85 are 4.25 that planned work can use.
        (f"{WEEK}, pct: 85", []),
        (f"{WEEK}, pct: 85.1", [WARNING]),
        (f"{WEEK}, days: 4.25", []),
        (f"{WEEK}, days: 4.26", [WARNING]),
        (f"{WEEK}, pct: 102", [WARNING]),
        (f"{WEEK}, pct: 102.1", [ERROR]),
        (f"{WEEK}, pct: 200, type: soft", []),
        (f"{WEEK}, pct: 200, type: tentative", []),
        ("from: 2026-03-02, to: 2026-03-27, pct: 200", []),
        ("from: 2027-06-07, to: 2027-06-11, pct: 200", []),
    ],
)
def test_a_week_is_too_full_above_100_and_an_error_above_120_percent(
    fields: str, expected: list[Severity], tmp_path: Path
) -> None:
    assert severities(FAY + booking(fields), "RES-OVERALLOCATED", tmp_path) == expected


@pytest.mark.parametrize(
    ("person", "fields", "expected"),
    [
        ("end_date: 2026-04-17", f"{WEEK}, pct: 50", []),
        ("end_date: 2026-04-16", f"{WEEK}, pct: 50", [ERROR]),
        ("leave: [{from: 2026-04-13, to: 2026-04-17}]", f"{WEEK}, pct: 50", [ERROR]),
        ("leave: [{from: 2026-04-13, to: 2026-04-16}]", f"{WEEK}, pct: 50", []),
        (
            "leave: [{from: 2026-04-13, to: 2026-04-15}, {from: 2026-04-16, to: 2026-04-17}]",
            f"{WEEK}, pct: 50",
            [ERROR],
        ),
        (
            "leave: [{from: 2026-04-13, to: 2026-04-17}]",
            "from: 2026-04-11, to: 2026-04-19, pct: 50",
            [ERROR],
        ),
    ],
)
def test_who_is_gone_or_away_on_every_working_day_is_ghost_capacity(
    person: str, fields: str, expected: list[Severity], tmp_path: Path
) -> None:
    text = PERSON.format(fields=person) + booking(fields)
    assert severities(text, "RES-AFTER-LEAVING", tmp_path) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("critical: true, fte_by_period: [{period: 2026-W18, fte: 1}]", [ERROR]),
        ("critical: true, fte_by_period: [{period: 2026-W19, fte: 1}]", []),
        ("critical: true, fte_by_period: [{period: 2026-W18, fte: 0}]", []),
        ("critical: true, fte_by_period: [{period: 2026-02, fte: 1}]", []),
        ("critical: true, fte_by_period: [{period: 2026-Q1, fte: 1}]", [ERROR]),
        ("critical: false, fte_by_period: [{period: 2026-W18, fte: 1}]", []),
        ("critical: true, filled_by: [fay], fte_by_period: [{period: 2026-W18, fte: 1}]", []),
    ],
)
def test_a_critical_role_is_wanted_within_twenty_working_days(
    fields: str, expected: list[Severity], tmp_path: Path
) -> None:
    """19 working days lie before week 18, 24 before week 19."""
    assert severities(FAY + demand(fields), "RES-UNFILLED-CRITICAL", tmp_path) == expected


@pytest.mark.parametrize(
    ("level", "extra", "expected"),
    [
        (4, "", []),
        (3, "", [WARNING]),
        (3, "development_plan: {person: fay, coach: eva-stone, last_review: 2026-03-20}\n", []),
    ],
)
def test_a_level_too_low_needs_a_coach_or_a_plan(
    level: int, extra: str, expected: list[Severity], tmp_path: Path
) -> None:
    skills = f"skills: [{{skill: TEST, level: {level}, assessed_on: 2026-01-12}}]"
    text = PERSON.format(fields=skills) + booking(f"{WEEK}, pct: 50, skill: TEST, min_level: 4")
    assert severities(text + extra, "RES-SKILL-BELOW-LEVEL", tmp_path) == expected


def test_without_assessments_nobody_is_accused_of_a_level(tmp_path: Path) -> None:
    """They may be kept where this portfolio cannot see them."""
    text = FAY + booking(f"{WEEK}, pct: 50, skill: TEST, min_level: 4")
    assert severities(text, "RES-SKILL-BELOW-LEVEL", tmp_path) == []


@pytest.mark.parametrize(
    ("person", "asked", "expected"),
    [
        ("billable: true", "billable: false", [WARNING]),
        ("billable: false", "billable: true", [WARNING]),
        ("billable: true", "billable: true", []),
        ("start_date: 2020-01-06", "billable: true", []),
        ("billable: true", "skill: TEST", []),
    ],
)
def test_billable_is_compared_where_both_state_it(
    person: str, asked: str, expected: list[Severity], tmp_path: Path
) -> None:
    text = PERSON.format(fields=person) + booking(f"{WEEK}, pct: 50, {asked}")
    assert severities(text, "RES-BILLABLE-MISMATCH", tmp_path) == expected
