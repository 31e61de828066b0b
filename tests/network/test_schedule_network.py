"""What cannot be computed with is told, and the rest is computed all the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portfolio.network.activities import Activity
from portfolio.network.schedule import schedule
from portfolio.network.schedule_network import Network, build_network
from portfolio.network.topological_order import shortest_loop, topological_order
from tests.network.networks import CLOCK, plain_network


def told(network: Network) -> list[tuple[str, tuple[str, ...]]]:
    """Return the kinds and ids of a network's problems."""
    return [(problem.kind, problem.ids) for problem in network.problems]


class TestProblems:
    def test_a_link_to_nobody_names_the_unknown_id(self) -> None:
        network = plain_network({"A": 1, "B": 2}, ["A>X", "Y>B", "A>B"])
        assert told(network) == [("unknown_id", ("X",)), ("unknown_id", ("Y",))]
        assert "from A to X names X" in network.problems[0].message
        assert schedule(network).finish == 3

    def test_a_link_to_itself(self) -> None:
        network = plain_network({"A": 1}, ["A>A"])
        assert told(network) == [("self_link", ("A",))]
        assert schedule(network).finish == 1

    def test_two_identical_links_count_as_the_stricter_one(self) -> None:
        network = plain_network({"A": 1, "B": 2}, ["A>B", "A FS+3 B", "A SS B"])
        assert told(network) == [("duplicate_link", ("A", "B"))]
        assert schedule(network).finish == 6

    def test_an_id_that_is_taken(self) -> None:
        network = build_network([Activity("A", 1), Activity("A", 9)], [], [CLOCK], 0)
        assert told(network) == [("duplicate_id", ("A",))]
        assert schedule(network).finish == 1

    def test_nothing_at_all(self) -> None:
        network = plain_network({}, [])
        assert schedule(network).finish == 0


class TestLoops:
    def test_a_loop_is_told_by_its_shortest_path_and_opened(self) -> None:
        network = plain_network(
            {"A": 1, "B": 2, "C": 3, "D": 4, "E": 5}, ["A>B", "B>C", "C>D", "D>B", "D>C", "D>E"]
        )
        assert told(network) == [("loop", ("C", "D")), ("loop", ("B", "C", "D"))]
        assert network.problems[0].message == "waits for itself: C → D → C"
        assert schedule(network).finish == 15

    def test_two_loops_are_told_both(self) -> None:
        network = plain_network(dict.fromkeys("ABCD", 1), ["A>B", "B>A", "C>D", "D>C", "B>C"])
        assert told(network) == [("loop", ("A", "B")), ("loop", ("C", "D"))]
        assert schedule(network).finish == 4

    def test_what_leads_into_a_loop_or_waits_behind_it_is_not_in_it(self) -> None:
        links = ["X>A", "A>B", "B>C", "C>A", "C>Y", "Y>Z"]
        network = plain_network(dict.fromkeys("ABCXYZ", 1), links)
        assert told(network) == [("loop", ("A", "B", "C"))]

    def test_a_knot_of_everything_ends_in_one_summary(self) -> None:
        ids = [f"n{number}" for number in range(12)]
        links = [f"{tail}>{head}" for tail in ids for head in ids if tail != head]
        network = plain_network(dict.fromkeys(ids, 1), links)
        assert len(network.problems) == 21
        assert network.problems[-1].message.startswith("and more loops, for example n")
        assert schedule(network).finish == 12


@given(st.integers(2, 7), st.data())
def test_the_loop_found_is_as_short_as_any(count: int, data: st.DataObject) -> None:
    pairs = [(i, j) for i in range(count) for j in range(count) if i != j]
    links = set(data.draw(st.lists(st.sampled_from(pairs), max_size=12)))
    outgoing = [sorted(j for i, j in links if i == node) for node in range(count)]
    order = topological_order(outgoing)
    loop = shortest_loop(outgoing, order)
    assert (len(order) == count) == (loop == [])
    assert links.issuperset(zip(loop, loop[1:] + loop[:1], strict=True))
    assert len(loop) == girth(count, links)


def girth(count: int, links: set[tuple[int, int]]) -> int:
    """Return the length of the shortest loop by walking all walks; 0 without one."""
    reached = {(node, node) for node in range(count)}
    for length in range(1, count + 1):
        reached = {(start, j) for start, node in reached for i, j in links if i == node}
        if any(start == node for start, node in reached):
            return length
    return 0
