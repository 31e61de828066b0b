"""What holds for every network, drawn at random."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from portfolio.network.activities import Link
from portfolio.network.schedule import schedule
from portfolio.network.schedule_network import Network, build_network
from tests.network.networks import (
    CLOCK,
    ENGLAND,
    START,
    TYPES,
    Drawn,
    drawn_networks,
    drawn_portfolios,
    solve_slowly,
)


@given(drawn_networks())
def test_the_passes_agree_with_raising_starts_until_every_link_holds(drawn: Drawn) -> None:
    found = schedule(drawn.build(1, [CLOCK], 0))
    early, late, total, free = solve_slowly(drawn)
    assert list(found.early_start) == early
    assert list(found.late_start) == late
    assert list(found.total_float) == total
    assert list(found.free_float) == free


@given(drawn_networks(shortest=1))
def test_nights_and_weekends_have_no_length(drawn: Drawn) -> None:
    found = schedule(drawn.build(450, [ENGLAND], START))
    early, late, total, free = solve_slowly(drawn)
    assert [ENGLAND.working_minutes_between(START, at) for at in found.early_start] == [
        450 * day for day in early
    ]
    assert [ENGLAND.working_minutes_between(START, at) for at in found.late_start] == [
        450 * day for day in late
    ]
    assert list(found.total_float) == [450 * day for day in total]
    assert list(found.free_float) == [450 * day for day in free]


@given(drawn_portfolios())
def test_total_float_is_at_least_free_float_and_neither_is_negative(network: Network) -> None:
    found = schedule(network)
    for total, free in zip(found.total_float, found.free_float, strict=True):
        assert total is not None
        assert free is not None
        assert total >= free >= 0


@given(drawn_portfolios())
def test_every_link_holds_and_no_slack_is_negative(network: Network) -> None:
    found = schedule(network)
    for number, link in enumerate(network.links):
        assert found.slack(number) >= 0
        if link.type == "FS" and link.lag == 0 and link.lag_calendar == 0:
            tail, head = network.tails[number], network.heads[number]
            assert found.early_finish[tail] <= found.early_start[head]


@given(drawn_portfolios())
def test_work_starts_and_ends_in_working_time(network: Network) -> None:
    found = schedule(network)
    for node, activity in enumerate(network.activities):
        calendar = network.calendars[activity.calendar]
        if activity.duration and not activity.is_elapsed:
            begin, end = found.early_start[node], found.early_finish[node]
            assert calendar.next_start(begin) == begin
            assert calendar.previous_finish(end) == end
            assert calendar.working_minutes_between(begin, end) == activity.duration


@given(drawn_portfolios(), st.data())
def test_slipping_by_the_total_float_moves_no_end_and_by_more_moves_one(
    network: Network, data: st.DataObject
) -> None:
    found = schedule(network)
    node = data.draw(st.sampled_from(range(len(network.activities))))
    axis_room = found.late.finish[node] - found.early.finish[node]
    assert schedule(network, {node: axis_room}).ends == found.ends
    beyond = schedule(network, {node: axis_room + 2000}).ends
    assert any(beyond[project] > end for project, end in found.ends.items())


@given(drawn_portfolios(), st.data())
def test_slipping_by_the_free_float_moves_nobody_else(
    network: Network, data: st.DataObject
) -> None:
    found = schedule(network)
    node = data.draw(st.sampled_from(range(len(network.activities))))
    free = found.free_float[node]
    if network.activities[node].is_elapsed or not free:
        return
    after = schedule(network, {node: free})
    assert after.ends == found.ends
    others = [other for other in range(len(network.activities)) if other != node]
    assert [after.early_finish[n] for n in others] == [found.early_finish[n] for n in others]


@given(drawn_networks(), st.data())
def test_a_further_link_makes_no_early_date_earlier(drawn: Drawn, data: st.DataObject) -> None:
    count = len(drawn.durations)
    head = data.draw(st.integers(1, count - 1))
    tail = data.draw(st.integers(0, head - 1))
    kind, lag = data.draw(st.sampled_from(TYPES)), data.draw(st.integers(-3, 6))
    more = Drawn(drawn.durations, [*drawn.links, (tail, head, kind, lag)])
    before = schedule(drawn.build(450, [ENGLAND], START))
    after = schedule(more.build(450, [ENGLAND], START))
    assert all(new >= old for old, new in zip(before.early_start, after.early_start, strict=True))
    assert all(new >= old for old, new in zip(before.early_finish, after.early_finish, strict=True))


@given(drawn_networks(), st.data())
def test_a_longer_lag_makes_no_early_date_earlier(drawn: Drawn, data: st.DataObject) -> None:
    if not drawn.links:
        return
    number = data.draw(st.sampled_from(range(len(drawn.links))))
    tail, head, kind, lag = drawn.links[number]
    longer = (tail, head, kind, lag + data.draw(st.integers(1, 9)))
    more = Drawn(drawn.durations, [*drawn.links[:number], longer, *drawn.links[number + 1 :]])
    before = schedule(drawn.build(450, [ENGLAND], START))
    after = schedule(more.build(450, [ENGLAND], START))
    assert all(new >= old for old, new in zip(before.early_start, after.early_start, strict=True))
    assert all(new >= old for old, new in zip(before.early_finish, after.early_finish, strict=True))


@given(drawn_networks(types=("FS",)), st.data())
def test_the_end_waits_for_all_work_and_lags_of_a_chain(drawn: Drawn, data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(range(len(drawn.durations))))
    length = drawn.durations[node]
    while leaving := [(j, lag) for i, j, _, lag in drawn.links if i == node]:
        node, lag = data.draw(st.sampled_from(leaving))
        length += lag + drawn.durations[node]
    assert schedule(drawn.build(1, [CLOCK], 0)).finish >= length


@given(drawn_portfolios())
def test_the_end_is_no_sooner_than_any_chain_is_long(network: Network) -> None:
    found = schedule(network)
    for number, link in enumerate(network.links):
        tail, head = network.tails[number], network.heads[number]
        if link.type == "FS" and link.lag > 0 and link.lag_calendar == 0:
            needed = network.activities[head].duration
            waited = ENGLAND.working_minutes_between(
                found.early_finish[tail], found.early_start[head]
            )
            assert waited >= link.lag
            assert found.early_finish[head] - found.early_start[head] >= needed


@given(drawn_portfolios(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_written_does_not_matter(
    network: Network, shuffler: Random
) -> None:
    activities, links = list(network.activities), list[Link](network.links)
    shuffler.shuffle(activities)
    shuffler.shuffle(links)
    again = schedule(build_network(activities, links, network.calendars, START))
    found = schedule(network)
    for activity in activities:
        assert again.dates(activity.id) == found.dates(activity.id)
    assert again.ends == found.ends
