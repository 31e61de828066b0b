"""Whole data sets with known answers, where they are at hand."""

from __future__ import annotations

import csv
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from portfolio.network.activities import Activity, Link
from portfolio.network.schedule import Schedule, schedule
from portfolio.network.schedule_network import build_network
from tests.network.networks import CLOCK, TYPES, by_id
from tests.real_data import real_data

# In these six projects logic alone decides; in the others the planner's dates do, too.
PURE_LOGIC = ("C2011-04", "C2011-08", "C2012-03", "C2012-10", "C2014-02", "C2014-05")


def rows(path: Path) -> list[dict[str, str]]:
    """Read a table with a header."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def by_project(path: Path) -> dict[str, list[dict[str, str]]]:
    """Read a table and part it by project."""
    parted: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(path):
        parted[row["project_code"]].append(row)
    return parted


def parted_network(text: str) -> tuple[list[Activity], list[Link]]:
    """Read the precedence and duration sections of a file of the project scheduling library.

    A list of successors can go on in the next line, so numbers are read as one stream.
    """
    sections = re.split(r"^\*+\s*$", text, flags=re.MULTILINE)
    relations = next(part for part in sections if part.lstrip().startswith("PRECEDENCE"))
    requests = next(part for part in sections if part.lstrip().startswith("REQUESTS/DURATIONS"))
    numbers = iter([int(word) for word in relations.split() if word.isdigit()])
    links = [Link(str(job), str(head)) for job, head in successors(numbers)]
    activities = []
    for line in requests.splitlines():
        words = line.split()
        if words and words[0].isdigit():
            activities.append(Activity(words[0], int(words[2])))
    return activities, links


def successors(numbers: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Yield job and successor from the stream job, modes, count, successor, successor …."""
    for job in numbers:
        next(numbers)
        for _ in range(next(numbers)):
            yield job, next(numbers)


def solved(activities: Sequence[Activity], links: Sequence[Link]) -> Schedule:
    """Schedule on an axis without nights, where a minute stands for any unit."""
    network = build_network(activities, links, [CLOCK], 0)
    assert network.problems == []
    return schedule(network)


def test_480_networks_of_the_project_scheduling_library_have_their_published_length() -> None:
    answers = {
        row["instance"]: int(row["cpm_makespan_computed"])
        for row in rows(real_data("psplib", "answers.csv"))
    }
    found = {}
    with tarfile.open(real_data("psplib", "j30.sm.tar.xz")) as archive:
        for member in archive:
            name = Path(member.name).name
            stream = archive.extractfile(member) if name in answers else None
            if stream is not None:
                found[name] = solved(*parted_network(stream.read().decode())).finish
    assert len(found) == 480
    assert found == answers


def real_project(folder: Path, project: str) -> tuple[Schedule, list[dict[str, str]]]:
    """Schedule a project by its links alone, in minutes; return its published rows beside it."""
    published = by_project(folder / "cpm_protrack.csv")[project]
    activities = [
        Activity(row["activity_id"], round(60 * float(row["duration_cpm_units_h"])))
        for row in published
    ]
    links = [
        Link(
            row["from_activity"],
            row["to_activity"],
            next(kind for kind in TYPES if kind == row["type"]),
            round(60 * float(row["lag_hours"])),
        )
        for row in by_project(folder / "relations.csv")[project]
    ]
    return solved(activities, links), published


@pytest.mark.parametrize("project", PURE_LOGIC)
def test_a_real_project_starts_every_activity_in_the_hour_that_its_planner_had(
    project: str,
) -> None:
    found, published = real_project(real_data("oras-dslib"), project)
    assert by_id(found, found.early_start) == {
        row["activity_id"]: round(60 * float(row["start_cpm_units_h"])) for row in published
    }


def test_all_real_projects_agree_with_a_published_pass_over_their_links() -> None:
    folder = real_data("oras-dslib")
    projects = [row["project_code"] for row in rows(folder / "projects.csv")]
    assert len(projects) == 14
    for project in projects:
        found, published = real_project(folder, project)
        starts = by_id(found, found.early_start)
        logic = {row["activity_id"]: round(60 * float(row["es_computed_h"])) for row in published}
        assert starts == logic, project


def cases() -> list[dict[str, object]]:
    """Read the textbook cases of the critical path method."""
    path = real_data("worked-examples", "pmcontrols_validation_cases.json")
    stated = json.loads(path.read_text(encoding="utf-8"))
    return [case for case in stated["cases"] if case["method"] == "cpm"]


def test_the_textbook_cases_of_the_critical_path() -> None:
    for case in cases():
        stated, expected = case["inputs"], case["expected"]
        assert isinstance(stated, dict)
        assert isinstance(expected, dict)
        activities = [Activity(one["id"], one["duration"]) for one in stated["activities"]]
        links = [
            Link(tail, one["id"]) for one in stated["activities"] for tail in one["predecessors"]
        ]
        found = solved(activities, links)
        assert found.finish == expected["project_duration"], case["id"]
        for id_, dates in expected["schedule"].items():
            node = found.network.index[id_]
            assert {
                "es": found.early_start[node],
                "ef": found.early_finish[node],
                "ls": found.late_start[node],
                "lf": found.late_finish[node],
                "slack": found.total_float[node],
            } == dates, (case["id"], id_)
