"""The map of the house: layers and themes from the import contracts, words from the docstrings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.themes import OF_ALL_THEMES, ROOT, contract, themes

PAGE = ROOT / "docs" / "architecture.md"
_BETWEEN = re.compile(r"(<!-- map: (\w+) -->\n).*?(<!-- /map -->)", re.DOTALL)
_WORDS_AT = 42


def with_map(text: str) -> str:
    """Return a page with its maps written anew, each between its two marks."""
    parts = {"layers": layers, "themes": theme_table}
    return _BETWEEN.sub(lambda found: "\n".join([found[1], *parts[found[2]](), "", found[3]]), text)


def layers() -> Iterator[str]:
    """Yield the layers from the top down, each with the packages in it.

    What begins with a bar does not see the one above it.
    """
    yield "```"
    for row in contract("layers"):
        for place, name in enumerate(row):
            yield _line("| " if place else "", name)
            yield from _packages(name, 1)
    yield "```"


def theme_table() -> Iterator[str]:
    """Yield the themes from the bottom up, with what each is about."""
    yield from ("| theme | what lives there |", "|---|---|")
    for theme in themes():
        yield f"| `{theme}` | {_sentence(f'portfolio.analysis.{theme}')} |"


def _packages(name: str, depth: int) -> Iterator[str]:
    """Yield the packages in a package; those of the themes in one line."""
    inside = {path.stem for path in _path(name).glob("*")} if name in OF_ALL_THEMES else ()
    in_theme = [theme for theme in themes() if theme in inside]
    if in_theme:
        every = "<theme>" if len(in_theme) == len(themes()) else " ".join(in_theme)
        yield f"{'    ' * depth}{every}"
    found = sorted(path.parent.name for path in _path(name).glob("*/__init__.py"))
    for inner in (each for each in found if each not in in_theme):
        yield _line("    " * depth, f"{name}.{inner}", inner)
        yield from _packages(f"{name}.{inner}", depth + 1)


def _line(before: str, name: str, shown: str = "") -> str:
    return f"{before + (shown or name):{_WORDS_AT}}{_sentence(name)}"


def _sentence(name: str) -> str:
    """Return the first line of a docstring, as it stands behind a name."""
    path = _path(name)
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    first = (ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or "").partition("\n")
    return first[0].removesuffix(".")


def _path(name: str) -> Path:
    return ROOT.joinpath(*name.split("."))
