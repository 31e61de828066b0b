"""The selector grammar, one line a case."""

from __future__ import annotations

import pytest

from portfolio.application.selector import SelectorError, select
from tests.portfolios import load_files, view_in

FILES: dict[str, str | bytes] = {
    "people.yaml": "people: [{id: anna, name: Anna, role: Lead, start_date: 2020-01-01}]\n",
    "projects/atlas.yaml": """
        project:
          id: atlas
          name: Atlas
          sponsor: anna
          tags: [billing, big]
          declared_rag: red
          activities: [{id: build, duration: 5d}, {id: test, duration: 5d, predecessors: [build]}]
          milestones: [{id: live, name: Live, predecessors: [test], owner: anna}]
        """,
    "projects/portal.yaml": """
        project:
          id: portal
          name: Portal
          sponsor: anna
          tags: [billing]
          activities: [{id: link, duration: 5d}]
          dependencies: [{id: from-atlas, from: atlas.live, to: link}]
        """,
    "risks.yaml": "risk: {id: late, title: Late, owner: anna, project: atlas, tags: [big]}\n",
}

CASES = [
    ("atlas", "atlas"),
    ("atlas portal", "atlas portal"),
    ("atlas,portal", ""),
    ("tag:billing", "atlas portal"),
    ("tag:billing,tag:big", "atlas"),
    ("tag:big,kind:risk portal", "portal late"),
    ("kind:milestones", "atlas.live"),
    ("kind:task", "atlas.build atlas.test portal.link"),
    ("owner:anna,kind:milestone", "atlas.live"),
    ("owner:anna,kind:project", "atlas portal"),
    ("rag:red", "atlas"),
    ("rag:grey", "portal"),
    ("path:projects/*,kind:project", "atlas portal"),
    ("atlas.*", "atlas.build atlas.test atlas.live"),
    ("atlas.live+", "atlas atlas.live portal portal.link portal.from-atlas"),
    ("atlas.test+1", "atlas.test atlas.live"),
    ("+atlas.live", "atlas.build atlas.test atlas.live"),
    ("1+atlas.live", "atlas.test atlas.live"),
    (
        "+portal.from-atlas+",
        "atlas.build atlas.test atlas.live portal portal.link portal.from-atlas",
    ),
]


@pytest.mark.parametrize(("selector", "chosen"), CASES)
def test_a_selector_chooses(selector: str, chosen: str) -> None:
    portfolio = view_in(load_files(FILES))
    assert set(select(portfolio, [selector])) == set(chosen.split())


def test_several_arguments_unite_and_exclude_subtracts_in_the_order_of_files() -> None:
    portfolio = view_in(load_files(FILES))
    assert select(portfolio, ["late", "tag:billing"], ["portal"]) == ("atlas", "late")
    assert "anna" in select(portfolio, [])


@pytest.mark.parametrize(
    ("selector", "unknown"),
    [
        ("atlsa", "atlsa"),
        ("atlsa+", "atlsa"),
        ("hub.*", "hub.*"),
        ("kind:rsk", "rsk"),
        ("owner:ana", "ana"),
        ("rag:pink", "pink"),
        ("colour:red", "colour"),
        (",", ""),
        ("+", ""),
    ],
)
def test_a_selector_that_means_nothing_says_what_it_does_not_know(
    selector: str, unknown: str
) -> None:
    portfolio = view_in(load_files(FILES))
    with pytest.raises(SelectorError) as told:
        select(portfolio, [selector])
    assert told.value.unknown == unknown


NAMED = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\nselectors:\n"


def _named(stated: str, *words: str, exclude: tuple[str, ...] = ()) -> tuple[str, ...]:
    loaded = load_files({**FILES, "pmo.yaml": NAMED + stated})
    assert loaded.portfolio is not None
    return select(view_in(loaded), words, exclude)


def test_a_selector_has_a_name_in_pmo_yaml_and_is_a_word_like_any_other() -> None:
    stated = '  ours: "tag:billing late"\n  tests: atlas.test+1\n  both: ours tests\n'
    assert _named(stated, "ours") == ("atlas", "portal", "late")
    assert _named(stated, "ours,kind:risk") == ("late",)
    assert _named(stated, "both", exclude=("tests",)) == ("atlas", "portal", "late")


def test_an_id_goes_before_a_selector_of_its_name() -> None:
    assert _named("  portal: tag:big\n", "portal") == ("portal",)


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("  one: two\n  two: one\n", "the selectors one → two → one name each other"),
        ("  one: atlaz\n", "the selector 'one' of pmo.yaml: nothing has the id 'atlaz'"),
    ],
)
def test_a_named_selector_that_cannot_be_used_says_where_it_is(stated: str, message: str) -> None:
    with pytest.raises(SelectorError) as raised:
        _named(stated, "one")
    assert message in str(raised.value)
