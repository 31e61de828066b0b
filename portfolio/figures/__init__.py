"""The computed columns of `pmo show`: one function each, named as the column is.

Importing this package imports every module in it, which registers them. A function returns a
value, or a Measure whose reason says why there is none.
"""

import pkgutil
from importlib import import_module

REGISTERED = tuple(
    import_module(f"{__name__}.{found.name}").__name__ for found in pkgutil.iter_modules(__path__)
)
"""The modules whose columns are known."""
