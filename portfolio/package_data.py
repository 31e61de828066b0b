"""Where templates and examples lie: beside the packages in a checkout, inside them in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of `templates`, `examples` or `constraints.txt`."""
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.exists() else _PACKAGE.parent / name
