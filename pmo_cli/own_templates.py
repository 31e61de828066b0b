"""A portfolio's own templates: used only when asked for, in a process of their own with limits.

A template is code from somebody's pull request. It is sandboxed, and if it does not end or eats the
memory, its process ends and not ours.
"""

from __future__ import annotations

import multiprocessing
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from pmo_cli.failure import Failure

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from pmo_cli.options import Session
    from portfolio.report.report import Report

SECONDS = 30
MEMORY = 1024**3


def template_folder(session: Session) -> Path:
    """Return the folder of templates that `pmo.yaml` names; a Failure where it names none."""
    from pmo_cli.opening import find_folder, open_portfolio

    root = find_folder(session)
    stated = open_portfolio(session)[0].settings.templates
    if stated is None:
        message = "pmo.yaml names no folder of templates"
        raise Failure(message, "write `templates: FOLDER`; in it html/ or markdown/ as in ours")
    folder = (root / stated).resolve()
    if not folder.is_relative_to(root.resolve()) or not folder.is_dir():
        message = f"templates: {stated!r} is no folder inside the portfolio"
        raise Failure(message)
    return folder


def render_with(report: Report, form: str, folder: Path) -> str:
    """Render a report with somebody's templates before ours; a Failure with file and line."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_render, args=(sender, report, form, folder), daemon=True)
    child.start()
    sender.close()
    try:
        if not receiver.poll(SECONDS):
            message = f"the templates took longer than {SECONDS} seconds"
            raise Failure(message)
        is_done, text = receiver.recv()
    except EOFError:
        message = f"the templates ended: they may use {MEMORY >> 20} MiB and {SECONDS} seconds"
        raise Failure(message) from None
    finally:
        child.kill()
        child.join()
    if not is_done:
        raise Failure(text)
    return str(text)


def _render(sender: Connection, report: Report, form: str, folder: Path) -> None:
    """Render in the child: the limits are its own."""
    _limit()
    from portfolio.report.rendering import render

    try:
        sender.send((True, render(report, form, [folder])))
    except Exception as error:  # noqa: BLE001 - whatever a template raises is told with its line
        sender.send((False, _told(error, folder)))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the time limit holds there too
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _told(error: Exception, folder: Path) -> str:
    """Return what is wrong and where: the last line of a template that was reached."""
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if name is None or line is None:
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if Path(frame.filename).suffix == ".jinja"
        ]
        name, line = (frames[-1].filename, frames[-1].lineno) if frames else ("", None)
    words = getattr(error, "message", None) or str(error) or type(error).__name__
    if not name:
        return f"a template cannot be used: {words}"
    path = Path(name)
    shown = path.relative_to(folder) if path.is_relative_to(folder) else Path(path.name)
    return f"{shown.as_posix()}:{line}: {words}"
