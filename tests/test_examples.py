"""The examples: the clean one has no error, the broken one exactly the faults it says it has."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.running import pmo

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BROKEN = EXAMPLES / "broken"
_FAULT = re.compile(r"fault: ([A-Z]{2,3}-[A-Z-]+(?:, [A-Z]{2,3}-[A-Z-]+)*)")

Fault = tuple[str, int, str]


def planted() -> set[Fault]:
    """Return path, line and code of every fault that the broken example announces."""
    return {
        (path.relative_to(BROKEN).as_posix(), number, code)
        for path in BROKEN.rglob("*")
        if path.suffix in {".yaml", ".csv"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for match in _FAULT.finditer(line)
        for code in match[1].split(", ")
    }


def found(folder: Path) -> tuple[int, set[Fault]]:
    """Return the exit status of `pmo validate`, and its errors and warnings."""
    done = pmo("-C", folder, "validate", "--format", "json")
    assert "Traceback" not in done.stderr
    diagnostics = json.loads(done.stdout)["data"]["diagnostics"]
    faults = {(d["path"], d["line"], d["code"]) for d in diagnostics if d["severity"] != "info"}
    return done.returncode, faults


def test_every_planted_fault_is_found_at_its_line_and_nothing_else() -> None:
    status, faults = found(BROKEN)
    assert sorted(planted() - faults) == []
    assert sorted(faults - planted()) == []
    assert status == 1


def test_every_family_of_rules_has_a_planted_fault() -> None:
    from portfolio.loading.codes.registry import CODES
    from portfolio.rules.registry import all_rules

    families = {code.partition("-")[0] for code in (*CODES, *all_rules())}
    # A fault in pmo.yaml ends every command, and the rule of teams only informs.
    assert {code.partition("-")[0] for _, _, code in planted()} == families - {"CFG", "TEA"}


def test_the_clean_example_has_no_error() -> None:
    done = pmo("-C", EXAMPLES / "meridian", "validate")
    assert done.returncode == 0, done.stdout
    assert " 0 errors" in done.stderr
