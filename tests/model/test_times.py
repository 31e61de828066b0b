"""What every field says of its day: what it is, what stands in for it, and what hangs on it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import pytest

from portfolio.field_description import is_dated
from portfolio.field_path import paths_of, records_in
from portfolio.model.entity import Entity
from portfolio.model.kinds import kinds
from portfolio.record import Field, Nested, Record, Reference, Scalar, field, several

KINDS = list(kinds().values())

Stated = tuple[type[Entity], type[Record], Field]


def every_field() -> Iterator[Stated]:
    """Yield every field of every kind, those of nested records too, below the kind."""
    for kind in KINDS:
        for record in records_in(kind):
            for stated in record.FIELDS.values():
                yield kind, record, stated


FIELDS = list(every_field())


def named(record: type[Record], stated: Field) -> str:
    return f"{record.__name__}.{stated.key}"


def ends_of(path: str, record: type[Record], kind: type[Entity]) -> Iterator[Field]:
    """Yield the fields that a path can end at: one for each kind that a reference may name."""
    first, _, rest = path.partition(".")
    if first not in record.FIELDS:
        assert first == kind.KIND
        yield from ends_of(rest, kind, kind)
        return
    stated = record.FIELDS[first]
    if not rest:
        yield stated
    elif isinstance(stated.shape, Nested):
        yield from ends_of(rest, stated.shape.record, kind)
    else:
        assert isinstance(stated.shape, Reference)
        for name in stated.shape.to:
            yield from ends_of(rest, kinds()[name], kinds()[name])


def test_every_day_and_every_period_says_what_it_is() -> None:
    assert sum(is_dated(stated) for _, _, stated in FIELDS) > 150  # else nothing is asked
    assert [named(r, f) for _, r, f in FIELDS if is_dated(f) and not f.time] == []


def test_a_record_comes_into_being_on_one_day() -> None:
    for record in {record for _, record, _ in FIELDS}:
        recorded = [f.key for f in record.FIELDS.values() if f.time == "recorded"]
        assert len(recorded) <= 1, record


def test_only_a_recorded_day_can_be_stood_in_for() -> None:
    assert {f.time for _, _, f in FIELDS if f.stands_in} == {"recorded"}


def test_a_value_that_happened_says_from_which_day_it_is_known() -> None:
    assert [
        named(r, f)
        for _, r, f in FIELDS
        if f.time == "happened" and not is_dated(f) and not f.known_from
    ] == []


def test_a_record_over_a_period_says_from_when_its_values_are_there() -> None:
    for _, record, stated in FIELDS:
        period = isinstance(stated.shape, Scalar) and stated.shape.name == "period"
        if not period or stated.time == "recorded":
            continue
        others = [f for f in record.FIELDS.values() if f is not stated]
        known = any(stated.key in f.stands_in + f.known_from for f in others)
        assert known or stated.time == "planned", named(record, stated)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_what_a_field_points_at_is_a_day(kind: type[Entity]) -> None:
    for record in records_in(kind):
        for stated in record.FIELDS.values():
            for path in paths_of(stated):
                assert all(map(is_dated, ends_of(path, record, kind))), (record, stated.key, path)


def test_what_is_bound_by_another_day_has_a_day_itself() -> None:
    for _, record, stated in FIELDS:
        if stated.not_before:
            assert is_dated(stated) or stated.known_from, named(record, stated)


def test_a_status_implies_a_day_of_its_own_record() -> None:
    for _, record, stated in FIELDS:
        for word, days in stated.implies.items():
            own = [path for path in several(days) if "." not in path]
            assert len(own) >= 1, (record, stated.key, word)


def test_a_day_that_may_be_missing_is_implied_by_a_status() -> None:
    implied = {
        (record, path)
        for _, record, stated in FIELDS
        for days in stated.implies.values()
        for path in several(days)
    }
    optional = {(r, f.key) for _, r, f in FIELDS if f.optional}
    assert optional - implied == set()


def test_a_day_that_ends_something_is_a_fact() -> None:
    assert {f.time for _, _, f in FIELDS if f.ends} == {"happened"}


def test_a_final_word_of_a_status_has_a_day() -> None:
    """The exceptions: statements of their commit, for which no day was worth a field."""
    undated = {
        named(record, stated)
        for _, record, stated in FIELDS
        if isinstance(stated.shape, Scalar) and stated.shape.choices
        for word in stated.final
        if word not in stated.implies
    }
    assert undated == {
        "Decision.status", "Dependency.agreement", "ReadinessCriterion.status", "Timesheet.status",
    }  # fmt: skip


def test_what_stands_first_in_a_list_has_its_place_alone() -> None:
    for kind in KINDS:
        places = [f.preferred for f in kind.FIELDS.values() if f.preferred]
        assert len(set(places)) == len(places), kind


Verdict = Literal["open", "done"]


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (field("A day.", time="happened", not_before="began"), "has no field 'began'"),
        (field("A day.", time="recorded", stands_in="title.on"), "title leads nowhere"),
        (field("A day.", time="planned", not_before="gate.actual"), "has no field 'gate'"),
        (field("A day.", time="planned", becomes="done_on"), "has no field 'done_on'"),
        (field("A day.", time="happened", known_from="part.held"), "Part has no field 'held'"),
    ],
    ids=["no such field", "a text", "another kind", "no such fact", "not in the part"],
)
def test_a_kind_that_points_at_nothing_cannot_be_defined(
    stated: Any,  # noqa: ANN401 - as `field` gives it
    words: str,
) -> None:
    class Part(Record):
        """A part."""

        on: date | None = field("A day.", time="happened")

    with pytest.raises(TypeError, match=words) as failure:

        class Wrong(Entity):
            """A kind with a mistake."""

            title: str | None = field("A text.")
            part: Part | None = field("A part.")
            day: date | None = stated

    assert "Wrong.day names" in str(failure.value)
    assert "wrong" not in kinds()


def test_a_status_that_states_a_strange_word_cannot_be_defined() -> None:
    with pytest.raises(TypeError, match=r"Wrong\.status has no value over: open, done"):

        class Wrong(Entity):
            """A kind with a mistake."""

            status: Verdict = field("A status.", final=("done", "over"))


def test_a_part_may_point_at_the_kind_that_holds_it_and_at_what_it_refers_to() -> None:
    met = next(f for _, r, f in FIELDS if named(r, f) == "GateCondition.met_on")
    answered = next(f for _, r, f in FIELDS if named(r, f) == "Response.on")
    assert (met.not_before, answered.stands_in) == (("gate.actual",), ("survey.sent_on",))
