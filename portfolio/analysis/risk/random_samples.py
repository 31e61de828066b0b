"""Random numbers that are the same on every machine and with every version of the library.

Of numpy only the bits of PCG64 are used, which its policy holds still; its distributions may change
with a release. What is made of the bits is made here, in arithmetic that rounds alike everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.risk.distributions import normal_values

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from portfolio.analysis.risk.distributions import Samples

_ROWS_AT_ONCE = 32  # so that what is drawn stays in the processor's cache
_HALF = 32


def streams(seed: int, count: int) -> list[np.random.PCG64]:
    """Return independent streams of random bits, spawned from one seed."""
    import numpy as np

    return [np.random.PCG64(each) for each in np.random.SeedSequence(seed).spawn(count)]


def uniform(stream: np.random.PCG64, rows: int, count: int) -> Samples:
    """Return samples between 0 and 1, row x sample: 53 of 64 bits, as a share of 2**53.

    >>> uniform(streams(1, 1)[0], 1, 2).round(4)
    array([[0.699 , 0.1743]])
    """
    import numpy as np

    found = np.empty((rows, count))
    for first in range(0, rows, _ROWS_AT_ONCE):
        part = found[first : first + _ROWS_AT_ONCE]
        bits = stream.random_raw(part.size).reshape(part.shape)
        bits >>= 11
        np.multiply(bits, 2.0**-53, out=part)
    return found


def standard_normal(stream: np.random.PCG64, rows: int, count: int) -> Samples:
    """Return samples of the standard normal distribution, row x sample, by its quantiles."""
    return normal_values(uniform(stream, rows, count))


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
