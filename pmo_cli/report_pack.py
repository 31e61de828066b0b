"""What a report is asked to be, and the pack that it is built from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from pmo_cli.earlier import is_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pmo_cli.options import Session
    from portfolio.analysis.governance.portfolio_changes import Earlier
    from portfolio.application.reports.stamp import Stamp
    from portfolio.diagnostic import Diagnostic
    from portfolio.history.git import History
    from portfolio.loading.loader import Loaded
    from portfolio.report.blocks import Report
    from portfolio.report.pack import Pack

PDF = "pdf"
NO_COMMIT = "none"
Part = tuple[tuple[str, ...], tuple[str, ...]]
"""The selectors of the part that a report is about, and of what is left out of it."""


class Edition(StrEnum):
    """For whom an account review is written."""

    internal = "internal"
    customer = "customer"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report shall be about, for whom, and compared with when."""

    part: Part
    edition: Edition
    include_confidential: bool
    since: str | None
    templates: Path | None = None
    overlaid: bool = False
    commit: str | None = None

    def stamp(self, built: Report, pack: Pack, *, site: bool = False) -> Stamp:
        """Return the line that tells how a page was made.

        A name such as `main` moves on: what is kept of it is the commit that it meant. Outside the
        house nothing is said of commits.
        """
        from portfolio.application.reports.stamp import Stamp

        since, earlier = self.since or "", pack.earlier
        if earlier is not None and earlier.portfolio is not None and not is_day(since):
            since = earlier.commit
        about, without = self.part
        return Stamp(
            built.name,
            built.as_of.isoformat(),
            about,
            without,
            self.edition.value,
            since,
            "" if pack.edition == "customer" else pack.commit or NO_COMMIT,
            confidential=self.include_confidential,
            overlaid=self.overlaid,
            templates=self.templates is not None,
            site=site,
        )


def open_pack(
    session: Session, asked: Asked, *, needs_past: bool = False
) -> tuple[Pack, tuple[Diagnostic, ...]]:
    """Load the portfolio as the readers may see it, with all findings beside.

    ``needs_past`` also brings the colours of the months behind.
    """
    from pmo_cli.opening import history_of, open_portfolio
    from pmo_cli.past_colours import with_past
    from portfolio.application.validation.validate import judge
    from portfolio.report.pack import Pack
    from portfolio.view.audience import shown

    portfolio, loaded = open_portfolio(session)
    findings = judge(loaded)
    audience = shown(portfolio, include_confidential=asked.include_confidential)
    visible = tuple(f for f in findings if _may_be_shown(f, audience.hidden))
    with history_of(session) as history:
        pack = Pack(
            audience.portfolio,
            visible,
            _commit(history, session, asked, loaded),
            audience.confidential,
            earlier=_earlier(history, session, asked),
        )
        return with_past(history, session, pack) if needs_past else pack, findings


def _commit(history: History, session: Session, asked: Asked, loaded: Loaded) -> str | None:
    from pmo_cli.opening import commit_in

    if asked.commit is None:
        return commit_in(history, session, loaded)
    return None if asked.commit == NO_COMMIT else asked.commit


def _earlier(history: History, session: Session, asked: Asked) -> Earlier | None:
    from pmo_cli.earlier import earlier_portfolio

    if asked.since is None:
        return None
    hidden = asked.include_confidential
    return earlier_portfolio(history, session, asked.since, include_confidential=hidden)


def _may_be_shown(found: Diagnostic, hidden: frozenset[str]) -> bool:
    """Tell whether a finding names nothing that is confidential."""
    return found.entity not in hidden and not any(name in found.message for name in hidden)


def signed(built: Report, form: str, stamp: Stamp, templates: Path | None = None) -> bytes:
    """Render, and stamp the page so that `pmo` knows its own file and can make it again.

    ``templates`` is a folder of somebody's own, which goes before ours.
    """
    [text] = rendered([built], form, templates)
    if form == PDF:
        from portfolio.application.reports.pdf import pdf_of

        return pdf_of(built, text) + f"%{_of_page(stamp, text)}\n".encode()  # after the end
    return with_stamp(text, stamp)


def unchanged(
    content: bytes, built: Report, form: str, stamp: Stamp, templates: Path | None = None
) -> bool:
    """Tell whether a file is what would be written today.

    The bytes of a PDF depend on the fonts and the library of the machine that wrote it, so that
    the page it was printed from is compared instead, which needs neither.
    """
    from portfolio.application.reports.stamp import read_stamp

    [text] = rendered([built], form, templates)
    if form == PDF:
        return read_stamp(content) == _of_page(stamp, text)
    return content == with_stamp(text, stamp)


def with_stamp(text: str, stamp: Stamp) -> bytes:
    """Return a page as a file, with the last line that says how it was made."""
    return f"{text.rstrip()}\n\n<!-- {stamp} -->\n".encode()


def _of_page(stamp: Stamp, text: str) -> Stamp:
    return replace(stamp, page=sha256(text.encode()).hexdigest()[:32])


def rendered(reports: Sequence[Report], form: str, templates: Path | None) -> Iterator[str]:
    """Yield the text of each report, the page that is printed for a PDF."""
    form = "html" if form == PDF else form
    if templates is None:
        from portfolio.report.rendering import render

        return (render(report, form) for report in reports)
    from pmo_cli.own_templates import render_with

    return render_with(reports, form, templates)
