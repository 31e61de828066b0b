"""The rows of one kind as a workbook."""

from __future__ import annotations

import io

from pmo_cli.options import Session
from portfolio.application.show import Listing
from portfolio.exchange.tables.workbook import write_xlsx

ENDINGS = (".xlsx",)
NARROW = False


def content(listing: Listing, _: Session) -> bytes:
    """Return the file."""
    book = io.BytesIO()
    write_xlsx({listing.kind.PLURAL: listing.table}, book)
    return book.getvalue()
