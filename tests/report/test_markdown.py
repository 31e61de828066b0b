"""Every page in Markdown, read by a parser: its structure is ours, and each text survives."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest

from portfolio.report.pack import Pack
from portfolio.report.rendering import render
from portfolio.report.site import build_site
from tests.hostile.files import example
from tests.hostile.portfolio import hostile_portfolio
from tests.report.markdown import Parsed, headings_of, parse, tables_of
from tests.report.sample_pages import everything

FOLDED = re.compile(r"<details><summary>[^<>]*</summary>|</details>")
OURS = {
    *("paragraph_open", "paragraph_close", "inline", "text", "softbreak"),
    *("heading_open", "heading_close", "bullet_list_open", "bullet_list_close"),
    *("list_item_open", "list_item_close", "strong_open", "strong_close", "em_open", "em_close"),
    *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close"),
    *("tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close"),
    *("link_open", "link_close", "code_inline", "fence", "html_block", "hr"),
}
"""What our pages consist of: no picture, no quotation, no numbered list, no indented code."""
SITES = {
    "example": dict(build_site(Pack(example()), ".md")),
    "hostile": dict(build_site(Pack(hostile_portfolio()), ".md")),
    "hostile anew": dict(build_site(Pack(hostile_portfolio(13)), ".md")),
}
PAGES = {
    "every block": everything(),
    **{f"{site} {name}": report for site, pages in SITES.items() for name, report in pages.items()},
}

each_page = pytest.mark.parametrize("name", PAGES)


@cache
def parsed(name: str) -> Parsed:
    return parse(render(PAGES[name], "markdown"))


@each_page
def test_its_headings_are_those_of_the_report_and_none_is_skipped(name: str) -> None:
    found = parsed(name).headings
    own = headings_of(PAGES[name])
    assert found[: len(own)] == own
    notes = found[len(own) :]
    assert notes[:1] in ([], [(2, "How these figures are made")])
    assert {words for _, words in notes[1:]} <= {words for _, words in own}
    assert all(deeper <= level + 1 for (level, _), (deeper, _) in pairwise(found))


@each_page
def test_its_tables_have_every_cell_with_its_text(name: str) -> None:
    assert parsed(name).tables == tables_of(PAGES[name])


@each_page
def test_it_has_the_markup_that_we_wrote_and_no_other(name: str) -> None:
    found = parsed(name)
    assert found.kinds <= OURS
    assert [each for each in found.html if not FOLDED.fullmatch(each)] == []
    opened = sum(each.startswith("<details>") for each in found.html)
    assert opened == found.html.count("</details>")
    assert set(found.fences) <= {"mermaid"}


@pytest.mark.parametrize("site", SITES)
def test_every_link_of_a_site_leads_to_a_page_of_it(site: str) -> None:
    for name in SITES[site]:
        for link in parsed(f"{site} {name}").links:
            assert link in SITES[site], f"{name}: {link}"


@pytest.mark.parametrize("name", SITES["example"])
def test_no_mark_is_left_as_text(name: str) -> None:
    """Emphasis that a parser does not take for one would show its asterisks."""
    texts = parsed(f"example {name}").texts
    assert [text for text in texts if re.search(r"\*\*|\\[*_|#]|&\w+;|</?\w", text)] == []
