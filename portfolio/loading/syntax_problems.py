"""Why a text is not YAML, in the words of whoever wrote it.

The parser says what it was looking for; people want to know what they did. Each explanation looks
at the parser's words and at the characters around the place, and stands aside where it does not
know better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.place import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_QUOTE = "put quotes around the text"
NAMES = "a name behind & or * has letters, digits, - and _ only"
_CONFLICT = re.compile(r"(<{7}|\|{7}|>{7}) ")
_ANCHOR_WITH_COLON = re.compile(r"[&*][\w-]+:")

# Words of the parser (of its problem, or of what it was reading), a sentence, a hint.
_WORDS: tuple[tuple[str, str, str], ...] = (
    ("undefined alias", "", "define it before with &name, or quote the text if * is part of it"),
    (
        "duplicate anchor",
        "an anchor that this file has already",
        "give the second a name of its own",
    ),
    ("scanning an alias", NAMES, f"{_QUOTE} if * is part of it"),
    ("scanning an anchor", NAMES, f"{_QUOTE} if & is part of it"),
    (
        "block sequence entries are not allowed",
        "a list cannot begin on the line of its key",
        f"begin it on the next line, or {_QUOTE} that begins with a dash",
    ),
    ("a block scalar", "text behind | or >", "begin it on the next line, or use quotes instead"),
    (
        "unknown escape character",
        "a backslash that means nothing here",
        r"write \\, or use single quotes",
    ),
    (
        "incompatible YAML",
        "a directive states a version of YAML that is not 1.1 or 1.2",
        "remove the line",
    ),
    ("directive", "a line that begins with % is a directive, which is not read", "remove the line"),
    ("a tag", "a text that begins with ! is a tag, and this one cannot be read", _QUOTE),
    ("mapping keys are not allowed", "a question mark and a space begin a key", _QUOTE),
    (
        "found unexpected ':'",
        "a colon inside a plain text between brackets, or without a key",
        _QUOTE,
    ),
    ("expected '-' indicator", "a line that is no item of the list above it",
     "begin it with a dash, or align it with the fields of the item that it belongs to"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a text is no document: a code of loading, a sentence, a hint, a packed position."""

    code: str
    message: str
    hint: str
    place: int


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the parser says of a place, what it was reading since where, and the lines around.

    Lines and columns count from 0; ``since`` is where it began to read what it could not end.
    """

    problem: str
    context: str
    line: int
    column: int
    since: tuple[int, int] | None
    lines: Sequence[str]

    @property
    def written(self) -> str:
        """Return the line that the parser complains of."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def before(self) -> str:
        """Return what stands before the place on its line."""
        return self.written[: self.column]

    @property
    def character(self) -> str:
        """Return the character at the place, or an empty text at the end of the line."""
        return self.written[self.column : self.column + 1]

    def says(self, *words: str) -> bool:
        """Tell whether the parser uses these words."""
        return all(word in self.problem or word in self.context for word in words)

    def told(
        self,
        message: str,
        hint: str = "",
        at: tuple[int, int] | None = None,
        code: str = "YML-SYNTAX",
    ) -> SyntaxProblem:
        """Return the problem in other words, at the place or at another one."""
        line, column = at or (self.line, self.column)
        return SyntaxProblem(code, message, hint, packed(line + 1, column + 1))


def explained(complaint: Complaint) -> SyntaxProblem:
    """Return what is wrong with a text, by the first explanation that fits."""
    for explanation in _EXPLANATIONS:
        found = explanation(complaint)
        if found is not None:
            return found
    return complaint.told(complaint.problem)


def _conflict(complaint: Complaint) -> SyntaxProblem | None:
    for number, line in enumerate(complaint.lines):
        if _CONFLICT.match(line):
            hint = "keep one side, and delete the lines with <<<<<<<, ======= and >>>>>>>"
            return complaint.told("a conflict that git left unresolved", hint, (number, 0))
    return None


def _tab(complaint: Complaint) -> SyntaxProblem | None:
    written = complaint.written
    indentation = written[: len(written) - len(written.lstrip())]
    if "\t" in indentation:
        at = (complaint.line, indentation.index("\t"))
        return complaint.told("a tab in the indentation", "indent with spaces", at, "YML-TAB")
    if complaint.character == "\t" or complaint.says("cannot start", "tab"):
        return complaint.told("a tab where a space belongs", "use spaces", code="YML-TAB")
    return None


def _second_document(complaint: Complaint) -> SyntaxProblem | None:
    if complaint.says("but found another document"):
        hint = "remove the `---`"
        return complaint.told("a second document starts here", hint, code="YML-DOCUMENTS")
    ends = [n for n, line in enumerate(complaint.lines[: complaint.line + 1]) if line[:3] == "..."]
    behind = complaint.says("<document start>") or complaint.says("expected node content")
    if ends and behind:
        message = "`...` ends a document, and a file has one"
        return complaint.told(message, "remove the `...`", (ends[-1], 0), "YML-DOCUMENTS")
    if complaint.says("<document start>"):
        hint = "begin with a kind, for example `risks:`, and indent what is below it"
        return complaint.told("this line belongs to nothing above it", hint)
    return None


