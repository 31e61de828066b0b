"""What pages say of one decision: who may take it, what waiting costs, what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.governance.decisions import is_waiting, waiting_cost
from portfolio.analysis.governance.delegated_authority import authority, excess, named_option
from portfolio.impact.decision_delay import stake_of
from portfolio.model.governance import Board
from portfolio.report.blocks import Cell, Column, Missing, Status, Strong, Table
from portfolio.report.formatting import in_words, past_due
from portfolio.values import Money

if TYPE_CHECKING:
    from datetime import date

    from portfolio.impact.decision_delay import DecisionStake
    from portfolio.measure.measure import Measure
    from portfolio.model.governance import Decision, Option
    from portfolio.report.blocks import Inline
    from portfolio.report.pack import Pack
    from portfolio.values import Duration

OPTION_COLUMNS = (
    Column("Option", wide=True),
    Column.number("Cost", "As stated."),
    Column.number("Time", "As stated."),
    Column("Brings", wide=True),
    Column("Risk", wide=True),
)
NO_OPTIONS = "No options are written down."
_WEEK = 5
_FORTNIGHT = 10


def authority_cell(pack: Pack, decision: Decision) -> Cell:
    """Return whether its board may decide on its own, and who else."""
    found = authority(pack.portfolio, decision)
    to = f" for {found.escalate_to.label}" if found.escalate_to else " every board's limit"
    match found.verdict:
        case "within":
            return Status("green", "within limit")
        case "beyond":
            return (Status("red", "beyond"), to)
        case "in part":
            names = ", ".join(each.option.name for each in found.excesses)
            return (Status("amber", "in part"), f"{to}: {names}")
        case "no limit":
            return Missing("no limit stated")
        case "no board":
            return Missing("no board named")
    return Missing("no figures to judge by")


def authority_sentence(pack: Pack, decision: Decision) -> str:
    """Say by what the options that go too far exceed the limit of the board."""
    found = authority(pack.portfolio, decision)
    parts = [
        f"{each.option.name!r} asks for {limit_words(each.asked)}, the limit is "
        f"{limit_words(each.allowed)}"
        for each in found.excesses
    ]
    return "; ".join(parts)


def limit_words(limit: Money | Duration) -> str:
    """Return an amount or a time as a sentence says it."""
    return in_words(limit) if isinstance(limit, Money) else str(limit)


def option_table(pack: Pack, decision: Decision) -> Table:
    """Show the options, the recommended one marked, and which the board may not take."""
    recommended = named_option(decision, decision.recommendation)
    rows = tuple(
        (*option_cells(option, recommended), _may_take(pack, decision, option))
        for option in decision.options
    )
    columns = (*OPTION_COLUMNS, Column("This board"))
    return Table(columns, rows, empty=NO_OPTIONS)


def option_cells(option: Option, recommended: Option | None = None) -> tuple[Cell, ...]:
    """Return what is known of an option, marked where it is the one recommended."""
    return (
        Strong(f"{option.name} (recommended)") if option is recommended else option.name,
        option.cost,
        str(option.time) if option.time else None,
        option.benefit,
        option.risk,
    )


def _may_take(pack: Pack, decision: Decision, option: Option) -> Cell:
    board = pack.portfolio.find(decision.board, Board)
    if board is None or board.delegated_limit is None:
        return Missing("no limit stated")
    if not (option.cost or option.time):
        return Missing("no figures")
    over = excess(pack.portfolio, decision, option, board)
    return Status("red", "beyond its limit") if over else Status("green", "may decide")


def due_cell(pack: Pack, decision: Decision) -> Cell:
    """Return the day an answer is needed, red once it has passed."""
    if not is_waiting(decision, pack.as_of):
        return decision.needed_by
    late = (pack.as_of - decision.needed_by).days
    return past_due(decision.needed_by, pack.as_of, f"{late} days ago")


def age_of(pack: Pack, decision: Decision) -> int | None:
    """Return the days since it was asked; None where nobody wrote when."""
    return (pack.as_of - decision.raised_on).days if decision.raised_on else None


def cost_cell(found: Measure[Money]) -> Cell:
    """Return what waiting costs; before the day it is needed that is nothing yet."""
    if found.value is None:
        return Missing("not stated")
    return found.value if found.value.amount else "nothing yet"


def waiting_parts(decision: Decision, until: date | None, when: str) -> tuple[Inline, ...]:
    """Say what a week of waiting costs, and what it will have cost by a later day."""
    rate = decision.cost_of_delay_per_week
    if rate is None:
        return (Missing("not stated"), ".")
    words: tuple[Inline, ...] = (rate, " for each week after ", decision.needed_by)
    cost = waiting_cost(decision, until).value if until is not None else None
    if cost is None or until is None or not cost.amount:
        return (*words, ".")
    return (*words, "; ", Strong(f"{in_words(cost)} by {when}"), ", ", until, ".")


def stake_parts(pack: Pack, decision: Decision) -> tuple[Inline, ...]:
    """Say what a slip of one and of two weeks of what waits for the answer costs the business."""
    found = stake_of(pack.portfolio, decision)
    if found.value is None:
        return (Missing(found.reason), ".")
    *others, last = (pack.name(each) for each in found.value.waiting)
    names = f"{', '.join(others)} and {last} slip" if others else f"{last} slips"
    return (*slip_parts(found.value), f" if {names}.")


def slip_parts(found: DecisionStake) -> tuple[Inline, ...]:
    """Return the price of a week and of a fortnight of slip."""
    by_days = {each.days: each.money for each in found.stakes}
    week, fortnight = (_price(by_days[days]) for days in (_WEEK, _FORTNIGHT))
    return (week, " for a week, ", fortnight, " for two")


def _price(money: Measure[Money]) -> Inline:
    if money.value is None:
        return Missing("nothing priced" if money.code == "no_data" else money.reason)
    amount = -money.value.amount
    return Money(amount, money.value.currency) if amount > 0 else "nothing"
