"""The reports that can be asked for: each is one file, and each says what it is about."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from portfolio.application.failure import Failure
from portfolio.application.reports.report_subject import about
from portfolio.model.delivery.projects import Milestone
from portfolio.model.kinds import kind_named
from portfolio.report import pages
from portfolio.report.composition import compose
from portfolio.report.outline import Outline, outlines
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

TWO = """
people: [{id: anna, name: Anna Sample}]
projects: [{id: atlas, name: Atlas, sponsor: anna}, {id: beacon, name: Beacon, sponsor: anna}]
milestones: [{id: flood, name: Flood, project: atlas}, {id: fire, name: Fire, project: beacon}]
"""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder whose modules are reports as long as the test runs."""
    monkeypatch.setattr(pages, "__path__", [str(tmp_path)])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    outlines.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def _forgotten() -> object:
    """Find the reports again after a test that changed them."""
    yield
    outlines.cache_clear()
    for name in ("road_toll", "nameless"):
        sys.modules.pop(f"{pages.__name__}.{name}", None)


def test_a_file_is_a_report_under_its_name(written: Path) -> None:
    (written / "road_toll.py").write_text(
        "from portfolio.report.outline import Outline\nOUTLINE = Outline('Toll', 'Who pays?')\n"
    )
    assert outlines() == {"road-toll": Outline("Toll", "Who pays?")}


def test_a_file_without_an_outline_is_a_mistake_of_ours(written: Path) -> None:
    (written / "nameless.py").touch()
    with pytest.raises(TypeError, match="nameless states no OUTLINE"):
        outlines()


def test_the_board_comes_first_and_every_report_asks_a_question() -> None:
    assert next(iter(outlines())) == "board"
    assert all(each.question.endswith("?") for each in outlines().values())
    assert all(kind_named(each.subject) for each in outlines().values() if each.subject)


def test_a_report_about_a_project_is_limited_to_what_belongs_to_it() -> None:
    whole = Pack(portfolio_of(TWO), (), None)
    pack = about(whole, "project", ("atlas",))
    assert [each.id for each in pack.projects] == ["atlas"]
    assert [each.id for each in pack.all(Milestone)] == ["atlas.flood"]
    report = compose("project", pack)
    assert report.title == "Project highlight report: Atlas"
    assert "Scope" not in dict(report.stamp)


def test_a_report_about_another_kind_has_its_subject_and_the_whole_portfolio() -> None:
    pack = about(Pack(portfolio_of(TWO), (), None), "person", ("anna",))
    assert pack.subject is not None
    assert pack.subject.id == "anna"
    assert pack.selected is None


@pytest.mark.parametrize(
    ("words", "exclude", "message", "hint"),
    [
        ((), (), "is about one project", "name it: atlas, beacon"),
        (("atlas", "beacon"), (), "is about one project", "name it: atlas, beacon"),
        (("atlas",), ("beacon",), "is about one project", "name it: atlas, beacon"),
        (("atlsa",), (), "there is no project 'atlsa'", "did you mean atlas?"),
        (("xyzzyxyzzy",), (), "there is no project", "`pmo show projects` lists them"),
        (("anna",), (), "there is no project 'anna'", ""),
    ],
)
def test_a_report_about_one_thing_needs_its_id(
    words: tuple[str, ...], exclude: tuple[str, ...], message: str, hint: str
) -> None:
    with pytest.raises(Failure, match=message) as failure:
        about(Pack(portfolio_of(TWO), (), None), "project", words, exclude)
    assert hint in str(failure.value.hint)


def test_a_portfolio_without_any_says_so() -> None:
    with pytest.raises(Failure) as failure:
        about(Pack(portfolio_of("people: []"), (), None), "project", ())
    assert failure.value.hint == "there is none"
