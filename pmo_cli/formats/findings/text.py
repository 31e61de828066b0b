"""Findings for people: the place, the sentence, the line with a caret, the hint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pmo_cli.formats.found import Findings, Paint, unpainted
from portfolio.characters import on_one_screen
from portfolio.diagnostic import Diagnostic, Location, Severity

FROM_TOP = False
_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_WIDTH_LIMIT = 160
_PLACES = 3
_RELATED = 10


def write(findings: Findings) -> str:
    """Render the findings that are shown, painted where the reader is a terminal."""
    return text(findings.diagnostics, findings.texts, findings.paint, fold=findings.fold)


def text(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, bytes],
    paint: Paint = unpainted,
    *,
    fold: bool = False,
) -> str:
    """Render findings for a person: place, code and sentence, the line with a caret, the hint.

    Folded, those of one file that say the same are one, with their number and first places.
    """
    lines_of = _Lines(texts)
    groups: dict[object, list[Diagnostic]] = {}
    for found in diagnostics:
        same = (found.location.path, found.code, found.message, found.hint, found.related)
        groups.setdefault(same if fold else id(found), []).append(found)
    return "".join(f"{_finding(each, lines_of, paint)}\n" for each in groups.values())


def _finding(equal: Sequence[Diagnostic], lines_of: _Lines, paint: Paint) -> str:
    found = equal[0]
    style = _STYLES[found.severity]
    head = (
        f"{paint('bold', _line(str(found.location)))}: {paint(style, found.severity.word)} "
        f"{paint('bold', found.code)} {_line(found.message)}"
    )
    parts = [head, *_excerpt(found, lines_of, paint)]
    if found.hint:
        parts.append(f"  {paint('dim', '= hint:')} {_line(found.hint)}")
    if len(equal) > 1:
        parts.append(f"  {paint('dim', '= found')} {_line(_times(equal))}")
    parts += [
        f"  {paint('dim', '= see')} {_line(f'{r.location}: {r.message}')}"
        for r in found.related[:_RELATED]
    ]
    if len(found.related) > _RELATED:
        left = len(found.related) - _RELATED
        parts.append(f"  {paint('dim', '= see')} {left:,} more, which --format json has")
    return "\n".join(parts)


def _times(equal: Sequence[Diagnostic]) -> str:
    """Say how often something was found, and where else."""
    said = f"{len(equal):,} times"
    if all(each.location == equal[0].location for each in equal):
        return said
    places = ", ".join(str(each.location) for each in equal[1:_PLACES])
    more = f" and {len(equal) - _PLACES:,} more" if len(equal) > _PLACES else ""
    return f"{said}, also {places}{more}; --no-fold shows all"


def _line(words: str) -> str:
    """Return words as the one line that they are: no text in them starts a finding of its own."""
    return on_one_screen(" ".join(words.splitlines()))


def _excerpt(found: Diagnostic, lines_of: _Lines, paint: Paint) -> list[str]:
    """Return the source line and a caret below the place, or nothing where there is no text."""
    place = found.location
    written = lines_of.line(place)
    if not written.strip() or place == Location(place.path):  # the file as a whole
        return []
    start = min(place.column - 1, len(written))
    first = max(0, start - _WIDTH_LIMIT // 2)
    shown = written[first : first + _WIDTH_LIMIT].replace("\t", " ")
    shown = on_one_screen(shown)
    length = max(1, min(place.end_column - place.column, len(written) - start))
    caret = " " * (start - first) + "^" * max(1, min(length, _WIDTH_LIMIT - (start - first)))
    number = str(place.line)
    bar = paint("dim", "|")
    return [
        f"  {paint('dim', number)} {bar} {shown}",
        f"  {' ' * len(number)} {bar} {paint(_STYLES[found.severity], caret)}",
    ]


class _Lines:
    """The lines of the files that findings point into, decoded when first needed."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        self._texts = texts
        self._lines: dict[str, list[str]] = {}

    def line(self, place: Location) -> str:
        """Return the line a place is on, or an empty text."""
        if place.path not in self._lines:
            content = self._texts.get(place.path, b"").decode("utf-8-sig", "replace")
            self._lines[place.path] = content.splitlines()
        lines = self._lines[place.path]
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""
