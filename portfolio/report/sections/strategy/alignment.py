"""Strategy: where the budget goes, what serves nothing, and what has arrived of the benefits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.benefits_realisation import confidence, harvest
from portfolio.analysis.finance.business_case import business_case
from portfolio.analysis.strategy.alignment import (
    DIRECT,
    alignment,
    best_contribution,
    is_served,
    objective_coverage,
    spend,
    spend_by_objective,
)
from portfolio.model.finance import Benefit
from portfolio.model.strategy import Objective
from portfolio.report.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Index,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Share,
    Status,
    Subheading,
    Table,
)
from portfolio.report.charts.budget_share import TargetBar, target_bars
from portfolio.report.section import section
from portfolio.report.table_layout import cells_of, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.analysis.strategy.alignment import ObjectiveSpend
    from portfolio.model.delivery.projects import Project
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_OFF_TARGET = Decimal("0.05")
_ROWS = 12
_LOW, HALF = Decimal("0.9"), Decimal("0.7")


@section("board", order=100)
def strategy(pack: Pack) -> Section | None:
    """Show the split of the budget, what serves no objective, and how much benefit has arrived."""
    benefits = pack.all(Benefit)
    if not pack.portfolio.all(Objective) and not benefits:
        return None
    blocks: list[Block] = [Metrics(*_alignment_metrics(pack), *benefit_metrics(pack))]
    split = spend_by_objective(pack.portfolio, pack.live_projects).value
    if split:
        blocks += [_split_chart(split), *_unserved(pack)]
    blocks += [Subheading("What each project is for"), *trimmed(_projects(pack), _ROWS)]
    return Section("strategy", "Benefits and strategy", tuple(blocks), _lead(pack, split or ()))


def _alignment_metrics(pack: Pack) -> tuple[Metric, ...]:
    if not pack.portfolio.all(Objective):
        return ()
    found = spend(pack.portfolio, pack.live_projects)
    coverage = objective_coverage(pack.portfolio)
    if found.value is None:
        unaligned = Metric("Unaligned spend", Missing(found.reason), None, Status("grey"))
        return unaligned, Metric("Objectives served", Share.of(coverage))
    share = found.value.unaligned_share
    note = f"{found.value.mandatory.in_words()} is mandatory"
    if found.value.unknown:
        note += f"; {len(found.value.unknown)} without a budget"
    colour: Colour = "green" if not share.value else "amber"
    return (
        Metric("Unaligned spend", Share.of(share), note, Status(colour)),
        Metric("Objectives served", Share.of(coverage), "directly"),
    )


def benefit_metrics(pack: Pack) -> tuple[Metric, ...]:
    """Return how much of what was promised has arrived, and how sure the rest is."""
    benefits = pack.all(Benefit)
    if not benefits:
        return ()
    found, sure = harvest(pack.portfolio, benefits), confidence(pack.portfolio, benefits)
    rate = found.rate
    note = "of what was planned until now and is measured"
    if found.dis_benefits:
        note += f"; dis-benefits {found.dis_benefits:,.0f}"
    return (
        Metric("Benefits realised", Share.of(rate), note, Status(realised_colour(rate.value))),
        Metric("Benefits without a doubt", Share.of(sure), "of the planned value"),
    )


def realised_colour(rate: Decimal | None) -> Colour:
    """Return the colour of what has arrived of what was promised until now."""
    if rate is None:
        return "grey"
    return "green" if rate >= _LOW else "amber" if rate >= HALF else "red"


def _lead(pack: Pack, split: Sequence[ObjectiveSpend]) -> str:
    """Say what to stop or to move: work that serves nothing, and objectives that get too little."""
    sentences = []
    idle = [each.label for each in _unaligned(pack)]
    if idle and pack.portfolio.all(Objective):
        sentences.append(f"Serves no objective directly: {', '.join(idle)}.")
    short = [
        f"{each.objective.label} ({each.share.value:.0%} of {each.target:.0%})"
        for each in split
        if each.share.value is not None
        and each.target is not None
        and each.target - each.share.value >= _OFF_TARGET
    ]
    if short:
        sentences.append(f"Gets less than wanted: {', '.join(short)}.")
    dear = [
        f"{each.label} ({case.value.in_words()})"
        for each in pack.live_projects
        if each.category != "mandatory"
        and (case := business_case(pack.portfolio, each).value) is not None
        and case.value.amount < 0
    ]
    if dear:
        sentences.append(f"Costs more than it brings: {', '.join(dear)}.")
    return " ".join(sentences)


def _unaligned(pack: Pack) -> list[Project]:
    return [
        each
        for each in pack.live_projects
        if each.category != "mandatory" and best_contribution(each) < DIRECT
    ]


def _split_chart(split: Sequence[ObjectiveSpend]) -> Chart:
    question = "Does the money go where the strategy wants it?"
    bars = [
        TargetBar(each.objective.label, each.share.value or Decimal(0), each.target)
        for each in split
    ]
    rows = tuple(
        (
            each.objective.label,
            each.amount,
            Share.of(each.share),
            Share(each.target, "no target") if each.target is not None else Missing("no target"),
            _off(each),
            ", ".join(project.label for project in each.projects) or Missing("no project"),
        )
        for each in split
    )
    table = Table.of(
        Column("Objective", wide=True),
        Column.number("Budget", "Budgets of the projects x their contribution to the objective."),
        Column.number("Share", "Budget / all budgets."),
        Column.number("Wanted", "The share that the objective should have."),
        Column.number("Off", "Share - wanted, in percentage points."),
        Column("Projects", wide=True, formula="Projects that name the objective."),
        rows=rows,
        caption="The whole budget of a project counts for the objective it serves most, and for "
        "the one above. Shares are of the budget of all live projects.",
    )
    return Chart(question, target_bars(bars, question), table)


def _off(each: ObjectiveSpend) -> Cell:
    if each.target is None or each.share.value is None:
        return None
    off = each.share.value - each.target
    colour: Colour = "amber" if abs(off) >= _OFF_TARGET else "green"
    return Status(colour, f"{100 * off:+.0f} points")


def _unserved(pack: Pack) -> tuple[Block, ...]:
    silent = [
        each.label
        for each in pack.portfolio.all(Objective)
        if each.status == "active" and not is_served(pack.portfolio, each)
    ]
    if not silent:
        return ()
    return (Paragraph(f"No project serves directly: {', '.join(silent)}."),)


def _projects(pack: Pack) -> Table:
    """Show each project with its alignment and its case, the least aligned first."""
    found = [(alignment(pack.portfolio, each), each) for each in pack.live_projects]
    found.sort(key=lambda pair: (pair[0].value or Decimal(0), pair[1].id))
    return Table.of(
        Column("Project"),
        Column.number("Alignment", "Sum of weight x contribution / 3 over the objectives."),
        Column("Serves", wide=True),
        Column.number("Net present value", "Sum of cash flows / (1 + rate) ^ year."),
        Column.number("Benefit-cost ratio", "Present value of benefits / present value of costs."),
        Column.number(
            "Payback in years", "Years until the summed cash flow is no longer negative."
        ),
        rows=(
            (each.label, Share.of(aligned), _serves(pack, each), *_worth(pack, each))
            for aligned, each in found
        ),
        caption="Alignment: the sum of weight × contribution / 3 over the objectives. The case is "
        "at the forecast cost and the dates of today.",
    )


def _serves(pack: Pack, project: Project) -> Cell:
    if project.category == "mandatory":
        return "mandatory"
    served = [each for each in project.objectives if each.contribution]
    if not served:
        return Status("amber", "nothing")
    words = ", ".join(f"{pack.name(each.objective)} ({each.contribution})" for each in served)
    return (
        words if best_contribution(project) >= DIRECT else Status("amber", f"indirectly: {words}")
    )


def _worth(pack: Pack, project: Project) -> tuple[Cell, ...]:
    return cells_of(
        business_case(pack.portfolio, project),
        lambda case: (case.value, Index.of(case.ratio), Index.of(case.payback)),
        3,
    )
