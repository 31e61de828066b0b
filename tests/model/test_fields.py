"""What holds for every field of every kind, nested records included."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import networkx as nx
import pytest

from portfolio.exchange.drafts.yaml_text import scalar as quoted
from portfolio.loading.document import Node, compose
from portfolio.loading.findings import INVALID, Findings
from portfolio.loading.records import reader_of
from portfolio.model.entity import Entity
from portfolio.model.kinds import kinds, owner_field
from portfolio.record import Either, Field, Many, Nested, Record, Reference, Scalar, Shape, Table

# A share of the budget or of the margin may exceed the whole; a booking may exceed a person.
UNBOUNDED_PERCENTAGES = {"cost_pct", "benefit_pct", "margin_pct", "pct"}
ONE_SENTENCE = 110
SHARES = {"share", "probability", "attribution", "confidence", "weight"}


def records_in(shape: Shape) -> Iterator[type[Record]]:
    if isinstance(shape, Nested):
        yield from records_from(shape.record)
    elif isinstance(shape, Many | Table):
        yield from records_in(shape.item)
    elif isinstance(shape, Either):
        for option in shape.options:
            yield from records_in(option)


def records_from(record: type[Record]) -> Iterator[type[Record]]:
    yield record
    for stated in record.FIELDS.values():
        yield from records_in(stated.shape)


def every_record() -> list[type[Record]]:
    return list(dict.fromkeys(r for kind in kinds().values() for r in records_from(kind)))


def every_field() -> list[tuple[str, Field]]:
    return [
        (f"{record.__name__}.{stated.key}", stated)
        for record in every_record()
        for stated in record.FIELDS.values()
    ]


def references(shape: Shape) -> bool:
    if isinstance(shape, Many | Table):
        return references(shape.item)
    if isinstance(shape, Either):
        return any(references(option) for option in shape.options)
    return isinstance(shape, Reference)


def scalar(stated: Field, name: str) -> bool:
    return isinstance(stated.shape, Scalar) and stated.shape.name == name


def test_the_records_that_kinds_nest_are_found() -> None:
    # Everything below would hold for nothing at all if this walk went wrong.
    names = {record.__name__ for record in every_record()}
    assert {"Project", "Contribution", "Renewal", "ReadinessCriterion", "FteInPeriod"} <= names


@pytest.mark.parametrize("record", every_record(), ids=lambda record: record.__name__)
def test_a_record_says_what_it_is_in_one_sentence(record: type[Record]) -> None:
    first, _, rest = (record.__doc__ or "").partition("\n")
    assert first.endswith(".")
    assert not rest.strip()


def test_every_field_says_what_it_means_in_one_sentence() -> None:
    wrong = [
        name
        for name, stated in every_field()
        if not stated.doc.endswith(".")
        or len(stated.doc) > ONE_SENTENCE
        or not (stated.doc[0].isupper() or stated.doc[0].isdigit())
    ]
    assert wrong == []


def test_no_field_hides_what_a_record_can_do() -> None:
    for record in every_record():
        stated = {each.name for each in record.FIELDS.values()}
        for base in record.__mro__[:-1]:
            fields = {each.name for each in getattr(base, "FIELDS", {}).values()}
            assert stated & (vars(base).keys() - fields) == set(), record


def test_keys_are_snake_case_words() -> None:
    assert [name for name, stated in every_field() if not stated.key.isidentifier()] == []
    assert [name for name, stated in every_field() if stated.key != stated.key.lower()] == []


def test_every_reference_names_kinds_that_exist() -> None:
    strangers = {
        name: set(stated.to) - kinds().keys()
        for name, stated in every_field()
        if set(stated.to) - kinds().keys()
    }
    assert strangers == {}


def test_only_references_name_kinds_or_carry_a_delay() -> None:
    for name, stated in every_field():
        if stated.to or stated.flow or stated.words:
            assert references(stated.shape), name


def test_only_a_decision_and_nothing_else_may_affect_anything() -> None:
    free = [name for name, stated in every_field() if references(stated.shape) and not stated.to]
    assert free == ["Decision.affects"]


def test_shorthands_name_a_field() -> None:
    for record in every_record():
        if record.SHORTHAND:
            assert record.SHORTHAND in record.FIELDS


def test_what_a_record_requires_has_no_default() -> None:
    wrong = [
        name
        for name, stated in every_field()
        if stated.required and (stated.default not in {None, ()} or stated.expected)
    ]
    assert wrong == []


def test_what_may_be_left_to_its_default_is_not_expected() -> None:
    assert [name for name, f in every_field() if f.expected and f.default not in {None, ()}] == []


def test_a_default_lies_within_the_limits() -> None:
    for name, stated in every_field():
        if isinstance(stated.default, int | Decimal) and not isinstance(stated.default, bool):
            assert stated.minimum is None or stated.default >= stated.minimum, name
            assert stated.maximum is None or stated.default <= stated.maximum, name
        if isinstance(stated.shape, Scalar) and stated.shape.choices and stated.default is not None:
            assert stated.default in stated.shape.choices, name


def test_shares_and_probabilities_lie_between_0_and_1() -> None:
    wrong = [
        name
        for name, stated in every_field()
        if scalar(stated, "number")
        and stated.key.rpartition("_")[2] in SHARES
        and name != "Response.weight"  # how often an answer counts, not a share
        and (stated.minimum, stated.maximum) != (Decimal(0), Decimal(1))
    ]
    assert wrong == []


def test_percentages_lie_between_0_and_100() -> None:
    wrong = [
        name
        for name, stated in every_field()
        if (stated.key.endswith("_pct") or stated.key.startswith("pct"))
        and stated.key not in UNBOUNDED_PERCENTAGES
        and (stated.minimum, stated.maximum) != (Decimal(0), Decimal(100))
    ]
    assert wrong == []


def test_nothing_is_measured_in_a_unit_hidden_in_its_name() -> None:
    # `cadence: 10d` says its unit in the value; `cadence_days: 10` would say it in the name.
    hidden = [
        name for name, stated in every_field() if stated.key.endswith(("_wd", "_days", "_cd"))
    ]
    assert hidden == []


def carried() -> nx.DiGraph[str]:
    """Return which kind passes a delay to which, by the directions that references state."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for kind in kinds().values():
        for record in records_from(kind):
            for stated in record.FIELDS.values():
                for other in stated.to:
                    if stated.flow == "out":
                        graph.add_edge(kind.KIND, other)
                    elif stated.flow == "in":
                        graph.add_edge(other, kind.KIND)
    return graph


