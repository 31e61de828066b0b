"""The floor of `pmo deps --slip`: read the rows of a CSV file and schedule them, nothing else.

No fields, no positions, no references, no money. Run it as
``python -m benchmarks.network_floor FILE``.
"""

from __future__ import annotations

import csv
import gc
import sys
from datetime import date
from pathlib import Path

from portfolio.calendar import Calendar
from portfolio.network.activities import Activity, Link
from portfolio.network.schedule import schedule
from portfolio.network.schedule_network import build_network

_DAY = 480


def main() -> int:
    """Schedule a table of activities and print on which instant the last one ends."""
    gc.disable()
    activities: list[Activity] = []
    links: list[Link] = []
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for name, project, duration, waits in rows:
            own = f"{project}.{name}"
            activities.append(Activity(own, int(duration.rstrip("d")) * _DAY, project=project))
            links.extend(Link(before, own) for before in waits.split())
    calendar = Calendar("standard")
    network = build_network(activities, links, [calendar], calendar.start_of(date(2026, 6, 1)))
    found = schedule(network)
    print(found.finish, len(found.late.finish))  # late dates: the backward pass runs when asked
    return 0


if __name__ == "__main__":
    sys.exit(main())
