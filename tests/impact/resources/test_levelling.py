"""A levelling proposal: which work waits, what the waiting costs, and what stays too much."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.impact.resources.levelling import Proposal, propose
from portfolio.values import Money
from tests.analysis import people
from tests.analysis.people import bookings, portfolio

# Documents are written from Monday to Friday, and nobody waits for them for weeks.
BASE = people.BASE.replace(
    "{id: docs, duration: 5d}",
    "{id: outline, duration: 4d}\n      - {id: docs, duration: 5d, predecessors: [outline]}",
)
DOCS = "id: b, person: ann, work: atlas.docs, from: 2026-04-06, to: 2026-04-10, pct: 50"
HUB = "id: a, person: ann, work: hub, from: 2026-04-06, to: 2026-04-17, pct: 70"


def proposed(text: str, base: str = BASE, *, within_float: bool = False) -> Proposal:
    return propose(portfolio(text, base), within_float=within_float)


def test_work_waits_until_whoever_is_booked_on_it_has_the_time() -> None:
    """70 % of two weeks are taken. 50 % for five days fit in once two days are in the second."""
    found = proposed(bookings(HUB, DOCS))
    (shift,) = found.shifts
    assert shift.activity.id == "atlas.docs"
    assert (shift.start, shift.moved) == (date(2026, 4, 6), date(2026, 4, 8))
    assert (shift.days, shift.beyond, shift.waits) == (2, 0, True)
    (moved,) = shift.bookings
    assert (moved.from_, moved.to) == (date(2026, 4, 8), date(2026, 4, 14))
    assert (found.before, found.crowded, found.ends) == (1, (), ())


def test_nothing_is_proposed_where_nobody_is_asked_for_too_much() -> None:
    found = proposed(bookings(DOCS))
    assert (found.shifts, found.ends, found.before, found.crowded) == ((), (), 0, ())
    assert found.money.value == Money(Decimal(0), "GBP")


def test_beyond_float_the_end_moves_and_has_a_price() -> None:
    base = BASE.replace("docs, duration: 5d", "docs, duration: 25d") + (
        "team: {id: t, name: T, lead: ann, members: [ann, bob], bau_share: 0, day_cost: 900,\n"
        "       projects: [atlas]}\n"
    )
    late = DOCS.replace("to: 2026-04-10", "to: 2026-05-08")
    (shift,) = proposed(bookings(HUB, late), base).shifts
    assert shift.beyond == shift.days - 1
    found = proposed(bookings(HUB, late), base)
    (end,) = found.ends
    assert end.project.id == "atlas"
    assert end.after > end.before


def test_inside_float_no_end_moves_and_the_rest_stays_too_much() -> None:
    base = BASE.replace("docs, duration: 5d", "docs, duration: 25d")
    late = DOCS.replace("to: 2026-04-10", "to: 2026-05-08")
    found = proposed(bookings(HUB, late), base, within_float=True)
    assert found.ends == ()
    assert all(shift.beyond == 0 for shift in found.shifts)
    assert [each.person.id for each in found.crowded] == ["ann"] * len(found.crowded)
    assert found.crowded


def test_bookings_on_whole_projects_and_on_started_work_stay() -> None:
    both = bookings(
        HUB, "id: c, person: ann, work: atlas, from: 2026-04-06, to: 2026-04-17, pct: 60"
    )
    found = proposed(both)
    assert found.shifts == ()
    assert len(found.crowded) == found.before == 2
    assert all(each.is_provable for each in found.crowded)
    started = BASE.replace("docs, duration: 5d", "docs, duration: 5d, actual_start: 2026-03-30")
    assert proposed(bookings(HUB, DOCS), started).shifts == ()


def test_only_the_work_of_chosen_projects_moves() -> None:
    text = bookings(HUB, DOCS)
    assert propose(portfolio(text), {"hub"}).shifts == ()
    assert len(propose(portfolio(text), {"atlas"}).shifts) == 1


def test_soft_bookings_move_nothing() -> None:
    assert proposed(bookings(HUB, DOCS + ", type: soft")).shifts == ()


def test_what_follows_moves_with_its_bookings_and_does_not_wait_itself() -> None:
    base = BASE.replace(
        "predecessors: [outline]}",
        "predecessors: [outline]}\n      - {id: print, duration: 2d, predecessors: [docs]}",
    )
    print_ = "id: p, person: bob, work: atlas.print, from: 2026-04-13, to: 2026-04-14, pct: 50"
    first, second = proposed(bookings(HUB, DOCS, print_), base).shifts
    assert (first.activity.id, first.waits) == ("atlas.docs", True)
    assert (second.activity.id, second.waits, second.days) == ("atlas.print", False, 2)
    assert second.bookings[0].from_ == date(2026, 4, 15)
