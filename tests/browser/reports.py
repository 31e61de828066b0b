"""The reports of the example that tests open in a browser: every one that there is."""

from __future__ import annotations

from portfolio.report.outline import outlines

_SUBJECTS = {
    "": "",
    "project": "atlas",
    "customer": "acme",
    "change_event": "atlas-release-1",
    "board": "portfolio-board",
}
"""An entity of the example for the reports that are about one of a kind."""
_TELLING = {"exception": "meter-roll", "closure": "skills-hub"}
"""The entity about which a report has most to say, where that is another one."""

REPORTS: tuple[tuple[str, ...], ...] = (
    *(
        tuple(filter(None, (name, _TELLING.get(name, _SUBJECTS[outline.subject]))))
        for name, outline in outlines().items()
    ),
    ("customer", "northwind", "--edition", "customer"),
)
"""The words of each report after `pmo report`."""
