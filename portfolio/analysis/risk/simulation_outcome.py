"""What a simulation found: samples of dates and cost, and what they hang on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from portfolio.analysis.risk.distributions import Samples

_BATCHES = 10
_PLACES = 9  # that a rank correlation keeps; libraries of linear algebra differ beyond


@dataclass(frozen=True, eq=False)
class Outcome:
    """The samples of a simulation, in the order in which they were drawn.

    ``cost`` is money by project, ``ends`` instants by project, ``milestones`` instants by
    milestone. ``criticality`` is the share of samples in which each activity, in the order of the
    network, has a total float of 0 or less. ``ranks`` are rank correlations of every uncertain
    quantity, by its id, with each end and with the cost of everything.
    """

    iterations: int
    cost: Mapping[str, Samples]
    ends: Mapping[str, Samples]
    milestones: Mapping[str, Samples]
    criticality: tuple[float, ...]
    ranks: Mapping[str, Mapping[str, float]]
    repaired_by: float

    @property
    def total_cost(self) -> Samples:
        """Return the cost of all projects together, sample by sample."""
        import numpy as np

        return sum(self.cost.values(), np.zeros(self.iterations))


COST = "cost"
"""The key of ``Outcome.ranks`` under which the cost of everything stands."""


@dataclass(frozen=True, slots=True)
class Tornado:
    """How strongly one uncertain quantity moves a result: its rank correlation, -1..1."""

    id: str
    rank: float


def percentile(samples: Samples, share: float) -> float:
    """Return the value that a share (0..1) of the samples do not exceed.

    Between two samples by linear interpolation.

    Source: domain A3; worked example WE-29.

    >>> import numpy as np
    >>> percentile(np.array([1.0, 2.0, 3.0]), 0.75)
    2.5
    """
    import numpy as np

    return float(np.quantile(samples, share))


def probability_within(samples: Samples, limit: float) -> float:
    """Return the share of samples (0..1) that do not exceed a limit.

    Source: domain A3; worked example WE-29.

    >>> import numpy as np
    >>> probability_within(np.array([1.0, 2.0, 3.0, 4.0]), 3)
    0.75
    """
    return float((samples <= limit).mean())


def percentile_error(samples: Samples, share: float) -> float | None:
    """Return the standard error of a percentile, from ten batches of the samples.

    The deviation of the batches' percentiles / sqrt(10). Fewer than a hundred samples: None.

    Source: domain convention of this toolkit.
    """
    import numpy as np

    if len(samples) < _BATCHES * _BATCHES:
        return None
    found = [np.quantile(batch, share) for batch in np.array_split(samples, _BATCHES)]
    return float(np.std(found, ddof=1) / sqrt(_BATCHES))


def tornado(outcome: Outcome, result: str, count: int = 10) -> tuple[Tornado, ...]:
    """Return what moves a result most, the strongest first; a constant moves nothing.

    Source: Spearman's rank correlation.
    """
    ranks = outcome.ranks.get(result, {})
    strongest = sorted(ranks.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    noise = 3 / sqrt(outcome.iterations)  # less could as well be chance
    return tuple(Tornado(id_, rank) for id_, rank in strongest[:count] if abs(rank) > noise)


class Gathering:
    """The results of blocks of iterations while they come in."""

    def __init__(self, names: tuple[str, ...], iterations: int, repaired_by: float) -> None:
        self.names, self.iterations, self.repaired_by = names, iterations, repaired_by
        self.blocks: dict[str, dict[str, list[Samples]]] = {"cost": {}, "ends": {}, "points": {}}
        self.critical: NDArray[np.int64] | None = None
        self.ranks: dict[str, Samples] = {}

    def add(
        self,
        cost: Mapping[str, Samples],
        ends: Mapping[str, Samples],
        points: Mapping[str, Samples],
        critical: NDArray[np.int64] | None,
        inputs: Samples,
    ) -> None:
        """Take in one block; ``inputs`` are the ranks of the quantities, quantity x sample."""
        for name, samples in (("cost", cost), ("ends", ends), ("points", points)):
            for key, values in samples.items():
                self.blocks[name].setdefault(key, []).append(values)
        if critical is not None:
            self.critical = critical if self.critical is None else self.critical + critical
        self._add_ranks({**ends, COST: sum(cost.values())} if cost else ends, inputs)

    def _add_ranks(self, results: Mapping[str, Samples | int], inputs: Samples) -> None:
        """Add the block's rank correlations, weighted by its size."""
        import numpy as np

        count = inputs.shape[1]
        if not len(inputs) or not results:
            return
        outputs = np.array([_ranked(np.asarray(values, float)) for values in results.values()])
        products = inputs @ outputs.T
        middle = inputs.mean(axis=1)
        squares = np.einsum("ij,ij->i", inputs, inputs) - count * middle * middle
        spread = np.sqrt(np.maximum(squares, 0))[:, None]
        scale = spread * np.linalg.norm(outputs, axis=1)[None, :]
        shares = np.divide(products, scale, out=np.zeros_like(products), where=scale > 1e-9)  # noqa: PLR2004
        for key, column in zip(results, shares.T, strict=True):
            self.ranks[key] = self.ranks.get(key, 0.0) + column * count / self.iterations

    def outcome(self) -> Outcome:
        """Return everything that came in."""
        import numpy as np

        joined = {
            name: {key: np.concatenate(parts) for key, parts in blocks.items()}
            for name, blocks in self.blocks.items()
        }
        critical = () if self.critical is None else tuple(self.critical / self.iterations)
        return Outcome(
            self.iterations,
            joined["cost"],
            joined["ends"],
            joined["points"],
            tuple(float(share) for share in critical),
            {
                key: dict(zip(self.names, column.round(_PLACES).tolist(), strict=True))
                for key, column in self.ranks.items()
            },
            self.repaired_by,
        )


def _ranked(values: Samples) -> Samples:
    """Return ranks around 0, equal values sharing theirs."""
    import numpy as np

    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: Samples = (ends - (counts - 1) / 2)[where]
    ranks -= ranks.mean()
    return ranks
