"""The quality of the data as one figure: how much of what the rules check holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.governance.data_quality import data_quality_index
from portfolio.rules.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from portfolio.diagnostic import Diagnostic, Severity
    from portfolio.measure.measure import Measure
    from portfolio.rules.rule import Rule
    from portfolio.view.view import View


def data_quality(portfolio: View, findings: Iterable[Diagnostic]) -> Measure[Decimal]:
    """Return the data-quality index of a portfolio from the findings of the rules.

    A check is one rule on one entity of the kind that it judges; a rule about the portfolio as a
    whole is one check. A check that found something, however often, is violated. It weighs as its
    rule does, not as the single finding, so that the index stays between 0 and 1.

    Source: domain A1, data quality index.
    """
    rules = all_rules()
    violated = {
        (found.code, found.entity if rules[found.code].kind is not None else "")
        for found in findings
        if found.code in rules
    }
    return data_quality_index(
        (rules[code].severity for code, _ in sorted(violated)),
        _applicable(portfolio, rules.values()),
    )


def _applicable(portfolio: View, rules: Iterable[Rule]) -> Iterator[Severity]:
    for each in rules:
        count = 1 if each.kind is None else len(portfolio.all(each.kind))
        yield from (each.severity for _ in range(count))
