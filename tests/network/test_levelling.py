"""Levelling: nobody is asked for more than there is, and the plan grows as little as it must."""

from __future__ import annotations

import re
import tarfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean

import pytest

from portfolio.calendar import DAY
from portfolio.network.activities import Activity, Link
from portfolio.network.levelling import Claims, Key, Levelled, level
from portfolio.network.schedule import Schedule, schedule
from portfolio.network.schedule_network import Network, build_network
from tests.network.networks import CLOCK, link
from tests.network.test_published_data import parted_network, rows
from tests.real_data import real_data

Asks = Mapping[str, Mapping[str, float]]
"""What each activity asks of each person or machine on every one of its days."""


def planned(activities: Sequence[Activity], links: Sequence[Link]) -> Schedule:
    """Schedule on an axis without nights; durations are days."""
    days = [each._replace(duration=each.duration * DAY) for each in activities]
    return schedule(build_network(days, links, [CLOCK], 0))


def claims_of(
    network: Network,
    asks: Asks,
    capacity: Mapping[str, float],
    taken: Mapping[Key, float] | None = None,
    weights: Mapping[str, float] | None = None,
) -> Claims:
    def demand(node: int, start: int, finish: int) -> Mapping[Key, float]:
        asked = asks.get(network.activities[node].id, {})
        days = range(start // DAY, -(-finish // DAY))
        return {(who, day): amount for who, amount in asked.items() if amount for day in days}

    movable = [node for node, each in enumerate(network.activities) if each.duration]
    return Claims(demand, lambda key: capacity[key[0]], movable, taken or {}, weights or {})


def days_of(base: Schedule, found: Levelled) -> dict[str, tuple[int, int]]:
    """Return the day on which each activity begins and the one before which it ends."""
    network = base.network
    return {
        each.id: (
            found.early.start_instant(network, node) // DAY,
            found.early.finish_instant(network, node) // DAY,
        )
        for node, each in enumerate(network.activities)
    }


TWO = (Activity("long", 5), Activity("short", 2))
ANN = {"long": {"ann": 1.0}, "short": {"ann": 1.0}}


def test_two_at_once_become_one_after_the_other() -> None:
    base = planned(TWO, [])
    found = level(base, claims_of(base.network, ANN, {"ann": 1}))
    placed = sorted(days_of(base, found).values())
    assert placed[0][1] <= placed[1][0]
    assert placed[1][1] == 7
    assert not found.unplaced


def test_half_and_half_may_stand_together() -> None:
    base = planned(TWO, [])
    halves = {"long": {"ann": 0.5}, "short": {"ann": 0.5}}
    assert level(base, claims_of(base.network, halves, {"ann": 1})).waits == {}


def test_what_has_float_waits_and_the_end_stays() -> None:
    base = planned([*TWO, Activity("after", 5)], [link("short>after")])
    found = level(base, claims_of(base.network, ANN, {"ann": 1}))
    assert days_of(base, found)["short"] == (0, 2)
    assert days_of(base, found)["long"] == (2, 7)
    assert found.late == 0


def test_inside_float_nothing_moves_beyond_its_late_start() -> None:
    base = planned([*TWO, Activity("after", 3)], [link("short>after")])
    claims = claims_of(base.network, ANN, {"ann": 1})
    inside = level(base, claims, within_float=True)
    assert inside.late == 0
    assert len(inside.unplaced) == 1, "there is no room inside float for both"
    assert level(base, claims).unplaced == ()
    assert level(base, claims).late == 2 * DAY


def test_successors_follow_what_waits() -> None:
    base = planned([*TWO, Activity("after", 3)], [link("long>after")])
    found = level(base, claims_of(base.network, ANN, {"ann": 1}, {("ann", 0): 1.0}))
    placed = days_of(base, found)
    assert placed["long"][0] >= 1, "somebody else has the first day"
    assert placed["after"][0] == placed["long"][1]
    node = base.network.index["after"]
    assert node not in found.waits, "it follows and does not wait itself"


def test_the_weightier_project_goes_first() -> None:
    both = [Activity("long", 5, project="a"), Activity("short", 5, project="b")]
    for first, weights in (("long", {"a": 5.0, "b": 1.0}), ("short", {"a": 1.0, "b": 5.0})):
        base = planned(both, [])
        found = level(base, claims_of(base.network, ANN, {"ann": 1}, weights=weights))
        assert days_of(base, found)[first] == (0, 5)


def test_what_asks_for_more_than_all_there_is_is_named_and_stands_alone() -> None:
    asks = {"long": {"ann": 1.2}, "short": {"ann": 1.0}}
    base = planned(TWO, [])
    found = level(base, claims_of(base.network, asks, {"ann": 1}))
    assert found.unplaced == (base.network.index["long"],)
    spans = sorted(days_of(base, found).values())
    assert spans[0][1] <= spans[1][0]


def test_who_is_never_there_stops_nothing() -> None:
    base = planned(TWO, [])
    found = level(base, claims_of(base.network, ANN, {"ann": 0}))
    assert (found.waits, len(found.unplaced)) == ({}, 2)


def requests(text: str) -> dict[str, list[int]]:
    """Read what each job asks of each resource from a file of the project scheduling library."""
    sections = re.split(r"^\*+\s*$", text, flags=re.MULTILINE)
    section = next(part for part in sections if part.lstrip().startswith("REQUESTS/DURATIONS"))
    lines = [line.split() for line in section.splitlines()]
    return {words[0]: [int(word) for word in words[3:]] for words in lines if words[0:1] != []
            and words[0].isdigit()}  # fmt: skip


def assert_feasible(
    links: Sequence[Link], placed: Mapping[str, tuple[int, int]], asks: Asks, room: Sequence[int]
) -> None:
    """Check logic and resources day by day, without anything that levelling is made of."""
    for each in links:
        assert placed[each.predecessor][1] <= placed[each.successor][0]
    used: dict[tuple[str, int], float] = defaultdict(float)
    for id_, (begin, end) in placed.items():
        for day in range(begin, end):
            for who, amount in asks[id_].items():
                used[who, day] += amount
    assert all(amount <= room[int(who)] for (who, _), amount in used.items())


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.more)])
def test_480_published_problems_are_solved_feasibly_and_near_their_optimum(step: int) -> None:
    answers = {row["instance"]: row for row in rows(real_data("psplib", "answers.csv"))}
    gaps = []
    with tarfile.open(real_data("psplib", "j30.sm.tar.xz")) as archive:
        members = [each for each in archive if Path(each.name).name in answers]
        for member in members[::step]:
            row, stream = answers[Path(member.name).name], archive.extractfile(member)
            assert stream is not None
            text = stream.read().decode()
            activities, links = parted_network(text)
            room = [int(word) for word in row["capacities"].split()]
            asks = {
                id_: {str(number): float(amount) for number, amount in enumerate(asked) if amount}
                for id_, asked in requests(text).items()
            }
            base = planned(activities, links)
            capacity = {str(number): float(each) for number, each in enumerate(room)}
            found = level(base, claims_of(base.network, asks, capacity), tries=5)
            assert found.unplaced == ()
            placed = days_of(base, found)
            assert_feasible(links, placed, asks, room)
            optimum = int(row["optimum_or_bounds"])
            length = max(end for _, end in placed.values())
            assert length >= optimum
            gaps.append(length / optimum - 1)
    assert len(gaps) == 480 // step
    assert mean(gaps) < 0.035, "0.024 with the usual 20 tries"