@pytest.mark.parametrize(
    "route",
    [
        ("activity", "milestone", "project", "contract", "customer"),
        ("activity", "project", "service", "business_unit"),
        ("milestone", "benefit", "objective"),
        ("project", "benefit", "kpi", "objective"),
        ("milestone", "dependency", "activity"),
        ("supplier", "dependency", "milestone"),
        ("milestone", "contract", "customer"),
        ("service", "sla", "contract"),
        ("project", "change_event", "stakeholder_group", "business_unit"),
        ("project", "business_dependency", "objective"),
        ("project", "roadmap_item", "objective"),
        ("milestone", "invoice"),
        ("gate", "project", "programme", "portfolio"),
    ],
    ids=" > ".join,
)
def test_a_delay_travels_from_work_to_the_business(route: tuple[str, ...]) -> None:
    for giver, receiver in pairwise(route):
        assert carried().has_edge(giver, receiver), (giver, receiver)


@pytest.mark.parametrize(
    "bystander", ["person", "board", "team", "risk", "issue", "actual", "timesheet", "lesson"]
)
def test_nothing_passes_a_delay_to_people_and_registers(bystander: str) -> None:
    graph = carried()
    assert bystander not in graph or not list(graph.predecessors(bystander))


def test_nothing_comes_back_from_the_business() -> None:
    graph = carried()
    for work in ("activity", "milestone", "project"):
        assert work not in nx.descendants(graph, "objective")
        assert work not in nx.descendants(graph, "customer")


@pytest.mark.parametrize(
    "stated", [each for _, each in every_field() if each.example], ids=lambda each: each.key
)
def test_an_example_is_a_value_as_it_is_written(stated: Field) -> None:
    is_text = isinstance(stated.shape, Scalar)
    node = compose((quoted(stated.example) if is_text else stated.example).encode())
    assert isinstance(node, Node)
    findings = Findings("example.yaml")
    assert reader_of(stated.shape, stated)(node, findings) is not INVALID
    assert not findings.found


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.KIND)
def test_what_values_add_to_is_a_number_or_a_field_of_what_they_share(kind: type[Entity]) -> None:
    for stated in kind.FIELDS.values():
        key, whole = stated.adds_to
        if key and not whole.isdecimal():
            assert all(whole in kinds()[name].FIELDS for name in kind.FIELDS[key].to)


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.KIND)
def test_groups_of_keys_and_what_a_kind_begins_with_exist(kind: type[Entity]) -> None:
    for group in kind.ONE_OF + kind.ONE_EXPECTED:
        assert kind.FIELDS.keys() >= set(group)
    for name in kind.BEGINS_WITH:
        assert owner_field(kinds()[name], kind) is not None
