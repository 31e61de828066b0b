"""Every block in every format: escaped, complete, the same bytes for the same report."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from portfolio.report.blocks import Days, Index, Missing, Share, Status
from portfolio.report.formatting import in_words, sentence, sort_key
from portfolio.report.rendering import formats, render
from portfolio.values import Money
from tests.report.sample_pages import CELLS, DAY, everything, page, table

VOID = {"meta", "input", "br", "rect", "line", "polygon"}


class Outline(HTMLParser):
    """Checks that tags nest, and collects what a page contains."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "input"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(text: str) -> Outline:
    parser = Outline()
    parser.feed(text)
    assert parser.open == []
    return parser


def test_the_folders_of_templates_are_the_formats() -> None:
    assert formats() == ("html", "markdown")


@pytest.mark.parametrize("format_", ["html", "markdown"])
def test_the_same_report_gives_the_same_bytes(format_: str) -> None:
    assert render(everything(), format_) == render(everything(), format_)


def test_html_nests_and_has_one_of_each_id() -> None:
    found = outline(render(everything(), "html"))
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_a_portfolios_text_cannot_become_markup() -> None:
    found = outline(render(everything(), "html"))
    scripts = [tag for tag, _ in found.tags if tag == "script"]
    assert len(scripts) == 1
    targets = [a.get("href") or "" for tag, a in found.tags if tag == "a"]
    assert not any(each.lower().startswith("javascript") for each in targets)
    assert not any(name.startswith("on") for _, a in found.tags for name in a)


def test_the_page_loads_nothing_and_runs_only_what_it_carries() -> None:
    text = render(everything(), "html")
    found = outline(text)
    assert not any("src" in attributes for _, attributes in found.tags)
    assert not any(tag == "link" for tag, _ in found.tags)
    policy = next(a["content"] for _, a in found.tags if a.get("http-equiv"))
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_markdown_escapes_what_would_be_markup() -> None:
    text = render(page(table(*CELLS)), "markdown")
    assert "<script>" not in text
    assert not re.search(r"(?<!\\)\]\(javascript:", text)
    assert "\\|" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == len(CELLS) + 2
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 2 for row in rows)


def test_unknown_is_said_and_never_shown_as_zero() -> None:
    for format_ in ("html", "markdown"):
        text = render(page(table(Share(None, "nothing was due"), Missing(), None)), format_)
        assert "nothing was due" in text
        assert "not yet measured" in text
        assert ">0<" not in text


def test_a_colour_always_has_a_word_and_a_shape() -> None:
    text = render(page(table(Status("amber"), Status("grey", "no data"))), "markdown")
    assert "▲ amber" in text
    assert "○ no data" in text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Money(Decimal("1234567.5"), "GBP"), "1,234,568 GBP"),
        (Money(Decimal("2.5"), "EUR"), "2 EUR"),
        (Share(Decimal("0.385")), "38.5 %"),
        (Share(Decimal(1)), "100 %"),
        (Share(Decimal(2129) / 2130), "over 99.9 %"),
        (Share(Decimal(0)), "0 %"),
        (Share(Decimal("0.0001")), "under 0.1 %"),
        (Index(Decimal("0.898")), "0.90"),
        (Days(10, signed=True), "+10 days"),
        (Days(-1, signed=True), "-1 day"),
        (Days(3, "working days"), "3 working days"),
        (DAY, "31 Mar 2026"),
        (1234, "1,234"),
        (None, "–"),
        (("a ", 1), "a 1"),
    ],
)
def test_values_are_put_into_words_in_one_place(value: object, words: str) -> None:
    assert in_words(value) == words  # type: ignore[arg-type]


def test_a_table_sorts_by_values_and_not_by_words() -> None:
    assert sort_key(Money(Decimal(1000), "GBP")) == "1000"
    assert sort_key(DAY) == "2026-03-31"
    assert sort_key(Days(None)) == ""
    assert sort_key(Status("red")) < sort_key(Status("green"))


def test_a_users_own_template_goes_first() -> None:
    own = {"report.jinja": b"Ours: {{ report.as_of | words }}\n"}
    assert render(everything(), "markdown", own) == "Ours: 31 Mar 2026\n"


def test_a_template_is_sandboxed() -> None:
    from jinja2.exceptions import SecurityError

    with pytest.raises(SecurityError):
        render(everything(), "markdown", {"report.jinja": b"{{ report.__class__.__mro__ }}"})


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_and_status_colours_meet_the_contrast_of_wcag_aa(scheme: int) -> None:
    style = (Path(__file__).parents[2] / "templates/html/style.css").read_text()
    palettes = [
        dict(re.findall(r"--([\w-]+): (#\w{6})", part)) for part in style.split(":root")[1:]
    ]
    palette = palettes[scheme]
    for ink in ("ink", "soft", "accent"):
        for ground in ("page", "card"):
            assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    for colour in ("green", "amber", "red", "grey", "blue"):
        assert contrast(palette[colour], palette[f"{colour}-bg"]) >= 4.5, colour


def test_a_reason_starts_with_a_capital_and_writes_dates_as_every_cell_does() -> None:
    assert sentence("moved to 2026-06-02, not 2026-13-31") == "Moved to 2 Jun 2026, not 2026-13-31"
    assert sentence("") == ""


def test_a_template_that_has_changed_is_not_taken_from_memory() -> None:
    for words in ("first", "second"):
        own = {"report.jinja": words.encode()}
        assert render(page(), "markdown", own) == f"{words}\n"
