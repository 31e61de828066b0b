"""Service levels as OpenSLO documents."""

from __future__ import annotations

from portfolio.application.imports.openslo import convert_levels as convert

__all__ = ["NEEDS_MAPPING", "convert"]
NEEDS_MAPPING = False
