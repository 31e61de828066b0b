"""A portfolio whose every text would like to run: in a browser none runs and none is fetched."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from benchmarks.measuring import pmo
from portfolio.report.blocks import Report
from portfolio.report.charts.roadmap import Lane, roadmap_in_mermaid
from portfolio.report.charts.timeline import Mark
from portfolio.report.pack import Pack
from portfolio.report.rendering import render
from portfolio.report.site import build_site
from tests.browser.accessibility import faults
from tests.browser.chromium import Page
from tests.browser.conftest import Write
from tests.hostile.files import most_said
from tests.hostile.portfolio import hostile_portfolio, hostile_reports, write_hostile

TURNS = (0, 13)
"""Which attack stands in which text: each turn deals them to other fields."""
REPORTS = {f"{name} {turn}": report for turn in TURNS for name, report in hostile_reports(turn)}
WIDTHS = {"desktop": 1440, "phone": 390}
GRAPHS = {
    "whole": (),
    "trees": (most_said("project"),),
    "slip": (most_said("project"), "--slip", "10d"),
}
_FENCE = re.compile(r"^```mermaid\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# What a page of ours never has, wherever a text may have put it.
_FOREIGN = """
[...document.querySelectorAll(
  'img, iframe, object, embed, image, foreignObject, base, form, link, meta[http-equiv=refresh]'
), ...[...document.querySelectorAll('a[href]')].filter(
  link => !/^(#|[a-z0-9.-]+\\.html(#|$))/.test(link.getAttribute('href'))
), ...[...document.querySelectorAll('*')].filter(
  each => [...each.attributes].some(attribute => attribute.name.startsWith('on'))
)].map(element => element.outerHTML.slice(0, 120))
"""
_FETCHED = "performance.getEntriesByType('resource').map(each => each.name)"

each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
each_width = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)


def is_inert(page: Page, scripts: int) -> None:
    """Hold a page that is open against what a text may have made of it."""
    assert page.value_of("document.title") != "ran"
    assert page.value_of(_FOREIGN) == []
    assert page.value_of("document.scripts.length") == scripts
    assert page.value_of(_FETCHED) == []
    assert page.complaints() == []


@each_width
@each_report
def test_nothing_that_somebody_wrote_runs_or_is_fetched(
    page: Page, report: Report, tmp_path: Path, width: int
) -> None:
    target = tmp_path / "page.html"
    target.write_text(render(report, "html"), encoding="utf-8")
    page.open(target.as_uri(), width)
    is_inert(page, scripts=1)
    assert page.value_of("document.documentElement.scrollWidth") <= width


@each_report
def test_a_page_works_among_hostile_texts(page: Page, report: Report, tmp_path: Path) -> None:
    """Sort every table, search for an attack, open every note: whatever moves a text is careful."""
    target = tmp_path / "page.html"
    target.write_text(render(report, "html"), encoding="utf-8")
    page.open(target.as_uri(), WIDTHS["desktop"])
    page.value_of("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.value_of("document.querySelectorAll('button, th, a.follow').forEach(each => each.click())")
    page.value_of("""document.querySelectorAll('input').forEach(each => {
        each.value = '<img src=x onerror=1>'; each.dispatchEvent(new Event('input'));
    })""")
    is_inert(page, scripts=1)


def test_every_page_of_a_site_is_inert_and_valid(page: Page, tmp_path: Path) -> None:
    for name, report in build_site(Pack(hostile_portfolio()), ".html"):
        (tmp_path / name).write_text(render(report, "html"), encoding="utf-8")
    written = sorted(tmp_path.glob("*.html"))
    for path in written:
        page.open(path.as_uri(), WIDTHS["desktop"])
        is_inert(page, scripts=1)
    assert faults(written) == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile(tmp_path_factory.mktemp("hostile"), 5)


def answer(folder: Path, form: str, words: tuple[str, ...], target: Path) -> Path:
    options = ("--format", form, "-o", str(target), "--include-confidential")
    subprocess.run(pmo("-q", "-C", str(folder), "deps", *words, *options), check=True)
    return target


@pytest.mark.parametrize("words", GRAPHS.values(), ids=GRAPHS)
def test_the_page_of_a_graph_is_inert(
    page: Page, write: Write, folder: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    page.open(write("deps", "--format", "html", suffix=".html").as_uri(), WIDTHS["desktop"])
    scripts = page.value_of("document.scripts.length")
    page.open(answer(folder, "html", words, tmp_path / "graph.html").as_uri(), WIDTHS["desktop"])
    page.value_of("""(() => {
        const cy = document.getElementById('picture')._cyreg.cy;
        cy.nodes().slice(0, 40).forEach(each => { each.emit('tap'); each.emit('mouseover'); });
    })()""")
    is_inert(page, scripts)


@pytest.mark.parametrize("words", GRAPHS.values(), ids=GRAPHS)
def test_a_drawing_that_is_opened_alone_is_inert(
    page: Page, folder: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    page.open(answer(folder, "svg", words, tmp_path / "graph.svg").as_uri(), WIDTHS["desktop"])
    assert page.value_of("document.title") != "ran"
    assert page.value_of("document.documentElement.localName") == "svg"
    assert page.value_of("document.querySelectorAll('script, a, image').length") == 0
    assert page.value_of(_FETCHED) == []
    assert page.complaints() == []


@pytest.mark.parametrize("words", GRAPHS.values(), ids=GRAPHS)
def test_mermaid_draws_hostile_names_as_names(
    mermaid: Page, folder: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    diagram = answer(folder, "mermaid", words, tmp_path / "graph.mmd").read_text(encoding="utf-8")
    assert_drawn_inert(mermaid, diagram.partition("%% generated")[0])


@each_report
def test_mermaid_draws_the_diagrams_of_a_report_as_names(mermaid: Page, report: Report) -> None:
    for diagram in _FENCE.findall(render(report, "markdown")):
        assert_drawn_inert(mermaid, diagram)


def assert_drawn_inert(mermaid: Page, diagram: str) -> None:
    """Draw a diagram, put it into the page and see that it is a drawing and nothing else."""
    mermaid.value_of(
        f"mermaid.render('d', {json.dumps(diagram)}).then(drawn => {{"
        " const box = document.createElement('div'); box.id = 'drawn'; box.innerHTML = drawn.svg;"
        " document.getElementById('drawn')?.remove(); document.body.append(box); })"
    )
    assert mermaid.value_of("document.querySelectorAll('#drawn svg').length") == 1
    assert mermaid.value_of("document.title") != "ran"
    inside = "document.querySelectorAll('#drawn script, #drawn a, #drawn img, #drawn image').length"
    assert mermaid.value_of(inside) == 0
    assert mermaid.complaints() == []


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Section 4 approved",
            "Title deeds exchanged",
            "Click and collect",
            "2026-06-01 cut-over",
        ),
        *("Weekend cover agreed", "Excludes nobody", "Call centre live", "href", "gantt", "end"),
    ],
)
def test_a_milestone_may_be_called_like_a_word_of_the_diagrams_language(
    mermaid: Page, name: str
) -> None:
    day = date(2026, 6, 1)
    lane = Lane(name, date(2026, 1, 5), day, None, "green", (Mark(name, None, day, "green"),))
    drawn = roadmap_in_mermaid([lane])
    assert_drawn_inert(mermaid, drawn)
    words = mermaid.value_of("document.getElementById('drawn').textContent")
    assert words.count(name) >= 2  # the lane and the milestone
