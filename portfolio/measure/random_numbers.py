"""Streams of random bits that are the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_HALF = 32


def streams(seed: int, count: int) -> list[np.random.PCG64]:
    """Return independent streams of random bits, spawned from one seed."""
    import numpy as np

    return [np.random.PCG64(each) for each in np.random.SeedSequence(seed).spawn(count)]


def below(stream: np.random.PCG64, limit: int, rows: int, count: int) -> NDArray[np.uint64]:
    """Return whole numbers from 0 to ``limit`` - 1, row x sample.

    The upper half of the bits times the limit, over 2**32: no number comes more often than another
    by more than ``limit`` in four thousand million.
    """
    import numpy as np

    bits = stream.random_raw(rows * count).reshape(rows, count)
    bits >>= np.uint64(_HALF)
    bits *= np.uint64(limit)
    bits >>= np.uint64(_HALF)
    return bits
