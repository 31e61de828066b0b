"""Where a module of the product may live and what it may be called: themes and words of the trade.

Themes and layers are those of the import contracts; the words are in ``glossary.tsv``, each with a
standard of the trade that uses it; whole names that say nothing are in ``refused_names.txt``.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_FOLDER = Path(__file__).resolve().parent

OF_ALL_THEMES: Mapping[str, frozenset[str]] = {
    "portfolio.analysis": frozenset({"columns"}),
    "portfolio.rules": frozenset(
        {
            "comparison",
            "own_rules",
            "path_overrides",
            "phrases",
            "quality",
            "registry",
            "rule",
            "written",
        }
    ),
    "portfolio.report.sections": frozenset(),
    "portfolio.impact": frozenset(
        {
            "decision_delay",
            "dependencies",
            "effect",
            "freeze_windows",
            "movement",
            "outcomes",
            "ripple",
            "scenarios",
            "slack",
            "supposed_slip",
        }
    ),
    "portfolio.model": frozenset({"entity", "index", "kinds", "portfolio"}),
}
"""The packages that are split by theme, and what in each of them serves all themes."""

_COLUMNS = "columns"
"""What a theme registers for `pmo show`: the last word of a name, beside those of the trade."""


@cache
def contract(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a layered import contract from the top down; one row sees no other."""
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = stated["tool"]["importlinter"]["contracts"]
    found = next(each for each in contracts if each["id"] == name)
    return tuple(tuple(one.strip(" ()") for one in row.split("|")) for row in found["layers"])


def themes() -> tuple[str, ...]:
    """Return the themes from the bottom up: in the analysis each may import those before it."""
    rows = (row[0] for row in reversed(contract("themes")))
    return tuple(name for name in rows if name not in OF_ALL_THEMES["portfolio.analysis"])


def glossary() -> Mapping[str, tuple[str, str]]:
    """Return the words that name things of the trade, with their meaning and who uses them."""
    with (_FOLDER / "glossary.tsv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {word: (meaning, user) for word, meaning, user in rows}


def refused_names() -> frozenset[str]:
    """Return the words that are no name of a module."""
    return frozenset((_FOLDER / "refused_names.txt").read_text(encoding="utf-8").split())


def misplaced(names: Iterable[str]) -> Iterator[str]:
    """Yield one sentence for each module that lies outside any theme, or whose name is no word."""
    known, words = themes(), glossary()
    for name in names:
        for package, free in OF_ALL_THEMES.items():
            inside = name.removeprefix(f"{package}.").split(".")
            if not name.startswith(f"{package}.") or inside[0] in free:
                continue
            if inside[0] not in known:
                yield f"{name}: lies in no theme; the folders of {package} are {', '.join(known)}"
            elif len(inside) > 1:
                for word in unknown_words(inside[-1], words):
                    yield (
                        f"{name}: {word!r} is not in benchmarks/glossary.tsv; take the noun of the "
                        "trade, or add it there with the standard that uses it"
                    )


def unknown_words(name: str, known: Collection[str]) -> list[str]:
    """Return the words of a file's name that are in no entry, be it of one word or of several."""
    words = name.split("_")
    if words[-1] == _COLUMNS:
        words.pop()
    unknown = []
    while words:
        lengths = range(len(words), 0, -1)
        fits = next((n for n in lengths if _is_known("_".join(words[:n]), known)), 0)
        unknown += [] if fits else words[:1]
        words = words[fits or 1 :]
    return unknown


def _is_known(term: str, known: Collection[str]) -> bool:
    singular = f"{term[:-3]}y" if term.endswith("ies") else term.removesuffix("s")
    return term in known or singular in known
