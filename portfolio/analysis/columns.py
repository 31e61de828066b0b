"""The computed columns of `pmo show`: one function each, named as the column is.

Importing this module imports every module of columns in the themes, which registers them. A
function returns a value, or a Measure whose reason says why there is none.
"""

import pkgutil
from importlib import import_module

from portfolio import analysis

REGISTERED = tuple(
    import_module(found.name).__name__
    for found in pkgutil.walk_packages(analysis.__path__, f"{analysis.__name__}.")
    if found.name.endswith("columns") and found.name != __name__
)
"""The modules whose columns are known."""
