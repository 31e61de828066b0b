"""Text from a portfolio stays text: on pages in Markdown and HTML, in tables and workbooks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from portfolio.exchange.tables.workbook import frame
from portfolio.measure.table import rows
from portfolio.model.kinds import kinds
from portfolio.report.blocks import Report
from portfolio.report.rendering import render
from tests.hostile.attacks import ATTACKS
from tests.hostile.portfolio import hostile_portfolio, hostile_reports

REPORTS = hostile_reports()
each_report = pytest.mark.parametrize(
    "report", [r for _, r in REPORTS], ids=[n for n, _ in REPORTS]
)
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "a", "div", "header", "h1", "h2", "h3", "h4",
    "p", "dl", "dt", "dd", "nav", "ul", "li", "main", "section", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "span", "strong", "em", "details", "summary", "footer", "script",
    "svg", "g", "rect", "text", "line", "path", "polygon", "polyline", "circle", "figure",
    "figcaption", "label", "input", "button", "br", "article", "aside", "tspan", "time", "defs",
    "clippath", "small", "b", "code", "sup",
}  # fmt: skip


_RUNS = re.compile(r"\s*(javascript|data|vbscript):", re.IGNORECASE)


class Reader(HTMLParser):
    """What a page consists of: its elements, its attributes, its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.scripts += tag == "script"
        self.attributes += [(name, value or "") for name, value in attrs]


def test_the_attacks_are_in_the_portfolio() -> None:
    texts = " ".join(str(each.values()) for each in hostile_portfolio().entities.values())
    for attack in ATTACKS:
        assert attack.split()[0] in texts or repr(attack)[1:-1].split()[0] in texts


@each_report
def test_a_page_has_the_elements_that_we_wrote_and_no_others(report: Report) -> None:
    reader = Reader()
    reader.feed(render(report, "html"))
    assert reader.elements <= ALLOWED
    assert reader.scripts == 1
    assert [name for name, _ in reader.attributes if name.startswith("on")] == []
    targets = [value for name, value in reader.attributes if name in {"href", "src", "action"}]
    assert [each for each in targets if _RUNS.match(each)] == []


@each_report
def test_markdown_has_the_structure_that_we_wrote_and_no_other(report: Report) -> None:
    text = render(report, "markdown")
    own = {"# ", "## ", "### "}
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert all(any(line.startswith(each) for each in own) for line in headings)
    assert "# Heading" not in headings
    outside = re.sub(r"^```mermaid\n.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    assert not re.search(r"(?<!\\)<(script|img|svg)", outside)
    assert not re.search(r"(?<!\\)\]\(javascript:", outside)
    assert "```" not in outside
    for line in outside.splitlines():
        if line.startswith("|"):
            assert line.endswith("|"), line[:100]


@pytest.mark.parametrize("kind", kinds())
def test_no_cell_of_a_list_is_a_formula(kind: str) -> None:
    portfolio = hostile_portfolio()
    cls = kinds()[kind]
    entities = portfolio.all(cls)
    if not entities:
        return
    table = frame(rows(portfolio, cls, entities))
    for column in table.columns:
        for value in table[column]:
            if isinstance(value, str):
                assert value[:1] not in {"=", "@"}, (kind, column, value)
                assert not re.match(r"[+-](?!\d)", value), (kind, column, value)
