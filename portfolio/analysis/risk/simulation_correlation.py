"""A Gaussian copula: samples that move together, whatever their distributions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.analysis.risk.distributions import normal_shares

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.analysis.risk.distributions import Samples

_ROUNDING = 1e-9
_PLACES = 9  # that a factor keeps; libraries of linear algebra differ beyond


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
    factor = (factor / np.linalg.norm(factor, axis=1, keepdims=True)).round(_PLACES)
    change = float(np.abs(factor @ factor.T - matrix).max())
    return Copula(members, factor, change if values[0] < -_ROUNDING else 0.0)
