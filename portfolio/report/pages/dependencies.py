"""The dependency poster: who promises what to whom, for a wall or a planning meeting."""

from __future__ import annotations

from portfolio.model.delivery.projects import Dependency
from portfolio.report.outline import Outline, records

OUTLINE = Outline(
    "Dependency poster",
    "Who waits for whom, where is the least room, and what does it cost if something slips?",
    order=62,
    is_due=records(Dependency),
)
