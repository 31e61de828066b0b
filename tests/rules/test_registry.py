"""Who selects a rule gets it, though only the modules that state selected ones are imported."""

from __future__ import annotations

from collections import defaultdict

from portfolio import rules as package
from portfolio.registration import modules_in_themes, states
from portfolio.rules.registry import _RULE, all_rules, selected_rules
from portfolio.rules.rule import code_of


def test_the_sources_say_which_module_states_which_rule() -> None:
    stated: defaultdict[str, set[str]] = defaultdict(set)
    for rule in all_rules().values():
        stated[rule.check.__module__].add(rule.code)
    for module in modules_in_themes(package):
        read: set[str] = set()
        states(module, _RULE, lambda name, read=read: bool(read.add(code_of(name))))  # type: ignore[misc]
        assert read == stated[module.name]


def test_a_family_and_a_code_select_their_rules_and_what_is_ignored_is_left_out() -> None:
    family = {code for code in all_rules() if code.startswith("RSK-")}
    assert set(selected_rules(["RSK"], [])) == family
    assert set(selected_rules(["RSK"], ["RSK-NO-RESPONSE"])) == family - {"RSK-NO-RESPONSE"}
    assert [*selected_rules(["RSK-NO-RESPONSE"], [])] == ["RSK-NO-RESPONSE"]


def test_who_selects_nothing_gets_every_rule_in_the_order_of_codes() -> None:
    assert [*selected_rules([], [])] == [*all_rules()] == sorted(all_rules())
