"""`pmo validate --fix` and `--diff`: making the safe edits, or showing them."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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


def write(repair: Repair, folders: Mapping[str, Path]) -> bool:
    """Write a repaired file in place of the old one; tell whether nobody changed it meanwhile."""
    from portfolio.application.writing import replace_file

    prefix = max((each for each in folders if repair.path.startswith(each)), key=len)
    path = folders[prefix] / repair.path.removeprefix(prefix)
    if path.read_bytes() != repair.before:
        return False
    replace_file(path, repair.after.content)
    return True


def repair(origin: Origin, asked: ValidationRequest) -> tuple[int, int]:
    """Make the safe edits until no more can be made; return how many findings, in how many files.

    One edit can uncover another, but not for ever.
    """
    from portfolio.application.open import open_portfolio
    from portfolio.application.validation.validate import found_in

    made = 0
    files: set[str] = set()
    for _ in range(_ROUNDS):
        opened = open_portfolio(origin, checks=True)
        findings = found_in(opened, opened.loaded, asked)
        done = [each for each in repairs(opened.loaded, findings) if write(each, origin.folders)]
        if not done:
            break
        made += sum(len(each.after.done) for each in done)
        files.update(each.path for each in done)
    return made, len(files)
