"""`pmo validate --fix` and `--diff`: making the safe edits, or showing them."""

from __future__ import annotations

import difflib
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.diagnostic import Diagnostic
    from portfolio.loading.edits import Fixed
    from portfolio.loading.loader import Loaded


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
    prefix = max((each for each in folders if repair.path.startswith(each)), key=len)
    path = folders[prefix] / repair.path.removeprefix(prefix)
    if path.read_bytes() != repair.before:
        return False
    target = path.resolve()  # through a link, so that the link stays one
    temporary = target.with_name(f".{target.name}.{os.getpid()}.pmo")
    try:
        temporary.write_bytes(repair.after.content)
        temporary.chmod(target.stat().st_mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True
