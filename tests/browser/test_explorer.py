"""The page of `pmo deps --format html`, used as somebody with a browser uses it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from benchmarks.measuring import pmo
from tests.browser.accessibility import faults, violations
from tests.browser.chromium import Page
from tests.browser.conftest import Write

WIDTHS = {"desktop": 1280, "phone": 390}
WHOLE = ("deps", "--format", "html")
SLIP = ("deps", "atlas.build", "--slip", "10d", "--format", "html")
AROUND = ("deps", "atlas.go-live", "--format", "html")

each_width = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
each_page = pytest.mark.parametrize("words", [WHOLE, SLIP, AROUND], ids=" ".join)


class Explorer:
    """The page with the gestures of its reader."""

    def __init__(self, page: Page, file: Path, width: int) -> None:
        self.page = page
        page.open(file.as_uri(), width)

    def does(self, script: str) -> object:
        found: object = self.page.value_of(
            "(() => { const by = id => document.getElementById(id);"
            f" const cy = by('picture')._cyreg.cy; {script} }})()"
        )
        return found

    def drawn(self, selector: str = "node") -> set[str]:
        found = self.does(f"return cy.$({json.dumps(selector)}).map(each => each.id())")
        assert isinstance(found, list)
        return set(found)

    def searches(self, words: str) -> None:
        self.does(
            f"by('wanted').value = {json.dumps(words)};"
            " by('wanted').dispatchEvent(new Event('input'));"
            " by('wanted').dispatchEvent("
            "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))"
        )

    def presses(self, key: str) -> None:
        self.does(
            "by('picture').dispatchEvent("
            f"new KeyboardEvent('keydown', {{key: {json.dumps(key)}, bubbles: true}}))"
        )

    def clicks(self, id_: str) -> None:
        """Click where the thing is drawn, with the mouse of the browser."""
        place = self.does(
            "by('picture').scrollIntoView({block: 'center', behavior: 'instant'});"
            f" const node = cy.getElementById({json.dumps(id_)}); cy.center(node);"
            " const at = node.renderedPosition();"
            " const box = by('picture').getBoundingClientRect();"
            " return [box.x + at.x, box.y + at.y]"
        )
        assert isinstance(place, list)
        self.page.value_of("new Promise(done => setTimeout(done, 100))")  # until it is drawn there
        for kind in ("mousePressed", "mouseReleased"):
            self.page._ask(
                "Input.dispatchMouseEvent",
                {"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1},
            )
        self.page.value_of("new Promise(done => setTimeout(done, 350))")

    def chooses(self, kind: str) -> None:
        self.does(f"by('kinds').querySelector('input[value={kind}]').click()")

    def reads(self) -> str:
        return str(self.does("return by('about').innerText"))


@each_width
def test_a_search_finds_a_thing_and_its_downstream_is_highlighted(
    page: Page, write: Write, width: int
) -> None:
    explorer = Explorer(page, write(*WHOLE, suffix=".html"), width)
    explorer.searches("billing go-live")
    assert explorer.drawn("node.selected") == {"atlas.go-live"}
    below, above = explorer.drawn("node.down"), explorer.drawn("node.up")
    assert {"atlas", "acme-managed", "acme", "portal.go-live"} <= below
    assert "data-hub.api-ready" in above
    assert not below & above
    assert "atlas.go-live data-hub" not in explorer.drawn("edge.down")
    assert "atlas.go-live atlas" in explorer.drawn("edge.down")
    assert "atlas.go-live" not in explorer.drawn("node.faded")
    assert explorer.drawn("node.faded") == explorer.drawn() - below - above - {"atlas.go-live"}


@each_width
def test_a_click_shows_days_and_money_and_the_chain(page: Page, write: Write, width: int) -> None:
    explorer = Explorer(page, write(*SLIP, suffix=".html"), width)
    explorer.clicks("acme-managed")
    told = explorer.reads()
    assert "Managed billing for Acme" in told
    assert "-85,000 GBP" in told
    assert "+21 days: 1 Jun 2026 → 22 Jun 2026" in told
    assert "17 days at 5,000 GBP per day" in told
    assert told.index("Build rating and invoicing") < told.index("Billing go-live")


def test_a_date_that_moves_says_from_when_to_when(page: Page, write: Write) -> None:
    explorer = Explorer(page, write(*SLIP, suffix=".html"), WIDTHS["desktop"])
    explorer.searches("atlas.go-live")
    assert "+21 days: 1 Jun 2026 → 22 Jun 2026" in explorer.reads()


def test_without_a_slip_a_click_shows_the_room_and_the_worth(page: Page, write: Write) -> None:
    explorer = Explorer(page, write(*WHOLE, suffix=".html"), WIDTHS["desktop"])
    explorer.clicks("acme-managed")
    assert "4 working days" in explorer.reads()
    assert "2,400,000 GBP" in explorer.reads()


def test_a_kind_is_shown_and_hidden(page: Page, write: Write) -> None:
    explorer = Explorer(page, write(*WHOLE, suffix=".html"), WIDTHS["desktop"])
    assert explorer.drawn("[kind = 'milestone']")
    assert not explorer.drawn("[kind = 'activity']")
    explorer.chooses("milestone")
    explorer.chooses("activity")
    assert not explorer.drawn("[kind = 'milestone']")
    assert "atlas.build" in explorer.drawn("[kind = 'activity']")


def test_what_is_hidden_still_ties_what_is_shown(page: Page, write: Write) -> None:
    explorer = Explorer(page, write(*WHOLE, suffix=".html"), WIDTHS["desktop"])
    for kind in ("milestone", "dependency"):
        explorer.chooses(kind)
    assert "atlas portal" not in explorer.drawn("edge")  # a release waits, not a whole project
    assert "portal bluepeak" not in explorer.drawn("edge")
    assert explorer.drawn("edge.indirect")


def test_a_project_unfolds_into_its_activities(page: Page, write: Write) -> None:
    explorer = Explorer(page, write(*WHOLE, suffix=".html"), WIDTHS["desktop"])
    explorer.clicks("atlas")
    explorer.does(
        "[...by('about').querySelectorAll('button')]"
        ".find(each => each.textContent === 'Show the activities').click()"
    )
    activities = explorer.drawn("[kind = 'activity']")
    assert "atlas.build" in activities
    assert {id_.split(".")[0] for id_ in activities} == {"atlas"}


def test_the_picture_is_walked_through_with_the_keyboard(page: Page, write: Write) -> None:
    explorer = Explorer(page, write(*SLIP, suffix=".html"), WIDTHS["desktop"])
    explorer.searches("atlas.cutover")
    explorer.presses("ArrowRight")
    assert explorer.drawn("node.selected") == {"atlas.go-live"}
    explorer.presses("ArrowLeft")
    assert explorer.drawn("node.selected") != {"atlas.go-live"}
    explorer.presses("Escape")
    assert not explorer.drawn("node.selected")


def test_a_name_in_a_list_selects_it_in_the_picture(page: Page, write: Write) -> None:
    explorer = Explorer(page, write(*SLIP, suffix=".html"), WIDTHS["desktop"])
    explorer.does("document.querySelector('a[href=\"#node=acme-managed\"]').click()")
    page.value_of("new Promise(done => setTimeout(done, 100))")
    assert explorer.drawn("node.selected") == {"acme-managed"}


def test_a_slip_opens_with_what_it_reaches_and_nothing_else(page: Page, write: Write) -> None:
    explorer = Explorer(page, write(*SLIP, suffix=".html"), WIDTHS["desktop"])
    assert explorer.drawn("node.cause") == {"atlas.build"}
    assert "acme-managed" in explorer.drawn("node.hit")
    assert "data-hub.api-ready" not in explorer.drawn()


def test_who_is_hurt_stands_before_the_picture(page: Page, write: Write) -> None:
    page.open(write(*SLIP, suffix=".html").as_uri(), WIDTHS["desktop"])
    sections = page.value_of("[...document.querySelectorAll('section')].map(each => each.id)")
    assert sections == ["hurt", "graph", "all"]


def test_thousands_of_things_are_limited_to_what_can_be_read(page: Page, tmp_path: Path) -> None:
    activities = "".join(
        f"    - {{id: a{n}, name: Work {n}, duration: 1d, predecessors: [a{n // 2}]}}\n"
        for n in range(2, 3000)
    )
    (tmp_path / "pmo.yaml").write_text("organisation: {name: Large, currency: GBP}\n")
    (tmp_path / "project.yaml").write_text(
        "project:\n  id: large\n  name: Large\n  sponsor: nobody\n  start: 2026-04-01\n"
        f"  activities:\n    - {{id: a1, name: Work 1, duration: 1d}}\n{activities}"
    )
    file = tmp_path / "large.html"
    words = ("-C", str(tmp_path), "--as-of", "2026-03-31", "deps", "-q", "-o", str(file))
    subprocess.run(pmo(*words), check=True)
    explorer = Explorer(page, file, WIDTHS["desktop"])
    explorer.chooses("activity")
    assert len(explorer.drawn()) == 250
    assert "2750 left out" in str(explorer.does("return by('said').textContent"))
    explorer.searches("large.a1999")
    assert explorer.drawn("node.selected") == {"large.a1999"}
    assert {"large.a999", "large.a1"} <= explorer.drawn("node.up")


@each_width
@each_page
def test_it_works_from_disk_with_no_network_and_no_complaint(
    page: Page, write: Write, words: tuple[str, ...], width: int
) -> None:
    page.open(write(*words, suffix=".html").as_uri(), width)
    assert page.complaints() == []
    assert page.value_of("performance.getEntriesByType('resource').map(each => each.name)") == []
    assert page.value_of("document.documentElement.scrollWidth") <= width
    assert page.value_of("document.querySelectorAll('#picture canvas').length") > 0


def test_its_policy_allows_its_own_scripts_and_nothing_else(write: Write) -> None:
    text = write(*WHOLE, suffix=".html").read_text(encoding="utf-8")
    policy = text.split('Content-Security-Policy" content="')[1].split('"')[0]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("scheme", ["light", "dark"])
@each_width
def test_it_is_accessible(page: Page, write: Write, width: int, scheme: str) -> None:
    page.prefer(scheme)
    page.open(write(*SLIP, suffix=".html").as_uri(), width)
    found = violations(page)
    page.prefer("light")
    assert found == []


def test_it_is_valid_html(write: Write) -> None:
    assert faults(write(*words, suffix=".html") for words in (WHOLE, SLIP, AROUND)) == []