def _by_words(complaint: Complaint) -> SyntaxProblem | None:
    for words, message, hint in _WORDS:
        if complaint.says(words):
            # Of a tag or a directive the place is where it gives up; people look at its beginning.
            at = complaint.since if words in {"directive", "a tag"} else None
            return complaint.told(message or complaint.problem, hint, at)
    return None


def _unclosed_quote(complaint: Complaint) -> SyntaxProblem | None:
    if complaint.since is None or not complaint.says("a quoted scalar", "unexpected"):
        return None
    hint = "close it; inside single quotes write '' for one of them"
    return complaint.told("a quote that is not closed", hint, complaint.since)


def _colon(complaint: Complaint) -> SyntaxProblem | None:
    """Explain a colon that makes a key where there cannot be one, or a key without a colon."""
    if complaint.says("could not find expected ':'") and complaint.since:
        return complaint.told("a key without a colon", "write `key: value`", complaint.since)
    if not complaint.says("mapping values are not allowed"):
        return None
    if _ANCHOR_WITH_COLON.search(complaint.written[: complaint.column + 1]):
        return complaint.told(NAMES, "give it another name")
    if ": " in complaint.before:
        message = "a colon followed by a space inside a plain text"
        return complaint.told(message, "put quotes around the text, or start a new line")
    return _above(complaint)


def _above(complaint: Complaint) -> SyntaxProblem:
    """Explain a line that the parser reads as the continuation of the one above it."""
    number = next((n for n in range(complaint.line - 1, -1, -1) if complaint.lines[n].strip()), 0)
    above = complaint.lines[number]
    start = (number, len(above) - len(above.lstrip()))
    if re.match(r"\s*-[^\s-]", above):
        return complaint.told("a dash without a space behind it", "write `- id: …`", start)
    if ": " not in above:
        return complaint.told("a key without a colon", "write `key: value`", start)
    message = "this line is indented below one that has a value already"
    return complaint.told(message, "align the two, or put quotes around a text of several lines")


def _key(complaint: Complaint) -> SyntaxProblem | None:
    """Explain what stands where the next key of a mapping should."""
    if not complaint.says("did not find expected key"):
        return None
    if complaint.character == ":":
        return complaint.told("a colon without a key", f"write the key before it, or {_QUOTE}")
    if complaint.before.strip(" -?"):
        message = "text behind a closing quote or bracket"
        return complaint.told(message, f"{_QUOTE} as a whole; inside single quotes write '' for '")
    if complaint.written[complaint.column :].startswith("- "):
        message = "a list item where a field of the mapping above belongs"
        return complaint.told(message, "give the list a key, and indent it below that")
    message = "the indentation is that of no line above it"
    return complaint.told(message, "align it with the fields that it belongs to")


def _bracket(complaint: Complaint) -> SyntaxProblem | None:
    """Explain what stands between brackets where a comma or the end should."""
    if not complaint.says("did not find expected ',' or"):
        return None
    above = complaint.lines[complaint.line - 1].rstrip() if complaint.line else ""
    if complaint.character == ":" and complaint.before.strip() and ": " in above:
        at = (complaint.line - 1, len(above))
        return complaint.told("a comma is missing between two fields", "end the line with one", at)
    if complaint.character == ":":
        return complaint.told(
            "a colon whose key is not on the same line", "write key and colon on one line"
        )
    line = complaint.since[0] + 1 if complaint.since else 1
    end = complaint.problem[-3:].strip("'")
    message = f"a comma or `{end}` is missing"
    return complaint.told(message, f"a bracket opened in line {line} is not closed before this")


def _content(complaint: Complaint) -> SyntaxProblem | None:
    """Explain a character that cannot begin a value."""
    if complaint.says("cannot start any token"):
        return complaint.told(f"a plain text cannot begin with {complaint.character!r}", _QUOTE)
    if not complaint.says("did not find expected node content"):
        return None
    match complaint.character:
        case ":":
            return complaint.told("a plain text between brackets cannot begin with a colon", _QUOTE)
        case ",":
            return complaint.told("a comma without a value before it", "delete it")
        case "]" | "}":
            return complaint.told("a closing bracket that nothing has opened", "delete it")
    return complaint.told("a value is missing here", "write one, or close the bracket")


_EXPLANATIONS: tuple[Callable[[Complaint], SyntaxProblem | None], ...] = (
    _conflict,
    _tab,
    _second_document,
    _by_words,
    _unclosed_quote,
    _colon,
    _key,
    _bracket,
    _content,
)
