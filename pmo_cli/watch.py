"""`pmo validate --watch`: check again whenever a file of the portfolio changes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_INPUTS = (".yaml", ".yml", ".csv")
_SETTLED = 80
_STEP = 20
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"


def watch(folders: Iterable[Path], check: Callable[[], None]) -> None:
    """Check at once, and again soon after an input below one of the folders has changed.

    Returns never; Ctrl-C ends it.
    """
    from watchfiles import watch as changes_in

    places = tuple(folders)
    _check_on_clean_screen(check)
    for _ in changes_in(*places, watch_filter=_is_input, debounce=_SETTLED, step=_STEP):
        _check_on_clean_screen(check)


def _is_input(_: object, path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith(_INPUTS) and not name.startswith(".")


def _check_on_clean_screen(check: Callable[[], None]) -> None:
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR)
    check()
    sys.stdout.flush()
