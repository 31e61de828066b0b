"""The calendars of a Primavera export: nested brackets with hours, and days as serial numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from portfolio.exchange.schedules.schedule import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.axis import Shifts
    from portfolio.exchange.drafts.account import Account
    from portfolio.exchange.schedules.primavera.tables import XerRow

BROKEN = "hours of calendars that cannot be read: from the base, else eight hours a working day"
_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 2_958_465
_DAY = 1440
_TOKEN = re.compile(r"[()]|[^()]+")
_TIME = re.compile(r"\b([sf])\|(\d{1,2}):(\d{2})")
_DAYS = 7
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class _Node:
    """A bracket of the form ``(0||name(parameters)(children))``."""

    name: str
    parameters: str
    children: tuple[_Node, ...]


def read_xer_calendars(rows: Sequence[XerRow], account: Account) -> tuple[Calendar, ...]:
    """Return the calendars of an export, each as it is stated."""
    known = {row.text("clndr_id") for row in rows}
    return tuple(_calendar(row, known, account) for row in rows)


def _calendar(row: XerRow, known: set[str], account: Account) -> Calendar:
    key, name = row.text("clndr_id"), row.text("clndr_name") or f"calendar {row.text('clndr_id')}"
    base = row.text("base_clndr_id")
    week: list[Shifts | None] = [None] * _DAYS
    exceptions: dict[date, Shifts] = {}
    try:
        root = _read(row.text("clndr_data"))
        for weekday, shifts in _weekdays(root):
            week[weekday] = shifts
        exceptions = dict(_exceptions(root))
    except ValueError as error:
        account.note(BROKEN, f"{name} (line {row.line}: {error})")
    return Calendar(key, name, tuple(week), exceptions, base if base in known else "")


def _read(text: str) -> _Node:
    tokens = [token for token in _TOKEN.findall(re.sub(r"\s+", "", text)) if token]
    node, end = _node(tokens, 0, 0)
    if end != len(tokens):
        message = "there is something behind the last bracket"
        raise ValueError(message)
    return node


def _node(tokens: Sequence[str], at: int, depth: int) -> tuple[_Node, int]:
    """Read ``(0||name ( parameters ) ( children ) )`` from a position; return it and the next."""
    if depth > _DEEPEST:
        message = "brackets are nested too deeply"
        raise ValueError(message)
    at = _expect(tokens, at, "(")
    head = tokens[at] if at < len(tokens) and tokens[at] not in "()" else ""
    at = _expect(tokens, at + 1 if head else at, "(")
    parameters = ""
    if at < len(tokens) and tokens[at] not in "()":
        parameters, at = tokens[at], at + 1
    at = _expect(tokens, at, ")")
    at = _expect(tokens, at, "(")
    children = []
    while at < len(tokens) and tokens[at] == "(":
        child, at = _node(tokens, at, depth + 1)
        children.append(child)
    at = _expect(tokens, at, ")")
    at = _expect(tokens, at, ")")
    return _Node(head.rpartition("||")[2], parameters, tuple(children)), at


def _expect(tokens: Sequence[str], at: int, token: str) -> int:
    if at >= len(tokens) or tokens[at] != token:
        message = f"a bracket {token} is missing"
        raise ValueError(message)
    return at + 1


def _named(root: _Node, name: str) -> Iterator[_Node]:
    for child in root.children:
        if child.name == name:
            yield from child.children


def _weekdays(root: _Node) -> Iterator[tuple[int, Shifts]]:
    """Yield the weekdays, Monday 0; theirs begin with Sunday as 1."""
    for day in _named(root, "DaysOfWeek"):
        if day.name.isdigit() and 1 <= int(day.name) <= _DAYS:
            yield (int(day.name) + 5) % _DAYS, _shifts(day)


def _exceptions(root: _Node) -> Iterator[tuple[date, Shifts]]:
    for each in _named(root, "Exceptions"):
        serial = each.parameters.partition("d|")[2].partition("|")[0]
        if not serial.isdigit() or int(serial) > _LAST_SERIAL:
            message = f"the day {each.parameters!r} is none"
            raise ValueError(message)
        yield _EPOCH + timedelta(days=int(serial)), _shifts(each)


def _shifts(day: _Node) -> Shifts:
    """Return the hours of a day in minutes, in order; midnight at the end is the day's end."""
    found = []
    for child in day.children:
        times = {m[1]: int(m[2]) * 60 + int(m[3]) for m in _TIME.finditer(child.parameters)}
        if times.keys() != {"s", "f"}:  # in either order
            message = f"the hours {child.parameters!r} are none"
            raise ValueError(message)
        begin, end = times["s"], times["f"] or _DAY
        if begin < end <= _DAY:
            found.append((begin, end))
    return _joined(sorted(found))


def _joined(shifts: Sequence[tuple[int, int]]) -> Shifts:
    """Join shifts that touch or overlap."""
    joined: list[tuple[int, int]] = []
    for begin, end in shifts:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)
