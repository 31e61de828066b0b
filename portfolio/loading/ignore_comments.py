"""Exceptions written beside what they are about: `# pmo: ignore CODE reason`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.diagnostic import Diagnostic, Location, Severity
from portfolio.listing import listed
from portfolio.loading.document import scalar_spans
from portfolio.place import packed

if TYPE_CHECKING:
    from portfolio.loading.findings import Findings

_MARK = b"pmo: ignore"
_COMMENT = re.compile(r"(?:(?<=\s)|^)#\s*pmo: ignore\b:?[ \t]*(?P<rest>.*)$", re.MULTILINE)
_CODES = re.compile(r"(?P<codes>[A-Z]{3}(?:-[A-Z0-9]+)*(?:[ \t]*,[ \t]*[A-Z]{3}(?:-[A-Z0-9]+)*)*)")
_HINT = "write `# pmo: ignore CODE reason` behind the line of the finding, or above it"
_ALWAYS = ("YML-", "CFG-")
"""Findings that nothing can hide: what they are about was not read."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """One comment: where it stands, the line it is about, the codes and the reason."""

    place: Location
    line: int
    codes: tuple[str, ...]
    reason: str

    def covers(self, found: Diagnostic) -> bool:
        """Tell whether a finding is what the comment is about."""
        if (found.location.path, found.location.line) != (self.place.path, self.line):
            return False
        if not self.reason or found.code.startswith(_ALWAYS):
            return False
        return any(found.code == code or found.code.startswith(f"{code}-") for code in self.codes)


def without_ignored(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, bytes], *, complete: bool
) -> list[Diagnostic]:
    """Leave out the findings that a comment ignores, and report comments that are no use.

    ``complete`` tells whether every rule ran: only then can a comment be told to ignore nothing.
    """
    found = list(diagnostics)
    broken = {each.location.path for each in found if each.code.startswith("YML-")}
    comments = [
        comment
        for path, content in texts.items()
        if _MARK in content and path not in broken and not path.endswith(".csv")
        for comment in comments_in(path, content)
    ]
    if not comments:
        return found
    used = dict.fromkeys(comments, False)
    kept = []
    for each in found:
        covering = [comment for comment in comments if comment.covers(each)]
        used.update(dict.fromkeys(covering, True))
        if not covering:
            kept.append(each)
    return [*kept, *_useless(used, complete=complete)]


def _useless(used: Mapping[Ignore, bool], *, complete: bool) -> Iterator[Diagnostic]:
    for comment, helps in used.items():
        if complete and not helps and comment.reason:
            message = f"nothing on line {comment.line} is {listed(comment.codes, last=' or ')}"
            yield Diagnostic("YML-IGNORE", Severity.WARNING, message, comment.place, _HINT)


def report_unclear(content: bytes, findings: Findings) -> None:
    """Report comments that do not say what they ignore, or why."""
    for comment in comments_in(findings.path, content) if _MARK in content else ():
        if not comment.reason:
            missing = "why" if comment.codes else "which code"
            findings.add(
                "YML-IGNORE",
                f"the comment does not say {missing}; nothing is ignored",
                packed(comment.place.line, comment.place.column),
                hint=_HINT,
                severity=Severity.WARNING,
            )


def comments_in(path: str, content: bytes) -> Iterator[Ignore]:
    """Yield the comments of a readable file that ignore something."""
    text = content.decode("utf-8-sig", "replace")
    spans = scalar_spans(text)
    begins = [begin for begin, _ in spans]
    for match in _COMMENT.finditer(text):
        number = bisect_right(begins, match.start()) - 1
        if number >= 0 and spans[number][1] > match.start():
            continue  # inside a value
        yield _read(path, text, match)


def _read(path: str, text: str, match: re.Match[str]) -> Ignore:
    begin = text.rfind("\n", 0, match.start()) + 1
    line = text.count("\n", 0, begin) + 1
    column = match.start() - begin + 1
    place = Location(path, line, column, line, match.end() - begin + 1)
    rest = match["rest"].strip()
    codes = _CODES.match(rest)
    reason = rest[codes.end() :].strip(" \t:-–—") if codes else ""
    stated = tuple(re.split(r"\s*,\s*", codes["codes"])) if codes else ()
    alone = not text[begin : match.start()].strip()
    about = _next_line(text.split("\n"), line) if alone else line
    return Ignore(place, about, stated, reason)


def _next_line(lines: Sequence[str], line: int) -> int:
    """Return the number of the first line after one that is neither empty nor a comment."""
    for number in range(line, len(lines)):
        stripped = lines[number].strip()
        if stripped and not stripped.startswith("#"):
            return number + 1
    return line
