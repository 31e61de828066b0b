"""`pmo deps` as scripts and people see it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import pmo

SETTINGS = """\
organisation: {name: Test, currency: GBP, calendar: england}
as_of: 2026-03-02
calendars: {england: {holidays: [2026-04-03, 2026-04-06, 2026-05-04, 2026-05-25]}}
"""
PORTFOLIO = """\
person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}
projects:
  - id: hub
    name: Hub
    sponsor: anna
    activities: [{id: make, duration: 10d}]
    milestones: [{id: ready, name: Ready, owner: anna, predecessors: [make]}]
  - id: app
    name: App
    sponsor: anna
    activities: [{id: use, duration: 5d}]
    milestones:
      - {id: live, name: Live, type: contractual, baseline: 2026-03-20, predecessors: [use]}
    dependencies:
      - {id: interface, from: hub.ready, to: use, need_by: 2026-03-18, committed: 2026-03-13,
         agreement: agreed}
customer: {id: acme, name: Acme}
contract: {id: deal, title: Deal, customer: acme, damages: [{milestone: app.live, rate: 1000}]}
benefit: {id: gain, title: Gain, owner: anna, starts_after: app.live}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pmo.yaml").write_text(SETTINGS)
    (tmp_path / "portfolio.yaml").write_text(PORTFOLIO)
    return tmp_path


def data(*arguments: str | Path, cwd: Path) -> Any:  # noqa: ANN401 - a JSON document
    done = pmo("deps", *arguments, "--format", "json", cwd=cwd)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["version"], document["command"]) == (1, "deps")
    return document["data"]


class TestASlip:
    def test_the_names_that_scripts_rely_on(self, folder: Path) -> None:
        found = data("hub.make", "--slip", "10d", cwd=folder)
        assert found["injected"] == [
            {"id": "hub.make", "kind": "activity", "slip": "10d", "delays": ["hub.make"]}
        ]
        live = next(item for item in found["moved"] if item["id"] == "app.live")
        assert live == {
            "id": "app.live",
            "kind": "milestone",
            "name": "Live",
            "owner": "anna",
            "old": "2026-03-20",
            "new": "2026-04-07",
            "days": 18,
            "working_days": 10,
            "slack_used": 0,
            "held_by": None,
            "through": ["hub.make", "hub.ready", "app.interface", "app.use", "app.live"],
        }
        deal, gain = found["effects"][:2]
        assert (deal["id"], deal["money"], deal["currency"]) == ("deal", "-18000.00", "GBP")
        assert (deal["date_old"], deal["date_new"]) == ("2026-03-20", "2026-04-07")
        assert deal["through"][-2:] == ["app.live", "deal"]
        assert deal["terms"] == [
            (
                "app.live 2026-04-07, free until 2026-03-20: 18 days at 1,000 GBP per day, "
                "18,000 instead of 0"
            )
        ]
        assert (gain["money"], gain["money_reason"]) == (None, "no planned value")
        assert found["totals"]["money"] == "-18000.00"
        assert found["totals"]["unpriced"] == len(found["effects"]) - 1
        assert found["float_to_first_money"] == 0
        assert found["latest_decision_date"] is None
        assert found["latest_decision_date_reason"]
        assert [each["person"] for each in found["must_agree"]] == ["anna"]

    def test_the_table_fits_eighty_columns_and_starts_with_who_is_hit(self, folder: Path) -> None:
        done = pmo("deps", "hub.make", "--slip", "10d", cwd=folder)
        lines = done.stdout.splitlines()
        assert lines[0] == "Who is hit if hub.make slips by 10d, the hardest first"
        assert max(map(len, (line.rstrip() for line in lines))) <= 80
        assert "-18,000 GBP" in done.stdout
        assert "hub.make → hub.ready" in done.stdout

    def test_a_loop_is_told_and_the_rest_computed(self, folder: Path) -> None:
        text = PORTFOLIO.replace(
            "id: make, duration: 10d", "id: make, duration: 10d, predecessors: [ready]"
        )
        (folder / "portfolio.yaml").write_text(text)
        done = pmo("deps", "app.use", "--slip", "5d", cwd=folder)
        assert done.returncode == 0
        assert "a loop that waits for itself: hub.make → hub.ready → hub.make" in done.stderr

    def test_several_things_slip_at_once(self, folder: Path) -> None:
        found = data("--slip", "hub.make=5d app.use=2d", "--slip", "app.live=1d", cwd=folder)
        assert [each["id"] for each in found["injected"]] == ["hub.make", "app.use", "app.live"]
        live = next(item for item in found["moved"] if item["id"] == "app.live")
        assert live["working_days"] == 8

    def test_a_selector_says_what_slips(self, folder: Path) -> None:
        found = data("kind:activity", "--slip", "5d", cwd=folder)
        assert [each["id"] for each in found["injected"]] == ["hub.make", "app.use"]

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (("hub.mak", "--slip", "5d"), "did you mean hub.make?"),
            (("--slip", "hub.mak=5d"), "did you mean hub.make?"),
            (("deal", "--slip", "5d"), "deal is a contract, which has no date to slip"),
            (("--slip", "5d"), "say what slips"),
            (("hub.make", "--slip", "5"), "write the unit"),
            (("kind:rsk",), "did you mean risk"),
        ],
    )
    def test_what_cannot_be_asked_exits_with_2(
        self, folder: Path, words: tuple[str, ...], message: str
    ) -> None:
        done = pmo("deps", *words, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr


class TestThePicture:
    def test_project_to_project_and_to_the_business(self, folder: Path) -> None:
        found = data(cwd=folder)
        (link,) = found["projects"]
        assert (link["giver"], link["receiver"], link["margin"], link["colour"]) == (
            "hub", "app", 3, "amber",
        )  # fmt: skip
        assert [promise["id"] for promise in link["promises"]] == ["app.interface"]
        assert [(each["project"], each["id"]) for each in found["business"]] == [
            ("app", "deal"),
            ("app", "gain"),
        ]
        assert found["business"][0]["expected"] == "2026-03-20"
        assert found["most_awaited"][0]["id"] == "hub.ready"
        assert found["cycles"] == []

    def test_a_selection_keeps_its_own_links(self, folder: Path) -> None:
        assert data("hub deal", cwd=folder)["business"] == []

    def test_the_table_has_the_margin_and_its_colour_as_a_word(self, folder: Path) -> None:
        done = pmo("deps", "-q", cwd=folder)
        assert " hub     app        interface               3   amber" in done.stdout

    def test_a_portfolio_where_nobody_waits_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "pmo.yaml").write_text(SETTINGS)
        done = pmo("deps", cwd=tmp_path)
        assert done.returncode == 0
        assert "No project waits for another" in done.stdout

    def test_a_loop_is_shown_by_its_path_and_fails_only_when_strict(self, folder: Path) -> None:
        with (folder / "portfolio.yaml").open("a") as file:
            file.write(
                "services: [{id: a, name: A, owner: anna, depends_on: [b]},"
                " {id: b, name: B, owner: anna, depends_on: [a]}]\n"
            )
        done = pmo("deps", cwd=folder)
        assert done.returncode == 0
        assert "waits for itself: b → a → b" in done.stdout or "a → b → a" in done.stdout
        assert pmo("deps", "--strict", "-q", cwd=folder).returncode == 1


