"""`pmo report`: the pages that a board, a sponsor or a customer reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmo_cli.options import Session, shared
from pmo_cli.report_pack import PDF, Edition

if TYPE_CHECKING:
    from pmo_cli.report_pack import Asked
    from portfolio.application.reports.stamp import Stamp
    from portfolio.diagnostic import Diagnostic
    from portfolio.report.blocks import Report
    from portfolio.report.pack import Pack

EVERYTHING = "all"
_SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".pdf": PDF}

DEFAULT = "board"

Name = Annotated[
    str | None,
    typer.Argument(help="Which report, or all; --list shows them.", show_default=DEFAULT),
]
Selector = Annotated[
    list[str] | None,
    typer.Argument(help="Only a part: atlas, tag:billing; or the id of what it is about."),
]


Excluded = Annotated[
    list[str] | None, typer.Option(help="Leave out what this selects.", metavar="SELECTOR")
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


def mount(app: typer.Typer, panel: str) -> None:
    """Add the command to the application."""
    app.command("report", rich_help_panel=panel)(shared(report))


def complete_format(incomplete: str) -> list[str]:
    """Complete a format for the shell."""
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
    include_confidential: Annotated[
        bool, typer.Option("--include-confidential", help="Show confidential projects.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite any file.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if there is an error.")
    ] = False,
    listing: Annotated[bool, typer.Option("--list", help="List the reports.")] = False,
) -> None:
    """Write a report: the same files and the same day give the same bytes."""
    from pmo_cli import console
    from pmo_cli.report_pack import Asked
    from pmo_cli.session import finish

    if listing:
        console.write(_listing())
        return
    asked = Asked(
        (tuple(selector or ()), tuple(exclude or ())),
        edition,
        include_confidential,
        since,
        _folder(session, templates=templates),
        bool(session.overlays),
    )
    if check:
        findings = _check(session, name, asked, form, output)
    elif name == EVERYTHING:
        from pmo_cli.site import write_site

        findings = write_site(session, asked, output, form, force=force)
    else:
        findings = _write(session, name or DEFAULT, asked, form, output, force=force)
    finish(session, findings, strict=strict)


def _write(
    session: Session,
    name: str,
    asked: Asked,
    form: str | None,
    output: Path | None,
    *,
    force: bool,
) -> tuple[Diagnostic, ...]:
    from pmo_cli import console
    from pmo_cli.report_pack import signed
    from portfolio.application.writing import write_file

    wanted = _format(form, output)
    built, stamp, findings = _built(session, name, asked)
    content = signed(built, wanted, stamp, asked.templates)
    if output is not None:
        write_file(output, content, force=force)
        console.say(f"wrote {output}", session)
    else:
        console.write(content.decode())
    return findings


def _check(
    session: Session, name: str | None, asked: Asked, form: str | None, output: Path | None
) -> tuple[Diagnostic, ...]:
    """Compare a committed page, or a whole site, with what would be written; stale is 1."""
    from pmo_cli import console
    from pmo_cli.checking import as_stamped, difference, open_committed
    from pmo_cli.report_pack import unchanged

    if name == EVERYTHING:
        from pmo_cli.checking import check_site

        return check_site(session, asked, output, form)
    page = open_committed(output, name)
    wanted = _format(form, page.path)
    session, asked = as_stamped(session, asked, page.stamp)
    built, stamp, findings = _built(session, page.stamp.report, asked)
    if not unchanged(page.content, built, wanted, stamp, asked.templates):
        console.say(difference(page, stamp))
        raise typer.Exit(1)
    console.say(f"{page.path} is up to date", session)
    return findings


def _folder(session: Session, *, templates: bool) -> Path | None:
    from pmo_cli.own_templates import template_folder

    return template_folder(session) if templates else None


def _listing() -> str:
    from portfolio.report.outline import outlines

    return "".join(
        f"{f'{name} {outline.subject.upper()}':20} {outline.question}\n"
        for name, outline in outlines().items()
    )


def _format(form: str | None, output: Path | None) -> str:
    from portfolio.application.failure import Failure
    from portfolio.report.rendering import formats

    wanted = form or _SUFFIXES.get(output.suffix.lower() if output else "", "markdown")
    if wanted not in {*formats(), PDF}:
        message = f"{wanted!r} is not a format"
        raise Failure(message, f"use {', '.join(formats())} or {PDF}")
    if wanted == PDF and output is None:
        message = "a PDF is no text for a terminal"
        raise Failure(message, "name a file with -o FILE")
    return wanted


def _built(
    session: Session, name: str, asked: Asked
) -> tuple[Report, Stamp, tuple[Diagnostic, ...]]:
    from pmo_cli.report_pack import open_pack
    from portfolio.application.failure import Failure
    from portfolio.application.reports.report_subject import about, for_readers
    from portfolio.report.composition import compose
    from portfolio.report.outline import outlines
    from portfolio.spelling import did_you_mean

    if name not in outlines():
        near = did_you_mean(name, outlines())
        message = f"there is no report {name!r}"
        raise Failure(message, f"did you mean {near}?" if near else "`pmo report --list` shows all")
    pack, findings = open_pack(session, asked, needs_past=outlines()[name].needs_past)
    subject = outlines()[name].subject
    limited = about(pack, subject, *asked.part) if subject else _limited(pack, *asked.part)
    for_them = for_readers(limited, asked.edition.value)
    built = compose(name, for_them)
    return built, asked.stamp(built, for_them), findings


def _limited(pack: Pack, selectors: tuple[str, ...], exclude: tuple[str, ...]) -> Pack:
    """Limit a report to what is selected and what belongs to that."""
    from dataclasses import replace

    from portfolio.application.failure import Failure
    from portfolio.application.selection import chosen_ids
    from portfolio.view.parts import belonging

    if not selectors and not exclude:
        return pack
    whole = pack.portfolio
    left_out = belonging(whole, chosen_ids(whole, exclude)) if exclude else frozenset()
    ids = belonging(whole, chosen_ids(whole, selectors)) - left_out
    if not ids:
        message = f"{' '.join(selectors)} selects nothing that is shown"
        raise Failure(message)
    words = [" ".join(selectors), *(f"without {' '.join(exclude)}" for _ in exclude[:1])]
    found = tuple(f for f in pack.diagnostics if f.entity in ids)
    scope = ", ".join(word for word in words if word)
    return replace(pack, diagnostics=found, selected=ids, scope=scope)
