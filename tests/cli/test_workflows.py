"""The action, the starter's workflow and the hook, run as they will be: bash, git, real clones."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from portfolio.application.starters.portfolio_files import starter_files
from tests.cli.repositories import (
    FILES,
    OVERDUE,
    PROJECT,
    commit,
    git,
    new_repository,
    proposed,
)
from tests.cli.running import pmo
from tests.cli.workflows import Runner, checked_out, inputs, read

Action = dict[str, Any]

FAULT = "::error file=portfolio/actions.yaml,line=2,"
MOVED = "::error file=portfolio/atlas.yaml,line=8,"


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """Return the repository that a service serves; its main branch holds a clean portfolio."""
    return new_repository(tmp_path / "upstream", FILES)


@pytest.fixture(scope="module")
def action(repository: Path) -> Action:
    """Return the shipped action."""
    stated: Action = read(repository / "action.yml")
    return stated


class TestAction:
    """`action.yml`: the step that validates, with pmo installed where the step before puts it."""

    @staticmethod
    def validated(
        action: Action,
        runner: Runner,
        **given: str,
    ) -> subprocess.CompletedProcess[str]:
        stated = inputs(action, **{"directory": "portfolio", **given})
        return runner.step(action["runs"]["steps"][1], stated)

    def test_a_clean_portfolio_passes_without_a_word(self, action: Action, upstream: Path) -> None:
        done = self.validated(action, checked_out(upstream, "refs/heads/main"))
        assert (done.returncode, done.stdout) == (0, ""), done.stderr

    def test_a_fault_fails_and_is_annotated_in_the_repository(
        self, action: Action, upstream: Path
    ) -> None:
        commit(upstream, {"portfolio/actions.yaml": OVERDUE})
        done = self.validated(action, checked_out(upstream, "refs/heads/main", depth=1))
        assert done.returncode == 1
        assert FAULT in done.stdout
        assert "title=pmo REF-BROKEN" in done.stdout

    def test_warnings_fail_where_that_is_asked_for(self, action: Action, upstream: Path) -> None:
        overdue = OVERDUE.replace("nobody", "anna")
        commit(upstream, {"portfolio/actions.yaml": overdue})
        runner = checked_out(upstream, "refs/heads/main")
        assert self.validated(action, runner).returncode == 0
        done = self.validated(action, runner, fail_on="warning")
        assert done.returncode == 1
        assert "::warning file=portfolio/actions.yaml,line=2," in done.stdout

    def test_an_input_is_a_value_and_never_a_command(self, action: Action, upstream: Path) -> None:
        runner = checked_out(upstream, "refs/heads/main")
        for word in ("$(touch evil)", "`touch evil`", "; touch evil", '" ; touch evil ; "'):
            assert self.validated(action, runner, directory=word).returncode == 2
            assert self.validated(action, runner, against=word).returncode == 2
        assert not (runner.workspace / "evil").exists()

    def test_python_takes_no_module_of_the_checkout_for_its_own(
        self, action: Action, tmp_path: Path
    ) -> None:
        (install, _) = action["runs"]["steps"]
        machine = Runner(tmp_path / "machine", tmp_path)
        (tmp_path / "venv.py").write_text("raise SystemExit('evil')\n")
        (tmp_path / "pip").mkdir()
        (tmp_path / "pip" / "__main__.py").write_text("raise SystemExit('evil')\n")
        words = " ".join(install["run"].replace("\\\n", " ").split())
        make, ask = re.findall(r"\S*python3?\"? (.*?-m \w+)", words)
        for command, rest in ((make, "--help"), (ask, "--version")):
            done = machine.run(f'"{sys.executable}" {command} {rest}')
            assert (done.returncode, "evil" in done.stderr) == (0, False), done.stderr

    def test_a_folder_with_a_space_is_found(self, action: Action, tmp_path: Path) -> None:
        files = {name.replace("portfolio/", "our portfolio/"): text for name, text in FILES.items()}
        files["our portfolio/actions.yaml"] = OVERDUE
        runner = checked_out(new_repository(tmp_path / "upstream", files), "refs/heads/main")
        done = self.validated(action, runner, directory="our portfolio")
        assert done.returncode == 1
        assert "::error file=our portfolio/actions.yaml,line=2," in done.stdout


class TestPullRequest:
    """The same on a pull request: `against` names the branch that it goes to."""

    @staticmethod
    def validated(action: Action, runner: Runner) -> subprocess.CompletedProcess[str]:
        stated = inputs(action, directory="portfolio", against="origin/main")
        return runner.step(action["runs"]["steps"][1], stated)

    def test_its_own_fault_fails(self, action: Action, upstream: Path) -> None:
        proposed(upstream, {"portfolio/actions.yaml": OVERDUE})
        done = self.validated(action, checked_out(upstream, "refs/pull/1/merge"))
        assert done.returncode == 1
        assert FAULT in done.stdout

    def test_somebody_elses_fault_does_not(self, action: Action, upstream: Path) -> None:
        commit(upstream, {"portfolio/actions.yaml": OVERDUE})
        proposed(upstream, {"portfolio/ben.yaml": "person: {id: ben, name: Ben Sample}\n"})
        done = self.validated(action, checked_out(upstream, "refs/pull/1/merge"))
        assert (done.returncode, done.stdout) == (0, "")
        assert "has already" in done.stderr

    def test_an_approved_date_that_moved_fails(self, action: Action, upstream: Path) -> None:
        proposed(upstream, {"portfolio/atlas.yaml": PROJECT.replace("06-30", "07-31")})
        done = self.validated(action, checked_out(upstream, "refs/pull/1/merge"))
        assert done.returncode == 1
        assert MOVED in done.stdout
        assert "CHG-APPROVED-VALUE-MOVED" in done.stdout

    def test_a_shallow_clone_with_the_base_is_enough(self, action: Action, upstream: Path) -> None:
        proposed(upstream, {"portfolio/atlas.yaml": PROJECT.replace("06-30", "07-31")})
        runner = checked_out(upstream, "refs/pull/1/merge", depth=2)
        main = "+refs/heads/main:refs/remotes/origin/main"
        git(runner.workspace, "fetch", "-q", "--depth=1", "origin", main)
        done = self.validated(action, runner)
        assert done.returncode == 1
        assert MOVED in done.stdout

    def test_a_shallow_clone_without_it_fails_and_says_what_to_fetch(
        self, action: Action, upstream: Path
    ) -> None:
        proposed(upstream, {"portfolio/actions.yaml": OVERDUE})
        done = self.validated(action, checked_out(upstream, "refs/pull/1/merge", depth=1))
        assert done.returncode == 2
        assert "shallow clone" in done.stderr
        assert "fetch-depth: 0" in done.stderr


def _install() -> str:
    """Return the script that installs pmo in the job that `pmo init` writes."""
    files = starter_files("T", "GBP", date(2026, 3, 31), "0.1.0")
    steps = yaml.safe_load(files[".github/workflows/portfolio.yml"])["jobs"]["validate"]["steps"]
    (script,) = [step["run"] for step in steps if "pip install" in step.get("run", "")]
    return str(script)


class TestStarter:
    """The workflow that `pmo init` writes into a new portfolio."""

    @staticmethod
    def validated(upstream: Path, event: str, ref: str) -> subprocess.CompletedProcess[str]:
        runner = checked_out(upstream, ref)
        workflow = yaml.safe_load(
            starter_files("Test", "GBP", date(2026, 3, 31), "0.1.0")[
                ".github/workflows/portfolio.yml"
            ]
        )
        steps = workflow["jobs"]["validate"]["steps"]
        (step,) = [s for s in steps if s.get("if", "").replace("!=", "==").startswith(
            "github.event_name ==") and (event == "pull_request") == ("==" in s["if"])]  # fmt: skip
        path = f'PATH="{runner.temporary}/pmo/bin:$PATH"; cd portfolio; '
        return runner.step({**step, "run": path + step["run"]}, {"github.base_ref": "main"})

    def test_a_push_counts_everything(self, upstream: Path) -> None:
        commit(upstream, {"portfolio/actions.yaml": OVERDUE})
        done = self.validated(upstream, "push", "refs/heads/main")
        assert done.returncode == 1
        assert FAULT in done.stdout

    def test_a_pull_request_answers_for_its_own(self, upstream: Path) -> None:
        commit(upstream, {"portfolio/actions.yaml": OVERDUE})
        proposed(upstream, {"portfolio/atlas.yaml": PROJECT.replace("06-30", "07-31")})
        done = self.validated(upstream, "pull_request", "refs/pull/1/merge")
        assert done.returncode == 1
        assert MOVED in done.stdout
        assert FAULT not in done.stdout


class TestGitlab:
    """The job that `pmo init --ci gitlab` writes, its script line by line in one shell."""

    @pytest.fixture
    def job(self) -> dict[str, Any]:
        files = starter_files("T", "GBP", date(2026, 3, 31), "0.1.0", service="gitlab")
        assert ".github/workflows/portfolio.yml" not in files
        stated: dict[str, Any] = yaml.safe_load(files[".gitlab-ci.yml"])["pmo validate"]
        return stated

    @staticmethod
    def validated(
        job: dict[str, Any], runner: Runner, base: str = "", shell: str = "bash"
    ) -> subprocess.CompletedProcess[str]:
        *_, install = job["script"][:3]
        script = job["script"][3:]
        assert install == 'pip install --quiet -c "$KNOWN" pmo-cli==0.1.0'
        path = f"{runner.temporary}/pmo/bin:{os.environ['PATH']}"
        variables = {"PORTFOLIO": "portfolio", "PATH": path}
        variables |= {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base} if base else {}
        quoted = shlex.join([shell, "-e", "-c", "\n".join(script)])
        return runner.run(f"exec {quoted}", **variables)

    @pytest.mark.parametrize("shell", ["bash", "sh"])
    def test_a_fault_fails_and_both_reports_say_so(
        self, job: dict[str, Any], upstream: Path, shell: str
    ) -> None:
        commit(upstream, {"portfolio/actions.yaml": OVERDUE})
        runner = checked_out(upstream, "refs/heads/main")
        assert self.validated(job, runner, shell=shell).returncode == 1
        reports = job["artifacts"]["reports"]
        quality = (runner.workspace / reports["codequality"]).read_text()
        direct = pmo("validate", "-C", "portfolio", "--format", "gitlab", cwd=runner.workspace)
        assert quality == direct.stdout
        places = {(each["check_name"], each["location"]["path"]) for each in json.loads(quality)}
        assert ("REF-BROKEN", "portfolio/actions.yaml") in places
        cases = ET.parse(runner.workspace / reports["junit"]).iter("testcase")  # noqa: S314
        assert any(case.find("failure") is not None for case in cases)

    def test_a_clean_portfolio_passes_with_empty_reports(
        self, job: dict[str, Any], upstream: Path
    ) -> None:
        runner = checked_out(upstream, "refs/heads/main")
        assert self.validated(job, runner).returncode == 0
        assert (runner.workspace / "code-quality.json").read_text() == "[]\n"

    def test_a_merge_request_answers_for_its_own(self, job: dict[str, Any], upstream: Path) -> None:
        commit(upstream, {"portfolio/actions.yaml": OVERDUE})
        proposed(upstream, {"portfolio/atlas.yaml": PROJECT.replace("06-30", "07-31")})
        runner = checked_out(upstream, "refs/heads/change", depth=10)
        base = git(upstream, "rev-parse", "main")
        assert self.validated(job, runner, base).returncode == 1
        found = json.loads((runner.workspace / "code-quality.json").read_text())
        assert [each["check_name"] for each in found] == ["CHG-APPROVED-VALUE-MOVED"]

    def test_a_base_that_was_not_fetched_fails_the_job(
        self, job: dict[str, Any], upstream: Path
    ) -> None:
        proposed(upstream, {})
        runner = checked_out(upstream, "refs/heads/change", depth=1)
        done = self.validated(job, runner, git(upstream, "rev-parse", "main"))
        assert done.returncode == 2
        assert "GIT_DEPTH: 0" in done.stderr

    def test_a_constraint_with_an_address_is_not_passed_on(
        self, job: dict[str, Any], tmp_path: Path
    ) -> None:
        machine = Runner(tmp_path, tmp_path / "portfolio")
        theirs = machine.workspace / ".pmo" / "constraints.txt"
        theirs.parent.mkdir(parents=True)
        theirs.write_text(
            "rich==15.0.0\ncolorama==0.4.6 ; sys_platform == 'win32'\n"
            "idna==3.7 ; python_version > '3'\rpmo-cli @ file:///tmp/evil.whl\n"
            "idna==3.7 ; python_version > '3'\u2028pmo-cli @ file:///tmp/evil.whl\n"
            "pyyaml @ https://example.com/pyyaml.whl\npyyaml==6 @ file:///tmp/x\n"
            "--extra-index-url https://example.com\n-r more.txt\njinja2==3.1.6 --hash=x\n"
        )
        (machine.workspace / "constraints.txt").symlink_to(tmp_path / "led-astray")
        gitlab = "\n".join([*job["script"][:2], 'cp "$KNOWN" "$RUNNER_TEMP/gitlab.txt"'])
        github = _install().replace("pip ", "true pip ")
        for script, written in ((gitlab, "gitlab.txt"), (github, "constraints.txt")):
            assert machine.run(script, PORTFOLIO=".").returncode == 0
            assert (machine.temporary / written).read_text().splitlines() == [
                "rich==15.0.0", "colorama==0.4.6 ; sys_platform == 'win32'",
            ]  # fmt: skip
        assert not (tmp_path / "led-astray").exists()

    def test_the_page_shows_the_same_job(self, repository: Path, job: dict[str, Any]) -> None:
        page = (repository / "docs" / "ci.md").read_text(encoding="utf-8")
        shown = page.partition("```yaml\npmo validate:")[2].partition("```")[0]
        assert yaml.safe_load(f"pmo validate:{shown}") == {"pmo validate": job}
