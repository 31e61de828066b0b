"""Pages by somebody's own templates: what the limited child process does.

It gets reports and the texts of all templates, and needs no file. A mistake in a template is told
at its line.
"""

from __future__ import annotations

import json
import pickle
import traceback
from typing import TYPE_CHECKING

from portfolio.limited_process import Refused
from portfolio.report import rendering

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.report.blocks import Report

LOADED = rendering.loaded()
"""What a page is rendered with: no file can be opened later."""

_LONGEST = 500
"""Of what an error says, which a template can make as long as it likes."""


def request(reports: Sequence[Report], form: str, files: Mapping[str, bytes]) -> bytes:
    """Return what ``answer`` is asked: to render reports with these files and no others."""
    return pickle.dumps((tuple(reports), form, dict(files)))


def pages(answered: bytes) -> list[str]:
    """Return the pages of an answer, which is plain text whatever a template did."""
    return [str(page) for page in json.loads(answered)]


def answer(payload: bytes) -> bytes:
    """Render reports; raise Refused with a template's name and line where it has a mistake."""
    reports, form, files = pickle.loads(payload)  # noqa: S301 - from our own parent
    try:
        texts = [rendering.rendered(report, form, files) for report in reports]
        return json.dumps(texts, ensure_ascii=False).encode("utf-8", "replace")
    except Exception as error:  # noqa: BLE001 - whatever a template raises is told with its line
        raise Refused(_told(error, form)) from None


def _told(error: Exception, form: str) -> str:
    """Return what is wrong and where: the last line of a template that was reached."""
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if name is None or line is None:
        frames = [
            (frame.f_code.co_filename, number)
            for frame, number in traceback.walk_tb(error.__traceback__)
            if frame.f_code.co_filename.startswith(f"{form}/")
        ]
        name, line = frames[-1] if frames else ("", None)
    where = f"{name}:{line}" if name else "a template cannot be used"
    return f"{where}: {' '.join(_words(error).split())[:_LONGEST]}"


def _words(error: Exception) -> str:
    """Return what an error says, in the words of who writes templates."""
    said = str(getattr(error, "message", None) or error) or type(error).__name__
    if isinstance(error, MemoryError):
        return "this takes more memory than a page may have"
    if isinstance(error, RecursionError):
        return "this calls itself without end"
    if isinstance(error, OSError) and error.errno:
        return "a page can open nothing"
    return said
