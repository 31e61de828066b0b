"""`pmo validate --fix` and `--diff`: making the safe edits, or showing them."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.application.open import Origin
    from portfolio.application.validation.validate import ValidationRequest
    from portfolio.diagnostic import Diagnostic
    from portfolio.loading.edits import Fixed
    from portfolio.loading.loader import Loaded


_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Repair:
    """A file before and after the edits of its findings."""

    path: str
    before: bytes
    after: Fixed

    def difference(self) -> str:
        """Return the edits as a unified diff."""
        old, new = (
            content.decode("utf-8", "replace").splitlines(keepends=True)
            for content in (self.before, self.after.content)
        )
        lines = difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}")
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )


def repairs(loaded: Loaded, findings: Sequence[Diagnostic]) -> Iterator[Repair]:
    """Yield what the safe edits make of each file that has any.

    Left out: an id made of a name that is taken already, and a file that could no longer be read.
    """
    from portfolio.loading.document import SyntaxProblem, compose
    from portfolio.loading.edits import fixed

    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for found in findings:
        if found.fix and not _is_taken(found, loaded):
            by_path[found.location.path].append(found)
    for path, wanted in by_path.items():
        before = loaded.texts[path]
        after = fixed(before, wanted)
        is_table = path.endswith(".csv")
        if after.done and (is_table or not isinstance(compose(after.content), SyntaxProblem)):
            yield Repair(path, before, after)


def _is_taken(found: Diagnostic, loaded: Loaded) -> bool:
    portfolio = loaded.portfolio
    if found.code != "FLD-REQUIRED" or portfolio is None:
        return False
    made = {edit.new.partition(",")[0].split()[-1] for edit in found.fix if hasattr(edit, "new")}
    taken = {id_.rpartition(".")[2] for id_ in portfolio.entities}
    return not made.isdisjoint(taken)


def write(found: Iterable[Repair], folders: Mapping[str, Path]) -> tuple[Repair, ...]:
    """Write repaired files in place of the old ones; return those that nobody changed meanwhile.

    All files of a folder change together. A link stays one: what it leads to is written.
    """
    from portfolio.application.writing import write_set

    sets: dict[Path, dict[str, bytes]] = defaultdict(dict)
    done = []
    for each in found:
        prefix = max((known for known in folders if each.path.startswith(known)), key=len)
        folder = folders[prefix].resolve()
        target = (folder / each.path.removeprefix(prefix)).resolve()
        if target.read_bytes() != each.before:
            continue
        if not target.is_relative_to(folder):
            folder = target.parent
        sets[folder][target.relative_to(folder).as_posix()] = each.after.content
        done.append(each)
    for folder, files in sets.items():
        write_set(folder, files)
    return tuple(done)


def finish_earlier(origin: Origin) -> None:
    """Finish, or undo, what a writer left behind that has ended."""
    from portfolio.application.journal import settle

    for folder in origin.folders.values():
        settle(folder)


def repair(origin: Origin, asked: ValidationRequest) -> tuple[int, int]:
    """Make the safe edits until no more can be made; return how many findings, in how many files.

    One edit can uncover another, but not for ever.
    """
    from portfolio.application.open import open_portfolio
    from portfolio.application.validation.validate import found_in

    finish_earlier(origin)
    made = 0
    files: set[str] = set()
    for _ in range(_ROUNDS):
        opened = open_portfolio(origin, checks=True)
        findings = found_in(opened, opened.loaded, asked)
        done = write(repairs(opened.loaded, findings), origin.folders)
        if not done:
            break
        made += sum(len(each.after.done) for each in done)
        files.update(each.path for each in done)
    return made, len(files)
