"""A portfolio's own templates: only when asked for, sandboxed, mistakes told at their line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portfolio.application.reports.own_templates import render_with
from portfolio.loading.loader import load
from portfolio.report.outline import outlines
from portfolio.report.pack import Pack
from portfolio.report.rendering import formats, render
from portfolio.report.site import build_site
from tests.cli.running import pmo
from tests.portfolios import DAY, view_in

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
        (
            "{% include 'people.yaml' %}\n",
            "section-glance.jinja:1: there is no template people.yaml",
        ),
        (
            "{{ data_address('report.jinja') }}\n",
            "section-glance.jinja:1: report.jinja is no picture",
        ),
    ],
)
def test_a_mistake_is_told_at_its_line(folder: Path, template: str, message: str) -> None:
    (folder / "look" / "markdown" / "section-glance.jinja").write_text(template)
    done = pmo("-C", folder, "report", "board", "--templates")
    assert done.returncode == 2
    assert f"error: markdown/{message}" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Anna" not in done.stdout


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


@pytest.fixture(scope="module")
def portfolios(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> dict[str, Path]:
    """Return the portfolios on which templates have to work."""
    started = tmp_path_factory.mktemp("started")
    assert pmo("init", started).returncode == 0
    empty = tmp_path_factory.mktemp("empty")
    (empty / "pmo.yaml").write_text("organisation: {name: Empty, currency: GBP}\n")
    examples = repository / "examples"
    return {
        "the example": examples / "meridian",
        "what init wrote": started,
        "the broken example": examples / "broken",
        "an empty portfolio": empty,
    }


@pytest.mark.parametrize("form", formats())
@pytest.mark.parametrize(
    "name", ["the example", "what init wrote", "the broken example", "an empty portfolio"]
)
def test_every_report_of_every_portfolio_is_what_it_is_without_templates(
    portfolios: dict[str, Path], tmp_path: Path, name: str, form: str
) -> None:
    """Nobody's own templates change nothing; one of each report goes the whole way."""
    portfolio = view_in(load(portfolios[name], today=DAY))
    every = [report for _, report in build_site(Pack(portfolio), ".html")]
    reports = list({report.name: report for report in every}.values())
    if name == "the example":
        assert {report.name for report in reports} >= set(outlines())
    made = list(render_with(reports, form, tmp_path))
    assert made == [render(report, form) for report in reports]


@pytest.mark.parametrize(
    "name", ["the example", "what init wrote", "the broken example", "an empty portfolio"]
)
def test_a_template_renders_on_every_portfolio(
    portfolios: dict[str, Path], tmp_path: Path, name: str
) -> None:
    root = tmp_path / "portfolio"
    shutil.copytree(portfolios[name], root)
    with (root / "pmo.yaml").open("a") as settings:
        settings.write("\ntemplates: look\n")
    (root / "look" / "markdown").mkdir(parents=True)
    (root / "look" / "markdown" / "section-glance.jinja").write_text("Ours: {{ section.id }}\n")
    page = tmp_path / "board.md"
    done = pmo("-C", root, "report", "board", "--templates", "-o", page)
    assert (done.returncode, "Ours: glance" in page.read_text()) == (0, True), done.stderr


def test_a_whole_site_is_made_and_checked_with_them(folder: Path, tmp_path: Path) -> None:
    (folder / "look" / "html" / "own.css").write_text("h1 { color: rebeccapurple; }\n")
    site = tmp_path / "site"
    assert pmo("-C", folder, "report", "all", "--templates", "-o", site).returncode == 0
    assert all("rebeccapurple" in page.read_text() for page in site.iterdir())
    command = ("-C", folder, "report", "all", "--check", "--templates", "-o", site)
    assert pmo(*command).returncode == 0
    (folder / "look" / "html" / "own.css").write_text("h1 { color: red; }\n")
    stale = pmo(*command)
    assert (stale.returncode, "stale: " in stale.stdout + stale.stderr) == (1, True)


def test_on_paper_a_logo_stands_and_nothing_else_is_loaded(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint")
    secret = tmp_path / "secret.txt"
    secret.write_text("Anna's salary")
    look = folder / "look" / "html"
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{}"/></svg>'
    )
    (look / "logo.svg").write_text(picture.format(secret.as_uri()))
    (look / "section-glance.jinja").write_text(
        f'<link rel="attachment" href="{secret.as_uri()}"><img src="{secret.as_uri()}">'
        '<img src="http://127.0.0.1:9/"><style>@import url(http://127.0.0.1:9/a.css);</style>'
    )
    page = tmp_path / "board.pdf"
    done = pmo("-C", folder, "report", "board", "--templates", "-o", page)
    assert done.returncode == 0, done.stderr
    assert b"EmbeddedFile" not in page.read_bytes()
