"""The outcome of `pmo validate`: findings to stdout, the summary to stderr."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmo_cli.console import Written
    from pmo_cli.formats.found import Findings
    from pmo_cli.options import Session
    from portfolio.application.open import Opened
    from portfolio.application.validation.validate import Validation
    from portfolio.diagnostic import Severity


_WRITTEN: Mapping[str, Written] = {"text": "painted", "github": "commands", "junit": "markup"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found, from which severity on it is shown and fails, and how long it took."""

    opened: Opened
    found: Validation
    lowest: Severity
    limit: Severity
    seconds: float
    fold: bool = True


def print_outcome(session: Session, form: str, outcome: Outcome) -> None:
    """Print the findings to stdout and, but for scripts, the summary to stderr."""
    from pmo_cli import console
    from pmo_cli.formats.registry import format_named

    writer = format_named("findings", form)
    findings = _findings(session, outcome, from_top=writer.FROM_TOP)
    console.write(writer.write(findings), _WRITTEN.get(form, "text"))
    if form != "json":
        console.say(_summary(outcome, findings), session)


def _findings(session: Session, outcome: Outcome, *, from_top: bool) -> Findings:
    """Return what a format gets; services count paths ``from_top`` of the repository."""
    from pmo_cli import console
    from pmo_cli.formats.found import Findings
    from pmo_cli.session import document

    opened, found = outcome.opened, outcome.found
    shown = [each for each in found.findings if each.severity >= outcome.lowest]
    hidden = opened.hidden_files
    files = [path for path in found.loaded.texts if path not in hidden]
    version = ""
    if from_top:
        from importlib import metadata

        from pmo_cli.formats.repository_paths import moved, paths_from_top

        version = metadata.version("pmo-cli")
        stated = paths_from_top(opened.root, opened.origin.overlays)
        shown, files = moved(shown, stated), [stated(path) for path in files]

    def wrapped(data: Any) -> str:  # noqa: ANN401 - what JSON can hold
        return document(session, "validate", opened, data)

    return Findings(
        shown,
        files,
        outcome.limit,
        opened.view.as_of,
        version,
        found.findings,
        opened.shown_texts({each.location.path for each in found.findings}),
        len(opened.view),
        console.painter(sys.stdout, session),
        wrapped,
        outcome.fold,
    )


def _summary(outcome: Outcome, findings: Findings) -> str:
    from pmo_cli.formats.found import counts
    from portfolio.rules.phrases import counted

    number = counts(findings)
    hidden = ", -v shows them" if len(findings.diagnostics) < len(findings.every) else ""
    asides = "".join(f"; {each}" for each in outcome.found.asides)
    return (
        f"{counted(number['files'], 'file')}, "
        f"{counted(number['entities'], 'entity', 'entities')}: "
        f"{counted(number['errors'], 'error')}, {counted(number['warnings'], 'warning')}, "
        f"{counted(number['infos'], 'info')}{hidden}{asides} "
        f"({outcome.seconds:.2f} s, as of {findings.as_of})"
    )
