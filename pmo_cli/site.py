"""`pmo report all -o DIR`: every report as one linked site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_cli.failure import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from pmo_cli.options import Session
    from pmo_cli.report_pack import Asked
    from portfolio.diagnostic import Diagnostic

_SUFFIXES = {"html": ".html", "markdown": ".md"}


def write_site(
    session: Session, asked: Asked, folder: Path | None, form: str | None, *, force: bool
) -> tuple[Diagnostic, ...]:
    """Write every report into a folder, with an index; return all findings.

    Nothing is written before everything is built, so that a site is never half of one.
    """
    from pmo_cli import console
    from pmo_cli.past_colours import with_past
    from pmo_cli.report_pack import open_pack, signed
    from pmo_cli.writing import is_ours, write_file
    from portfolio.report.site import build_site

    if folder is None or folder.is_file():
        message = "all reports make a folder of pages"
        raise Failure(message, "name it with -o DIR")
    if any(asked.part) or asked.edition != "internal":
        message = "all reports are about everything"
        raise Failure(message, "leave out the selector and the edition, or ask for one report")
    wanted = form or "html"
    if wanted not in _SUFFIXES:
        message = f"{wanted!r} is not a format of a site"
        raise Failure(message, f"use {' or '.join(_SUFFIXES)}")
    pack, findings = open_pack(session, asked)
    pack = with_past(session, pack)
    built = {
        name: signed(report, wanted, asked.templates)
        for name, report in build_site(pack, _SUFFIXES[wanted])
    }
    for name, content in built.items():
        write_file(folder / name, content, force=force)
    old = [
        path.name
        for path in sorted(folder.glob(f"*{_SUFFIXES[wanted]}"))
        if path.name not in built and is_ours(path)
    ]
    console.say(f"wrote {len(built)} pages into {folder}", session)
    if old:
        console.say(f"written earlier and about nothing any more: {', '.join(old)}", session)
    return findings
