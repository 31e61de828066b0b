"""Selectors of the command line, with a word of help where one selects nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_cli.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.model.portfolio import Portfolio


def chosen_ids(
    portfolio: Portfolio, selectors: Sequence[str], exclude: Sequence[str] = ()
) -> dict[str, None]:
    """Return the ids that selectors choose, in order; a Failure with the nearest where none is."""
    from portfolio.loading.suggestion import nearest
    from portfolio.model.kinds import kind_names
    from portfolio.selection import SelectorError, select

    try:
        return dict.fromkeys(select(portfolio, selectors, exclude))
    except SelectorError as error:
        near = nearest(error.unknown, error.known or kind_names()) if error.unknown else []
        hint = f"did you mean {' or '.join(near)}?" if near else ""
        raise Failure(str(error), hint) from None
