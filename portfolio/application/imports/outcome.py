"""What an import gives, of tables and of schedules alike, and where it puts that."""

from __future__ import annotations

import os
import textwrap
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.listing import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from portfolio.exchange.drafts.draft import Draft, Standing
    from portfolio.settings import Settings

SETTINGS = "pmo.yaml"
_WIDTH = 80
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """The text of each file by its path, the account of it, and what it could not take.

    ``problems`` are lines, ``problems_csv`` the same in full as a table. ``places`` are where each
    file goes: beside what somebody else wrote at its path. ``mapping`` is the name of the mapping
    that tables came by, ``there`` what the portfolio has already, ``snippet`` what the user has to
    add to a `pmo.yaml` of their own. ``projects`` are the only ones that this import may have
    superseded files of; None is all.
    """

    files: dict[str, str]
    lines: tuple[str, ...]
    problems: tuple[str, ...]
    problems_csv: str
    places: Mapping[str, str]
    mapping: str = ""
    there: tuple[Draft, ...] = ()
    snippet: str = ""
    projects: tuple[str, ...] | None = None

    def superseded(self, path: str) -> bool:
        """Tell whether a file of an earlier import could have been one of this import's."""
        if self.projects is None:
            return True
        from portfolio.exchange.drafts.output_folder import BESIDE

        name = path.split(".")[-2].rpartition("/")[2]
        return name in self.projects or name.partition(BESIDE)[0] in self.projects


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say of a file that cannot be read, or not be understood, why."""
    from portfolio.exchange.drafts.source_file import Unreadable

    try:
        yield
    except Unreadable as error:
        message = f"{path}: {error.message}"
        raise Failure(message, error.hint) from None
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise Failure(message) from None


def settings_there(folder: Path) -> Settings | None:
    """Return the settings of the portfolio that is there; a Failure where they cannot be read."""
    from portfolio.loading.configuration import read_settings
    from portfolio.loading.findings import Findings

    path = folder / SETTINGS
    if not os.path.lexists(path):
        return None
    if not path.is_file():
        message = f"{path} is no file"
        raise Failure(message, "a portfolio's settings stand in it; move what is there away")
    settings = read_settings(path.read_bytes(), Findings(SETTINGS))
    if settings is None:
        message = f"{path} cannot be used"
        raise Failure(message, "`pmo validate` says why")
    return settings


def require_person(id_: str, option: str, standing: Standing) -> None:
    """Refuse an option that names nobody: the portfolio would not validate."""
    from portfolio.rules.phrases import listed

    if id_ and (id_ not in standing.drafts or standing.drafts[id_].kind.KIND != "person"):
        known = sorted(
            draft.id for draft in standing.drafts.values() if draft.kind.KIND == "person"
        )
        message = f"{option} {id_}: the portfolio has no such person"
        there = f"there are {listed(known)}; " if known else ""
        raise Failure(message, f"{there}without {option} a person 'Not stated' holds the place")


def refuse_taken(made: Iterable[Draft], there: Sequence[Draft], hint: str) -> None:
    """Refuse an import that needs an id which means something else in the portfolio."""
    kinds = {draft.known_as: draft.kind for draft in made}
    for taken in there:
        if kinds.get(taken.id, taken.kind) is not taken.kind:
            message = f"the id {taken.id} is taken: it is a {taken.kind.KIND} in {taken.place}"
            raise Failure(message, hint)


def left_alone(outcome: Outcome, *, in_full: bool) -> list[str]:
    """Say what of the portfolio was left as it is, and which files stand beside somebody else's."""
    from portfolio.exchange.drafts.existing_files import there_already

    shown = len(outcome.there) if in_full else _SHOWN
    lines = [*there_already(outcome.there, shown)]
    moved = [beside for path, beside in outcome.places.items() if path != beside]
    if moved:
        said = listed(moved, _SHOWN)
        lines.append(f"beside files that this import did not write: {said}")
    return [
        textwrap.fill(
            line, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
        for line in lines
    ]
