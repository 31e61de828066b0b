"""The rows of one kind as a Markdown table."""

from __future__ import annotations

from pmo_cli.options import Session
from portfolio.application.show import Listing
from portfolio.exchange.tables.table_text import as_markdown

ENDINGS = (".md",)
NARROW = True


def content(listing: Listing, _: Session) -> bytes:
    """Return the file."""
    return as_markdown(listing.table).encode()
