"""A second repository laid over the first: it adds entities, and fields to those that are there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from portfolio.loading.loader import Loaded, load
from portfolio.model.delivery.projects import Project
from portfolio.model.resources import Person
from portfolio.values import Money
from tests.portfolios import DAY, SETTINGS

BASE = """\
people:
  - {id: anna, name: Anna Sample, role: Tester, contracted_fte: 0.8}
  - {id: ben, name: Ben Sample, line_manager: anna}
project: {id: atlas, name: Atlas, sponsor: anna}
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "portfolio"
    folder.mkdir()
    (folder / "pmo.yaml").write_text(SETTINGS)
    (folder / "people.yaml").write_text(BASE)
    return folder


def laid_over(base: Path, *texts: str, suffix: str = "yaml") -> Loaded:
    overlays = []
    for number, text in enumerate(texts):
        folder = base.parent / f"over{number}"
        folder.mkdir()
        (folder / f"people.{suffix}").write_text(text)
        overlays.append(folder)
    return load(base, today=DAY, overlays=overlays)


def people(loaded: Loaded) -> tuple[Person, ...]:
    assert loaded.portfolio is not None
    return loaded.portfolio.all(Person)


def errors(loaded: Loaded) -> list[str]:
    return [found.code for found in loaded.diagnostics if found.severity.name == "ERROR"]


def test_a_rate_is_added_to_somebody_who_is_there_without_saying_the_rest_again(base: Path) -> None:
    found = laid_over(base, "people: [{id: anna, cost_rate_per_day: 640}]\n")
    assert errors(found) == []
    anna, ben = people(found)
    assert (anna.name, anna.contracted_fte) == ("Anna Sample", Decimal("0.8"))
    assert anna.cost_rate_per_day == Money(Decimal(640), "GBP")
    assert ben.cost_rate_per_day is None


def test_a_table_adds_to_it_as_well(base: Path) -> None:
    found = laid_over(base, "id,cost_rate_per_day\nben,500\n", suffix="csv")
    assert errors(found) == []
    assert people(found)[1].cost_rate_per_day == Money(Decimal(500), "GBP")


def test_what_is_stated_twice_holds_as_stated_last(base: Path) -> None:
    found = laid_over(
        base, "people: [{id: anna, role: Lead}]\n", "people: [{id: anna, role: Coach}]\n"
    )
    assert people(found)[0].role == "Coach"
    assert [each.id for each in people(found)] == ["anna", "ben"]


def test_a_mistake_is_shown_where_it_was_written(base: Path) -> None:
    found = laid_over(base, "people:\n  - {id: anna, line_manager: nobody}\n")
    (broken,) = (each for each in found.diagnostics if each.code == "REF-BROKEN")
    assert broken.location.path.endswith("over0/people.yaml")
    assert (broken.location.line, broken.location.column) == (2, 30)
    anna = people(found)[0]
    assert anna.where("name").path == anna.where("id").path == "people.yaml"
    assert anna.where("line_manager").path.endswith("over0/people.yaml")


def test_references_from_below_reach_what_lies_over(base: Path) -> None:
    found = laid_over(base, "people: [{id: anna, role: Lead}]\n")
    portfolio = found.portfolio
    assert portfolio is not None
    (atlas,) = portfolio.all(Project)
    sponsor = portfolio.find(atlas.sponsor, Person)
    assert sponsor is not None
    assert sponsor.role == "Lead"


def test_new_entities_come_along(base: Path) -> None:
    found = laid_over(base, "people: [{id: cleo, name: Cleo Sample}]\n")
    assert [each.id for each in people(found)] == ["anna", "ben", "cleo"]
    assert errors(laid_over(base.parent / "portfolio")) == []


def test_an_id_of_another_kind_is_still_used_twice(base: Path) -> None:
    found = laid_over(base, "team: {id: anna, name: Team Anna}\n")
    assert errors(found) == ["REF-DUPLICATE-ID"]


def test_twice_in_one_layer_is_still_a_mistake(base: Path) -> None:
    text = "people: [{id: cleo, name: Cleo Sample}, {id: cleo, name: Cleo Again}]\n"
    assert errors(laid_over(base, text)) == ["REF-DUPLICATE-ID"]


def test_somebody_new_has_to_be_complete(base: Path) -> None:
    assert errors(laid_over(base, "people: [{id: cleo, role: Coach}]\n")) == ["FLD-REQUIRED"]
