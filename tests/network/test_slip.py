"""What a delay does: whom it moves, to which date, through whom, and what float swallows."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from portfolio.network.activities import Activity, Link
from portfolio.network.schedule import Driver, Schedule, schedule
from portfolio.network.schedule_network import Network, build_network
from portfolio.network.slip import reschedule
from tests.network.networks import (
    CLOCK,
    ENGLAND,
    START,
    Drawn,
    drawn_networks,
    drawn_portfolios,
    link,
    plain_schedule,
)

DAY = 450


def three_projects() -> Schedule:
    """Schedule project a, which b waits for, and c, which waits for b twice."""
    durations = {
        "a.design": 10, "a.build": 15, "a.ready": 0,
        "b.prepare": 32, "b.integrate": 20, "b.test": 5, "b.live": 0,
        "c.train": 18, "c.adopt": 25, "c.live": 0,
    }  # fmt: skip
    texts = [
        "a.design>a.build", "a.build>a.ready", "b.prepare>b.integrate", "b.integrate>b.test",
        "b.test>b.live", "a.ready>b.integrate", "c.train>c.adopt", "c.adopt>c.live",
        "b.live>c.live", "b.integrate SS+5 c.adopt",
    ]  # fmt: skip
    activities = [Activity(id_, days * DAY, project=id_[0]) for id_, days in durations.items()]
    return schedule(build_network(activities, [link(t, DAY) for t in texts], [ENGLAND], START))


class TestTwelveDaysAcrossThreeProjects:
    before = three_projects()
    slip = reschedule(before, {"a.build": 12 * DAY})

    def test_the_milestones_before(self) -> None:
        assert self.before.dates("a.ready").early_finish == date(2026, 4, 7)
        assert self.before.dates("b.live").early_finish == date(2026, 5, 22)
        assert self.before.dates("c.live").early_finish == date(2026, 6, 1)

    def test_the_milestones_after(self) -> None:
        moved = {one.id: one.new for one in self.slip.moved if one.id.split(".")[1] in "ready live"}
        assert moved == {
            "a.ready": date(2026, 4, 23),
            "b.live": date(2026, 6, 1),
            "c.live": date(2026, 6, 8),
        }

    def test_seven_of_the_twelve_days_vanish_in_the_slack_between_a_and_b(self) -> None:
        handover = self.before.network.links.index(Link("a.ready", "b.integrate"))
        assert self.before.slack(handover) == 7 * DAY
        slipped = {one.id: (one.working_days, one.slack_used) for one in self.slip.moved}
        assert slipped == {
            "a.build": (12, 0),
            "a.ready": (12, 0),
            "b.integrate": (5, 7 * DAY),
            "b.test": (5, 7 * DAY),
            "b.live": (5, 7 * DAY),
            "c.adopt": (5, 7 * DAY),
            "c.live": (5, 7 * DAY),
        }

    def test_days_are_calendar_days(self) -> None:
        assert {one.id: one.days for one in self.slip.moved}["b.live"] == 10

    def test_the_chain_names_how_it_came(self) -> None:
        assert self.slip.through("c.live") == [
            "a.build", "a.ready", "b.integrate", "c.adopt", "c.live",
        ]  # fmt: skip
        assert self.slip.through("a.build") == ["a.build"]

    def test_the_delayed_activity_says_so(self) -> None:
        assert self.slip.after.driver("a.build") == Driver("injected")


class TestWhatADelayIs:
    def test_an_unstarted_activity_starts_later(self) -> None:
        after = reschedule(plain_schedule({"A": 5, "B": 3}, ["A>B"]), {"B": 2}).after
        assert (after.early_start[1], after.early_finish[1]) == (7, 10)

    def test_a_started_one_has_more_work_left(self) -> None:
        begun = Activity("B", 3, actual_start=1)
        slip = reschedule(plain_schedule({"A": 1, "B": 3}, ["A>B"], begun), {"B": 2})
        assert (slip.after.early_start[1], slip.after.early_finish[1]) == (1, 6)
        assert slip.after.driver("B") == Driver("injected")

    def test_a_milestone_moves_from_where_it_stands(self) -> None:
        forecast = Activity("M", start_no_earlier=9)
        slip = reschedule(
            plain_schedule({"A": 5, "M": 0, "B": 1}, ["A>M", "M>B"], forecast), {"M": 4}
        )
        assert list(slip.after.early_finish) == [5, 13, 14]

    def test_a_slip_within_the_forecast_of_the_milestone_reaches_nobody(self) -> None:
        forecast = Activity("M", start_no_earlier=9)
        before = plain_schedule({"A": 5, "M": 0, "B": 1}, ["A>M", "M>B"], forecast)
        assert [one.id for one in reschedule(before, {"A": 4}).moved] == ["A"]
        assert [one.id for one in reschedule(before, {"A": 5}).moved] == ["A", "M", "B"]

    def test_what_has_finished_and_what_nobody_knows_is_ignored_and_told(self) -> None:
        done = Activity("A", 5, actual_start=0, actual_finish=5)
        slip = reschedule(plain_schedule({"A": 5, "B": 3}, ["A>B"], done), {"A": 2, "Z": 1})
        assert list(slip.ignored) == ["A", "Z"]
        assert list(slip.injected) == []
        assert list(slip.moved) == []

    def test_work_as_late_as_possible_moves_with_what_follows_it(self) -> None:
        late = Activity("A", 2, constraint="ALAP")
        before = plain_schedule({"A": 2, "B": 9, "C": 1}, ["A>C", "B>C"], late)
        slip = reschedule(before, {"B": 3})
        assert {one.id: slip.through(one.id) for one in slip.moved} == {
            "A": ["B", "C", "A"],
            "B": ["B"],
            "C": ["B", "C"],
        }
        assert reschedule(before, {"A": 3}).after.early_finish[2] == 13


@given(drawn_portfolios(), st.integers(1, 3000), st.data())
def test_a_slip_is_what_starting_later_would_have_been(
    network: Network, minutes: int, data: st.DataObject
) -> None:
    before = schedule(network)
    node = data.draw(st.sampled_from(range(len(network.activities))))
    chosen = network.activities[node]
    axis = network.axis(node)
    place = axis.start_at if chosen.duration else axis.finish_at
    later = chosen._replace(start_no_earlier=place(before.early.begin[node] + minutes))
    activities = [later if one is chosen else one for one in network.activities]
    again = schedule(build_network(activities, network.links, network.calendars, START))
    assert reschedule(before, {chosen.id: minutes}).after.early_finish == again.early_finish


@given(drawn_networks(types=["FS"]), st.integers(1, 9), st.data())
def test_between_finish_to_start_links_a_slip_is_what_slack_leaves_of_it(
    drawn: Drawn, days: int, data: st.DataObject
) -> None:
    before = schedule(drawn.build(1, [CLOCK], 0))
    node = data.draw(st.sampled_from(range(len(drawn.durations))))
    slips = [0] * len(drawn.durations)
    for head in range(len(drawn.durations)):
        incoming = [
            max(0, slips[before.network.tails[number]] - before.slack(number))
            for number in before.incoming[head]
        ]
        slips[head] = max(incoming, default=0) + (days if head == node else 0)
    after = reschedule(before, {str(node): days}).after
    assert [
        new - old for old, new in zip(before.early_finish, after.early_finish, strict=True)
    ] == slips


@given(drawn_portfolios(), st.integers(1, 5000), st.data())
def test_every_chain_begins_at_the_cause_and_follows_links(
    network: Network, minutes: int, data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from([one.id for one in network.activities]))
    slip = reschedule(schedule(network), {chosen: minutes})
    ends = {(one.predecessor, one.successor) for one in network.links}
    for moved in slip.moved:
        chain = list(slip.through(moved.id))
        assert (chain[0], chain[-1]) == (chosen, moved.id)
        assert ends.issuperset(pairwise(chain))
        assert moved.days >= 0
        assert moved.slack_used >= 0
