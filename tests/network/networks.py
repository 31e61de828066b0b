"""Networks for the tests of the schedule: written short, drawn at random, solved the slow way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from portfolio.calendar import DAY, Calendar, week_from_text
from portfolio.network.activities import ELAPSED, Activity, Link, LinkType
from portfolio.network.schedule import Schedule, schedule
from portfolio.network.schedule_network import Network, build_network

CLOCK = Calendar("clock", (((0, DAY),),) * 7)
HOLIDAYS = {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25)}
ENGLAND = Calendar("england", holidays=HOLIDAYS)
SITE = Calendar("site", week_from_text({"mon-sat": ["07:00-15:00"]}), {date(2026, 5, 1)})
START = ENGLAND.start_of(date(2026, 3, 2))
TYPES: tuple[LinkType, ...] = ("FS", "SS", "FF", "SF")


def link(text: str, unit: int = 1) -> Link:
    """Read ``A>B`` or ``A SS+2 B``; the lag in units of so many minutes."""
    if ">" in text:
        before, after = text.split(">")
        return Link(before, after)
    tail, tie, head = text.split()
    kind = next(kind for kind in TYPES if tie.startswith(kind))
    return Link(tail, head, kind, int(tie[2:] or 0) * unit)


def plain_network(
    durations: Mapping[str, int], links: Iterable[str], *changed: Activity
) -> Network:
    """Build a network on an axis without nights, where a minute stands for any unit."""
    changes = {activity.id: activity for activity in changed}
    activities = [changes.get(id_, Activity(id_, length)) for id_, length in durations.items()]
    return build_network(activities, [link(text) for text in links], [CLOCK], 0)


def plain_schedule(
    durations: Mapping[str, int], links: Iterable[str], *changed: Activity
) -> Schedule:
    """Schedule a network on an axis without nights."""
    return schedule(plain_network(durations, links, *changed))


def by_id(found: Schedule, values: Sequence[int | None]) -> dict[str, int | None]:
    """Return a list of the schedule by id."""
    return dict(zip(found.network.index, values, strict=True))


@dataclass(frozen=True)
class Drawn:
    """A random network: durations, and links from lower to higher numbers."""

    durations: Sequence[int]
    links: Sequence[tuple[int, int, LinkType, int]]

    def build(self, unit: int, calendars: Sequence[Calendar], start: int) -> Network:
        """Build it with durations and lags in units of so many minutes."""
        return build_network(
            [Activity(str(node), length * unit) for node, length in enumerate(self.durations)],
            [Link(str(i), str(j), kind, lag * unit) for i, j, kind, lag in self.links],
            calendars,
            start,
        )


@st.composite
def drawn_networks(draw: st.DrawFn, shortest: int = 0, types: Sequence[LinkType] = TYPES) -> Drawn:
    """Draw up to nine activities with links of the given types, lags and leads."""
    durations = draw(st.lists(st.integers(shortest, 9), min_size=2, max_size=9))
    pairs = [(i, j) for j in range(len(durations)) for i in range(j)]
    links = draw(
        st.lists(
            st.tuples(st.sampled_from(pairs), st.sampled_from(types), st.integers(-3, 6)),
            max_size=14,
            unique_by=lambda drawn: drawn[:2],
        )
    )
    return Drawn(durations, [(i, j, kind, lag) for (i, j), kind, lag in links])


@st.composite
def drawn_portfolios(draw: st.DrawFn) -> Network:
    """Draw a network over two calendars and two projects, with milestones and elapsed time."""
    drawn = draw(drawn_networks())
    activities = [
        Activity(
            str(node),
            length * draw(st.sampled_from([60, 450])),
            calendar=draw(st.integers(0, 1)),
            project=draw(st.sampled_from("pq")),
            is_elapsed=draw(st.booleans()) and draw(st.booleans()),
        )
        for node, length in enumerate(drawn.durations)
    ]
    links = [
        Link(str(i), str(j), kind, lag * 200, draw(st.sampled_from([0, 1, ELAPSED])))
        for i, j, kind, lag in drawn.links
    ]
    return build_network(activities, links, [ENGLAND, SITE], START)


def solve_slowly(
    drawn: Drawn,
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return ES, LS, TF and FF by raising and lowering starts until every link holds."""
    durations, count = drawn.durations, len(drawn.durations)
    early = [0] * count
    terms = [
        # start of j >= start of i + apart, whatever the type of the link
        (i, j, lag + (durations[i] if kind in {"FS", "FF"} else 0)
         - (durations[j] if kind in {"FF", "SF"} else 0))
        for i, j, kind, lag in drawn.links
    ]  # fmt: skip
    for _ in range(count):
        for i, j, apart in terms:
            early[j] = max(early[j], early[i] + apart)
    end = max(start + length for start, length in zip(early, durations, strict=True))
    late = [end - length for length in durations]
    for _ in range(count):
        for i, j, apart in terms:
            late[i] = min(late[i], late[j] - apart)
    free = [end - start - length for start, length in zip(early, durations, strict=True)]
    for i, j, apart in terms:
        free[i] = min(free[i], early[j] - early[i] - apart)
    total = [latest - earliest for earliest, latest in zip(early, late, strict=True)]
    return early, late, total, free
