"""The front page of the board: what must be decided, and what is wrong, with who does what."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.satisfaction import newest_opinion
from portfolio.analysis.governance.corrective_action import next_step
from portfolio.model.commercial.contracts import Contract, Customer
from portfolio.model.governance import Decision
from portfolio.model.operations.services import Service
from portfolio.model.service import Sla
from portfolio.report.blocks import (
    Cell,
    Column,
    Link,
    Missing,
    Paragraph,
    Row,
    Status,
    Subheading,
    Table,
)
from portfolio.report.distinct_phrases import declared_reasons
from portfolio.report.formatting import excerpt, sentence
from portfolio.report.sections.commercial.contracts import runs, since_the_bid
from portfolio.report.sections.commercial.customers import opinion_status
from portfolio.report.sections.delivery.portfolio_on_a_page import COLOURS, declared_colour
from portfolio.report.sections.governance.portfolio_changes import in_brief
from portfolio.report.sections.service.service_levels import was_kept
from portfolio.report.trails.sources import trail, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.model.delivery.projects import Project
    from portfolio.model.entity import Entity
    from portfolio.record import Ref
    from portfolio.report.blocks import Block, Colour
    from portfolio.report.pack import Pack

AT_MOST = 5
"""A board decides five things well in one meeting."""
MOST_WRONG = 6
LONGEST_REASON = 160
_WITHOUT_STEP = 4
"""The columns before the next action and its day."""
_ADVERSE = frozenset({"red", "amber"})


@dataclass(frozen=True, slots=True)
class Adverse:
    """Something that is not well: its colour, why, who answers for it, and where it is told."""

    entity: Entity
    colour: Colour
    why: str
    owner: Ref | None
    target: str


def front_page(pack: Pack) -> tuple[Block, ...]:
    """Return what a board must see before anything else."""
    return (*_decisions(pack), *_adverse(pack), *in_brief(pack))


def _decisions(pack: Pack) -> tuple[Block, ...]:
    wanted = sorted(
        (d for d in pack.all(Decision) if d.status == "open"), key=lambda d: (d.needed_by, d.id)
    )
    if not wanted:
        return ()
    columns = (
        Column("What must be decided", wide=True),
        Column("Who decides"),
        Column("Needed by"),
        Column("Recommended", wide=True),
        Column.number("A week of waiting", "As stated with the question."),
    )
    rest = len(wanted) - AT_MOST
    caption = f"{rest} more can wait for the next meeting." if rest > 0 else ""
    return (Table(columns, tuple(_decision(pack, each) for each in wanted[:AT_MOST]), caption),)


def _decision(pack: Pack, decision: Decision) -> Row:
    overdue = (" ", Status("red", "overdue")) if decision.needed_by < pack.as_of else ()
    cells: tuple[Cell, ...] = (
        Link(decision.title, "#decisions"),
        pack.named(decision.board or decision.raised_by),
        (decision.needed_by, *overdue),
        _first_sentence(decision.recommendation) or Missing("nothing is recommended"),
        decision.cost_of_delay_per_week or Missing("not stated"),
    )
    fields = ["needed_by", "cost_of_delay_per_week"]
    return Row(cells, trail("As stated with the question.", sources=written(decision, at=fields)))


def _first_sentence(text: str | None) -> str:
    return (text or "").partition(". ")[0].rstrip(".")


def _adverse(pack: Pack) -> tuple[Block, ...]:
    found = sorted(_all_adverse(pack), key=lambda each: COLOURS.index(each.colour))
    if not found:
        return ()
    rest = len(found) - MOST_WRONG
    caption = f"{rest} more that need attention stand further down." if rest > 0 else ""
    columns = (
        Column("What is wrong", wide=True),
        Column("Colour"),
        Column("Why", wide=True),
        Column("Owner"),
        Column("Next action", wide=True),
        Column("By"),
    )
    shown = found[:MOST_WRONG]
    rows = tuple(_row(pack, each) for each in shown)
    heading = Subheading("What is wrong, and who does what")
    if any(next_step(pack.portfolio, each.entity) for each in shown):
        return (heading, Table(columns, rows, caption))
    narrow = tuple(Row(tuple(row)[:_WITHOUT_STEP], row.trail) for row in rows)
    silent = "Nobody has said what happens next about any of them, or by when."
    return (heading, Paragraph(silent), Table(columns[:_WITHOUT_STEP], narrow, caption))


def _all_adverse(pack: Pack) -> Iterator[Adverse]:
    """Yield projects, contracts, customers and services that are red or amber."""
    reasons = declared_reasons(pack)
    for project in sorted(pack.live_projects, key=lambda each: (-_size(each), each.id)):
        yield from _of_project(pack, project, reasons.get(project.id, ""))
    for contract in pack.all(Contract):
        yield from _of_contract(pack, contract)
    for customer in pack.all(Customer):
        opinion = newest_opinion(pack.portfolio, customer).value
        shown = opinion_status(pack, opinion.figures) if opinion is not None else None
        if shown is not None and shown.colour == "red":
            why = f"Satisfied: {shown.words}"
            yield Adverse(customer, "red", why, customer.account_owner, "#customers")
    for service in pack.all(Service):
        levels = pack.portfolio.related(service, Sla, "service")
        missed = [each.label for each in levels if was_kept(pack, each) is False]
        if missed:
            why = f"Missed when last measured: {', '.join(missed)}"
            yield Adverse(service, "red", why, service.owner, "#services")


def _size(project: Project) -> Decimal:
    """Return what a project may spend, whatever the currency: the large ones come first."""
    return project.bac.amount if project.bac is not None else Decimal(0)


def _of_project(pack: Pack, project: Project, declared: str) -> Iterator[Adverse]:
    health = pack.health[project.id]
    colour = min(declared_colour(project), health.overall, key=COLOURS.index)
    if colour not in _ADVERSE:
        return
    computed = health.deciding[0].sentence if health.overall in _ADVERSE else ""
    why = excerpt(sentence(computed or declared or "declared by its manager"), LONGEST_REASON)
    owner = project.project_manager or project.sponsor
    yield Adverse(project, colour, why, owner, "#portfolio")


def _of_contract(pack: Pack, contract: Contract) -> Iterator[Adverse]:
    lost = since_the_bid(pack, contract) if runs(pack, contract) else None
    if not isinstance(lost, Status) or lost.colour != "red":
        return
    customer = pack.portfolio.find(contract.customer, Customer)
    owner = customer.account_owner if customer is not None else None
    why = f"Margin {lost.words} points since the bid"
    yield Adverse(contract, "red", why, owner, "#commercial")


def _row(pack: Pack, adverse: Adverse) -> Row:
    step = next_step(pack.portfolio, adverse.entity)
    link = pack.pages.get(adverse.entity.id, adverse.target)
    cells: tuple[Cell, ...] = (
        Link(adverse.entity.label, link),
        Status(adverse.colour),
        adverse.why,
        pack.named(step.owner if step is not None and step.owner else adverse.owner),
        step.words if step is not None else Missing("nobody has said"),
        step.due if step is not None and step.due else Missing("no day"),
    )
    source = written(step.record if step is not None else None, at=["due", "needed_by"])
    return Row(cells, trail(sources=source or written(adverse.entity)))
