"""A portfolio's own templates: only when asked for, sandboxed, mistakes told at their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_cli import own_templates
from pmo_cli.failure import Failure
from pmo_cli.own_templates import render_with
from portfolio.report.composing import compose
from portfolio.report.pack import Pack
from portfolio.report.report import Report
from tests.cli.running import pmo
from tests.portfolios import portfolio_of

PEOPLE = "people: [{id: anna, name: Anna Sample}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a portfolio that names a folder of templates."""
    (tmp_path / "pmo.yaml").write_text(
        "organisation: {name: Own, currency: GBP}\nas_of: 2026-03-31\ntemplates: look\n"
    )
    (tmp_path / "people.yaml").write_text(PEOPLE)
    (tmp_path / "look" / "html").mkdir(parents=True)
    (tmp_path / "look" / "markdown").mkdir()
    return tmp_path


@pytest.fixture
def report() -> Report:
    return compose("board", Pack(portfolio_of(PEOPLE)))


def board(folder: Path, *words: str) -> str:
    done = pmo("-q", "-C", folder, "report", "board", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_style_and_logo_and_a_section_can_be_ones_own(folder: Path) -> None:
    look = folder / "look" / "html"
    (look / "own.css").write_text("h1 { color: rebeccapurple; }\n")
    (look / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (look / "section-glance.jinja").write_text("<p>Our own {{ section.title }}, {{ '<b>' }}</p>\n")
    page = board(folder, "--format", "html", "--templates")
    assert "rebeccapurple" in page
    assert 'class="logo" src="data:image/svg+xml;base64,' in page
    assert "img-src data:;" in page
    assert "<p>Our own At a glance, &lt;b&gt;</p>" in page


def test_in_markdown_as_well(folder: Path) -> None:
    (folder / "look" / "markdown" / "section-glance.jinja").write_text("Ours: {{ section.id }}\n")
    assert "Ours: glance" in board(folder, "--templates")


def test_nobody_asked_and_ours_are_used(folder: Path) -> None:
    (folder / "look" / "html" / "own.css").write_text("h1 { color: rebeccapurple; }\n")
    page = board(folder, "--format", "html")
    assert "rebeccapurple" not in page
    assert "img-src" not in page


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("fine\n{% if %}\n", "section-glance.jinja:2: Expected an expression"),
        ("fine\nfine\n{{ nothing.at.all }}\n", "section-glance.jinja:3: 'nothing' is undefined"),
        ("{{ ''.__class__.__mro__ }}\n", "section-glance.jinja:1: access to attribute '__class__'"),
        ("{{ 1 / 0 }}\n", "section-glance.jinja:1: division by zero"),
        ("{% include '../../people.yaml' %}\n", "section-glance.jinja"),
        ("{{ 'x' * 10 ** 12 }}\n", "section-glance.jinja:1: MemoryError"),
    ],
)
def test_a_mistake_is_told_at_its_line(folder: Path, template: str, message: str) -> None:
    (folder / "look" / "markdown" / "section-glance.jinja").write_text(template)
    done = pmo("-C", folder, "report", "board", "--templates")
    assert done.returncode == 2
    assert message in done.stderr or "people.yaml" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Anna" not in done.stdout


def test_a_template_that_does_not_end_is_ended(
    tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_templates, "SECONDS", 3)
    (tmp_path / "markdown").mkdir()
    loop = "{% for a in range(9999) %}" * 5 + "x" + "{% endfor %}" * 5
    (tmp_path / "markdown" / "section-glance.jinja").write_text(loop)
    with pytest.raises(Failure, match=r"longer than 3 seconds|the templates ended"):
        render_with(report, "markdown", tmp_path)


def test_a_folder_that_is_not_there_or_lies_outside_is_refused(folder: Path) -> None:
    settings = folder / "pmo.yaml"
    text = settings.read_text()
    settings.write_text(text.replace("templates: look\n", ""))
    assert "names no folder of templates" in pmo("-C", folder, "report", "--templates").stderr
    for name in ("gone", "..", "/etc"):
        settings.write_text(text.replace("look", name))
        done = pmo("-C", folder, "report", "--templates")
        assert done.returncode == 2
        assert "is no folder inside the portfolio" in done.stderr
