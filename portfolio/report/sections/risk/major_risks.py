"""The risks that could change a decision today, and where all of them stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from portfolio.analysis.risk.score import movement, risk_band, risk_score
from portfolio.model.delivery.projects import Activity, Project
from portfolio.model.finance import BudgetLine
from portfolio.model.risk import Risk
from portfolio.report.blocks import (
    Cell,
    Chart,
    Column,
    Missing,
    Paragraph,
    Section,
    Share,
    Status,
    Table,
)
from portfolio.report.charts.matrix import heat_map
from portfolio.report.charts.risk import Way
from portfolio.report.section import section
from portfolio.report.sections.risk.exposure import cost_drivers, position
from portfolio.report.unrecorded import is_recorded
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.risk.simulation_summary import CostOutlook
    from portfolio.model.risk import Rating
    from portfolio.report.blocks import Block, Colour, Inline
    from portfolio.report.pack import Pack

AT_MOST = 5
ITERATIONS = 2_000
_LIMITED = (
    "Only the projects of this page count here, and no risk to the portfolio as a whole: "
    "`pmo risk simulate` without a selection counts all of them, and so finds other amounts."
)
_BAND_COLOURS: dict[str, Colour] = {
    "low": "green",
    "medium": "amber",
    "high": "red",
    "very high": "red",
}


@section("board", order=70)
def risks(pack: Pack) -> Section | None:
    """Show five risks, not fifty, the heat map of all, and what has no rating."""
    open_ones = [r for r in pack.all(Risk) if r.status == "open" and r.kind_ == "threat"]
    rated = sorted((r for r in open_ones if r.current is not None), key=lambda r: (-score(r), r.id))
    unrated = len(open_ones) - len(rated)
    note = (
        (Paragraph(f"{unrated} open {'risk has' if unrated == 1 else 'risks have'} no rating."),)
        if unrated
        else ()
    )
    lead = f"{len(open_ones)} open threats, the highest first." if rated else ""
    simulated = _simulated(pack)
    if not simulated and not is_recorded(pack, "risks"):
        return None
    return Section(
        "risk",
        "Risk",
        (
            top_risks(pack, rated[:AT_MOST]),
            *((_heat_map(pack, rated),) if rated else ()),
            *note,
            *position(pack, [risk for risk in open_ones if pack.is_live(risk)]),
            *simulated,
        ),
        lead,
    )


def score(risk: Risk) -> int:
    """Return the current score of a rated risk."""
    return risk_score(risk.current.p, risk.current.i) if risk.current else 0


def top_risks(pack: Pack, highest: list[Risk]) -> Table:
    """Return the given risks with their movement and what is done about them."""
    return Table.of(
        Column("Risk", wide=True),
        Column("Project"),
        Column.number("Inherent", "Probability x impact before any response."),
        Column("Current", formula="Probability x impact as rated now."),
        Column("Movement", formula="Current - inherent."),
        Column.number("Target", "Probability x impact after the planned responses."),
        Column("Owner"),
        Column("What is done", wide=True),
        rows=(_row(pack, each) for each in highest),
        empty="No open risk is rated.",
    )


def _row(pack: Pack, risk: Risk) -> tuple[Cell, ...]:
    scale = pack.portfolio.settings.risk_scale
    band = risk_band(risk.current.p, risk.current.i, scale) if risk.current else ""
    active = [r for r in risk.responses if r.status != "done"]
    plan = "; ".join(
        f"{r.text}{f' by {r.due.day} {r.due:%b}' if r.due else ''}" for r in active[:2]
    )
    return (
        risk.label,
        pack.name(risk.project or risk.programme or risk.portfolio) or "portfolio",
        risk_score(risk.inherent.p, risk.inherent.i) if risk.inherent else Missing("not rated"),
        Status(_BAND_COLOURS.get(band, "grey"), f"{score(risk)} {band}"),
        _movement(risk),
        risk_score(risk.target.p, risk.target.i) if risk.target else Missing("no target"),
        pack.named(risk.owner),
        plan or (f"{risk.response}" if risk.response else Missing("no response")),
    )


def _movement(risk: Risk) -> Cell:
    """Return how far the score has moved from where it began, in words."""
    moved = movement(risk)
    if moved is None:
        return Missing("not rated")
    return f"down {-moved}" if moved < 0 else f"up {moved}" if moved else "unmoved"


def _simulated(pack: Pack) -> tuple[Block, ...]:
    """Tell P50 and P80 against the plan, where anybody has stated a range."""
    portfolio = pack.portfolio
    if not any(a.duration_3pt for a in pack.all(Activity)) and not any(
        line.amount_3pt for line in pack.all(BudgetLine)
    ):
        return ()
    from portfolio.analysis.risk.simulation import SEED, simulate
    from portfolio.analysis.risk.simulation_inputs import simulation_inputs
    from portfolio.analysis.risk.simulation_summary import cost_outlook, project_outlooks

    chosen = None if pack.selected is None else {project.id for project in pack.all(Project)}
    inputs = simulation_inputs(portfolio, chosen)
    outcome = simulate(inputs.model, iterations=ITERATIONS)
    ranged = {line.project.id for line in pack.all(BudgetLine) if line.amount_3pt}
    ranged |= {activity.project.id for activity in pack.all(Activity) if activity.duration_3pt}
    rows = tuple(
        (
            each.name,
            each.planned,
            *each.percentiles[1:3],
            each.due or Missing("no baseline"),
            Missing("no baseline") if each.probability is None else Share(each.probability),
        )
        for each in project_outlooks(portfolio, inputs, outcome)
        if each.id in ranged
    )
    return (
        Table.of(
            Column("Project", wide=True),
            Column("Plan", formula="The finish of the plan, by its logic."),
            Column("P50", formula="The day that half of the simulated futures keep."),
            Column("P80", formula="The day that four in five simulated futures keep."),
            Column("Baseline", formula="As stated."),
            Column.number("On time", "Simulated futures that keep the approved day / all."),
            rows=rows,
            caption=f"Finish by simulation: {ITERATIONS:,} iterations, seed {SEED}.",
        ),
        *_money(cost_outlook(portfolio, inputs, outcome), portfolio.settings.organisation.currency),
        *cost_drivers(pack, outcome),
        *((Paragraph(_LIMITED),) if pack.selected is not None else ()),
    )


def _money(cost: CostOutlook | None, currency: str) -> tuple[Block, ...]:
    """Tell what P80 of the cost asks for against the contingency that is left."""
    if cost is None:
        return ()
    parts: list[Inline] = [
        "P50 of the cost is ", Money(cost.percentiles[1], currency),
        ", P80 ", Money(cost.percentiles[2], currency),
        ": ", Money(cost.to_p80, currency), " over the most likely cost",
    ]  # fmt: skip
    if cost.cover is not None and cost.within_cover is not None:
        parts += ["; ", Money(cost.cover, currency), " of contingency is left, enough in "]
        parts += [Share(cost.within_cover), " of the iterations"]
    return (Paragraph(*parts, ". Opportunities are not counted."),)


def _heat_map(pack: Pack, rated: list[Risk]) -> Chart:
    """Count the rated risks by probability and impact, the most probable row first."""
    cells = Counter((r.current.p, r.current.i) for r in rated if r.current)
    scale = pack.portfolio.settings.risk_scale
    bands = {(p, i): risk_band(p, i, scale) for p in range(1, 6) for i in range(1, 6)}
    question = "Where do the open threats stand now, and where shall they be?"
    table = Table.of(
        Column("Probability"),
        *(
            Column.number(f"Impact {i}", "Open threats of this probability and impact.")
            for i in range(1, 6)
        ),
        rows=((str(p), *(cells[p, i] or None for i in range(1, 6))) for p in range(5, 0, -1)),
        caption="Open threats by probability and impact now; the ways of the highest are in the "
        "table above.",
    )
    paths = [
        Way(sign, risk.label, _place(risk.inherent), here, _place(risk.target))
        for sign, risk in zip("ABCDE", rated, strict=False)
        if (here := _place(risk.current)) is not None
    ]
    return Chart(question, heat_map(cells, bands, question, paths), table)


def _place(rating: Rating | None) -> tuple[int, int] | None:
    return None if rating is None else (rating.p, rating.i)
