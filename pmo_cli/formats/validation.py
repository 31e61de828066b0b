"""The outcome of `pmo validate`, in every format: findings to stdout, the summary to stderr."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_cli.formats.findings import Findings
    from pmo_cli.options import Session
    from portfolio.diagnostic import Diagnostic, Severity
    from portfolio.loading.loader import Loaded
    from portfolio.model.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found, from which severity on it is shown and fails, and how long it took."""

    loaded: Loaded
    findings: Sequence[Diagnostic]
    lowest: Severity
    limit: Severity
    seconds: float
    asides: Sequence[str] = ()
    """What the summary also says, like how many findings are known."""

    @property
    def portfolio(self) -> Portfolio:
        """Return what was loaded."""
        portfolio = self.loaded.portfolio
        assert portfolio is not None  # noqa: S101 - open_portfolio has ended the command
        return portfolio

    @property
    def shown(self) -> list[Diagnostic]:
        """Return the findings that are bad enough to be shown."""
        return [found for found in self.findings if found.severity >= self.lowest]


def print_outcome(session: Session, form: str, outcome: Outcome) -> None:
    """Print the findings to stdout and, but for scripts, the summary to stderr."""
    from pmo_cli import console
    from pmo_cli.formats import findings_text, registry
    from portfolio.rules.phrases import counted

    texts = outcome.loaded.texts
    if form == "json":
        console.write(_document(session, outcome))
        return
    if form == "text":
        painter = console.painter(sys.stdout, session)
        console.write(findings_text.text(outcome.shown, texts, painter), painted=True)
    else:
        console.write(registry.ci_formats()[form](_for_ci(session, outcome)))
    counts = _counts(outcome)
    hidden = ", -v shows them" if len(outcome.shown) < len(outcome.findings) else ""
    asides = "".join(f"; {each}" for each in outcome.asides)
    console.say(
        f"{counted(counts['files'], 'file')}, "
        f"{counted(counts['entities'], 'entity', 'entities')}: "
        f"{counted(counts['errors'], 'error')}, {counted(counts['warnings'], 'warning')}, "
        f"{counted(counts['infos'], 'info')}{hidden}{asides} "
        f"({outcome.seconds:.2f} s, as of {outcome.portfolio.as_of})",
        session,
    )


def _counts(outcome: Outcome) -> dict[str, int]:
    from pmo_cli.formats.findings_json import summary

    return summary(outcome.findings, len(outcome.loaded.texts), len(outcome.portfolio))


def _document(session: Session, outcome: Outcome) -> str:
    """Return the document for scripts, with every finding whatever its severity."""
    from pmo_cli.formats.findings_json import as_records
    from pmo_cli.formats.json_document import envelope
    from pmo_cli.opening import commit_of

    data = {"diagnostics": as_records(outcome.findings), "summary": _counts(outcome)}
    return envelope("validate", outcome.portfolio, commit_of(session, outcome.loaded), data)


def _for_ci(session: Session, outcome: Outcome) -> Findings:
    """Return the findings that are shown, with paths from the top of the repository."""
    from importlib.metadata import version

    from pmo_cli.formats.findings import Findings
    from pmo_cli.formats.repository_paths import moved, paths_from_top
    from pmo_cli.opening import find_folder

    stated = paths_from_top(find_folder(session), session.overlays)
    return Findings(
        moved(outcome.shown, stated),
        [stated(path) for path in outcome.loaded.texts],
        outcome.limit,
        outcome.portfolio.as_of,
        version("pmo-cli"),
    )
