"""Services and operations at a glance: levels missed, teams saturated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.model.service import Sla
from portfolio.report.blocks import Metric, Status
from portfolio.report.sections.operations.change_impact import (
    freezes_of,
    releases_to_come,
    saturated,
)
from portfolio.report.sections.service.service_levels import was_kept

if TYPE_CHECKING:
    from portfolio.report.pack import Pack


def operations_metrics(pack: Pack) -> tuple[Metric, ...]:
    """Return what the first page says of levels and of change that lands; nothing unmeasured."""
    return (*_levels(pack), *_saturated(pack))


def _levels(pack: Pack) -> tuple[Metric, ...]:
    found = [was_kept(pack, level) for level in pack.all(Sla)]
    missed, newest = found.count(False), len(found) - found.count(None)
    if not newest:
        return ()
    status = Status("red" if missed else "green")
    return (Metric("Service levels missed", missed, f"of {newest} measured", status),)


def _saturated(pack: Pack) -> tuple[Metric, ...]:
    if not releases_to_come(pack):
        return ()
    full = saturated(pack)
    if not full:
        return (Metric("Saturated with change", 0, "no team above 100 %", Status("green")),)
    worst = full[0]
    share = worst.saturation.value or 0
    frozen = ", with a freeze" if freezes_of(pack, worst) else ""
    note = f"{worst.unit.label}, {worst.month:%B %Y}: {share:.0%}{frozen}"
    teams = len({landing.unit.id for landing in full})
    return (Metric("Saturated with change", teams, note, Status("amber")),)
