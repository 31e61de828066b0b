"""The edits that put a levelling proposal into the files: who waits gets a date, bookings move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.diagnostic import Diagnostic, Edit, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from portfolio.impact.resources.levelling import Proposal, Shift
    from portfolio.model.entity import Entity
    from portfolio.model.resources import Assignment

_CODE = "RES-LEVELLING"


def levelling_edits(
    proposal: Proposal, texts: Mapping[str, bytes]
) -> tuple[list[Diagnostic], list[str]]:
    """Return the edits of a proposal, and in words what somebody has to write by hand.

    Work that waits for people gets a start-no-earlier-than constraint; work that only follows is
    moved by its links. Work with a constraint of its own, and work in a table, is left.
    """
    offers: list[Diagnostic] = []
    left: list[str] = []
    for shift in proposal.shifts:
        activity, day = shift.activity, shift.moved
        if shift.waits:
            place = activity.where("duration")
            if activity.constraint is not None or place.path.endswith(".csv"):
                left.append(f"{activity.id} starts no earlier than {day} ({place})")
            else:
                offers.append(_offer(activity, _constraint(shift, texts[place.path])))
        offers += [
            _offer(each, edit)
            for each, was in zip(shift.bookings, shift.booked, strict=True)
            for edit in _moved(each, was)
        ]
    return offers, left


def _offer(entity: Entity, edit: Edit) -> Diagnostic:
    return Diagnostic(
        _CODE, Severity.INFO, "moved by levelling", edit.location, "", entity.id, (), (edit,)
    )


def _constraint(shift: Shift, content: bytes) -> Edit:
    """Return the edit that adds the constraint: before the duration, or after it between braces."""
    activity = shift.activity
    field = f"constraint: {{type: SNET, date: {shift.moved}}}"
    record, value = activity.where(), activity.where("duration")
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    if lines[record.line - 1][record.column - 1] == "{":
        return Edit(_at(value, value.end_line, value.end_column), "", f", {field}")
    end = "\r\n" if lines[value.line - 1].endswith("\r\n") else "\n"
    indent = " " * (record.column - 1)
    return Edit(_at(record, value.line, record.column), "", f"{field}{end}{indent}")


def _at(place: Location, line: int, column: int) -> Location:
    return Location(place.path, line, column, line, column)


def _moved(booking: Assignment, was: Assignment) -> Iterator[Edit]:
    for key, old, new in (("from", was.from_, booking.from_), ("to", was.to, booking.to)):
        yield from _changed(was, key, old, new)


def _changed(entity: Entity, key: str, old: date, new: date) -> Iterator[Edit]:
    if old != new:
        yield Edit(entity.where(key), str(old), str(new))
