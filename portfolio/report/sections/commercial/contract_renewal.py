"""The renewal calendar: which notice dates come next, what silence costs, who has to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_renewal import (
    WINDOWS,
    committed_by_silence,
    renewal_calendar,
)
from portfolio.model.commercial.contracts import Contract, Obligation
from portfolio.model.governance import Decision
from portfolio.report.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Status,
    Table,
)
from portfolio.report.formatting import in_words, past_due
from portfolio.report.section import section

if TYPE_CHECKING:
    from portfolio.analysis.commercial.contract_renewal import RenewalStep
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

DECIDE_BY = Column("Decide by", formula="Notice day - internal lead time.")
NOTICE_BY = Column(
    "Notice by", formula="End of the term - notice period, moved earlier onto a working day."
)
_FIRST = WINDOWS[0]
_LAST = WINDOWS[-1]
_AHEAD = 90
_COLOURS: dict[int, Colour] = {30: "red", 90: "amber", 180: "green"}


@section("board", order=76)
def renewals(pack: Pack) -> Section | None:
    """Show the notice dates of the next 180 days, and those that have passed."""
    steps = renewal_calendar(pack.portfolio, pack.all(Contract))
    if not steps:
        return None
    near = [each for each in steps if each.position == "passed" or (each.window and each.is_open)]
    empty = f"No notice is due within {_LAST} days."
    return Section("renewals", "Renewal calendar", _blocks(pack, near, empty), _lead(near))


@section("renewals", order=10)
def every_renewal(pack: Pack) -> Section | None:
    """Show every renewal that lies ahead, however far."""
    steps = list(renewal_calendar(pack.portfolio, pack.all(Contract)))
    empty = "No contract that runs states an end and a notice."
    return Section("renewals", "Renewal calendar", _blocks(pack, steps, empty), _lead(steps))


@section("renewals", order=20)
def obligations(pack: Pack) -> Section | None:
    """Show what contracts oblige us to do next, the overdue first."""
    open_ = [each for each in pack.all(Obligation) if each.done_on is None and each.due is not None]
    if not open_:
        return None
    open_.sort(key=lambda each: (str(each.due), each.id))
    rows = tuple(_obligation(pack, each) for each in open_)
    columns = (
        Column("Obligation", wide=True),
        Column("Contract"),
        Column("Due", formula="As stated."),
        Column("Owner"),
    )
    return Section("obligations", "Obligations", (Table(columns, rows),))


def _obligation(pack: Pack, each: Obligation) -> tuple[Cell, ...]:
    due = past_due(each.due, pack.as_of, "overdue")
    return (each.text, pack.name(each.contract), due, pack.named(each.owner))


def _lead(steps: list[RenewalStep]) -> str:
    passed = [each for each in steps if each.position == "passed"]
    soon = [each for each in steps if each.is_open and each.days_left <= _FIRST]
    words = []
    if passed:
        names = ", ".join(each.contract.label for each in passed)
        words.append(f"The day for notice has passed unused: {names}.")
    for each in soon:
        left = "today" if not each.days_left else f"in {each.days_left} days"
        day = in_words(each.dates.deadline)
        words.append(f"Notice for {each.contract.label} is due by {day}, {left}.")
    return " ".join(words)


def _blocks(pack: Pack, steps: list[RenewalStep], empty: str) -> tuple[Block, ...]:
    urgent = [
        each
        for each in steps
        if each.position == "to decide" and each.days_left <= _FIRST and not asked_in(pack, each)
    ]
    return (_windows(steps), *(_call(pack, each) for each in urgent), _table(pack, steps, empty))


def _windows(steps: list[RenewalStep]) -> Metrics:
    open_ = [each for each in steps if each.is_open]
    metrics = []
    for before, days in zip((-1, *WINDOWS), WINDOWS, strict=False):
        inside = [each for each in open_ if before < each.days_left <= days]
        undecided = sum(each.position == "to decide" for each in inside)
        since = f"{before + 1} to {days}" if before > 0 else f"next {days}"
        note = f"{undecided} undecided" if inside else None
        metrics.append(Metric(f"Notices due, {since} days", len(inside), note))
    return Metrics(*metrics)


def asked_in(pack: Pack, step: RenewalStep) -> Decision | None:
    """Return the open question about a contract's renewal, if a board was asked."""
    asked = pack.portfolio.related(step.contract, Decision, "affects")
    return next((each for each in asked if each.status in {"draft", "open"}), None)


def _call(pack: Pack, step: RenewalStep) -> Callout:
    contract = step.contract
    otherwise = silence(step)
    what = f"Without it the contract {otherwise}." if otherwise else ""
    owner = pack.portfolio.find(contract.customer or contract.supplier)
    person = getattr(owner, "account_owner", None) or getattr(owner, "owner", None)
    return Callout(
        "decision",
        f"{contract.label}: notice by {in_words(step.dates.deadline)}, and nobody was asked",
        (Paragraph(what),) if what else (),
        owner=pack.name(person),
        due=step.dates.decision_due,
        next_action="Ask the board: renew, renegotiate or leave.",
    )


def silence(step: RenewalStep) -> str:
    """Say what happens without notice: for how long it renews, and what that commits."""
    contract, renewal = step.contract, step.contract.renewal
    if renewal is None or renewal.mode != "auto":
        return "ends" if renewal is not None and renewal.mode == "option" else ""
    term = f" for {renewal.term_months} months" if renewal.term_months else ""
    cost = committed_by_silence(contract).value
    worth = f", {cost.in_words()}" if cost is not None else ""
    return f"renews{term}{worth}"


def _table(pack: Pack, steps: list[RenewalStep], empty: str) -> Table:
    return Table.of(
        Column("Contract"),
        Column("With"),
        DECIDE_BY,
        NOTICE_BY,
        Column.number("Days left", "Notice day - today, in calendar days."),
        Column("Position"),
        Column("In silence it"),
        Column("Asked in"),
        rows=(_row(pack, each) for each in steps),
        caption="Notice by: the last working day, counted in calendar months on the contract's "
        "calendar. Decide by: less the time we need ourselves. A further term is priced as the "
        "first.",
        empty=empty,
    )


def _row(pack: Pack, step: RenewalStep) -> tuple[Cell, ...]:
    contract, asked = step.contract, asked_in(pack, step)
    due = step.dates.decision_due
    return (
        contract.label,
        pack.name(contract.customer or contract.supplier),
        past_due(due, pack.as_of, "passed") if step.position == "to decide" else due,
        step.dates.deadline,
        step.days_left,
        position_cell(step),
        silence(step) or Missing("not stated"),
        asked.label if asked is not None else None,
    )


def position_cell(step: RenewalStep) -> Cell:
    """Return what is left to do about a renewal, in the colour of its window."""
    if step.position == "passed":
        return Status("red", "passed, nobody decided")
    decision = step.contract.renewal.decision if step.contract.renewal is not None else ""
    if step.position == "settled":
        return Status("blue", decision if decision != "undecided" else "notice served")
    colour = _COLOURS.get(step.window or 0, "green")
    return Status(colour, step.position if step.position == "to decide" else f"{decision}: notice")
