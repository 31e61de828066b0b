"""A commented skeleton of one entity, fitting the portfolio that it is written into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.application.noted import Noted

if TYPE_CHECKING:
    from portfolio.application.open import Origin
    from portfolio.application.starters.sample_values import Surroundings


def skeleton_of(kind: str, origin: Origin, *, full: bool = False) -> Noted[str]:
    """Return a skeleton that validates; ``full`` shows the optional fields too.

    What must be named is an existing id, or stands below where there is none. A Failure for a
    kind that is none.
    """
    from portfolio.application.show import kind_of
    from portfolio.application.starters.skeleton import skeleton

    wanted = kind_of(kind)
    around = _surroundings(origin)
    lines = skeleton(wanted, around.value, full=full)
    return Noted("\n".join(lines) + "\n", around.notes)


def _surroundings(origin: Origin) -> Noted[Surroundings]:
    """Return what is around the new entity; without a portfolio that can be used only the day."""
    from portfolio.application.journal import InUse
    from portfolio.application.open import open_portfolio
    from portfolio.application.starters.sample_values import Surroundings
    from portfolio.application.validation.findings import note_findings
    from portfolio.diagnostic import Severity
    from portfolio.loading.discovery import find_root

    alone = Surroundings(origin.as_of or origin.today)
    if not origin.exact and find_root(origin.folder) is None:
        return Noted(alone)
    try:
        opened = open_portfolio(origin)
    except InUse:
        raise
    except Failure as failure:
        return Noted(alone, (f"{failure.message}: the skeleton names nothing of it",))
    # Whoever writes `pmo new risk > new.yaml` has an empty file there already: that is no error.
    unread = [each for each in opened.loaded.diagnostics if each.severity is Severity.ERROR]
    whole = opened.loaded.portfolio or opened.view
    found = Surroundings(whole.as_of, opened.view, whole.entities.keys())
    return Noted(found, (*opened.notes, note_findings(unread)))
