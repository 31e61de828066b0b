"""Which work waits for whom where people are booked too much, and the edits that write it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.diagnostic import Diagnostic, Edit, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from portfolio.application.open import Opened
    from portfolio.impact.resources.levelling import Proposal, Shift
    from portfolio.model.entity import Entity
    from portfolio.model.resources import Assignment

_CODE = "RES-LEVELLING"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevellingRequest:
    """Whose work may move; ``within_float`` moves nothing so far that an end moves."""

    selectors: tuple[str, ...] = ()
    within_float: bool = False


@dataclass(frozen=True, slots=True)
class Levelling:
    """What is proposed, with what the waiting costs."""

    opened: Opened
    proposal: Proposal


def level(opened: Opened, asked: LevellingRequest) -> Levelling:
    """Propose which work waits for whom; nothing is written."""
    from portfolio.application.selection import chosen_parts
    from portfolio.impact.resources.levelling import propose

    chosen = chosen_parts(opened.view, asked.selectors)
    return Levelling(opened, propose(opened.view, chosen, within_float=asked.within_float))


def write(found: Levelling) -> tuple[str, ...]:
    """Put a proposal into the files; say for each what was done, and what is left to somebody."""
    from portfolio.application.validation.fixes import repairs
    from portfolio.application.validation.fixes import write as write_repairs

    loaded = found.opened.loaded
    offers, left = levelling_edits(found.proposal, loaded.texts)
    folders = found.opened.origin.folders
    edited = tuple(repairs(loaded, offers))
    done = write_repairs(edited, folders)
    told = [
        f"{'wrote' if each in done else 'changed meanwhile, left as it is:'} {each.path}"
        for each in edited
    ]
    return (*told, *(f"left to you: {words}" for words in left))


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
