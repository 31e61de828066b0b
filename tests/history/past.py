"""What the tests of the past ask: the last change, and the files at the base of a name."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from portfolio.history.changes import Change, last_change
from portfolio.history.commits import merge_base
from portfolio.history.git import History
from portfolio.history.snapshots import Snapshot, snapshot
from portfolio.loading.loader import Loaded, load

DAY = date(2026, 3, 31)


def loaded(folder: Path, *overlays: Path) -> Loaded:
    """Load a portfolio."""
    return load(folder, today=DAY, overlays=overlays)


def changed(folder: Path, *overlays: Path) -> Change | None:
    """Return the last change of a portfolio, read anew."""
    with History(folder, os.environ) as history:
        return last_change(history, loaded(folder, *overlays))


def printed(folder: Path) -> str:
    """Return the last change of a portfolio as reports print it."""
    return str(changed(folder))


def held(folder: Path, ref: str) -> Snapshot:
    """Return what the base of a name and HEAD holds."""
    with History(folder, os.environ) as history:
        return snapshot(history, merge_base(history, ref))
