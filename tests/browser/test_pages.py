"""Every HTML page that `pmo` writes stands in a browser, on a desk and on a phone."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benchmarks.measuring import pmo
from portfolio.report.outline import outlines
from tests.browser.accessibility import faults, violations
from tests.browser.chromium import Page
from tests.browser.conftest import Write, subject_of

PAGES = (
    *(
        ("report", name, *subject_of(outline), "--format", "html")
        for name, outline in outlines().items()
    ),
    ("report", "customer", "northwind", "--edition", "customer", "--format", "html"),
)
WIDTHS = {"desktop": 1440, "tablet": 820, "phone": 390}

each_page = pytest.mark.parametrize("words", PAGES, ids=" ".join)
each_width = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)

# What is wider than the window and does not scroll inside a box of its own.
_OVERFLOWING = """
[...document.querySelectorAll('body *')].filter(element => {
  if (element.getBoundingClientRect().right <= WIDTH + 1) return false;
  for (let box = element.parentElement; box; box = box.parentElement)
    if (/auto|scroll|hidden/.test(getComputedStyle(box).overflowX)) return false;
  return true;
}).slice(0, 5).map(element => element.outerHTML.slice(0, 120))
"""


_IDS = "[...document.querySelectorAll('[id]')].map(element => element.id)"


@each_width
@each_page
def test_a_page_is_no_wider_than_its_window(
    page: Page, write: Write, words: tuple[str, ...], width: int
) -> None:
    page.open(write(*words, suffix=".html").as_uri(), width)
    assert page.value_of(_OVERFLOWING.replace("WIDTH", str(width))) == []
    assert page.value_of("document.documentElement.scrollWidth") <= width


@each_page
def test_a_page_makes_the_console_say_nothing(
    page: Page, write: Write, words: tuple[str, ...]
) -> None:
    page.open(write(*words, suffix=".html").as_uri(), WIDTHS["desktop"])
    assert page.complaints() == []


@each_page
def test_a_page_asks_the_network_for_nothing(
    page: Page, write: Write, words: tuple[str, ...]
) -> None:
    page.open(write(*words, suffix=".html").as_uri(), WIDTHS["desktop"])
    asked = page.value_of("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert [name for name in asked if not name.startswith("data:")] == []


@each_page
def test_a_page_has_a_title_a_language_and_one_first_heading(
    page: Page, write: Write, words: tuple[str, ...]
) -> None:
    page.open(write(*words, suffix=".html").as_uri(), WIDTHS["desktop"])
    assert page.value_of("document.title") != ""
    assert page.value_of("document.documentElement.lang") != ""
    assert page.value_of("document.querySelectorAll('h1').length") == 1


@each_page
def test_every_link_inside_a_page_leads_somewhere(
    page: Page, write: Write, words: tuple[str, ...]
) -> None:
    page.open(write(*words, suffix=".html").as_uri(), WIDTHS["desktop"])
    links = "[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))"
    found = set(page.value_of(links))
    anchors = {f"#{id_}" for id_ in page.value_of(_IDS)}
    assert len(found) > 1
    assert found - anchors == set()  # a page alone leads nowhere but into itself


@each_page
def test_a_page_shows_something(
    page: Page, write: Write, words: tuple[str, ...], tmp_path: Path
) -> None:
    page.open(write(*words, suffix=".html").as_uri(), WIDTHS["desktop"])
    assert len(page.value_of("document.body.innerText").split()) > 50
    page.picture(tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 10_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDTHS["desktop"], WIDTHS["phone"]], ids=["desktop", "phone"])
@each_page
def test_a_page_is_accessible(
    page: Page, write: Write, words: tuple[str, ...], width: int, scheme: str
) -> None:
    page.prefer(scheme)
    page.open(write(*words, suffix=".html").as_uri(), width)
    found = violations(page)
    page.prefer("light")
    assert found == []


def test_every_page_of_a_site_is_valid_html(write: Write, tmp_path: Path) -> None:
    pages = [write(*words, suffix=".html") for words in PAGES]
    example = Path(__file__).parents[2] / "examples" / "meridian"
    subprocess.run(pmo("-C", str(example), "report", "all", "-o", str(tmp_path)), check=True)
    assert faults([*pages, *sorted(tmp_path.glob("*.html"))]) == []


def test_a_click_on_a_figure_shows_beside_it_how_it_is_made(page: Page, write: Write) -> None:
    page.open(write("report", "board", "--format", "html", suffix=".html").as_uri(), 390)
    page.value_of("document.querySelector('#money td a.follow').click()")
    card = "document.querySelector('.card:popover-open')"
    assert "The approved budget at completion." in page.value_of(f"{card}.textContent")
    assert ".yaml:" in page.value_of(f"{card}.textContent")
    assert page.value_of(f"{card}.getBoundingClientRect().right") <= 390


def test_every_figure_that_is_a_link_has_its_note(page: Page, write: Write) -> None:
    page.open(write("report", "board", "--format", "html", suffix=".html").as_uri(), 1440)
    lost = """[...document.querySelectorAll('a.follow')].flatMap(
        link => [link.hash.slice(1), link.dataset.also]
    ).filter(id => id && !document.getElementById(id))"""
    assert page.value_of("document.querySelectorAll('a.follow').length") > 100
    assert page.value_of(lost) == []
