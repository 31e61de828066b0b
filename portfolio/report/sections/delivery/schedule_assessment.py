"""Whether the plans behind the dates can be believed: the fourteen checks, plan by plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.delivery.schedule_assessment import Scorecard, scorecards
from portfolio.report.blocks import (
    Block,
    Column,
    Details,
    Missing,
    Paragraph,
    Section,
    Status,
    Strong,
    Table,
)
from portfolio.report.section import section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.analysis.delivery.schedule_checks import CheckResult
    from portfolio.report.blocks import Cell
    from portfolio.report.pack import Pack

AT_MOST = 10
_INDEXES = frozenset({"CPLI", "BEI"})


@section("board", order=55)
def schedule(pack: Pack) -> Section | None:
    """Count for each plan the checks it passes, and name those it fails with their figures."""
    known = scorecards(pack.portfolio)
    cards = [known[project.id] for project in pack.live_projects if project.id in known]
    if not cards:
        return None
    cards.sort(key=lambda card: (-len(card.failed), card.project.id))
    without = len(pack.live_projects) - len(cards)
    failing = sum(bool(card.failed) for card in cards)
    blocks: tuple[Block, ...] = (
        Paragraph(
            Strong(f"Plans that fail a check: {failing} of {len(cards)}."),
            " A failed check says that the dates of a plan may not hold, not that it is late."
            + (
                f" Without activities there is nothing to check: {without} more." if without else ""
            ),
        ),
        _overview(cards),
        *_every_check([card for card in cards if card.failed]),
    )
    return Section("schedule", "Schedule health", blocks, "Can the dates of the plans be believed?")


def _every_check(failing: Sequence[Scorecard]) -> tuple[Block, ...]:
    """Give all figures of the plans that fail most; the others are one `pmo validate` away."""
    if not failing:
        return ()
    tables = tuple(_details(card) for card in failing[:AT_MOST])
    summary = "All checks of the plans that fail most"
    return (Details(summary, tables, on_paper=False),)


def _overview(cards: Sequence[Scorecard]) -> Table:
    rows = tuple(
        (
            card.project.label,
            Status("amber" if card.failed else "green", _passed(card)),
            "; ".join(f"{_name(each)} {figure(each)}" for each in card.failed) or "none",
        )
        for card in cards
    )
    caption = (
        "DCMA 14-point assessment: checks passed of those that can be made, most failed first."
    )
    columns = (
        Column("Plan", wide=True),
        Column("Passed", formula="DCMA checks passed / checks that can be made."),
        Column("Fails", wide=True, formula="The checks that fail, with what they found."),
    )
    return Table(columns, rows, caption=caption)


def _passed(card: Scorecard) -> str:
    return f"{card.judged - len(card.failed)} of {card.judged}"


def _name(result: CheckResult) -> str:
    name = result.check.name
    return name if name in _INDEXES else name[0].upper() + name[1:]


def figure(result: CheckResult) -> str:
    """Return the figure of a check in the form that its limit has."""
    if result.value is None:
        return ""
    if result.check.name in _INDEXES:
        return f"{result.value:.2f}"
    if result.check.name == "critical path test":
        return f"{result.hits:g} of {result.count:g} days"
    return f"{result.hits} of {result.count} ({result.value * 100:.1f} %)"


def _details(card: Scorecard) -> Table:
    columns = (
        Column.number("No.", "The number of the check in DCMA's list."),
        Column("Check"),
        Column("Found", formula="What the check found in the plan."),
        Column("Allowed", formula="The threshold of the check."),
        Column("Result"),
    )
    rows = tuple(
        (
            each.check.number,
            _name(each),
            Missing(each.reason) if each.value is None else figure(each),
            _allowed(each),
            _outcome(each),
        )
        for each in card.results
    )
    return Table(columns, rows, caption=card.project.label)


def _allowed(result: CheckResult) -> str:
    check = result.check
    if check.limit is None:
        return "for information"
    if check.name == "critical path test":
        return "600 days"
    if check.name in _INDEXES:
        return f"at least {check.limit}"
    if not check.limit:
        return "none"
    return f"{'at least' if check.at_least else 'at most'} {check.limit * 100:.0f} %"


def _outcome(result: CheckResult) -> Cell:
    if not result.is_judged:
        return Status("grey", "for information" if result.value is not None else "not measurable")
    return Status("amber", "fails") if result.is_failed else Status("green", "passes")
