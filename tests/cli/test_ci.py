"""Checking a portfolio in CI: paths, exit statuses, and the files that other repositories use."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from pmo_cli.formats.repository_paths import moved, paths_from_top
from portfolio.diagnostic import Diagnostic, Location, Related, Severity
from tests.cli.running import pmo

ROOT = Path(__file__).resolve().parents[2]
MACHINES = ("github", "gitlab", "sarif", "junit")

FOUND = Diagnostic(
    "REF-BROKEN",
    Severity.ERROR,
    "owner names 'ana', but there is no such person",
    Location("risks.yaml", 4, 10, 4, 13),
    related=(Related(Location("people.yaml", 3, 11, 3, 15), "person 'anna' is here"),),
)


class TestPaths:
    """Services show a finding in the repository, of which the portfolio may be a folder."""

    def test_paths_count_from_the_top_of_the_repository(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        stated = paths_from_top(tmp_path / "change" / "portfolio", ())
        assert stated("risks.yaml") == "change/portfolio/risks.yaml"
        found = moved([FOUND], stated)[0]
        assert found.location.path == "change/portfolio/risks.yaml"
        assert found.related[0].location.path == "change/portfolio/people.yaml"

    def test_without_a_repository_they_count_from_the_portfolio(self, tmp_path: Path) -> None:
        assert paths_from_top(tmp_path, ())("risks.yaml") == "risks.yaml"

    def test_a_finding_without_a_file_is_shown_in_the_settings(self, tmp_path: Path) -> None:
        assert paths_from_top(tmp_path, ())("") == "pmo.yaml"

    def test_an_overlay_keeps_its_own_place(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "top" / ".git").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / "top")
        inside, outside = Path("what-if"), tmp_path / "elsewhere"
        stated = paths_from_top(tmp_path / "top" / "portfolio", (inside, outside))
        assert stated("what-if/late.yaml") == "what-if/late.yaml"
        assert stated(f"{outside.as_posix()}/x.yaml") == f"{outside.as_posix()}/x.yaml"
        assert stated("late.yaml") == "portfolio/late.yaml"


class TestCommand:
    """`pmo validate --format …`, as CI runs it."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Return a portfolio with one error and with information."""
        (tmp_path / "pmo.yaml").write_text(
            "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
        )
        (tmp_path / "people.yaml").write_text(
            "people: [{id: anna, name: Anna Sample, role: Lead, start_date: 2020-01-01}]\n"
        )
        (tmp_path / "risks.yaml").write_text("risk: {id: late, title: Late, owner: ana}\n")
        return tmp_path

    @pytest.mark.parametrize("name", MACHINES)
    def test_the_status_is_that_of_text_and_the_bytes_are_the_same_twice(
        self, folder: Path, name: str
    ) -> None:
        first, second = (pmo("validate", "--format", name, cwd=folder) for _ in range(2))
        assert (first.returncode, second.returncode) == (1, 1)
        assert first.stdout == second.stdout
        assert "REF-BROKEN" in first.stdout
        assert "1 error," in first.stderr

    @pytest.mark.parametrize("name", MACHINES)
    def test_information_is_shown_only_when_asked_for(self, folder: Path, name: str) -> None:
        assert "FLD-EXPECTED" not in pmo("validate", "--format", name, cwd=folder).stdout
        assert "FLD-EXPECTED" in pmo("validate", "-v", "--format", name, cwd=folder).stdout

    @pytest.mark.parametrize("name", MACHINES)
    def test_a_clean_portfolio_exits_with_0(self, folder: Path, name: str) -> None:
        (folder / "risks.yaml").unlink()
        assert pmo("validate", "--format", name, cwd=folder).returncode == 0


class TestShippedFiles:
    """The action and the hook that other repositories use by name."""

    @staticmethod
    def read(path: str) -> Any:  # noqa: ANN401 - what a YAML file holds
        """Return what a file of the repository says."""
        return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))

    def test_the_action_is_composite_and_annotates(self) -> None:
        runs = self.read("action.yml")["runs"]
        assert runs["using"] == "composite"
        assert any("pmo validate --format github" in step["run"] for step in runs["steps"])

    def test_no_input_is_pasted_into_a_script(self) -> None:
        action = self.read("action.yml")
        for step in action["runs"]["steps"]:
            assert "${{" not in step["run"]
            for value in step.get("env", {}).values():
                assert re.fullmatch(r"\$\{\{ inputs\.[a-z-]+ \}\}", value)
                assert value[11:-3] in action["inputs"]

    def test_the_action_installs_this_version(self) -> None:
        stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        version = stated["project"]["version"]
        assert self.read("action.yml")["inputs"]["version"]["default"] == version
        pinned = re.findall(r"pmo-cli==(\S+)", (ROOT / "docs" / "ci.md").read_text("utf-8"))
        assert pinned == [version] * len(pinned) != []

    def test_what_the_page_tells_to_copy_is_yaml_and_grants_no_foreign_code_our_rights(
        self,
    ) -> None:
        page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
        workflow, scan, job, hook = map(
            yaml.safe_load, re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
        )
        # YAML 1.1 reads the key `on` as true.
        assert "pull_request_target" not in {*workflow[True], *scan[True]}
        assert workflow["permissions"] == {"contents": "read"}
        assert {*job["pmo validate"]["artifacts"]["reports"]} == {"codequality", "junit"}
        (shipped,) = self.read(".pre-commit-hooks.yaml")
        assert hook["repos"][0]["hooks"][0]["id"] == shipped["id"]

    def test_the_hook_checks_the_whole_portfolio(self) -> None:
        (hook,) = self.read(".pre-commit-hooks.yaml")
        assert hook["entry"] == "pmo validate"
        assert hook["pass_filenames"] is False
        for name in ("pmo.yaml", "risks.yml", "actions.csv"):
            assert re.search(hook["files"], name)
        assert not re.search(hook["files"], "README.md")
