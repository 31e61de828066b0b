"""Every rule is documented, and its documentation is true: the example fires, the cure does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.rules.registry import all_rules
from portfolio.rules.rule import Rule
from tests.rules.examples import base_files, codes, judged

RULES = list(all_rules().values())
rules = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_the_base_portfolio_has_nothing_to_complain_about(tmp_path: Path) -> None:
    assert codes("", tmp_path) == set()


@rules
def test_the_example_fires_exactly_its_code(rule: Rule, tmp_path: Path) -> None:
    example, before = rule.sections["Example"], rule.sections.get("Before", "")
    # What was removed while referenced leaves a broken link behind, always.
    beside = {"FLD-EXPECTED"} | ({"REF-BROKEN"} if rule.code == "GOV-ID-REMOVED" else set())
    found = [f for f in judged(example, tmp_path, before) if f.code not in beside]
    assert {f.code for f in found} == {rule.code}
    assert {f.severity for f in found} <= {rule.severity, *_other_severities(rule)}


def _other_severities(rule: Rule) -> set[object]:
    """Return the severities that the documentation names beside the rule's own."""
    from portfolio.diagnostic import Severity

    return {s for s in Severity if s.word in rule.sections["What it does"]}


@rules
def test_what_to_use_instead_is_clean(rule: Rule, tmp_path: Path) -> None:
    assert codes(rule.sections["Use instead"], tmp_path, rule.sections.get("Before", "")) == set()


@rules
def test_the_finding_says_what_is_wrong_where_and_what_to_do(rule: Rule, tmp_path: Path) -> None:
    for found in judged(rule.sections["Example"], tmp_path, rule.sections.get("Before", "")):
        if found.code == rule.code:
            assert found.location.path in {*base_files(), "example.yaml"}
            assert found.location.line >= 1
            assert found.message
            assert found.hint
            assert not found.message.endswith(".")


@rules
def test_the_documentation_has_every_heading(rule: Rule) -> None:
    assert {"What it does", "Why it matters", "Example", "Use instead"} <= rule.sections.keys()
    assert rule.summary.endswith(".")
    assert len(rule.summary) <= 100
