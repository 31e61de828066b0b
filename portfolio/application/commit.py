"""The commit that a portfolio stands at, and its past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.application.noted import Noted

if TYPE_CHECKING:
    from portfolio.application.open import Opened
    from portfolio.history.git import History


def history_of(opened: Opened) -> History:
    """Return the past of the portfolio, to be read in a `with`."""
    from portfolio.history.git import History

    return History(opened.root, opened.origin.environment)


def commit_of(opened: Opened) -> Noted[str | None]:
    """Return the last commit that changed what was loaded, marked where files differ from it."""
    with history_of(opened) as history:
        return commit_in(history, opened)


def commit_in(history: History, opened: Opened) -> Noted[str | None]:
    """Return the same from a past that is open; without a commit, note what is in the way."""
    from portfolio.history.changes import last_change
    from portfolio.history.error import HistoryError, NoRepositoryError

    try:
        change = last_change(history, opened.loaded)
    except NoRepositoryError:
        return Noted(None)
    except HistoryError as error:
        return Noted(None, (f"no commit is named: {error.message}; {error.hint}",))
    return Noted(None) if change is None else Noted(str(change), (change.note,))
