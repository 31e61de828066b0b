"""The commands of the table: everything that can be asked, in every format, here and into files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from random import Random

from portfolio.model.kinds import kinds
from portfolio.view.view import View
from tests.harness.extremes import scalars
from tests.hostile.files import example
from tests.same_bytes.questions import PLACE, Words, lookups, questions

_SHARES = {
    "show": 8, "report": 6, "deps": 6, "validate": 3, "risk": 2, "resources": 2, "prioritise": 2,
    "export": 2, "words": 1, "new": 1, "explain": 0.3, "site": 0.1, "--help": 0.02,
}  # fmt: skip
"""How often each is drawn; a site costs as much as fifty of the others."""
_WORD = "<word>"
_WORDS: tuple[Words, ...] = (
    ("deps", "--slip=<word>"),
    ("deps", "--slip=atlas.build=<word>", "--format", "html"),
    ("deps", "--without=anna-reyes", "--from=<word>"),
    ("deps", "--why=<word>"),
    ("deps", "--stop=<word>"),
    ("deps", "--", "<word>"),
    ("deps", "atlas", "--depth=<word>"),
    ("prioritise", "--budget=<word>"),
    ("prioritise", "--budget=2026-Q3=<word>", "--frontier"),
    ("prioritise", "--capacity=PRMG=<word>", "--sensitivity"),
    ("prioritise", "--cut=<word>"),
    ("risk", "simulate", "--iterations=100", "--seed=<word>"),
    ("report", "board", "--since=<word>"),
    ("report", "--", "<word>"),
    ("report", "project", "--", "<word>"),
    ("show", "--", "<word>"),
    ("show", "risks", "--", "<word>"),
    ("show", "risks", "--columns=<word>"),
    ("validate", "--", "<word>"),
    ("validate", "--select=<word>"),
    ("validate", "--against=<word>"),
    ("explain", "--", "<word>"),
    ("new", "--", "<word>"),
    ("--as-of=<word>", "validate"),
    ("--as-of=<word>", "report", "board"),
)
"""Where a command takes a word from whoever types it: an extreme, or an attack."""
_WRITERS: tuple[Words, ...] = (
    ("validate", "--fix"),
    ("validate", "--write-baseline"),
    ("resources", "level", "--write"),
)
"""What changes the portfolio: each is the last that its copy is asked for."""


def drawn(portfolio: View | None, random: Random, number: int, kind: str = "") -> list[Words]:
    """Return so many commands that can be asked of a portfolio, or of the example instead.

    The first is about a kind, where one is named.
    """
    by_name = _by_name(portfolio if portfolio and portfolio.entities else example())
    names = random.choices([*by_name], [_SHARES[name] for name in by_name], k=number)
    found = [_varied(random.choice(by_name[name]), random) for name in names]
    if random.random() < 0.2:
        found[-1] = random.choice(_WRITERS)
    if kind:
        found[0] = _about(kind, random)
    return found


def _about(kind: str, random: Random) -> Words:
    """Return the list of a kind in one of its formats; of the settings, what is wrong with them."""
    if kind not in kinds():
        return ("validate",)
    plural = kinds()[kind].PLURAL
    return random.choice([words for words in _lists() if words[1] == plural])


@cache
def _lists() -> list[Words]:
    return [words for words in questions(example()).values() if words[0] == "show"]


@cache
def _by_name(portfolio: View) -> Mapping[str, list[Words]]:
    found: dict[str, list[Words]] = {}
    for words in (*questions(portfolio).values(), *lookups().values()):
        name = "site" if words[:2] == ("report", "all") else words[0]
        found.setdefault(name if "--help" not in words else "--help", []).append(words)
    found["words"] = [*_WORDS]
    return found


def _varied(words: Words, random: Random) -> Words:
    """Return a command with few iterations, and now and then into a file."""
    if any(_WORD in word for word in words):
        value = random.choice(scalars())
        return tuple(word.replace(_WORD, value) for word in words)
    if words[0] == "risk":
        return (*words, "--iterations", "100")
    takes_file = words[0] in {"show", "deps", "report", "export"} and "--format" in words
    if takes_file and PLACE not in words and (random.random() < 0.2 or words[-1] == "xlsx"):
        return (*words, "-o", PLACE)
    return words
