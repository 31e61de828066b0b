"""`pmo import`: what it writes, what it refuses to write over, and what it tells."""

from __future__ import annotations

import csv
from importlib import import_module
from pathlib import Path

import pytest

from pmo_cli.commands.import_ import Source
from tests.cli.running import pmo

MAPPING = """\
pmo: {organisation: {name: Test, currency: GBP}}
tables:
  - kind: project
    id: name
    fields: {name: name, sponsor: {value: ida}, start: start}
entities: {people: [{id: ida, name: Ida Berg}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.yaml").write_text(MAPPING)
    (tmp_path / "p.csv").write_text("name,start\nAtlas,2026-01-05\n=Beacon,soon\n")
    return tmp_path


def test_every_source_that_is_offered_is_a_module_that_converts() -> None:
    offered = [each.value for each in Source]
    assert offered == ["csv", "mspdi", "openslo", "xer", "xlsx"]
    for name in offered:
        module = import_module(f"portfolio.application.imports.sources.{name}")
        assert isinstance(module.NEEDS_MAPPING, bool)
        assert callable(module.convert)


def test_a_new_folder_becomes_a_portfolio_that_validates(folder: Path) -> None:
    ran = pmo("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new/one", cwd=folder)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "p.csv: 2 rows, 2 projects" in ran.stderr
    assert "p.csv: row 3, start is 'soon'; expected a date written YYYY-MM-DD" in ran.stderr
    assert "wrote 4 files into new/one" in ran.stderr
    assert pmo("-C", "new/one", "validate", cwd=folder).returncode == 0


def test_as_of_freezes_the_new_portfolio(folder: Path) -> None:
    pmo("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new", "--as-of", "2026-02-01",
        cwd=folder)  # fmt: skip
    assert "as_of: 2026-02-01\n" in (folder / "new" / "pmo.yaml").read_text()


def test_a_second_import_replaces_its_own_files_and_mentions_what_is_left(folder: Path) -> None:
    words = ("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new")
    pmo(*words, cwd=folder)
    (folder / "p.csv").write_text("name,start\nAtlas,2026-02-05\n")
    ran = pmo(*words, cwd=folder)
    assert ran.returncode == 0
    assert "start: 2026-02-05" in (folder / "new" / "projects" / "atlas.yaml").read_text()
    assert "1 file of earlier imports stays as it was, first projects/beacon.yaml" in ran.stderr


def test_the_users_own_settings_stay_and_their_currency_counts(folder: Path) -> None:
    settings = "organisation: {name: Ours, currency: EUR}\n"
    (folder / "new").mkdir()
    (folder / "new" / "pmo.yaml").write_text(settings)
    mapping = MAPPING.replace("start: start}", "bac: start}") + "money: {currency: GBP}\n"
    (folder / "list.yaml").write_text(mapping)
    (folder / "p.csv").write_text("name,start\nAtlas,5\n")
    ran = pmo("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new", cwd=folder)
    assert ran.returncode == 0
    assert (folder / "new" / "pmo.yaml").read_text() == settings
    assert "bac: 5 GBP\n" in (folder / "new" / "projects" / "atlas.yaml").read_text()


def test_a_dry_run_counts_and_writes_nothing(folder: Path) -> None:
    ran = pmo("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new", "--dry-run", cwd=folder)
    assert (ran.returncode, (folder / "new").exists()) == (0, False)
    assert "2 projects" in ran.stderr


def test_strict_fails_when_anything_was_not_understood(folder: Path) -> None:
    words = ("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new", "--strict")
    assert pmo(*words, cwd=folder).returncode == 1
    (folder / "p.csv").write_text("name,start\nAtlas,\n")
    assert pmo(*words, cwd=folder).returncode == 0


def test_equal_problems_are_one_with_their_number_and_the_first_rows(folder: Path) -> None:
    rows = "".join(f"P{n},soon\n" for n in range(1102))
    (folder / "p.csv").write_text(f"name,start\n{rows}Q,later\n")
    ran = pmo("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new", "--problems", "out.csv",
              cwd=folder)  # fmt: skip
    assert ran.stderr.count("start is 'soon'") == 1
    assert "row 2, start is 'soon'" in ran.stderr
    assert "1,102 times, also in row 3, 4 and 1,099 more" in ran.stderr
    assert "start is 'later'" in ran.stderr
    assert "--problems FILE lists all 1,103" in ran.stderr
    assert len((folder / "out.csv").read_text().splitlines()) == 1104


def test_all_problems_are_a_table_that_no_spreadsheet_runs(folder: Path) -> None:
    (folder / "p.csv").write_text("name,start\n" + "".join(f"P{n},=1+{n}\n" for n in range(30)))
    ran = pmo("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new", "--problems", "out.csv",
              cwd=folder)  # fmt: skip
    assert "… and 10 more of 30: --problems FILE lists all" in ran.stderr
    with (folder / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["row"], r["column"], r["value"]) for r in rows[:2]] == [
        ("2", "start", "'=1+0"), ("3", "start", "'=1+1")
    ]  # fmt: skip
    assert len(rows) == 30


def test_a_broken_mapping_is_shown_at_its_place_and_nothing_is_written(folder: Path) -> None:
    (folder / "list.yaml").write_text(MAPPING.replace("start: start", "strat: start"))
    ran = pmo("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new", cwd=folder)
    assert ran.returncode == 2
    assert "list.yaml:5:56: error MAP-FIELD project has no field 'strat'" in ran.stderr
    assert "did you mean start?" in ran.stderr
    assert not (folder / "new").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("csv", "q.csv", "-m", "list.yaml"), "there is no file q.csv"),
        (("xlsx", "p.csv", "-m", "list.yaml"), "p.csv is no xlsx file"),
        (("csv", "p.csv", "-m", "nowhere"), "there is no mapping 'nowhere'"),
        (("csv", "p.csv", "-m", "nowhere.yaml"), "nowhere.yaml cannot be read"),
        (("csv", "p.csv"), "--mapping"),
    ],
)
def test_usage_that_cannot_be_meant_ends_with_2(
    folder: Path, words: tuple[str, ...], told: str
) -> None:
    ran = pmo("import", *words, "--into", "new", cwd=folder)
    assert ran.returncode == 2
    assert told in ran.stderr


def test_a_mapping_is_found_by_name_in_the_portfolio_and_among_the_shipped_ones(
    folder: Path,
) -> None:
    place = folder / "new" / ".pmo" / "mappings"
    place.mkdir(parents=True)
    (place / "ours.yaml").write_text(MAPPING)
    ran = pmo("import", "csv", "p.csv", "-m", "ours", "--into", "new", cwd=folder)
    assert ran.returncode == 0, ran.stderr
    ran = pmo("import", "csv", "p.csv", "-m", "uk-gmpp", "--into", "new", cwd=folder)
    assert "there is no column" in ran.stderr


def test_without_settings_on_either_side_there_is_no_portfolio(folder: Path) -> None:
    (folder / "list.yaml").write_text(MAPPING.partition("\n")[2])
    ran = pmo("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new", cwd=folder)
    assert ran.returncode == 2
    assert "the mapping has no `pmo:` to write one from" in ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--into", "p.csv/new"), "cannot be written"),
        (("--into", "new", "--problems", "."), ". is a folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_said_so(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    ran = pmo("import", "csv", "p.csv", "-m", "list.yaml", *words, cwd=folder)
    assert ran.returncode == 2
    assert said in ran.stderr


def test_past_and_future_need_a_day(folder: Path) -> None:
    mapping = MAPPING.replace("start: start}", "start: {column: start, when: past}}")
    (folder / "list.yaml").write_text(mapping)
    words = ("import", "csv", "p.csv", "-m", "list.yaml", "--into", "new")
    ran = pmo(*words, cwd=folder)
    assert ran.returncode == 2
    assert "give --as-of DATE" in ran.stderr
    assert pmo(*words, "--as-of", "2026-02-01", cwd=folder).returncode == 0
