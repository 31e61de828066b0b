"""Where the public data sets lie, for the tests that hold the engine against them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# The data sets are too large for the repository: they lie beside the checkout, or where
# PMO_REAL_DATA says. Without them their tests are skipped, and nothing else is.
_BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[2] / "shared" / "data"


def real_data(*parts: str) -> Path:
    """Return the path of a data set or of a file in it; skip the test where it is absent."""
    stated = os.environ.get("PMO_REAL_DATA")
    folder = Path(stated) if stated else _BESIDE_THE_CHECKOUT
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs the data set {'/'.join(parts)}: set PMO_REAL_DATA to its folder")
    return path
