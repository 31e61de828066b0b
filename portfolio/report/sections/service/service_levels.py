"""Services: which levels were missed, what is left of error budgets, which indicators moved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.service.kpi import kpi_state, level_strip
from portfolio.analysis.service.service_hours import handlings
from portfolio.analysis.service.service_levels import credit_share
from portfolio.analysis.service.service_performance import (
    error_budget_now,
    is_missed,
    measured_values,
)
from portfolio.model.service import Kpi, Sla
from portfolio.report.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Index,
    Inline,
    Missing,
    Section,
    Share,
    Sparkline,
    Status,
    Subheading,
    Table,
    shown,
)
from portfolio.report.charts.calendar_grid import Cell as StripCell
from portfolio.report.charts.calendar_grid import month_strips
from portfolio.report.section import section

if TYPE_CHECKING:
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack
    from portfolio.values import Period

_ORDER = {"red": 0, "amber": 1, "grey": 2, "green": 3}
_LOW_BUDGET = Decimal("0.25")
_FEWEST_MONTHS = 3
MOST_STRIPS = 30
"""A taller drawing is scrolled through and not read."""
_POINTS = 12


@section("board", order=79)
def services(pack: Pack) -> Section | None:
    """Show levels with their year, their error budget and what they give back, then indicators."""
    levels, kpis = pack.all(Sla), pack.all(Kpi)
    if not levels and not kpis:
        return None
    blocks: list[Block] = []
    if levels:
        blocks += [levels_table(pack, levels), strips(pack, levels)]
    if kpis:
        blocks += [Subheading("Indicators"), kpis_table(pack, kpis)]
    return Section("services", "Service levels and indicators", tuple(blocks), _lead(pack, levels))


def _lead(pack: Pack, levels: tuple[Sla, ...]) -> str:
    found = [was_kept(pack, level) for level in levels]
    missed = [level for level, kept in zip(levels, found, strict=True) if kept is False]
    silent = found.count(None)
    newest = len(levels) - silent
    unmeasured = f" {silent} not yet measured." if silent else ""
    if not newest:
        return ""
    if not missed:
        return f"All {newest} measured levels were kept when last measured.{unmeasured}"
    names = ", ".join(_name(pack, level) for level in missed[:3])
    return f"{len(missed)} of {newest} measured levels were missed: {names}.{unmeasured}"


def _name(pack: Pack, level: Sla) -> str:
    service = pack.name(level.service)
    return f"{service}: {level.name or level.id.rpartition('.')[2]}"


def levels_table(pack: Pack, levels: tuple[Sla, ...]) -> Table:
    """Show each level with what was promised, reached and left, the worst first."""
    rows = sorted(
        ((_level_colour(pack, level), level) for level in levels),
        key=lambda pair: (_ORDER[pair[0]], pair[1].id),
    )
    return Table.of(
        Column("Level", wide=True),
        Column("Promised", formula="As stated."),
        Column(
            "Newest",
            formula="The share of cases or time inside the promise, of the newest period.",
        ),
        Column("Error budget left", formula="1 - (missed / allowed misses) of the window."),
        Column.number(
            "Burn", "Misses of the window / misses that would use the budget up by its end."
        ),
        Column.number("Credit", "The step of the contract that the newest value falls into."),
        Column("Contract"),
        rows=(
            (
                _name(pack, level),
                _promise(level),
                _newest(pack, level, colour),
                *_budget(pack, level),
                _credit(pack, level),
                pack.name(level.contract) if level.contract is not None else None,
            )
            for colour, level in rows
        ),
        caption="Error budget: the share of what may fail in the window that has not yet failed; "
        "a burn of 1 just lasts for the window. Credit: percent of the fee for the newest value, "
        "by its unrounded figure.",
    )


def _promise(level: Sla) -> str:
    sign = "≥" if level.direction == "higher" else "≤"
    unit = f" {level.unit}" if level.unit else ""
    within = f" within {level.within}" if level.within is not None else ""
    about = f", {level.priority}" if level.priority is not None else ""
    return f"{sign} {level.target:f}{unit}{within}{about}"


def was_kept(pack: Pack, level: Sla) -> bool | None:
    """Tell whether a level was kept when last measured; None where it never was."""
    values = measured_values(pack.portfolio, level)
    return not is_missed(level, values[-1][1]) if values else None


def _level_colour(pack: Pack, level: Sla) -> Colour:
    kept = was_kept(pack, level)
    return "grey" if kept is None else "green" if kept else "red"


def _newest(pack: Pack, level: Sla, colour: Colour) -> Cell:
    values = measured_values(pack.portfolio, level)
    running = sum(each.is_kept is None for each in handlings(pack.portfolio, level))
    still = f", {running} still running" if running else ""
    if not values:
        return Missing(f"not yet measured{still}")
    period, value = values[-1]
    return Status(colour, f"{_short(value)} in {period}{still}")


def _short(value: Decimal) -> str:
    return f"{round(value, 2).normalize():f}"


def _budget(pack: Pack, level: Sla) -> tuple[Cell, Cell]:
    found = error_budget_now(pack.portfolio, level)
    if found.value is None:
        return Missing(found.reason), None
    share, unit = found.value.remaining_share, found.value.unit
    colour: Colour = "red" if share <= 0 else "amber" if share < _LOW_BUDGET else "green"
    burn = found.value.burn.value
    places = 0 if unit == "minutes" else 1
    left = f"{share:.0%}, {found.value.remaining:.{places}f} {unit}"
    return Status(colour, left), Index(burn, found.value.burn.reason)


def _credit(pack: Pack, level: Sla) -> Cell:
    values = measured_values(pack.portfolio, level)
    if not level.credit_tiers or not values:
        return None
    tiers = [(tier.below, tier.pct) for tier in level.credit_tiers]
    return Share(credit_share(values[-1][1], tiers, level.credit_cap_pct) / 100)


def strips(pack: Pack, levels: tuple[Sla, ...]) -> Chart:
    """Draw the last twelve months of each level; of very many those that were missed most often."""
    found = _without_empty_start(
        [(level, level_strip(pack.portfolio, level).months) for level in levels]
    )
    left_out = max(0, len(found) - MOST_STRIPS)
    if left_out:
        found = sorted(found, key=_months_missed, reverse=True)[:MOST_STRIPS]
    more = f" {left_out} more levels, missed no more often, are left out." if left_out else ""
    months = [f"{month.start:%b}" for month, _, _ in found[0][1]]
    names = [_name(pack, level) for level, _ in found]
    cells = [[_strip_cell(level, *month) for month in strip] for level, strip in found]
    table = Table.of(
        Column("Level", wide=True),
        *(
            Column(
                f"{m.start:%b %Y}",
                formula="The share of cases or time inside the promise, of the month.",
            )
            for m, _, _ in found[0][1]
        ),
        rows=(
            (name, *(each.sign if each.sign != "·" else None for each in strip))
            for name, strip in zip(names, cells, strict=True)
        ),
        caption=f"✗ was missed; a dash is a month without a value.{more}",
    )
    question = "Which levels were missed in the last twelve months, and is it the third time?"
    return Chart(question, month_strips(names, months, cells, question), table)


Months = tuple[tuple["Period", Decimal | None, bool | None], ...]


def _months_missed(strip: tuple[Sla, Months]) -> int:
    return sum(kept is False for _, _, kept in strip[1])


def _without_empty_start(strips_: list[tuple[Sla, Months]]) -> list[tuple[Sla, Months]]:
    """Leave out the months before the first value of any level, but keep three."""
    empty = min(
        next((i for i, (_, value, _) in enumerate(months) if value is not None), len(months))
        for _, months in strips_
    )
    first = min(empty, len(strips_[0][1]) - _FEWEST_MONTHS)
    return [(level, months[first:]) for level, months in strips_]


def _strip_cell(level: Sla, month: object, value: Decimal | None, kept: bool | None) -> StripCell:  # noqa: FBT001
    if value is None:
        return StripCell("·", "grey", f"{month}: no value")
    shown = _short(value)
    if kept:
        return StripCell(shown, "green", f"{month}: {shown}, kept")
    return StripCell(f"✗ {shown}", "red", f"{month}: {shown}, missed, target {level.target:f}")


def kpis_table(pack: Pack, kpis: tuple[Kpi, ...]) -> Table:
    """Show each indicator with its colour and trend; a stale one is grey."""
    rows = [(each, kpi_state(pack.portfolio, each)) for each in kpis]
    rows.sort(key=lambda row: (_ORDER[row[1].colour.value or "grey"], row[0].id))
    return Table.of(
        Column("Indicator", wide=True),
        Column("Value", formula="The newest value measured."),
        Column("Target", formula="As stated."),
        Column("Red from", formula="As stated."),
        Column.number("Score", "How far the value is on its way from red to the target."),
        Column("Trend"),
        Column("Does the target steer?", formula="Share of periods that were green, of a year."),
        Column("Owner"),
        rows=(
            (
                f"{kpi.label}, {kpi.unit}" if kpi.unit else kpi.label,
                Status(state.colour.value, f"{_short(state.value.value)} in {state.period}")
                if state.colour.value is not None and state.value.value is not None
                else Status("grey", state.colour.reason),
                _edge(kpi.target),
                _edge(kpi.red),
                Share.of(state.score),
                (*_spark(pack, kpi), shown(state.trend)),
                shown(state.target_health),
                pack.named(kpi.owner),
            )
            for kpi, state in rows
        ),
        caption="Score: how far the value is on its way from red to the target. The trend is the "
        "median slope of the last three to six periods. A target that is green in more than 95 % "
        "of a year is soft, in fewer than 20 % unreachable. Stale is grey, whatever it was.",
    )


def _spark(pack: Pack, kpi: Kpi) -> tuple[Inline, ...]:
    """Return the last twelve values as a line; nothing of fewer than three."""
    values = [value for _, value in measured_values(pack.portfolio, kpi)][-_POINTS:]
    return (Sparkline(tuple(values)), " ") if len(values) >= _FEWEST_MONTHS else ()


def _edge(level: Decimal | tuple[Decimal, Decimal] | None) -> Cell:
    if level is None:
        return Missing("not stated")
    return f"{level[0]:f} to {level[1]:f}" if isinstance(level, tuple) else f"{level:f}"
