"""What a Markdown parser makes of a page, beside what the report says that it should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from portfolio.characters import visible
from portfolio.report.blocks import Block, Callout, Cell, Chart, Details, Report, Subheading, Table
from portfolio.report.formatting import in_words

Cells = tuple[tuple[str, ...], ...]


@dataclass
class Parsed:
    """A page as the parser of the common specification reads it, with GitHub's tables."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    tables: list[Cells] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fences: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)


def parse(markdown: str) -> Parsed:
    """Read a page."""
    found = Parsed()
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    for place, token in enumerate(tokens):
        found.kinds |= {each.type for each in (token, *(token.children or ()))}
        if token.type == "heading_open":
            found.headings.append((int(token.tag[1]), words_of(tokens[place + 1])))
        elif token.type == "table_open":
            found.tables.append(tuple(_rows(tokens[place:])))
        elif token.type == "html_block":
            found.html.append(token.content.strip())
        elif token.type == "fence":
            found.fences.append(token.info)
        for child in token.children or ():
            if child.type == "html_inline":
                found.html.append(child.content)
            elif child.type == "link_open":
                found.links.append(str(child.attrs["href"]))
            elif child.type == "text":
                found.texts.append(child.content)
    return found


def words_of(token: Token) -> str:
    """Return the text of a heading or a cell, without its marks."""
    kept = (child.content for child in token.children or () if child.type != "html_inline")
    return " ".join("".join(kept).split())


def _rows(tokens: Iterable[Token]) -> Iterator[tuple[str, ...]]:
    row: list[str] = []
    for token in tokens:
        if token.type == "inline":
            row.append(words_of(token))
        elif token.type == "tr_close":
            yield tuple(row)
            row = []
        elif token.type == "table_close":
            return


def tables_of(report: Report) -> list[Cells]:
    """Return the tables that a report has, as texts, in the order of the page."""
    return [
        (tuple(plain(column.words) for column in table.columns), *map(_texts, table.rows))
        for section in report.sections
        for table in _tables(section.blocks)
        if table.rows
    ]


def headings_of(report: Report) -> list[tuple[int, str]]:
    """Return the headings that a report has, with their levels."""
    found = [(1, plain(report.title))]
    for section in report.sections:
        found.append((2, plain(section.title)))
        found += [(3, plain(words)) for words in _headings(section.blocks)]
    return found


def plain(cell: Cell) -> str:
    """Return a cell as one line of visible text."""
    return " ".join(visible(" ".join(in_words(cell).split())).split())


def _texts(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(plain(cell) for cell in row)


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart):
            yield block.data
        elif isinstance(block, Callout):
            yield from _tables(block.body)
        elif isinstance(block, Details):
            yield from _tables(block.blocks)


def _headings(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Subheading):
            yield block.words
        elif isinstance(block, Callout):
            yield block.title
            yield from _headings(block.body)
        elif isinstance(block, Details):
            yield from _headings(block.blocks)
