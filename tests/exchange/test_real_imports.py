"""Real portfolios as published: what is imported agrees with an independent count of the file."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portfolio.model.delivery.projects import Milestone, Programme, Project
from portfolio.model.governance import Gate
from portfolio.model.service import Incident
from tests.exchange.importing import Imported, run_import
from tests.real_data import real_data


@pytest.fixture(scope="module")
def mappings(repository: Path) -> Path:
    return repository / "examples" / "mappings"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def column(rows: Sequence[dict[str, str]], *starts: str) -> list[str]:
    """Return the cells of the one column whose header starts so."""
    found = [h for h in rows[0] if " ".join(h.split()).lower().startswith(starts)]
    assert len(found) == 1, found
    return [row[found[0]].replace("\xa0", " ").strip() for row in rows]


RATING = ("ipa delivery", "mpa rag", "colour_rating")
FIVE_POINTS = {"red", "amber/red", "amber/ red", "amber", "amber/green", "green"}
YEARS = {2014: 200, 2019: 133, 2020: 125, 2021: 184, 2022: 235}


def gmpp(mappings: Path, year: int) -> tuple[list[dict[str, str]], Imported]:
    path = real_data("uk-gmpp", "raw", f"gmpp_{year}.csv")
    mapping = (mappings / "uk-gmpp.yaml").read_text()
    result = run_import(mapping, path, as_of=date(year, 3, 31), name="uk-gmpp")
    return [row for row in rows_of(path) if row["project_name"]], result


@pytest.mark.parametrize(("year", "count"), YEARS.items())
def test_every_major_project_of_a_year_is_imported_and_loads(
    mappings: Path, year: int, count: int
) -> None:
    rows, result = gmpp(mappings, year)
    projects = result.portfolio.all(Project)
    assert len(projects) == len(rows) == count
    assert [p.name for p in sorted(projects, key=lambda p: p.name)] == sorted(
        " ".join(row["project_name"].replace("\x96", "–").replace("\x92", "’").split())
        for row in rows
    )
    assert result.broken() == []
    assert result.problems == []


def published(rows: list[dict[str, str]]) -> list[str]:
    """Return the rating of each row: of the authority, where it gave none of the owner."""
    ratings = column(rows, *RATING)
    if not any("SRO Delivery" in header for header in rows[0]):
        return ratings
    return [own or other for own, other in zip(ratings, column(rows, "sro delivery"), strict=True)]


@pytest.mark.parametrize("year", YEARS)
def test_the_counts_of_each_rating_agree_with_the_file(mappings: Path, year: int) -> None:
    rows, result = gmpp(mappings, year)
    theirs = Counter(
        rating.lower().replace(" ", "").replace("/", "-")
        for rating in published(rows)
        if rating.lower() in FIVE_POINTS
    )
    ours = Counter(
        tag.removeprefix("dca-")
        for project in result.portfolio.all(Project)
        for tag in project.tags
        if tag.startswith("dca-")
    )
    assert ours == theirs
    colours = Counter(
        p.declared_rag.overall for p in result.portfolio.all(Project) if p.declared_rag
    )
    assert colours["amber"] == theirs["amber"] + theirs["amber-green"]
    assert colours["red"] == theirs["red"] + theirs["amber-red"]
    assert colours["green"] == theirs["green"]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("field", "starts"),
    [
        ("start", ("project - start date", "start_date")),
        ("baseline_finish", ("project - end date", "end_date")),
        ("bac", ("total baseline whole", "whole life cost total", "total budgeted whole")),
        ("declared_rag.comment", ("departmental commentary on actions", "rating_comment")),
    ],
)
def test_the_counts_of_exempt_and_missing_cells_agree_with_the_file(
    mappings: Path, year: int, field: str, starts: tuple[str, ...]
) -> None:
    rows, result = gmpp(mappings, year)
    cells = column(rows, *starts)
    exempt = sum("exempt" in cell[:15].lower() for cell in cells)
    counted = result.field(field)
    assert counted.exempt == exempt
    assert counted.converted + counted.missing + exempt == len(rows)
    if field != "declared_rag.comment":
        assert counted.converted == sum(any(c.isdigit() for c in cell[:4]) for cell in cells)


@pytest.mark.parametrize("year", YEARS)
def test_the_money_adds_up_to_that_of_the_file(mappings: Path, year: int) -> None:
    rows, result = gmpp(mappings, year)
    cells = column(rows, "total baseline whole", "whole life cost total", "total budgeted whole")
    millions = [c.lstrip("Ł").replace(",", "") for c in cells if any(d.isdigit() for d in c[:4])]
    ours = sum(p.bac.amount for p in result.portfolio.all(Project) if p.bac)
    assert ours == sum(map(Decimal, millions)) * 1_000_000


def test_the_edition_with_one_project_a_column_gives_the_same_projects(mappings: Path) -> None:
    _, clean = gmpp(mappings, 2014)
    mapping = (mappings / "uk-gmpp-2014-as-published.yaml").read_text()
    turned = run_import(mapping, real_data("uk-gmpp", "messy", "uk_2014.csv"))
    assert turned.problems == []
    facts = [
        {
            p.id: (p.name, p.tags, p.start, p.baseline_finish, p.bac)
            for p in r.portfolio.all(Project)
        }
        for r in (clean, turned)
    ]
    # The clean file has one row more, which holds nothing but the number of its row.
    assert set(facts[0]) - set(facts[1]) == {"unnamed-200"}
    assert facts[1].items() <= facts[0].items()


def test_the_projects_of_three_agencies_keep_their_facts(mappings: Path) -> None:
    path = real_data("us-itdashboard", "projects_2013_part.csv")
    rows = rows_of(path)
    result = run_import((mappings / "us-itdashboard.yaml").read_text(), path)
    projects = result.portfolio.all(Project)
    assert result.broken() == []
    assert len(projects) == len(rows) == 385
    assert Counter(str(p.portfolio) for p in projects) == {
        "department-of-defense": 174,
        "department-of-agriculture": 172,
        "department-of-the-interior": 39,
    }
    assert len(result.portfolio.all(Programme)) == len(
        {r["Unique Investment Identifier"] for r in rows}
    )
    # The one row that is there twice is written twice and listed.
    assert [(p.field, p.effect) for p in result.problems] == [
        ("id", "it is written as p-007-000002213-2672-2")
    ]
    assert sum(p.bac.amount for p in projects if p.bac) == 1_000_000 * sum(
        Decimal(r["Planned Cost ($ M)"]) for r in rows if r["Planned Cost ($ M)"]
    )
    assert result.field("start", table=2).missing == sum(not r["Start Date"] for r in rows)
    # Ends before it starts: a fact, not ours to repair.
    assert sum(bool(p.start and p.baseline_finish and p.start > p.baseline_finish)
               for p in projects) == 1  # fmt: skip


def test_the_incidents_of_a_service_desk_keep_their_times(mappings: Path) -> None:
    path = real_data("itsm-incidents", "incidents_last_event_part.csv")
    rows = rows_of(path)
    result = run_import((mappings / "service-desk-incidents.yaml").read_text(), path)
    incidents = {incident.id: incident for incident in result.portfolio.all(Incident)}
    assert (result.broken(), result.problems) == ([], [])
    assert len(incidents) == len(rows) == 445
    for row in rows:
        incident = incidents[row["number"].lower()]
        assert f"{incident.opened:%d-%m-%Y %H:%M}" == row["opened_at"]
        resolved = f"{incident.resolved:%d-%m-%Y %H:%M}" if incident.resolved else "?"
        assert resolved == row["resolved_at"]
        assert incident.priority == f"P{row['priority'][0]}"


def test_the_gates_of_a_water_company_keep_their_dates(mappings: Path) -> None:
    path = real_data("melbourne-water", "capital_delivery_deidentified.csv")
    rows = rows_of(path)
    day = date(2024, 3, 1)
    result = run_import((mappings / "melbourne-water.yaml").read_text(), path, as_of=day)
    assert (result.broken(), result.problems) == ([], [])
    assert len(result.portfolio.all(Project)) == len(rows) == 445
    assert Counter(str(p.programme) for p in result.portfolio.all(Project)) == Counter(
        row["Delivery Program"].lower().replace(" - ", "-").replace(" ", "-") for row in rows
    )
    gates = Counter(gate.id.partition(".")[2] for gate in result.portfolio.all(Gate))
    assert gates == {
        "business-case": sum(bool(r["BCA"]) for r in rows),
        "first-business-case": sum(bool(r["PBC"]) for r in rows),
    }
    stages = [m for m in result.portfolio.all(Milestone) if m.id.endswith(".stage-2")]
    theirs = sorted(r["Stage2"][:10] for r in rows if r["Stage2"])
    assert sorted(str(m.actual or m.forecast) for m in stages) == theirs
    assert sum(m.actual is not None for m in stages) == sum(d <= "2024-03-01" for d in theirs)
