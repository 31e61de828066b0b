"""The quarterly performance review of the PMO as a service."""

from __future__ import annotations

from portfolio.report.outline import Outline

OUTLINE = Outline(
    "PMO service review",
    "Does the PMO keep what it promises, is it worth its cost, and what will it do better?",
    order=80,
    needs_past=True,
)
