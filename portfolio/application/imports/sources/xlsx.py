"""Tables in workbooks, by a mapping that says which column is what."""

from __future__ import annotations

from portfolio.application.imports.tables import convert_tables as convert

__all__ = ["NEEDS_MAPPING", "convert"]
NEEDS_MAPPING = True
