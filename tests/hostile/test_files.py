"""The hostile portfolio is as hostile as it says: nothing that a user can write is left out."""

from __future__ import annotations

import re

import pytest

from portfolio.model.kinds import kinds
from portfolio.record import Either, Many, Nested, Record, Scalar, Shape, Table
from tests.hostile.attacks import ATTACKS, attack
from tests.hostile.files import MEANT, quoted
from tests.hostile.portfolio import hostile_portfolio, loaded_hostile

_DEALT = re.compile("|".join(f"(?:{re.escape(each)}) \\d+" for each in ATTACKS))


def texts(value: object) -> list[str]:
    """Return every text in a value, however deep."""
    if isinstance(value, Record):
        return [text for each in value.stated().values() for text in texts(each)]
    if isinstance(value, tuple):
        return [text for each in value for text in texts(each)]
    if hasattr(value, "items"):
        return [text for key, each in value.items() for text in (str(key), *texts(each))]
    return [value] if isinstance(value, str) else []


def takes_words(shape: Shape) -> bool:
    """Tell whether a shape takes any words at all, however deep."""
    match shape:
        case Scalar(name=name):
            return name == "text"
        case Many(item=item) | Table(item=item):
            return takes_words(item)
        case Nested(record=record):
            return any(
                takes_words(f.shape) and not f.words and f.name not in MEANT
                for f in record.FIELDS.values()
            )
        case Either(options=options):
            return takes_words(options[0])
    return False


@pytest.mark.parametrize("turn", [0, 13])
def test_it_loads_without_a_fault(turn: int) -> None:
    """Its references hold, its dates and amounts can be read: only its words are bad."""
    assert {found.code for found in loaded_hostile(turn).diagnostics} <= {
        "FLD-EXPECTED",
        "FLD-HIDDEN",
    }


@pytest.mark.parametrize("kind", kinds())
def test_every_field_of_words_of_every_kind_is_an_attack(kind: str) -> None:
    (full,) = (
        each
        for each in hostile_portfolio().all(kinds()[kind])
        if each.id.rpartition(".")[2] == f"full-{kind.replace('_', '-')}"
    )
    for stated in full.FIELDS.values():
        if takes_words(stated.shape) and not stated.words and stated.name not in MEANT:
            found = texts(getattr(full, stated.name))
            assert any(_DEALT.fullmatch(text) for text in found), stated.key


def test_every_attack_is_dealt_many_times() -> None:
    entities = hostile_portfolio().entities.values()
    dealt = [text for each in entities for text in texts(each) if _DEALT.fullmatch(text)]
    for each in ATTACKS:
        assert sum(text.startswith(each) for text in dealt) > 20, each


def test_a_text_is_written_so_that_any_reader_reads_it_as_it_was() -> None:
    assert quoted('a"\\\x1b\u202e') == '"a\\U00000022\\U0000005c\\U0000001b\\U0000202e"'
    assert attack(len(ATTACKS)).startswith(ATTACKS[0])
