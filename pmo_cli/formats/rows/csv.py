"""The rows of one kind as CSV."""

from __future__ import annotations

from pmo_cli.options import Session
from portfolio.application.show import Listing
from portfolio.exchange.tables.table_text import as_csv

ENDINGS = (".csv",)
NARROW = False


def content(listing: Listing, _: Session) -> bytes:
    """Return the file."""
    return as_csv(listing.table).encode()
