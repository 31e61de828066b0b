"""What is wrong with a text that is no YAML, at its place and in the words of whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio.loading.document import SyntaxProblem, compose
from portfolio.place import unpacked

MISTAKES = {
    "a field out of line": ("project:\n  id: a\n name: b\n", 3, 2, "of no line above it"),
    "a field too far to the right": ("project:\n  id: a\n   name: b\n", 3, 8, "a value already"),
    "no space behind a colon": ("a:\n  name:Atlas\n  b: c\n", 2, 3, "a key without a colon"),
    "no colon": ("project\n  id: a\n", 1, 1, "a key without a colon"),
    "no colon in the middle": ("project:\n  id a\n  name: b\n", 2, 3, "a key without a colon"),
    "no space behind a dash": ("risks:\n  -id: a\n   title: b\n", 2, 3, "a dash without a space"),
    "no key": ("project:\n  : b\n", 2, 3, "a colon without a key"),
    "a colon in a text": ("a: Phase 1: design\n", 1, 11, "put quotes around the text"),
    "an open quote": ('project:\n  name: "abc\n  id: x\n', 2, 9, "a quote that is not closed"),
    "a quote in quotes": ("name: 'it's'\n", 1, 11, "write '' for '"),
    "text behind a bracket": ("title: [Draft] plan\n", 1, 16, "behind a closing quote or bracket"),
    "an open bracket": ("risks: [a, b\n\n", 3, 1, "a bracket opened in line 1 is not closed"),
    "a bracket of another shape": ("a: {b: [c}\n", 1, 10, "a comma or `]` is missing"),
    "a bracket too many": ("a: ]\n", 1, 4, "a closing bracket that nothing has opened"),
    "no comma": ("a: {\n  b: 1\n  c: 2}\n", 2, 7, "a comma is missing"),
    "two commas": ("a: {b: c,, d: e}\n", 1, 10, "a comma without a value before it"),
    "a value cut off": ("a: [\n---\n", 2, 1, "a value is missing here"),
    "a list on its key's line": ("a: - b\n", 1, 4, "begin it on the next line"),
    "a list among fields": ("project:\n  id: a\n  - b\n", 3, 3, "a list item where a field"),
    "a field among items": ("risks:\n  - a\n  id: b\n", 3, 3, "no item of the list above it"),
    "text behind a bar": ("name: |text\n", 1, 8, "text behind | or >"),
    "a path of Windows": ('path: "C:\\docs"\n', 1, 10, "a backslash that means nothing"),
    "a bold word": ("note: **bold** word\n", 1, 8, "if * is part of it"),
    "a starred word": ("note: *bold\n", 1, 7, "or quote the text if * is part of it"),
    "an anchor twice": ("a: &x b\nc: &x d\n", 2, 4, "an anchor that this file has already"),
    "an anchor with a colon": ("a: &b:c d\n", 1, 4, "letters, digits, - and _ only"),
    "a handle": ("owner: @anna\n", 1, 8, "a plain text cannot begin with '@'"),
    "a question mark in a list": ("a: [?b, c]\n", 1, 5, "cannot begin with a question mark"),
    "a question mark and a space": ("a: b\nc: ? d\n", 2, 4, "a question mark and a space"),
    "an exclamation": ("a: !<b c\n", 1, 4, "is a tag, and this one cannot be read"),
    "a per cent at the start": ("%x\na: b\n", 1, 1, "a directive, which is not read"),
    "a tab behind a dash": ("a:\n  -\tb: c\n", 2, 4, "a tab where a space belongs"),
    "the end of a document": ("a: b\n...\nc: d\n", 2, 1, "`...` ends a document"),
    "a conflict": (
        "project:\n  id: a\n<<<<<<< HEAD\n  name: A\n=======\n  name: B\n>>>>>>> other\n",
        3, 1, "a conflict that git left unresolved",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "told"), MISTAKES.values(), ids=[*MISTAKES])
def test_a_mistake_is_told_where_it_is(text: str, line: int, column: int, told: str) -> None:
    problem = compose(text.encode())
    assert isinstance(problem, SyntaxProblem)
    place = unpacked("x.yaml", problem.place)
    assert told in f"{problem.message}; {problem.hint}"
    assert (place.line, place.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    ['a: "why, ?that"\n', "a: R&D: b\n".replace(": b", ""), "a: [b ?c]\n", "a: {b: 'x &y: z'}\n"],
)
def test_what_only_looks_like_it_is_read(text: str) -> None:
    assert not isinstance(compose(text.encode()), SyntaxProblem)


DEEP: Mapping[str, Callable[[int], str]] = {
    "brackets": lambda n: "a: " + "[" * n + "]" * n,
    "braces": lambda n: "{a: " * n + "1" + "}" * n,
    "brackets, a line each": lambda n: "a: \n" + " [\n" * n + " ]\n" * n,
    "keys below keys": lambda n: "".join(f"{' ' * k}a{k}:\n" for k in range(n)),
    "a list in a list": lambda n: "- " * n + "1",
    "a list below its key at the same place": lambda n: "".join(
        f"{' ' * k}{'- ' if k else ''}a{k}:\n" for k in range(0, n, 2)
    ),
}


@pytest.mark.parametrize("levels", [66, 200, 1_200, 20_000])
@pytest.mark.parametrize("shape", DEEP)
def test_too_many_levels_are_told_by_us_whatever_the_parser_says(shape: str, levels: int) -> None:
    if "keys" in shape and levels > 1_200:
        levels = 3_000  # two hundred megabytes of blanks
    problem = compose(DEEP[shape](levels).encode())
    assert isinstance(problem, SyntaxProblem)
    assert problem.code == "YML-DEPTH"


@pytest.mark.parametrize("shape", DEEP)
def test_sixty_levels_are_read(shape: str) -> None:
    assert not isinstance(compose(DEEP[shape](60).encode()), SyntaxProblem)
