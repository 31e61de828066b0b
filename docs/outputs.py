"""The outputs that the README shows: run again on the example, so that they stay true.

A page marks a place with ``<!-- output: pmo … -->`` and ``<!-- end -->``; ``lines=N`` in front of
the command shows only the first lines.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md",)
WIDTH = 94

_PLACE = re.compile(
    r"(<!-- output:(?: lines=(?P<lines>\d+))? (?P<command>pmo [^>]*?) -->\n).*?(<!-- end -->)",
    re.DOTALL,
)


def with_outputs(text: str) -> str:
    """Return a page with the outputs of its commands as they are now."""
    return _PLACE.sub(_output, text)


def _output(place: re.Match[str]) -> str:
    shown = _run(place["command"].split()[1:])
    if place["lines"] and len(shown) > int(place["lines"]):
        shown = [*shown[: int(place["lines"])], "…"]
    block = "\n".join(["```text", f"$ {place['command']}", *shown, "```"])
    return f"{place[1]}{block}\n{place[4]}"


def _run(words: list[str]) -> list[str]:
    """Run a command on the example; return what it prints, without the time it took."""
    environment = {**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pmo_cli", *words],
        cwd=ROOT / "examples/meridian",
        env=environment | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    # A page that shows findings (1) is fine; one that shows a usage error or a bug of ours is not.
    if done.returncode not in {0, 1}:
        raise RuntimeError(f"pmo {' '.join(words)} exited with {done.returncode}: {done.stdout}")
    timeless = re.sub(r"\d+\.\d\d s, ", "", done.stdout)
    return [line.rstrip() for line in timeless.strip("\n").splitlines()]
