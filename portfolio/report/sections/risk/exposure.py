"""What all risks are worth together, what the board would not bear, and what moves the cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.risk.appetite import excesses
from portfolio.analysis.risk.exposure import capture_rate, exposure
from portfolio.analysis.risk.score import risk_score
from portfolio.model.risk import Appetite, Issue
from portfolio.report.blocks import Chart, Column, Missing, Paragraph, Share, Status, Table, Traced
from portfolio.report.charts.risk import Driver
from portfolio.report.charts.risk import tornado as tornado_chart
from portfolio.report.trails.sources import trail, written
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.analysis.risk.appetite import Excess
    from portfolio.analysis.risk.simulation_outcome import Outcome
    from portfolio.model.risk import Risk
    from portfolio.report.blocks import Block, Cell
    from portfolio.report.pack import Pack

_DRIVERS = 5


def position(pack: Pack, threats: Sequence[Risk]) -> tuple[Block, ...]:
    """Tell the exposure to open threats, those beyond appetite, and what the register foresaw."""
    return (*_exposure(pack, threats), *_beyond(pack, threats), *_foreseen(pack))


def _exposure(pack: Pack, threats: Sequence[Risk]) -> tuple[Block, ...]:
    found = exposure(threats, pack.portfolio.settings.organisation.currency).value
    if found is None:
        return ()
    rest = f" {len(found.missing)} more are not quantified." if found.missing else ""
    many = "open threat is" if len(found.counted) == 1 else "open threats are"
    text = f"{len(found.counted)} {many} worth "
    made = trail(exposure, sources=written(*(risk for risk in threats if risk.id in found.counted)))
    return (
        Paragraph(text, Traced(found.amount, made), f" by probability times mean impact.{rest}"),
    )


def _beyond(pack: Pack, threats: Sequence[Risk]) -> tuple[Block, ...]:
    """Show the threats beyond the appetite of their category; nothing where none is stated."""
    if not pack.portfolio.all(Appetite):
        return ()
    rows = tuple(
        _row(pack, risk, found) for risk in threats for found in excesses(risk, pack.portfolio)
    )
    return (
        Table.of(
            Column("Beyond appetite", wide=True),
            Column("Category"),
            Column.number("Stands at", "Score or expected value, as the appetite is stated."),
            Column.number("Appetite", "As stated."),
            Column("Who decides"),
            Column("Escalated"),
            rows=rows,
            empty="No open threat is beyond the stated appetite of its category.",
        ),
    )


def _row(pack: Pack, risk: Risk, found: Excess) -> tuple[Cell, ...]:
    now, appetite = found.now, found.appetite
    return (
        risk.label,
        risk.category or Missing("not stated"),
        now if isinstance(now, Money) else risk_score(now.p, now.i),
        found.limit,
        pack.named(appetite.escalate_to),
        Status("green", "yes") if found.is_escalated else Status("red", "no"),
    )


def _foreseen(pack: Pack) -> tuple[Block, ...]:
    issues = pack.all(Issue)
    rate = capture_rate(issues).value
    if rate is None:
        return ()
    known = sum(issue.from_risk is not None for issue in issues)
    said = f"{known} of {len(issues)} recorded issues had been on the register as a risk first: "
    made = trail(capture_rate, sources=written(*issues))
    return (Paragraph(said, Traced(Share(rate), made), "."),)


def cost_drivers(pack: Pack, outcome: Outcome) -> tuple[Block, ...]:
    """Rank what moves the simulated cost most; chance and constants move nothing."""
    from portfolio.analysis.risk.simulation_outcome import COST, tornado

    found = tornado(outcome, COST, _DRIVERS)
    if not found:
        return ()
    question = "What moves the cost most?"
    drivers = [Driver(pack.name(each.id), each.rank) for each in found]
    table = Table.of(
        Column("Moves the cost most", wide=True),
        Column.number(
            "Rank correlation",
            "Spearman's correlation of the driver with the total over all iterations.",
        ),
        rows=((each.label, f"{each.rank:+.2f}") for each in drivers),
        caption="The more it explains of the range of the cost, the nearer to 1.",
    )
    return (Chart(question, tornado_chart(drivers, question), table),)
