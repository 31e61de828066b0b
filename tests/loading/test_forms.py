"""A value has the form of its field: one text, a list, a mapping, or one of several forms."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.model.service import Kpi
from portfolio.model.strategy import Proposal
from tests.portfolios import load_files, load_text, portfolio_of, problems

PEOPLE = """
people:
  - {id: anna, name: Anna Sample}
"""


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (
            "project: {id: a, name: [A], sponsor: anna}",
            "FLD-TYPE",
            "name is a list; it must be text",
        ),
        ("project: {id: a, name: A, sponsor: {x: y}}", "FLD-TYPE", "must be the id of a person"),
        ("project: {id: a, name: A, sponsor: !x anna}", "YML-TAG", "the tag !x"),
        ("project: {id: a, name: A, sponsor: anna, tags: [a, ~]}", "FLD-TYPE", "has an empty item"),
        ("project: {id: a, name: A, sponsor: anna, objectives: [[x]]}", "FLD-TYPE", "a mapping"),
        (
            "project: {id: a, name: A, sponsor: anna, objectives: [{contribution: 9}]}",
            "FLD-RANGE",
            "between 0 and 3",
        ),
        ("project: {id: A_1, name: A, sponsor: anna}", "FLD-ID", "is not a slug"),
        ("project: {id: a, name: A, sponsor: anna, [x]: y}", "YML-KEY", "a key is not a text"),
        ("projects: {atlas: {name: A, sponsor: anna}}", "FLD-TYPE", "it must be a list"),
        ("projects: [atlas]", "FLD-TYPE", "it must be a mapping"),
        ("projects: many", "FLD-TYPE", "it must be a mapping or a list"),
        (
            "milestones: [{id: m, name: M, project: a, projects: []}]",
            "FLD-UNKNOWN",
            "cannot be written inside a milestone",
        ),
        ("kpi: {id: k, name: K, owner: anna, target: [1, 2, 3]}", "FLD-TYPE", "must have 2"),
        ("- project", "YML-ROOT", "must be a mapping from kinds"),
        ("just words", "YML-ROOT", "must be a mapping from kinds"),
    ],
)
def test_a_value_of_the_wrong_form_says_which_form_it_must_have(
    text: str, code: str, words: str
) -> None:
    found = problems(load_files({"a.yaml": text + "\n", "people.yaml": PEOPLE}))
    assert code in {each.code for each in found}
    assert any(words in f"{each.message} {each.hint}" for each in found)


def test_a_target_may_be_a_number_or_a_range() -> None:
    portfolio = portfolio_of(
        "kpis:\n"
        "  - {id: a, name: A, owner: anna, direction: higher, target: 85, red: 65}\n"
        "  - {id: b, name: B, owner: anna, direction: range, target: [75, 85], red: [65, 95]}\n"
        + PEOPLE
    )
    single, double = (kpi.target for kpi in portfolio.all(Kpi))
    assert single == Decimal(85)
    assert double == (Decimal(75), Decimal(85))


def test_the_users_own_keys_hold_values_of_the_fields_type() -> None:
    loaded = load_text(
        PEOPLE
        + "criterion: {id: value, name: Value}\n"
        + "project: {id: atlas, name: Atlas, sponsor: anna}\n"
        + "proposal: {id: p, project: atlas, scores: {value: 8}, capacity: {dev: 2.5}}\n"
    )
    assert problems(loaded) == []
    assert loaded.portfolio is not None
    (proposal,) = loaded.portfolio.all(Proposal)
    assert proposal.capacity == {"dev": Decimal("2.5")}
