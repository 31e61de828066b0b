"""The computed columns of `pmo show`: one function each, named as the column is.

Importing this package registers them. A function returns a value, or a Measure whose reason says
why there is none.
"""

from portfolio.figures import (
    commercial,
    customers,
    delivery,
    operations,
    performance,
    resources,
    service,
    teams,
)

__all__ = [
    "commercial",
    "customers",
    "delivery",
    "operations",
    "performance",
    "resources",
    "service",
    "teams",
]
