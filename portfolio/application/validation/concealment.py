"""What is said of findings inside confidential work: which, and how many, and nothing else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from portfolio.bounds import quoted
from portfolio.diagnostic import Diagnostic, Location
from portfolio.loading.unread import speaks_of_confidential
from portfolio.place import Overlaid, Source
from portfolio.view.audience import is_hidden
from portfolio.view.stand_in import CONFIDENTIAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.model.portfolio import Portfolio

_PLACE = Location("pmo.yaml", 1, 1, 1, 1)
_QUOTED = re.compile(r"'([^']*)'")
Start = tuple[int, int, bool]
"""Where something begins in a file, line and column, and whether it is hidden."""


class Secrets:
    """Where in the files of a portfolio something hidden stands.

    Between shown and hidden entities of one file the one that began last counts.
    """

    def __init__(
        self, portfolio: Portfolio, texts: Mapping[str, bytes], hidden: frozenset[str]
    ) -> None:
        """Tell where each entity begins, those that could not be read among them."""
        self._ids = hidden
        self._texts = texts
        starts: dict[str, list[Start]] = defaultdict(list)
        for entity in (*portfolio.entities.values(), *portfolio.aside.entities):
            for source in _sources(entity.source):
                starts[source.path].append((*source.start, entity.id in hidden))
        self._starts = {path: sorted(found) for path, found in starts.items()}

    @cached_property
    def files(self) -> frozenset[str]:
        """Return the files of hidden entities only, and those unread that lie or speak so."""
        secret = {p for p, found in self._starts.items() if all(start[2] for start in found)}
        shown = self._starts.keys() - secret
        folders = {_folder(path) for path in secret} - {_folder(path) for path in shown} - {""}
        unread = self._texts.keys() - self._starts.keys() - {_PLACE.path}
        return frozenset(
            secret
            | {
                path
                for path in unread
                if _folder(path) in folders or speaks_of_confidential(self._texts[path])
            }
        )

    def hides(self, found: Diagnostic, *, of_loading: bool) -> bool:
        """Tell whether a finding is in, or about, what is hidden.

        What rules find they say of an entity; what loading finds is told by its place, or by the
        id of something hidden that it quotes as a reference.
        """
        if found.entity in self._ids or found.location.path in self.files:
            return True
        if not of_loading:
            return not found.entity and self._stands_in_hidden(found.location)
        is_reference = found.code.startswith("REF-") and self._names_hidden(found.message)
        return is_reference or self._stands_in_hidden(found.location)

    def without_places(self, found: Diagnostic) -> Diagnostic:
        """Return a finding that is shown without what it says of hidden places."""
        seen = tuple(
            each
            for each in found.related
            if each.location.path
            and each.location.path not in self.files
            and not self._stands_in_hidden(each.location)
        )
        return found if len(seen) == len(found.related) else replace(found, related=seen)

    def shown(self, path: str) -> bytes:
        """Return the text of a file, with lines left empty that hold or name what is hidden."""
        text = self._texts[path].decode("utf-8-sig", "replace")
        if path in self.files:
            return b""
        lines = text.splitlines()
        secret = set(_hidden_lines(self._starts.get(path, ()), lines))
        kept = (
            "" if number in secret or self._named.search(line) else line
            for number, line in enumerate(lines, 1)
        )
        seen = list(kept)
        return self._texts[path] if seen == lines else "\n".join(seen).encode()

    @cached_property
    def _named(self) -> re.Pattern[str]:
        ids = "|".join(map(re.escape, sorted(self._ids)))
        return re.compile(rf"(?<![\w-])(?:{ids})(?![\w-])")

    def _names_hidden(self, message: str) -> bool:
        cut = {quoted(id_) for id_ in self._ids}
        return any(
            is_hidden(word, self._ids) or f"'{word}'" in cut for word in _QUOTED.findall(message)
        )

    def _stands_in_hidden(self, place: Location) -> bool:
        starts = self._starts.get(place.path, ())
        last = bisect_right(starts, (place.line, place.column, True)) - 1
        return last >= 0 and starts[last][2]


def _hidden_lines(starts: Sequence[Start], lines: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of the lines that something hidden stands on."""
    ends = [*starts[1:], (len(lines) + 1, 1, False)]
    for (first, _, hidden), (last, column, _) in zip(starts, ends, strict=False):
        if hidden:
            yield from range(first, max(last, first + 1))
            if last <= len(lines) and lines[last - 1][: column - 1].strip(" -"):
                yield last


def concealed(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield for each finding that there is one of its code, all alike."""
    for found in findings:
        yield Diagnostic(
            found.code,
            found.severity,
            f"in {CONFIDENTIAL}",
            _PLACE,
            "--include-confidential shows the place and the text",
        )


def _sources(source: Source) -> Iterator[Source]:
    if isinstance(source, Overlaid):
        yield from _sources(source.below)
        yield from _sources(source.over)
    else:
        yield source


def _folder(path: str) -> str:
    return PurePosixPath(path).parent.as_posix().removeprefix(".")
