"""The rows of one kind as the one JSON document."""

from __future__ import annotations

from pmo_cli.formats.json_document import rows_as_records
from pmo_cli.options import Session
from pmo_cli.session import document
from portfolio.application.show import Listing

ENDINGS = (".json",)
NARROW = False


def content(listing: Listing, session: Session) -> bytes:
    """Return the file."""
    data = {"kind": listing.kind.KIND, "rows": rows_as_records(listing.table)}
    return document(session, "show", listing.opened, data).encode()
