"""The pack that a report is built from: what its readers may see, with the past where needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.application.noted import Noted

if TYPE_CHECKING:
    from portfolio.analysis.governance.portfolio_changes import Earlier
    from portfolio.application.open import Opened
    from portfolio.application.reports.request import ReportRequest
    from portfolio.diagnostic import Diagnostic
    from portfolio.history.git import History
    from portfolio.report.pack import Pack
    from portfolio.view.view import View


def open_pack(
    opened: Opened, asked: ReportRequest, *, needs_past: bool = False
) -> tuple[Pack, tuple[Diagnostic, ...], tuple[str, ...]]:
    """Return the portfolio as the readers may see it; beside it all findings, and notes.

    ``needs_past`` also brings the colours of the months behind.
    """
    from portfolio.application.commit import history_of
    from portfolio.application.reports.past_colours import with_past
    from portfolio.application.validation.findings import judge
    from portfolio.report.pack import Pack

    with history_of(opened) as history:
        commit = _commit(history, opened, asked)
        earlier = _earlier(history, opened, asked)
        view = _of_both(opened, earlier.value)
        findings = judge(opened.loaded, audience=view.audience)
        pack = Pack(view, findings, commit.value, earlier=earlier.value)
        seen = with_past(history, pack) if needs_past else Noted(pack)
    return seen.value, findings, (*commit.notes, *earlier.notes, *seen.notes)


def _of_both(opened: Opened, earlier: Earlier | None) -> View:
    """Return the view from which is hidden what either side of a comparison hides."""
    from portfolio.view.view import view_of

    if opened.loaded.portfolio is None or earlier is None or earlier.portfolio is None:
        return opened.view
    if earlier.portfolio.hidden <= opened.view.hidden:
        return opened.view
    audience = opened.view.audience.without(earlier.portfolio.hidden)
    return view_of(opened.loaded.portfolio, audience)


def _commit(history: History, opened: Opened, asked: ReportRequest) -> Noted[str | None]:
    from portfolio.application.commit import commit_in
    from portfolio.application.reports.request import NO_COMMIT

    if asked.commit is None:
        return commit_in(history, opened)
    return Noted(None if asked.commit == NO_COMMIT else asked.commit)


def _earlier(history: History, opened: Opened, asked: ReportRequest) -> Noted[Earlier | None]:
    from portfolio.application.reports.past import earlier_portfolio

    if asked.since is None:
        return Noted(None)
    audience = opened.view.audience.without(opened.view.hidden)
    found = earlier_portfolio(history, asked.since, opened.origin.as_of, audience)
    return Noted(found.value, found.notes)
