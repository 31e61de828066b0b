"""The schedule passes beside one topological sort of the same graph by networkx, in one process."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import chain
from statistics import median

import networkx as nx

from benchmarks.corpus_network import full_id, links
from benchmarks.measuring import Figure, table
from portfolio.calendar import Calendar
from portfolio.network.activities import Activity, Link
from portfolio.network.schedule import schedule
from portfolio.network.schedule_network import Network, build_network

TARGET = 3.0
_DAY = 480
_START = date(2026, 6, 1)


def measure(sizes: tuple[int, ...], turns: int) -> tuple[str, tuple[Figure, ...]]:
    """Return the table of times by size, and the ratios of the passes to the sort."""
    rows: list[tuple[str, ...]] = []
    figures: list[Figure] = []
    for size in sizes:
        network, graph = _both(size)
        sort, passes, floats = _medians(
            turns,
            partial(_sorted, graph),
            partial(_both_passes, network),
            partial(_floats, network),
        )
        rows.append(
            (
                f"{size:,} activities, {graph.number_of_edges():,} links",
                f"{sort * 1000:.0f}",
                f"{passes * 1000:.0f}",
                f"{passes / sort:.2f}",
                f"{floats / sort:.2f}",
            )
        )
        figures.append(Figure(f"schedule passes, {size:,} activities", passes / sort, TARGET))
    header = ("plan", "sort ms", "passes ms", "× sort", "× sort, with floats")
    return table(header, rows), tuple(figures)


def _both(size: int) -> tuple[Network, nx.DiGraph[str]]:
    """Return the same plan as our network and as a graph of networkx."""
    chance = random.Random(2)
    waits = links(size)
    activities = [
        Activity(full_id(number), chance.randint(1, 15) * _DAY, project=full_id(number)[:4])
        for number in range(size)
    ]
    edges = list(
        chain.from_iterable(
            ((full_id(before), full_id(after)) for before in waits[after]) for after in range(size)
        )
    )
    calendar = Calendar("standard")
    network = build_network(
        activities,
        [Link(before, after) for before, after in edges],
        [calendar],
        calendar.start_of(_START),
    )
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(map(full_id, range(size)))
    graph.add_edges_from(edges)
    return network, graph


def _sorted(graph: nx.DiGraph[str]) -> list[str]:
    return list(nx.topological_sort(graph))


def _both_passes(network: Network) -> object:
    return schedule(network).late  # which is what runs the backward pass


def _floats(network: Network) -> Sequence[int | None]:
    return schedule(network).total_float


def _medians(turns: int, *contestants: Callable[[], object]) -> list[float]:
    """Let the contestants take turns, the collector off; return the median seconds of each."""
    taken: list[list[float]] = [[] for _ in contestants]
    gc.disable()
    try:
        for _ in range(turns):
            for contestant, seconds in zip(contestants, taken, strict=True):
                began = time.perf_counter()
                contestant()
                seconds.append(time.perf_counter() - began)
                gc.collect()
    finally:
        gc.enable()
    return [median(seconds) for seconds in taken]
