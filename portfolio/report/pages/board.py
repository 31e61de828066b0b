"""The report of the governance board: the sections that name it, in their order."""

from __future__ import annotations

from portfolio.report.outline import Outline

OUTLINE = Outline(
    "Portfolio board report",
    "What must be decided, what is wrong, what it costs, and what comes next?",
    order=10,
    annex=frozenset(
        {
            "budgets",
            "predictability",
            "schedule",
            "renewals",
            "customers",
            "services",
            "change",
            "operations",
            "adoption",
            "handover",
            "control",
            "roadmap",
            "data",
        }
    ),
)
