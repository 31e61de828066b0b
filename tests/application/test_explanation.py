"""What can be explained: a formula is what states its source, wherever its module lies."""

from __future__ import annotations

import pytest

from portfolio.application.explanation import explain, formulas


def test_a_formula_states_who_defined_it() -> None:
    unsourced = [name for name, each in formulas().items() if "Source:" not in (each.__doc__ or "")]
    assert unsourced == []


@pytest.mark.parametrize(
    "name", ["risk_score", "net_promoter_of", "use_rate", "tolerance_uses", "percentile"]
)
def test_a_figure_of_any_theme_can_be_looked_up(name: str) -> None:
    text = explain(name)
    assert text is not None
    assert "(formula)" in text
    assert "Source: " in text


@pytest.mark.parametrize("name", ["is_waiting", "newest_forecast", "read_time", "column", "health"])
def test_what_only_finds_or_asks_is_no_formula(name: str) -> None:
    assert name not in formulas()
