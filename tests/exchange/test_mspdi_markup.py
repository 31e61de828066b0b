"""Files from strangers: what is no schedule, is broken or means harm is told in words."""

from __future__ import annotations

import time

import pytest

from portfolio.exchange.drafts.source_file import Unreadable
from portfolio.exchange.schedules.microsoft_project import markup
from portfolio.exchange.schedules.microsoft_project.markup import read_markup
from portfolio.exchange.schedules.microsoft_project.reader import read_mspdi
from tests.exchange.mspdi import file, read, task

BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def complaint(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as raised:
        read_mspdi(content, "plan.xml")
    return raised.value


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"hello", "the file is not XML"),
        (b"PK\x03\x04zip", "the file is not XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Microsoft Project's own format (.mpp)"),
        (file(task(1))[:-40], "ends in the middle of the XML"),
        (b"<Project><Name>a</Nome></Project>", "broken in line 1, column 19"),
        (b"<Project/>", "not Microsoft Project's: it is <Project>"),
        (b'<plan xmlns="urn:other"/>', "it is <plan> of urn:other"),
        (b'<?xml version="1.0" encoding="klingon"?><Project/>', "unknown encoding"),
    ],
)
def test_what_is_no_schedule_is_told_in_words(content: bytes, said: str) -> None:
    assert said in complaint(content).message


def test_a_byte_that_the_stated_encoding_lacks_is_told_with_its_place() -> None:
    broken = file(task(1, Name="Caf@")).replace(b"@", b"\xe9")
    found = complaint(broken)
    assert "broken in line 1" in found.message
    assert "encoding" in found.hint


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1", "utf-16"])
def test_other_encodings_are_read_where_the_file_states_them(encoding: str) -> None:
    text = file(task(1, Name="Café")).decode().replace("UTF-8", encoding)
    (found,) = read_mspdi(text.encode(encoding), "plan.xml").tasks
    assert found.name == "Café"


class TestDocumentTypes:
    def test_a_bomb_of_entities_is_refused_before_it_goes_off(self) -> None:
        head = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{BOMB}]>'
        began = time.monotonic()
        found = complaint(f"{head}<Project><Name>&e9;</Name></Project>".encode())
        assert "document type" in found.message
        assert time.monotonic() - began < 5

    @pytest.mark.parametrize(
        "head",
        [
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
            "<!DOCTYPE Project>",
        ],
    )
    def test_so_is_everything_else_that_needs_one(self, head: str) -> None:
        assert "<!DOCTYPE" in complaint(f"{head}<Project>&e;</Project>".encode()).hint

    def test_an_entity_that_nobody_declared_is_an_error(self) -> None:
        assert "undefined entity" in complaint(b"<Project>&who;</Project>").message


def test_a_file_of_too_many_elements_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 3)
    assert complaint(file(*(task(n) for n in range(1, 9)))).hint == "divide it into several files"


def test_elements_deep_inside_each_other_are_refused() -> None:
    assert "deep" in complaint(b"<a>" * 50_000).message


def test_what_nobody_asks_for_is_only_counted() -> None:
    found = read_markup(b"<a><b><c>1</c></b><b/><d>2</d></a>", {"b"})
    assert (found.fields, found.children) == ({"b": "2", "d": "2"}, [])


def test_a_value_that_cannot_be_read_is_named_and_left_out() -> None:
    schedule = read(task(1, Deadline="soon", PercentComplete="half"))
    (left,) = schedule.left_out
    assert left.names == ("1 Task 1: Deadline 'soon'", "1 Task 1: PercentComplete 'half'")
    assert schedule.tasks[0].deadline is None
