"""Selectors on the command line: what they choose, and a failure that names the nearest word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_cli.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.model.portfolio import Portfolio


def chosen_ids(
    portfolio: Portfolio, selectors: Sequence[str], exclude: Sequence[str] = ()
) -> frozenset[str]:
    """Return the ids that selectors choose; a Failure for one that cannot be read."""
    from portfolio.loading.suggestion import nearest
    from portfolio.selection import SelectorError, select

    try:
        return frozenset(select(portfolio, selectors, exclude))
    except SelectorError as error:
        near = nearest(error.unknown, error.known) if error.unknown else []
        hint = f"did you mean {' or '.join(near)}?" if near else ""
        raise Failure(str(error), hint) from None
