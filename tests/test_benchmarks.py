"""The benchmarks measure what they say: a corpus without errors, a floor that knows its places."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from benchmarks import board, corpus, measuring, run
from benchmarks.floor import located_tree
from benchmarks.plans import (
    plans,
    write_portfolio,
    write_taskjuggler,
)
from portfolio.diagnostic import Severity
from portfolio.loading.loader import load
from portfolio.model.delivery.projects import Activity, Dependency
from portfolio.network.portfolio_schedule import plan_of
from tests.portfolios import view_in


def test_a_corpus_is_the_same_for_the_same_seed_and_another_for_another(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        corpus.write(tmp_path / name, entities=160, seed=seed)
    texts = {
        name: {
            path.relative_to(tmp_path / name): path.read_text(encoding="utf-8")
            for path in sorted((tmp_path / name).rglob("*.yaml"))
        }
        for name in ("one", "two", "three")
    }
    assert texts["one"] == texts["two"]
    assert texts["one"] != texts["three"]


@pytest.mark.parametrize("entities", [300, 900])
def test_a_corpus_has_about_as_many_entities_as_asked_for_and_no_error(
    tmp_path: Path, entities: int
) -> None:
    files = corpus.write(tmp_path, entities)
    loaded = load(tmp_path, today=date(2030, 1, 1))
    assert [found for found in loaded.diagnostics if found.severity is Severity.ERROR] == []
    assert loaded.portfolio is not None
    assert loaded.portfolio.as_of == corpus.AS_OF
    assert len(loaded.portfolio) == pytest.approx(entities, rel=0.1)
    assert files == pytest.approx(entities / 9.7, rel=0.1)


def test_the_floor_knows_where_every_key_and_value_stands() -> None:
    assert located_tree("a: 1\nb:\n  - x\n  - {c: y}\n") == (
        {
            "a": (("1", 0, 3), 0, 0),
            "b": (
                ([("x", 2, 4), ({"c": (("y", 3, 8), 3, 5)}, 3, 4)], 2, 2),
                1,
                0,
            ),
        },
        0,
        0,
    )
    assert located_tree("# only a comment\n") is None


def test_a_race_lets_everyone_run_as_often_and_tells_the_ratio() -> None:
    slow, fast = "import time; time.sleep(0.2)", "pass"
    runs = measuring.race(
        {"slow": measuring.python("-c", slow), "fast": measuring.python("-c", fast)}, turns=1
    )
    assert runs["slow"].times(runs["fast"]) > 1
    assert runs["fast"].megabytes > 1


def test_a_contestant_that_fails_stops_the_race() -> None:
    with pytest.raises(RuntimeError, match="exited with 3"):
        measuring.race({"broken": measuring.python("-c", "raise SystemExit(3)")}, turns=1)


def test_figures_replace_what_stands_between_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{run.BEGIN}\nold\n{run.END}\nafter\n", encoding="utf-8")
    run.replace_figures(page, "new")
    assert page.read_text(encoding="utf-8") == (f"before\n{run.BEGIN}\n\nnew\n\n{run.END}\nafter\n")


def test_a_figure_tells_whether_it_keeps_its_target() -> None:
    assert measuring.Figure("start", 1.5, 2).words == "start: 1.50×, within the target of 2×"
    assert measuring.Figure("start", 2.5, 2).words == "start: 2.50×, BEYOND the target of 2×"


def test_the_plans_for_both_tools_load_without_an_error(tmp_path: Path) -> None:
    write_portfolio(tmp_path / "plans", plans(30))
    loaded = load(tmp_path / "plans", today=date(2030, 1, 1))
    assert [found for found in loaded.diagnostics if found.severity > Severity.INFO] == []
    assert loaded.portfolio is not None
    assert len(loaded.portfolio.all(Activity)) == 30 * 12
    assert len(loaded.portfolio.all(Dependency)) == 27


def test_both_tools_end_every_project_on_the_same_day(tmp_path: Path) -> None:
    """The peer is given the same work: its plan agrees with ours to the day."""
    if shutil.which(board.PEER) is None:
        pytest.skip(board.MISSING)
    made = plans(20)
    write_portfolio(tmp_path / "plans", made)
    write_taskjuggler(tmp_path / "plans.tjp", made)
    with (tmp_path / "plans.tjp").open("a", encoding="utf-8") as file:
        file.write('taskreport ends "ends" { formats csv columns id, end hideresource @all }\n')
    subprocess.run(
        [board.PEER, "--silent", "-o", tmp_path, tmp_path / "plans.tjp"],
        check=True,
        capture_output=True,
    )
    with (tmp_path / "ends.csv").open(encoding="utf-8", newline="") as file:
        theirs = {row["Id"]: row["End"] for row in csv.DictReader(file, delimiter=";")}
    portfolio = view_in(load(tmp_path / "plans", today=date(2030, 1, 1)))
    schedule = plan_of(portfolio).schedule
    ours = {
        activity.id: str(schedule.dates(activity.id).early_finish)
        for activity in portfolio.all(Activity)
    }
    assert len(ours) == 240
    assert ours.items() <= theirs.items()
