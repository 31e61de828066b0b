"""A scalar is read by its field's type from the text as written, never by YAML's guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.model.delivery.projects import Activity, Milestone, Project
from portfolio.model.resources import Person
from portfolio.model.risk import Risk
from portfolio.model.strategy import Criterion
from portfolio.values import Duration, Money
from tests.portfolios import brief, load_files, load_text, portfolio_of, problems

PEOPLE = """
people:
  - {id: anna, name: Anna Sample}
"""


def project(fields: str) -> str:
    """Return a project with more fields, one a line."""
    lines = "\n".join(f"  {line}" for line in fields.strip().splitlines())
    return f"project:\n  id: atlas\n  name: Atlas\n  sponsor: anna\n{lines}\n{PEOPLE}"


@pytest.mark.parametrize(
    ("written", "kind", "key", "value"),
    [
        ("name: NO", Project, "name", "NO"),
        ("name: 007", Project, "name", "007"),
        ("name: 12:30", Project, "name", "12:30"),
        ('name: "null"', Project, "name", "null"),
        ("name: 2026-03-01", Project, "name", "2026-03-01"),
    ],
)
def test_a_text_means_what_it_says(written: str, kind: type[Project], key: str, value: str) -> None:
    loaded = load_text(f"project:\n  id: atlas\n  sponsor: anna\n  {written}\n{PEOPLE}")
    assert loaded.portfolio is not None
    (found,) = loaded.portfolio.all(kind)
    assert getattr(found, key) == value


def test_values_have_the_type_of_their_field() -> None:
    portfolio = portfolio_of(
        project(
            """
            start: 2026-03-02
            bac: 12500.50 EUR
            priority: 1
            confidential: true
            tolerances: {cost_pct: 5, time: 2.5d}
            activities: [{id: build, duration: 4h}]
            """.replace("            ", "")
        )
    )
    (atlas,) = portfolio.all(Project)
    assert atlas.start == date(2026, 3, 2)
    assert atlas.bac == Money(Decimal("12500.50"), "EUR")
    assert atlas.priority == 1
    assert atlas.confidential is True
    assert atlas.tolerances is not None
    assert atlas.tolerances.time == Duration(Decimal("2.5"), "d")
    (build,) = portfolio.all(Activity)
    assert build.duration == Duration(Decimal(4), "h")


@pytest.mark.parametrize(
    ("written", "code", "words"),
    [
        ("confidential: yes", "FLD-TYPE", "write true"),
        ("bac: 1,000", "FLD-TYPE", "thousands"),
        ("start: 02/03/2026", "FLD-TYPE", "YYYY-MM-DD"),
        ("start: 2026-02-30", "FLD-TYPE", "not a day of the calendar"),
        ("priority: 9", "FLD-RANGE", "between 1 and 5"),
        ("priority: high", "FLD-TYPE", "not a whole number"),
        ("status: deliverin", "FLD-CHOICE", "did you mean delivering?"),
        ("tolerances: {time: 10}", "FLD-TYPE", "for example 10d"),
        ("tolerances: {time: 10m}", "FLD-TYPE", "10min or 10mo"),
        ("tolerances: 5", "FLD-TYPE", "must be a mapping"),
        ("services: portal", "FLD-TYPE", "write [portal]"),
        ("tags: [a, , b]", "YML-SYNTAX", ""),
        ("sponsr: anna", "FLD-UNKNOWN", "did you mean sponsor?"),
        ("tolerances: {words: 1}", "FLD-UNKNOWN", "its fields are cost_pct, "),
        ("name: !secret x", "YML-DUPLICATE-KEY", "written twice"),
        ("stage: !secret x", "YML-TAG", "remove the tag"),
        ("<<: {a: b}", "YML-MERGE", "write the fields out"),
        ("status: [delivering]", "FLD-TYPE", "a list; it must be a choice"),
    ],
)
def test_a_value_that_does_not_fit_is_one_finding_with_a_hint(
    written: str, code: str, words: str
) -> None:
    found = problems(load_text(project(written)))
    assert [each.code for each in found] == [code]
    assert words in f"{found[0].message} {found[0].hint}"


def test_a_finding_points_at_the_value() -> None:
    loaded = load_text(project("tolerances: {cost_pct: 5, time: 10}"))
    (found,) = problems(loaded)
    assert (found.location.line, found.location.column, found.location.end_column) == (5, 35, 37)
    assert found.entity == "atlas"


def test_a_duplicate_key_shows_the_first_place() -> None:
    (found,) = problems(load_text(project("start: 2026-01-01\nstart: 2026-01-02")))
    assert found.location.line == 6
    assert found.related[0].location.line == 5


def test_children_are_known_by_owner_and_short_id() -> None:
    portfolio = portfolio_of(
        project(
            "activities:\n"
            "  - {id: design, duration: 5d}\n"
            "  - {id: build, duration: 5d, predecessors: [design, {id: atlas.design, lag: 2d}]}\n"
            "milestones: [{id: live, name: Live, predecessors: [build]}]"
        )
    )
    build = portfolio.find("atlas.build", Activity)
    assert build is not None
    assert [each.id.id for each in build.predecessors] == ["atlas.design", "atlas.design"]
    live = portfolio.find("atlas.live", Milestone)
    assert live is not None
    assert live.project.id == "atlas"


def test_a_child_outside_its_owner_has_the_same_full_id() -> None:
    portfolio = portfolio_of(
        project("status: delivering") + "milestone: {id: live, name: Live, project: atlas}\n"
    )
    assert portfolio.find("atlas.live", Milestone) is not None


def test_a_register_item_may_be_written_inside_its_project_and_keeps_a_flat_id() -> None:
    portfolio = portfolio_of(project("risks: [{id: late, title: Late, owner: anna}]"))
    late = portfolio.find("late", Risk)
    assert late is not None
    assert late.project is not None
    assert late.project.id == "atlas"


def test_a_child_that_names_another_owner_is_a_contradiction() -> None:
    loaded = load_text(project("milestones: [{id: live, name: Live, project: other}]"))
    assert [found.code for found in problems(loaded)] == ["FLD-OWNER"]


def test_an_incomplete_entity_is_reported_once_and_not_by_those_who_refer_to_it() -> None:
    loaded = load_text(
        project(
            "activities:\n"
            "  - {id: design, duration: 5}\n"
            "  - {id: build, duration: 5d, predecessors: [design]}"
        )
    )
    assert brief(loaded) == [("FLD-TYPE", 6, 30)]


def test_a_file_with_broken_syntax_does_not_break_the_references_to_what_it_holds() -> None:
    loaded = load_files(
        {
            "people.yaml": "people:\n  - {id: anna, name: Anna Sample\n",
            "project.yaml": "project: {id: atlas, name: Atlas, sponsor: anna}\n",
        }
    )
    assert [(f.code, f.location.path) for f in problems(loaded)] == [("YML-SYNTAX", "people.yaml")]


def test_a_broken_reference_names_the_nearest_and_shows_where_it_is() -> None:
    (found,) = problems(load_text("project: {id: atlas, name: A, sponsor: ana}\n" + PEOPLE))
    assert found.code == "REF-BROKEN"
    assert found.hint == "did you mean anna?"
    assert found.related[0].location.line == 4


def test_a_short_id_outside_its_owner_is_answered_with_the_full_one() -> None:
    loaded = load_text(
        project("milestones: [{id: live, name: Live}]")
        + "decision: {id: go, title: Go?, needed_by: 2026-05-01, affects: [live]}\n"
    )
    assert [f.hint for f in problems(loaded)] == ["did you mean atlas.live?"]


def test_a_reference_to_the_wrong_kind_says_which_kind_it_found() -> None:
    (found,) = problems(load_text("project: {id: atlas, name: A, sponsor: atlas}\n" + PEOPLE))
    assert found.code == "REF-WRONG-KIND"
    assert "which is a project; it must be a person" in found.message


def test_plain_amounts_take_the_nearest_currency_upwards() -> None:
    portfolio = portfolio_of(
        project(
            "currency: EUR\n"
            "bac: 100\n"
            "milestones: [{id: live, name: Live, amount: 5}, {id: paid, name: P, amount: 7 USD}]"
        )
        + "risk: {id: late, title: Late, owner: anna, project: atlas, impact_cost: 10}\n"
    )
    (atlas,) = portfolio.all(Project)
    assert atlas.bac == Money(Decimal(100), "EUR")
    assert [m.amount for m in portfolio.all(Milestone)] == [
        Money(Decimal(5), "EUR"),
        Money(Decimal(7), "USD"),
    ]
    (late,) = portfolio.all(Risk)
    assert late.impact_cost is not None
    assert late.impact_cost.likely == Money(Decimal(10), "EUR")


def test_one_id_used_twice_shows_both_places() -> None:
    (found,) = problems(load_text(PEOPLE + "person: {id: anna, name: Another}\n"))
    assert found.code == "REF-DUPLICATE-ID"
    assert (found.location.line, found.related[0].location.line) == (3, 2)


def test_every_entity_knows_where_it_and_its_fields_were_written() -> None:
    portfolio = portfolio_of(PEOPLE)
    (anna,) = portfolio.all(Person)
    assert (anna.where().line, anna.where().column) == (2, 5)
    assert (anna.where("name").line, anna.where("name").column) == (2, 22)
    assert anna.where("role") == anna.where()


def test_records_are_frozen() -> None:
    (anna,) = portfolio_of(PEOPLE).all(Person)
    with pytest.raises(AttributeError, match="frozen"):
        anna.name = "Somebody else"


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_field_written_as_nothing_is_absent(nothing: str) -> None:
    loaded = load_text(project(f"start: {nothing}\ncustomer: {nothing}"))
    assert problems(loaded) == []
    assert loaded.portfolio is not None
    (atlas,) = loaded.portfolio.all(Project)
    assert (atlas.start, atlas.customer) == (None, None)


def test_a_pair_of_which_one_cannot_be_read_is_left_out_whole() -> None:
    loaded = load_text("criterion: {id: value, name: Value, weight: 1, scale: [0, ten]}\n")
    (found,) = problems(loaded)
    assert found.code == "FLD-TYPE"
    assert loaded.portfolio is not None
    (value,) = loaded.portfolio.all(Criterion)
    assert not value.scale
