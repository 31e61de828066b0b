"""`pmo import mspdi`: what the user sees, what is written, and what is never overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import pmo
from tests.exchange.mspdi import file, link, task

PLAN = file(task(1, Notes="call the crane"), task(2, link(1), Manual=1), task(3, link(2)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.xml").write_bytes(PLAN)
    return tmp_path


def test_a_new_folder_becomes_a_portfolio_that_validates(folder: Path) -> None:
    ran = pmo("import", "mspdi", "plan.xml", "--into", "new", cwd=folder)
    assert ran.returncode == 0
    assert ran.stderr == (
        "harbour-wall: Harbour wall, 2026-03-02 to 2026-03-31\n"
        "  3 activities, 2 links, 1 calendar\n"
        "made: 1 person\n"
        "left out, or not as it was:\n"
        "      1  notes: left out\n"
        "         1 Task 1\n"
        "      1  manually scheduled tasks: start no earlier than their date (SNET)\n"
        "         2 Task 2\n"
        "wrote 3 files into new\n"
    )
    checked = pmo("-C", "new", "validate", cwd=folder)
    assert (checked.returncode, "0 errors" in checked.stdout + checked.stderr) == (0, True)


def test_the_lines_fit_a_terminal(folder: Path) -> None:
    long = " ".join(["A task whose name goes on"] * 9)
    many = [task(n, Name=f"{n} {long}", Notes="x", Priority=n + 1) for n in range(1, 30)]
    (folder / "long.xml").write_bytes(file(*many))
    ran = pmo("import", "mspdi", "long.xml", "--into", "new", cwd=folder)
    assert max(map(len, ran.stderr.splitlines())) <= 80
    assert "and 26 more" in ran.stderr


def test_a_second_import_replaces_the_first_and_keeps_the_calendars_of_others(
    folder: Path,
) -> None:
    night = PLAN.replace(b"<Name>Standard", b"<Name>Site").replace(
        b"08:00:00</From", b"07:00:00</From"
    )
    (folder / "site.xml").write_bytes(night.replace(b"Harbour wall", b"Quay"))
    for name in ("plan.xml", "site.xml", "plan.xml"):
        ran = pmo("import", "mspdi", name, "--into", "new", cwd=folder)
        assert ran.returncode == 0, ran.stderr
        assert "earlier imports" not in ran.stderr
    settings = (folder / "new" / "pmo.yaml").read_text()
    assert ("standard:" in settings, "site:" in settings) == (True, True)
    assert pmo("-C", "new", "validate", cwd=folder).returncode == 0


def test_a_pmo_yaml_of_ones_own_is_not_touched(folder: Path) -> None:
    own = "organisation: {name: Mine, currency: EUR}\n"
    (folder / "pmo.yaml").write_text(own)
    ran = pmo("import", "mspdi", "plan.xml", cwd=folder)
    assert (folder / "pmo.yaml").read_text() == own
    assert "stays as it is, and lacks calendars of the plan" in ran.stderr
    assert ran.stdout.startswith("calendars:\n  standard:")
    (folder / "pmo.yaml").write_text(own + ran.stdout)
    assert pmo("validate", "--as-of", "2026-03-02", cwd=folder).returncode == 0


def test_a_table_goes_when_the_plan_shrinks_only_after_it_is_named(folder: Path) -> None:
    long = file(*(task(n) for n in range(1, 400)))
    for content in (long, long, PLAN):
        (folder / "plan.xml").write_bytes(content)
        ran = pmo("import", "mspdi", "plan.xml", "--into", "new", cwd=folder)
        assert ran.returncode == 0, ran.stderr
    assert "first projects/activities.harbour-wall.csv: delete it" in ran.stderr


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    ran = pmo("import", "mspdi", "plan.xml", "--into", "new", "--dry-run", cwd=folder)
    assert ("3 activities" in ran.stderr, (folder / "new").exists()) == (True, False)


def test_strict_ends_with_1_where_something_is_left_out(folder: Path) -> None:
    words = ("import", "mspdi", "plan.xml", "--into", "new", "--strict")
    assert pmo(*words, cwd=folder).returncode == 1
    (folder / "plan.xml").write_bytes(file(task(1)))
    assert pmo(*words, cwd=folder).returncode == 0


def test_everything_left_out_goes_into_a_table(folder: Path) -> None:
    pmo("import", "mspdi", "plan.xml", "--into", "new", "--problems", "out.csv", cwd=folder)
    assert (folder / "out.csv").read_text().splitlines()[:2] == [
        "what,name",
        "notes: left out,1 Task 1",
    ]


def test_an_id_that_is_taken_asks_for_another(folder: Path) -> None:
    (folder / "pmo.yaml").write_text("organisation: {name: Mine, currency: EUR}\n")
    (folder / "people.yaml").write_text("person: {id: harbour-wall, name: Wall}\n")
    ran = pmo("import", "mspdi", "plan.xml", cwd=folder)
    assert ran.returncode == 2
    assert "it is a person in people.yaml:1" in ran.stderr
    again = pmo("import", "mspdi", "plan.xml", "--project", "wall", cwd=folder)
    assert again.returncode == 0
    assert (folder / "projects" / "wall.yaml").is_file()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("plan.mpp", b"\xd0\xcf\x11\xe0", "save it there as XML"),
        ("x.xml", b"<!DOCTYPE x><x/>", "document type declaration"),
        ("x.xml", PLAN[:-30], "ends in the middle"),
        ("x.csv", b"a,b\n1,2\n", "not XML"),
    ],
)
def test_a_file_that_is_none_ends_with_2(
    folder: Path, name: str, content: bytes, told: str
) -> None:
    (folder / name).write_bytes(content)
    ran = pmo("import", "mspdi", name, "--into", "new", cwd=folder)
    assert (ran.returncode, ran.stderr.startswith(f"error: {name}: ")) == (2, True)
    assert told in ran.stderr
    assert not (folder / "new").exists()


def test_a_schedule_takes_no_mapping(folder: Path) -> None:
    ran = pmo("import", "mspdi", "plan.xml", "-m", "x", "--into", "new", cwd=folder)
    assert (ran.returncode, "--mapping is for tables" in ran.stderr) == (2, True)


def test_the_page_about_imports_shows_what_is_told(folder: Path, repository: Path) -> None:
    shutil.copy(repository / "examples" / "import" / "harbour.xml", folder)
    ran = pmo("import", "mspdi", "harbour.xml", "--into", "portfolio", cwd=folder)
    page = (repository / "docs" / "import.md").read_text()
    assert f"```text\n{ran.stderr}```" in page


def test_a_currency_is_three_capitals(folder: Path) -> None:
    words = ("import", "mspdi", "plan.xml", "--into", "new", "--currency")
    assert "--currency 'eur' is no ISO 4217 code" in pmo(*words, "eur", cwd=folder).stderr
    assert pmo(*words, "EUR", cwd=folder).returncode == 0
    assert "currency: EUR" in (folder / "new" / "pmo.yaml").read_text()
