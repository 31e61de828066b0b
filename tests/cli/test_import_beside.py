"""`pmo import` into a portfolio that people write: it adds beside, and replaces nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import contents, is_valid, pmo

MAPPING = """\
tables:
  - file: people.csv
    optional: true
    kind: person
    id: Name
    fields: {name: Name, role: Role}
  - file: projects.csv
    kind: project
    id: Project
    fields: {name: Project, sponsor: {column: Lead, create: {}}, objectives.objective: Goal}
  - file: stages.csv
    optional: true
    kind: milestone
    id: Stage
    fields: {project: Project, name: Stage, forecast: Day, owner: Lead}
"""
PROJECTS = "Project,Lead,Goal\nData hub,Alex Sample,faster-service\nFirst project,Ida Berg,\n"


@pytest.fixture
def folder(started_portfolio: Path) -> Path:
    (started_portfolio / "m.yaml").write_text(MAPPING)
    (started_portfolio / "projects.csv").write_text(PROJECTS)
    return started_portfolio


def tables(folder: Path, *more: str, into: str = "p", mapping: str = "m.yaml") -> str:
    """Import the tables; return what was told."""
    names = ("projects.csv", "people.csv", "stages.csv")
    files = [name for name in names if (folder / name).exists()]
    ran = pmo("import", "csv", *files, "-m", mapping, "--into", into, *more, cwd=folder)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
    return ran.stderr


def test_an_import_adds_to_what_init_wrote_and_changes_no_byte_of_it(
    folder: Path, started: dict[str, bytes]
) -> None:
    (folder / "projects.csv").write_text(PROJECTS + "Tracker,Ida Berg,\n")
    told = tables(folder)
    found = contents(folder / "p")
    assert {path: found[path] for path in started} == started
    assert sorted(found.keys() - started.keys()) == [
        "people-imported.yaml",
        "projects/data-hub.yaml",
        "projects/tracker.yaml",
    ]
    assert "beside files that this import did not write: people-imported.yaml\n" in told
    assert (
        "1 project is there already and was left: first-project\n"
        "  (projects/first-project.yaml:3)\n"
    ) in told
    assert "projects.csv: 3 rows, 2 projects, 1 there already\n" in told
    assert is_valid(folder)


def test_rows_refer_to_what_is_there_by_name_and_by_id(folder: Path) -> None:
    told = tables(folder)
    assert "referred to, there already: 1 objective, 1 person\n" in told
    hub = (folder / "p" / "projects" / "data-hub.yaml").read_text()
    assert "sponsor: alex-sample\n" in hub
    assert "objectives: [faster-service]\n" in hub
    assert "made because" not in told
    assert not (folder / "p" / "people-imported.yaml").exists()


def test_nobody_is_made_for_what_was_left(folder: Path) -> None:
    tables(folder)
    assert "ida-berg" not in "".join(map(bytes.decode, contents(folder / "p").values()))


def test_the_same_import_again_gives_the_same_bytes(folder: Path) -> None:
    first = tables(folder), contents(folder / "p")
    assert (tables(folder), contents(folder / "p")) == first


def test_a_changed_table_changes_what_the_import_wrote(folder: Path) -> None:
    (folder / "projects.csv").write_text("Project,Lead,Goal\nData hub,Ida Berg,\n")
    tables(folder)
    (folder / "projects.csv").write_text("Project,Lead,Goal\nData hub,Jo Lunn,\n")
    tables(folder)
    assert "sponsor: jo-lunn" in (folder / "p" / "projects" / "data-hub.yaml").read_text()
    imported = (folder / "p" / "people-imported.yaml").read_text()
    assert ("jo-lunn" in imported, "ida-berg" in imported) == (True, False)
    assert is_valid(folder)


def test_the_name_beside_stays_when_the_other_file_goes(folder: Path) -> None:
    (folder / "projects.csv").write_text("Project,Lead,Goal\nData hub,Ida Berg,\n")
    tables(folder)
    (folder / "p" / "people.yaml").rename(folder / "p" / "staff.yaml")
    tables(folder)
    assert not (folder / "p" / "people.yaml").exists()
    assert is_valid(folder)


def test_people_who_are_there_are_left_and_named(folder: Path) -> None:
    (folder / "people.csv").write_text(
        "Name,Role\nAlex Sample,Owner\nRobin Example,Cook\nMo Adair,Nurse\n"
    )
    told = tables(folder)
    assert (
        "2 people are there already and were left: alex-sample (people.yaml:3),\n"
        "  robin-example (people.yaml:4)\n"
    ) in told
    assert "Owner" not in (folder / "p" / "people-imported.yaml").read_text()
    assert is_valid(folder)


def test_many_are_counted_and_all_are_named_with_verbose(folder: Path) -> None:
    names = [f"Person {number}" for number in range(9)]
    own = "".join(f"  - {{id: person-{n}, name: {name}}}\n" for n, name in enumerate(names))
    (folder / "p" / "more.yaml").write_text(f"people:\n{own}")
    (folder / "people.csv").write_text("\n".join(["Name,Role", *(f"{n},x" for n in names)]))
    told = tables(folder)
    assert "9 people are there already" in told
    assert "and 4 more" in told
    assert max(map(len, told[told.index("9 people") :].splitlines())) <= 80
    assert "person-8 (more.yaml:10)" in tables(folder, "-v")


def test_what_belongs_to_a_project_that_is_there_is_added_to_it(folder: Path) -> None:
    (folder / "stages.csv").write_text(
        "Stage,Project,Day,Lead\n"
        "Go-live,first-project,2099-08-01,alex-sample\n"
        "Pilot,First project,2099-06-01,Alex Sample\n"
        "Cutover,Data hub,2099-09-01,Ida Berg\n"
    )
    told = tables(folder)
    assert "1 milestone is there already and was left: first-project.go-live" in told
    assert (folder / "p" / "milestones.yaml").read_text().endswith(
        "milestones:\n"
        "  - {id: pilot, project: first-project, name: Pilot, forecast: 2099-06-01, "
        "owner: alex-sample}\n"
    )  # fmt: skip
    assert "cutover" in (folder / "p" / "projects" / "data-hub.yaml").read_text()
    assert is_valid(folder)


def test_an_id_that_is_there_for_another_kind_is_listed(folder: Path) -> None:
    (folder / "projects.csv").write_text("Project,Lead,Goal\nCustomer portal,Alex Sample,\n")
    told = tables(folder)
    assert "an id of its own; customer-portal is a service in business.yaml:6" in told
    assert "(the project is left out)" in told
    assert is_valid(folder)


def test_what_stands_in_a_file_that_cannot_be_read_is_left(folder: Path) -> None:
    (folder / "p" / "projects" / "hub.yaml").write_text("project:\n  id: data-hub\n  name: [\n")
    assert "data-hub (in what cannot be read)" in " ".join(tables(folder).split())
    assert not (folder / "p" / "projects" / "data-hub.yaml").exists()


def test_two_imports_do_not_replace_each_other(folder: Path) -> None:
    (folder / "projects.csv").write_text("Project,Lead,Goal\nData hub,Ida Berg,\n")
    tables(folder)
    first = contents(folder / "p")
    (folder / "other.yaml").write_text(MAPPING)
    (folder / "projects.csv").write_text("Project,Lead,Goal\nPayroll,Mo Adair,\n")
    told = tables(folder, mapping="other.yaml")
    found = contents(folder / "p")
    assert {path: found[path] for path in first} == first
    assert "did not write: people-imported-2.yaml\n" in told
    assert "earlier imports" not in told
    assert is_valid(folder)


def test_measurements_that_are_there_are_known_by_their_values(folder: Path) -> None:
    (folder / "p" / "kpis.yaml").write_text(
        "kpis: [{id: calls, name: Calls, owner: alex-sample, unit: 1, direction: lower}]\n"
        "measurements: [{kpi: calls, period: 2026-02, value: 3}]\n"
    )
    (folder / "m.yaml").write_text(
        "tables:\n  - kind: measurement\n"
        "    fields: {kpi: Kpi, period: Month, value: Number}\n"
    )  # fmt: skip
    (folder / "projects.csv").write_text("Kpi,Month,Number\nCalls,2026-02,4\ncalls,2026-03,5\n")
    told = tables(folder)
    assert "measurement/calls/2026-02" in told
    imported = (folder / "p" / "measurements.yaml").read_text()
    assert ("2026-03" in imported, "2026-02" in imported) == (True, False)


@pytest.mark.parametrize("kind", ["folder", "link", "dangling"])
def test_a_path_that_is_no_file_is_left(folder: Path, kind: str) -> None:
    path = folder / "p" / "projects" / "data-hub.yaml"
    if kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(folder / ("m.yaml" if kind == "link" else "nowhere"))
    tables(folder)
    assert path.is_dir() if kind == "folder" else path.is_symlink()
    assert (folder / "p" / "projects" / "data-hub-imported.yaml").is_file()
    assert (folder / "m.yaml").read_text() == MAPPING


def test_a_dry_run_tells_the_same_and_writes_nothing(
    folder: Path, started: dict[str, bytes]
) -> None:
    told = tables(folder, "--dry-run")
    assert contents(folder / "p") == started
    assert tables(folder).startswith(told)


def test_files_of_other_portfolios_below_are_nobodys_left_overs(folder: Path) -> None:
    (folder / "sub.yaml").write_text(MAPPING + "pmo: {organisation: {name: A, currency: EUR}}\n")
    tables(folder, into="p/sub", mapping="sub.yaml")
    assert "earlier imports" not in tables(folder, mapping="sub.yaml")
