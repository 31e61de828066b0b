"""Three points of an uncertain quantity as a triangle or a beta-PERT: moments and quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float64]

Shape = Literal["triangular", "pert"]

_GRID = 4096
_PLACES = 12  # a table keeps; the library's powers and cosines differ by processor beyond
_REACH = 8.5  # standard deviations; beyond them a double cannot tell the probability from 0 or 1


@dataclass(frozen=True, slots=True)
class ThreePoint:
    """The lowest, the most likely and the highest value, in that order."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        """Refuse points that are out of order."""
        if not self.low <= self.likely <= self.high:
            message = f"{self.low:g}, {self.likely:g}, {self.high:g} are not in ascending order"
            raise ValueError(message)

    @property
    def span(self) -> float:
        """Return the distance from the lowest to the highest value; 0 is a constant."""
        return self.high - self.low


NOTHING = ThreePoint(0, 0, 0)
"""What costs nothing, for certain."""


def quantiles(points: ThreePoint, shape: Shape, uniform: Samples) -> Samples:
    """Return the values below which the given shares (0..1) of a distribution lie.

    Triangle: a + sqrt(u (b-a)(m-a)) below the mode, b - sqrt((1-u)(b-a)(b-m)) above. Beta-PERT:
    alpha = 1 + 4(m-a)/(b-a), beta = 6 - alpha, read from a table of its distribution function.
    Equal points: constant.

    Source: worked example WE-28.

    >>> import numpy as np
    >>> quantiles(ThreePoint(2, 4, 9), "pert", np.array([0.5, 0.8])).round(4)
    array([4.3826, 5.6259])
    """
    import numpy as np

    low, span = points.low, points.span
    if span <= 0:
        return np.full(uniform.shape, low)
    mode = (points.likely - low) / span
    if shape == "pert":
        shares, values = _beta_table(round(mode, 6))
        return np.interp(uniform, shares, values) * span + low
    below = np.sqrt(uniform * mode)
    above = 1 - np.sqrt((1 - uniform) * (1 - mode))
    return np.where(uniform < mode, below, above) * span + low


def normal_shares(normal: Samples) -> Samples:
    """Return the standard normal distribution function of values, to 1e-7."""
    import numpy as np

    grid, shares = _normal_table()
    return np.interp(normal, grid, shares)


def normal_values(uniform: Samples) -> Samples:
    """Return the values below which the given shares (0..1) of the standard normal lie, to 1e-5.

    >>> import numpy as np
    >>> normal_values(np.array([0.5, 0.975])).round(4)
    array([0.  , 1.96])
    """
    import numpy as np

    grid, shares = _normal_table()
    return np.interp(uniform, shares, grid)


@cache
def _normal_table() -> tuple[Samples, Samples]:
    import numpy as np

    grid = np.linspace(-_REACH, _REACH, 2 * _GRID + 1)
    share = NormalDist().cdf
    return grid, np.array([round(share(value), _PLACES) for value in grid])


@cache
def _beta_table(mode: float) -> tuple[Samples, Samples]:
    """Return the distribution function of a beta-PERT on 0..1, and where it takes its values."""
    import numpy as np

    # Grid points crowd at the ends, where the distribution function is flat.
    values = (1 - np.cos(np.linspace(0, np.pi, _GRID + 1))) / 2
    density = values ** (4 * mode) * (1 - values) ** (4 * (1 - mode))
    steps = np.diff(values) * (density[1:] + density[:-1]) / 2
    shares = np.concatenate(([0.0], np.cumsum(steps)))
    return (shares / shares[-1]).round(_PLACES), values.round(_PLACES)


_ROUNDING = 1e-9
_SIMULATION_PLACES = 9  # that a factor keeps; libraries of linear algebra differ beyond


@dataclass(frozen=True, slots=True, eq=False)
class Copula:
    """The quantities that move together, and the factor that ties them.

    ``members`` are numbers of quantities, ``factor`` is F with F F' = the correlation matrix;
    ``repaired_by`` is the largest change of a coefficient that made the matrix possible, else 0.
    """

    members: tuple[int, ...]
    factor: Samples
    repaired_by: float

    def tie(self, uniform: Samples, normal: Samples) -> None:
        """Replace the members' rows of ``uniform`` (quantity x sample) by ones that move together.

        ``normal`` are independent standard normal samples, member x sample.
        """
        if self.members:
            uniform[list(self.members)] = normal_shares(_tied(self.factor, normal))


def _tied(factor: Samples, normal: Samples) -> Samples:
    """Return the matrix product, added up in one order, which a linear algebra library is not."""
    import numpy as np

    found = np.zeros_like(normal)
    for column, row in zip(factor.T, normal, strict=True):
        found += column[:, None] * row
    return found


def gaussian_copula(rho: Mapping[tuple[int, int], float]) -> Copula:
    """Return the copula of pairwise correlations, -1..1; a pair not named is independent.

    A matrix that is not positive semi-definite belongs to no set of quantities. Its negative
    eigenvalues are set to 0 and its diagonal back to 1, which gives a near one that is possible.
    The factor is the symmetric square root: there is one only, whichever eigenvectors are found.

    Source: spectral decomposition after Rebonato and Jaeckel 1999.

    >>> gaussian_copula({(0, 1): 0.9, (1, 2): 0.9, (0, 2): -0.9}).repaired_by > 0.1
    True
    """
    import numpy as np

    members = tuple(sorted({each for pair in rho for each in pair}))
    place = {member: row for row, member in enumerate(members)}
    matrix = np.eye(len(members))
    for (one, other), value in rho.items():
        matrix[place[one], place[other]] = matrix[place[other], place[one]] = value
    if not members:
        return Copula((), matrix, 0.0)
    values, vectors = np.linalg.eigh(matrix)
    roots = np.sqrt(np.where(values < _ROUNDING, 0, values))
    factor = (vectors * roots) @ vectors.T
    factor = (factor / np.linalg.norm(factor, axis=1, keepdims=True)).round(_SIMULATION_PLACES)
    change = float(np.abs(factor @ factor.T - matrix).max())
    return Copula(members, factor, change if values[0] < -_ROUNDING else 0.0)
