"""Run `pmo` as a user does: a process of its own, its streams and its exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def pmo(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `pmo` with arguments."""
    return subprocess.run(
        [sys.executable, "-m", "pmo_cli", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
