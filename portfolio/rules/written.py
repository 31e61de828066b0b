"""What rules about files take: the portfolio as it was loaded, with its past."""

from portfolio.model.portfolio import Past, Portfolio

__all__ = ["Past", "Portfolio"]
