"""Random numbers that are the same on every machine and with every version of the library.

Of numpy only the bits of PCG64 are used, which its policy holds still; its distributions may change
with a release. What is made of the bits is made here, in arithmetic that rounds alike everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.risk.distributions import normal_values

if TYPE_CHECKING:
    import numpy as np

    from portfolio.analysis.risk.distributions import Samples

_ROWS_AT_ONCE = 32  # so that what is drawn stays in the processor's cache


def uniform(stream: np.random.PCG64, rows: int, count: int) -> Samples:
    """Return samples between 0 and 1, row x sample: 53 of 64 bits, as a share of 2**53.

    >>> from portfolio.measure.random_numbers import streams
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
