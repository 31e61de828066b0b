"""`pmo report`: the pages that a board, a sponsor or a customer reads."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.options import Excluded, Force, Session, Strict, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.application.reports.request import ReportRequest
    from portfolio.diagnostic import Diagnostic

EVERYTHING = "all"
DEFAULT = "board"


class Edition(StrEnum):
    """For whom an account review is written."""

    internal = "internal"
    customer = "customer"


Name = Annotated[
    str | None,
    typer.Argument(help="Which report, or all; --list shows them.", show_default=DEFAULT),
]
Selector = Annotated[
    list[str] | None,
    typer.Argument(help="Only a part: atlas, tag:billing; or the id of what it is about."),
]


Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write into a file; all into a folder."),
]
ForWhom = Annotated[
    Edition, typer.Option(help="With customer: for us, or what the customer may read.")
]
Since = Annotated[
    str | None,
    typer.Option(metavar="REF|DATE", help="Say what changed since then, from git."),
]


def complete_format(incomplete: str) -> list[str]:
    """Complete a format for the shell."""
    from portfolio.application.reports.report import PDF
    from portfolio.report.rendering import formats

    return [name for name in (*formats(), PDF) if name.startswith(incomplete)]


Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="markdown, html or pdf (default: by the file's ending, else markdown)",
        autocompletion=complete_format,
    ),
]


@shared
def report(  # noqa: PLR0913
    session: Session,
    name: Name = None,
    selector: Selector = None,
    exclude: Excluded = None,
    form: Form = None,
    output: Output = None,
    edition: ForWhom = Edition.internal,
    since: Since = None,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 1 if the file of -o is stale; write nothing.")
    ] = False,
    templates: Annotated[
        bool, typer.Option("--templates", help="Use the templates that pmo.yaml names, sandboxed.")
    ] = False,
    force: Force = False,
    strict: Strict = False,
    listing: Annotated[bool, typer.Option("--list", help="List the reports.")] = False,
) -> None:
    """Write a report: the same files and the same day give the same bytes."""
    from pmo_cli import console
    from pmo_cli.session import finish
    from portfolio.application.reports.request import ReportRequest

    if listing:
        console.write(_listing())
        return
    asked = ReportRequest(
        name=name or DEFAULT,
        selectors=tuple(selector or ()),
        exclude=tuple(exclude or ()),
        edition=edition.value,
        since=since,
        own_templates=templates,
    )
    if check:
        findings = _check(session, name, asked, form, output)
    elif name == EVERYTHING:
        findings = _write_site(session, asked, form, output, force=force)
    else:
        findings = _write(session, asked, form, output, force=force)
    finish(session, findings, strict=strict)


def _write(
    session: Session, asked: ReportRequest, form: str | None, output: Path | None, *, force: bool
) -> Sequence[Diagnostic]:
    from pmo_cli import console
    from pmo_cli.session import opened, say_all
    from portfolio.application.reports import report as application
    from portfolio.application.writing import write_file

    wanted = application.format_of(form, output)
    application.outline_named(asked.name)
    page = application.report(opened(session), asked)
    say_all(page.notes, session)
    content = page.content(wanted)
    if output is not None:
        write_file(output, content, force=force)
        console.say(f"wrote {output}", session)
    else:
        console.write(content.decode(), "markup" if wanted == "html" else "text")
    return page.findings


def _write_site(
    session: Session, asked: ReportRequest, form: str | None, output: Path | None, *, force: bool
) -> Sequence[Diagnostic]:
    """Write every report into a folder, with an index; nothing before everything is built."""
    from pmo_cli import console
    from pmo_cli.session import opened, say_all
    from portfolio.application.reports.site import site, site_folder
    from portfolio.application.writing import write_set
    from portfolio.listing import listed

    folder = site_folder(output)
    built = site(opened(session), asked, form or "html")
    say_all(built.notes, session)
    contents = dict(built.contents())
    write_set(folder, contents, force=force)
    console.say(f"wrote {len(contents)} pages into {folder}", session)
    old = built.left_over(folder)
    if old:
        console.say(f"written earlier and about nothing any more: {listed(old)}", session)
    return built.findings


def _check(
    session: Session,
    name: str | None,
    asked: ReportRequest,
    form: str | None,
    output: Path | None,
) -> Sequence[Diagnostic]:
    """Compare a committed page, or a whole site, with what would be written; stale is 1."""
    from pmo_cli import console
    from pmo_cli.session import origin_of, say_all
    from portfolio.application.reports.check import check_page, check_site

    origin = origin_of(session)
    if name == EVERYTHING:
        found = check_site(origin, asked, output, form)
    else:
        found = check_page(origin, asked, name, output, form)
    say_all(found.notes, session)
    for fault in found.faults:
        console.say(fault)
    if found.faults:
        sys.exit(1)
    console.say(found.verdict, session)
    return found.findings


def _listing() -> str:
    from portfolio.report.outline import outlines

    return "".join(
        f"{f'{name} {outline.subject.upper()}':20} {outline.question}\n"
        for name, outline in outlines().items()
    )
