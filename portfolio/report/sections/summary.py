"""The first screen: what a director must know in thirty seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.model.delivery import Milestone
from portfolio.model.governance import Decision
from portfolio.report.report import Metric, Metrics, Section, Status, section
from portfolio.report.sections.delivery import is_contradicted, standing_date

if TYPE_CHECKING:
    from portfolio.report.pack import Pack
    from portfolio.report.report import Colour


@section("board", order=5)
def at_a_glance(pack: Pack) -> Section:
    """Count what must be decided, what is red, what is contradicted and what is overdue."""
    red = [p.label for p in pack.live_projects if pack.health[p.id].overall == "red"]
    better = [p.label for p in pack.live_projects if is_contradicted(pack, p)]
    wanted = [d for d in pack.portfolio.all(Decision) if d.status == "open"]
    overdue_decisions = [d for d in wanted if d.needed_by < pack.as_of]
    late = [
        m
        for m in pack.portfolio.all(Milestone)
        if m.actual is None
        and (when := standing_date(m)) is not None
        and when < pack.as_of
        and pack.project_of(m) in pack.live_projects
    ]
    return Section(
        "glance",
        "At a glance",
        (
            Metrics(
                (
                    Metric(
                        "Decisions open",
                        len(wanted),
                        f"{len(overdue_decisions)} overdue",
                        _status(len(overdue_decisions), "red"),
                    ),
                    Metric("Computed red", len(red), _names(red), _status(len(red), "red")),
                    Metric(
                        "Declared better than the data",
                        len(better),
                        _names(better),
                        _status(len(better), "amber"),
                    ),
                    Metric(
                        "Milestones overdue",
                        len(late),
                        _names([m.label for m in late]),
                        _status(len(late), "amber"),
                    ),
                )
            ),
        ),
    )


def _status(number: int, colour: Colour) -> Status:
    return Status(colour if number else "green")


def _names(names: list[str]) -> str:
    """Return at most three names, and how many more there are."""
    rest = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004 - as said
    return ", ".join(names[:3]) + rest if names else "none"
