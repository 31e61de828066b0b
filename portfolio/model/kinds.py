"""Every kind, loaded: importing this module completes the registry of ``entity``."""

from portfolio.model import delivery, resources, risk
from portfolio.model.entity import kind_named, kind_names, kinds, owner_field

THEMES = (delivery, risk, resources)

__all__ = ["THEMES", "kind_named", "kind_names", "kinds", "owner_field"]
