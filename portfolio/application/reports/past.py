"""The portfolio as it was at a commit or on a day, for `pmo report --since`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from portfolio.application.noted import Noted
from portfolio.application.reports.stamp import is_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.analysis.governance.portfolio_changes import Earlier
    from portfolio.history.git import History
    from portfolio.view.audience import Audience


def earlier_portfolio(
    history: History, since: str, as_of: date | None, audience: Audience
) -> Noted[Earlier]:
    """Return the portfolio at a ref, or at the last commit of a day; without one, the reason.

    It is judged on the day that it freezes itself at, else on the day asked for, else on that of
    the commit, else ``as_of``.
    """
    from portfolio.analysis.governance.portfolio_changes import Earlier
    from portfolio.history.commits import commit_until, day_of, merge_base
    from portfolio.history.error import HistoryError
    from portfolio.history.snapshots import snapshot

    of_day = is_day(since)
    try:
        commit = commit_until(history, since) if of_day else merge_base(history, since)
        if commit is None:
            return Noted(Earlier(None, reason=f"there is no commit until {since}"))
        then = snapshot(history, commit)
        day = since if of_day else day_of(history, commit)
    except HistoryError as error:
        note = f"--since {since}: {error.message}; {error.hint}"
        return Noted(Earlier(None, reason=error.message), (note,))
    as_of = date.fromisoformat(day) if day is not None else as_of
    if as_of is None:
        return Noted(Earlier(None, reason=f"commit {then.commit} has no day"))
    return Noted(_loaded(then.texts, then.commit, as_of, audience))


def _loaded(texts: Mapping[str, bytes], commit: str, as_of: date, audience: Audience) -> Earlier:
    from portfolio.analysis.governance.portfolio_changes import Earlier
    from portfolio.loading.loader import load_texts
    from portfolio.view.view import view_of

    portfolio = load_texts(texts, as_of=as_of).portfolio
    frozen = portfolio.settings.as_of if portfolio is not None else None
    if frozen is not None:
        as_of = frozen
        portfolio = load_texts(texts, as_of=as_of).portfolio
    if portfolio is None:
        return Earlier(None, reason=f"commit {commit} holds no portfolio that can be read")
    return Earlier(view_of(portfolio, audience), commit, as_of)
