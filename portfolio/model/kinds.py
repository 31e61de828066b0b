"""Every kind, loaded: importing this module completes the registry of ``entity``."""

from portfolio.model import finance, governance, resources, risk, service, strategy
from portfolio.model.commercial import contracts, customers
from portfolio.model.delivery import iterations, projects, status_reports
from portfolio.model.entity import Entity, kind_named, kind_names, owner_field
from portfolio.model.entity import kinds as registered_kinds
from portfolio.model.operations import adoption, services

THEMES = (
    projects,
    status_reports,
    iterations,
    governance,
    finance,
    risk,
    resources,
    contracts,
    customers,
    services,
    adoption,
    service,
    strategy,
)


def kinds() -> dict[str, type[Entity]]:
    """Return every kind by its name, by theme and then as stated, whatever was imported first."""
    modules = [theme.__name__ for theme in THEMES]
    registered = registered_kinds().items()
    return dict(sorted(registered, key=lambda kind: modules.index(kind[1].__module__)))


__all__ = ["THEMES", "kind_named", "kind_names", "kinds", "owner_field"]
