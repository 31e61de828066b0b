"""What is said of findings inside confidential work: which, and how many, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from portfolio.diagnostic import Diagnostic, Location
from portfolio.view.stand_in import CONFIDENTIAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.model.portfolio import Portfolio

_PLACE = Location("pmo.yaml", 1, 1, 1, 1)
_MARKED = (b"confidential: true", b"confidential: yes", b"confidential: on")


class Secrets:
    """What of a portfolio's ids and files is hidden."""

    def __init__(
        self, portfolio: Portfolio, texts: Mapping[str, bytes], hidden: frozenset[str]
    ) -> None:
        """Tell which files hold nothing but what is hidden."""
        self._ids = hidden
        self._quoted = tuple(repr(id_) for id_ in hidden)
        self._files = hidden_files(portfolio, texts, hidden)

    def hides(self, found: Diagnostic) -> bool:
        """Tell whether a finding is in, or about, what is hidden."""
        return (
            found.entity in self._ids
            or found.location.path in self._files
            or any(quoted in found.message for quoted in self._quoted)
        )

    def without_places(self, found: Diagnostic) -> Diagnostic:
        """Return a finding that is shown without what it says of hidden places."""
        seen = tuple(
            each
            for each in found.related
            if each.location.path
            and each.location.path not in self._files
            and not any(quoted in each.message for quoted in self._quoted)
        )
        return found if len(seen) == len(found.related) else replace(found, related=seen)


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


def hidden_files(
    portfolio: Portfolio, texts: Mapping[str, bytes], hidden: frozenset[str]
) -> frozenset[str]:
    """Return the files of hidden entities only, and those unread that lie or speak like them."""
    shown: set[str] = set()
    secret: set[str] = set()
    for entity in portfolio.entities.values():
        (secret if entity.id in hidden else shown).add(entity.source.path)
    secret -= shown
    folders = {_folder(path) for path in secret} - {_folder(path) for path in shown} - {""}
    unread = (path for path in texts if path not in shown | secret and path != _PLACE.path)
    return frozenset(
        secret
        | {
            path
            for path in unread
            if _folder(path) in folders or any(mark in texts[path] for mark in _MARKED)
        }
    )


def _folder(path: str) -> str:
    return PurePosixPath(path).parent.as_posix().removeprefix(".")
