"""The account review of one customer, for us or for the customer."""

from __future__ import annotations

from portfolio.report.outline import Outline

OUTLINE = Outline(
    "Account review",
    "What did a customer get, say and pay, and what comes next?",
    subject="customer",
    order=50,
)
