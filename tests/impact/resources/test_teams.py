"""Which teams are paid for longer, and for how long."""

from __future__ import annotations

import pytest

from tests.impact.rippling import amount, effects, one, slipped

TEAM = "team: {id: crew, name: Crew, members: [anna], day_cost: 100}\n"
BOOKED = "assignment: {id: b, person: anna, work: WORK, from: 2026-03-02, to: 2026-04-30, TYPE}\n"


def booked(work: str, kind: str = "type: hard", share: str = "pct: 50") -> str:
    """Return a team and the booking of its one member."""
    return TEAM + BOOKED.replace("WORK", work).replace("TYPE", f"{kind}, {share}")


@pytest.mark.parametrize(
    ("things", "money"),
    [
        (booked("p"), -500),  # the last activity of the project ends five days later
        (booked("p.b"), -500),
        (booked("p.side"), None),  # that one does not move
        (booked("p", "type: tentative"), None),
        (
            TEAM.replace(", day_cost: 100", "")
            + BOOKED.replace("WORK", "p").replace("TYPE", "pct: 5"),
            None,
        ),
        (TEAM, None),  # nobody says what it works on
    ],
)
def test_a_team_costs_its_days_until_its_last_work_ends(things: str, money: int | None) -> None:
    found = effects(slipped(one("key: true", things), "p.b=5d"))
    assert (amount(found["crew"]) if "crew" in found else None) == money


def test_activities_say_more_than_a_booking_on_the_whole() -> None:
    # Anna is booked on the project, and the plan says that she only does what does not move.
    text = one("key: true", booked("p"))
    assert "crew" in effects(slipped(text, "p.b=5d"))
    named = one(
        "key: true",
        booked("p")
        + booked("p.side")
        .partition("\n")[2]
        .replace("id: b", "id: c")
        .replace("assignment:", "assignments:")
        .replace("{id", "[{id")
        .replace("}\n", "}]\n"),
    )
    assert "crew" not in effects(slipped(named, "p.b=5d"))


def test_the_wait_for_a_freeze_to_end_costs_no_team() -> None:
    window = (
        "freeze_window: {id: peak, name: Peak, from: 2026-03-19, to: 2026-04-12,"
        " scope: {all: true}}\n"
    )
    found = slipped(one("type: go_live", booked("p") + window), "p.b=5d")
    assert effects(found)["crew"].effect == "needed 5 days longer"
