"""The conventions of the command line, which scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import pmo

SETTINGS = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
PEOPLE = "people: [{id: anna, name: Anna Sample, role: Lead, start_date: 2020-01-01}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a portfolio of one person."""
    (tmp_path / "pmo.yaml").write_text(SETTINGS)
    (tmp_path / "people.yaml").write_text(PEOPLE)
    return tmp_path


def test_a_clean_portfolio_exits_with_0(folder: Path) -> None:
    done = pmo("validate", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 files, 1 entity: 0 errors" in done.stderr


def test_findings_exit_with_1_and_go_to_stdout(folder: Path) -> None:
    (folder / "risks.yaml").write_text("risk: {id: late, title: Late, owner: ana}\n")
    done = pmo("-C", folder, "validate")
    assert done.returncode == 1
    assert "risks.yaml:1:38: error REF-BROKEN" in done.stdout
    assert "= hint: did you mean anna?" in done.stdout


@pytest.mark.parametrize("where", ["before", "after"])
def test_shared_options_stand_before_or_after_the_command(folder: Path, where: str) -> None:
    shared = ("-C", folder, "--as-of", "2026-01-15", "-q")
    arguments = (*shared, "validate") if where == "before" else ("validate", *shared)
    done = pmo(*arguments, "--format", "json")
    assert json.loads(done.stdout)["as_of"] == "2026-01-15"


def test_json_is_one_document_with_a_version(folder: Path) -> None:
    (folder / "risks.yaml").write_text("risk: {id: late, title: Late, owner: ana}\n")
    document = json.loads(pmo("validate", "--format", "json", cwd=folder).stdout)
    assert {key: document[key] for key in ("version", "command", "portfolio", "as_of")} == {
        "version": 1,
        "command": "validate",
        "portfolio": "Test",
        "as_of": "2026-03-31",
    }
    (found,) = (d for d in document["data"]["diagnostics"] if d["severity"] == "error")
    assert found["code"] == "REF-BROKEN"
    assert (found["path"], found["line"], found["column"]) == ("risks.yaml", 1, 38)
    assert (found["end_line"], found["end_column"]) == (1, 41)
    assert found["related"][0]["path"] == "people.yaml"
    assert document["data"]["summary"]["errors"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("validate", "nowhere.yaml"), "there is no file or folder nowhere.yaml"),
        (("validate", "--as-of", "soon"), "is not a date"),
        (("show", "rsk"), "did you mean risk?"),
        (("show", "risk", "--columns", "titel"), "did you mean title?"),
        (("explain", "RSK-NO-RESPONS"), "did you mean RSK-NO-RESPONSE"),
        (("validate", "--with", "nowhere"), "there is no such folder"),
    ],
)
def test_a_usage_error_exits_with_2_and_says_what_was_expected(
    folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = pmo(*arguments, cwd=folder)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_portfolio_the_way_to_one_is_shown(tmp_path: Path) -> None:
    done = pmo("validate", cwd=tmp_path)
    assert done.returncode == 2
    assert "`pmo init` starts a portfolio" in done.stderr


def test_a_broken_pmo_yaml_exits_with_2_and_shows_every_fault_in_it(folder: Path) -> None:
    (folder / "pmo.yaml").write_text("organisation: {name: X, currency: GBP}\nas_of: soon\nx: 1\n")
    done = pmo("validate", cwd=folder)
    assert done.returncode == 2
    assert "pmo.yaml:2:8: error FLD-TYPE" in done.stderr
    assert "pmo.yaml:3:1: error FLD-UNKNOWN" in done.stderr


def test_paths_limit_what_is_shown_and_counted(folder: Path) -> None:
    (folder / "a.yaml").write_text("risk: {id: late, title: Late, owner: ana}\n")
    (folder / "b.yaml").write_text("risk: {id: dear, title: Dear, owner: ana}\n")
    done = pmo("validate", "b.yaml", cwd=folder)
    assert "b.yaml" in done.stdout
    assert "a.yaml" not in done.stdout
    assert "1 error," in done.stderr


def test_warnings_fail_only_with_strict(folder: Path) -> None:
    (folder / "unknown-table.csv").write_text("a,b\n1,2\n")
    assert pmo("validate", cwd=folder).returncode == 0
    assert pmo("validate", "--strict", cwd=folder).returncode == 1
    assert pmo("validate", "--fail-on", "warning", cwd=folder).returncode == 1


def test_nothing_is_written_into_the_portfolio(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for command in (("validate",), ("show", "people"), ("deps",), ("report", "board")):
        pmo(*command, cwd=folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_version_is_one_line() -> None:
    done = pmo("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("pmo 0.")


class TestInit:
    """`pmo init` writes a portfolio that validates, and overwrites nothing."""

    def test_what_it_writes_has_no_finding(self, tmp_path: Path) -> None:
        assert pmo("init", tmp_path / "new", "--country", "GB/ENG").returncode == 0
        done = pmo("-C", tmp_path / "new", "validate", "--strict")
        assert done.stdout == ""
        assert done.returncode == 0

    def test_it_refuses_a_folder_that_has_one_of_its_files(self, tmp_path: Path) -> None:
        (tmp_path / "risks.yaml").write_text("mine\n")
        done = pmo("init", tmp_path)
        assert done.returncode == 2
        assert sorted(path.name for path in tmp_path.iterdir()) == ["risks.yaml"]

    def test_the_workflow_pins_the_version_and_can_only_read(self, tmp_path: Path) -> None:
        pmo("init", tmp_path / "new")
        text = (tmp_path / "new/.github/workflows/portfolio.yml").read_text()
        assert 'pip install -c "$RUNNER_TEMP/constraints.txt" pmo-cli==0.' in text
        assert "permissions:\n  contents: read\n" in text
        assert "pull_request_target" not in text

    def test_the_job_is_for_the_service_that_is_named(self, tmp_path: Path) -> None:
        assert pmo("init", tmp_path / "new", "--ci", "gitlab").returncode == 0
        assert "pmo-cli==0." in (tmp_path / "new/.gitlab-ci.yml").read_text()
        assert not (tmp_path / "new/.github").exists()
        assert pmo("-C", tmp_path / "new", "validate", "--strict").returncode == 0

    def test_the_example_is_copied_whole(self, tmp_path: Path, repository: Path) -> None:
        assert pmo("init", "--example", tmp_path / "demo").returncode == 0
        there = repository / "examples/meridian"
        wanted = {p.relative_to(there) for p in there.rglob("*") if p.is_file()}
        copied = {
            p.relative_to(tmp_path / "demo") for p in (tmp_path / "demo").rglob("*") if p.is_file()
        }
        assert copied == wanted


class TestShow:
    """`pmo show` lists one kind, for people and for programs."""

    def test_csv_neutralises_what_a_spreadsheet_would_run(self, folder: Path) -> None:
        (folder / "risks.yaml").write_text("risk: {id: late, title: '=1+1', owner: anna}\n")
        done = pmo("show", "risk", "--format", "csv", "--columns", "id,title", cwd=folder)
        assert done.stdout == "id,title\nlate,'=1+1\n"

    def test_a_workbook_has_a_sheet_with_the_rows(self, folder: Path, tmp_path: Path) -> None:
        from python_calamine import CalamineWorkbook

        target = tmp_path / "people.xlsx"
        assert pmo("show", "people", "--format", "xlsx", "-o", target, cwd=folder).returncode == 0
        sheet = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("people").to_python()
        heading, row = sheet
        assert row[heading.index("name")] == "Anna Sample"

    def test_it_does_not_replace_somebody_elses_file(self, folder: Path) -> None:
        target = folder / "mine.csv"
        target.write_text("mine")
        done = pmo("show", "people", "--format", "csv", "-o", target, cwd=folder)
        assert done.returncode == 2
        assert target.read_text() == "mine"
        assert (
            pmo("show", "people", "--format", "csv", "-o", target, "--force", cwd=folder).returncode
            == 0
        )

    def test_rows_are_limited_by_a_selector(self, folder: Path) -> None:
        (folder / "risks.yaml").write_text(
            "risks: [{id: late, title: L, owner: anna, tags: [a]},"
            " {id: dear, title: D, owner: anna}]"
        )
        done = pmo("show", "risk", "tag:a", "--format", "json", cwd=folder)
        assert [row["id"] for row in json.loads(done.stdout)["data"]["rows"]] == ["late"]


class TestExplain:
    """`pmo explain` knows every code, kind, field, column, formula and setting."""

    @pytest.mark.parametrize(
        ("topic", "words"),
        [
            ("REF-BROKEN", "REF-BROKEN (error)"),
            ("risk", "An uncertain event"),
            ("project.bac", "Budget at completion"),
            ("person.capacity", "person.capacity (computed, pmo show person)"),
            ("utilisation", "team.utilisation (computed"),
            ("settings", "organisation.currency"),
            ("kinds", "milestone"),
            ("rules", "RSK-NO-RESPONSE"),
            ("formulas", "damages"),
        ],
    )
    def test_topics(self, topic: str, words: str) -> None:
        assert words in pmo("explain", topic).stdout