class TestTrees:
    def test_both_directions(self, folder: Path) -> None:
        done = pmo("deps", "app.interface", "-q", cwd=folder)
        assert done.stdout.splitlines() == [
            "app.interface  dependency, app.interface",
            "",
            "waits for",
            "└─ hub.ready  milestone",
            "   └─ hub.make  activity",
            "",
            "is waited for by",
            "└─ app.use  activity",
            "   └─ app.live  milestone",
            "      ├─ app  project",
            "      ├─ deal  contract",
            "      │  └─ acme  customer",
            "      └─ gain  benefit",
        ]

    def test_depth_and_json(self, folder: Path) -> None:
        found = data("app.interface", "--depth", "1", cwd=folder)
        assert found["waits_for"] == [
            {
                "id": "hub.ready",
                "kind": "milestone",
                "name": "Ready",
                "by": "from",
                "repeated": False,
                "children": [],
            }
        ]

    def test_nobody_waits(self, folder: Path) -> None:
        done = pmo("deps", "acme", "-q", cwd=folder)
        assert done.stdout.rstrip().endswith("is waited for by\n  nothing")


class TestWhy:
    def test_a_date_is_explained_back_to_where_its_chain_starts(self, folder: Path) -> None:
        found = data("--why", "app.live", cwd=folder)
        assert (found["id"], found["date"]) == ("app.live", "2026-03-20")
        assert [(step["id"], step["link"], step["promise"]) for step in found["why"]] == [
            ("app.live", "FS", None),
            ("app.use", "FS", "app.interface"),
            ("hub.ready", "FS", None),
            ("hub.make", None, None),
        ]
        assert found["why"][-1]["reason"] == "work cannot start before the as-of day"

    def test_the_table_says_it_in_words(self, folder: Path) -> None:
        done = pmo("deps", "--why", "app.live", "-q", cwd=folder)
        assert done.stdout.startswith("app.live is expected on 2026-03-20\n")
        assert "waits for hub.ready (FS), promised as app.interface" in done.stdout

    def test_what_has_no_date_says_so(self, folder: Path) -> None:
        done = pmo("deps", "--why", "acme", cwd=folder)
        assert done.returncode == 2
        assert "acme is a customer without a computed date" in done.stderr


def test_a_scenario_is_run_by_its_id(folder: Path) -> None:
    (folder / "what-if.yaml").write_text(
        "scenarios:\n"
        "  - {id: late, name: Late, inject: [{node: hub.make, slip: 10d}, {stop: app}]}\n"
    )
    done = pmo("deps", "late", "--format", "json", cwd=folder)
    assert json.loads(done.stdout)["data"]["totals"]["money"] == "-18000.00"
    assert "left out: 1 of what it supposes is no slip" in done.stderr


@pytest.mark.parametrize(
    "words",
    [(), ("app",), ("hub.make", "--slip", "10d"), ("--why", "app.live")],
    ids=" ".join,
)
def test_mermaid_is_a_flow_chart(folder: Path, words: tuple[str, ...]) -> None:
    done = pmo("deps", *words, "--format", "mermaid", "-q", cwd=folder)
    assert done.returncode == 0
    assert done.stdout.startswith("flowchart LR\n  n0[")
    assert " --> " in done.stdout or " -->|" in done.stdout


def test_the_same_files_give_the_same_bytes(folder: Path) -> None:
    words = ("deps", "hub", "--slip", "5d", "--format", "json")
    assert pmo(*words, cwd=folder).stdout == pmo(*words, cwd=folder).stdout
