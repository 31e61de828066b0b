"""The sections of the readiness report: the decision first, then what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.operations.business_change import dip_of
from portfolio.analysis.operations.early_life_support import run_cost_steps, support_state
from portfolio.analysis.operations.release_readiness import (
    Check,
    changes_of,
    go_live_checks,
    newest_review,
    verdict_of,
)
from portfolio.model.operations.services import ChangeEvent, EarlyLifeSupport
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Facts,
    Missing,
    Section,
    Status,
    Table,
    shown,
)
from portfolio.report.section import section
from portfolio.report.sections.operations.adoption import adkar_table, changes_table
from portfolio.report.sections.operations.change_impact import calendar_chart, releases_to_come
from portfolio.report.sections.operations.service_transition import budgeted, support_table
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.operations.release_readiness import Verdict
    from portfolio.model.operations.adoption import BusinessChange
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_WORDS: dict[Verdict, tuple[Colour, str]] = {
    "go": ("green", "go"),
    "no_go": ("red", "no-go"),
    "unknown": ("grey", "not known"),
}
_CRITERIA: dict[str, Colour] = {
    "met": "green",
    "partly": "amber",
    "not_met": "red",
    "not_applicable": "grey",
}


def _event(pack: Pack) -> ChangeEvent:
    assert isinstance(pack.subject, ChangeEvent)  # noqa: S101 - the outline names the kind
    return pack.subject


@section("readiness", order=10)
def decision(pack: Pack) -> Section:
    """Say go or no-go by block, when, and who decides."""
    event = _event(pack)
    checks = go_live_checks(pack.portfolio, event)
    review = newest_review(pack.portfolio, event)
    blocks: tuple[Block, ...] = (_facts(pack, event), _checks(checks))
    return Section(
        "decision", "Go or no-go", blocks, _lead(checks, review.decision if review else None)
    )


def _lead(checks: tuple[Check, ...], decided: str | None) -> str:
    verdict = verdict_of(checks)
    against = [each.block.lower() for each in checks if each.verdict == verdict]
    said = f" Decided: {decided.replace('_', ' ')}." if decided else " Not yet decided."
    if verdict == "go":
        return f"Everything that must hold for a go holds.{said}"
    words = "Against a go" if verdict == "no_go" else "Not known, so no go yet"
    return f"{words}: {', '.join(against)}.{said}"


def _facts(pack: Pack, event: ChangeEvent) -> Facts:
    review = newest_review(pack.portfolio, event)
    left = (event.go_live - pack.as_of).days
    return Facts(
        ("Goes live", (event.go_live, f", in {left} days") if left > 0 else event.go_live),
        ("Can be taken back until", event.rollback_by or Missing("no date")),
        ("Project", pack.named(event.project, "none")),
        ("Services", ", ".join(pack.name(each) for each in event.services) or Missing("none")),
        ("Approved by", pack.named(event.approved_by, "not approved")),
        ("Readiness judged", (review and review.on) or Missing("no review")),
        ("Decided by", pack.named(review.decided_by if review else None, "not decided")),
    )


def _checks(checks: tuple[Check, ...]) -> Table:
    return Table.of(
        Column("Block"),
        Column("Go if", wide=True),
        Column("State"),
        Column("Why", wide=True),
        rows=(
            (each.block, each.condition, Status(*_WORDS[each.verdict]), "; ".join(each.why) or None)
            for each in checks
        ),
        caption="One no-go is a no-go; what nobody has written down is not a go.",
    )


@section("readiness", order=20)
def landing_zone(pack: Pack) -> Section:
    """Show what else lands, and the freezes around the day."""
    events = releases_to_come(pack) or (_event(pack),)
    return Section("landing", "Landing zone", (calendar_chart(pack, events),))


@section("readiness", order=30)
def people(pack: Pack) -> Section | None:
    """Show where the groups of this release are blocked, and their training."""
    changes = changes_of(pack.portfolio, _event(pack))
    if not changes:
        return None
    return Section("people", "People", (changes_table(pack, changes), adkar_table(pack, changes)))


@section("readiness", order=40)
def criteria(pack: Pack) -> Section | None:
    """Show every readiness criterion with its owner and day, what blocks first."""
    review = newest_review(pack.portfolio, _event(pack))
    if review is None:
        return None
    order = {"not_met": 0, "partly": 1, "met": 2, "not_applicable": 3}
    rows = sorted(review.criteria, key=lambda each: (order[each.status], str(each.due)))
    table = Table.of(
        Column("Criterion", wide=True),
        Column("Area"),
        Column("State"),
        Column("Mandatory"),
        Column("Owner"),
        Column("Due", formula="As stated."),
        Column("Evidence or reason", wide=True),
        rows=(
            (
                each.text,
                (each.area or "").replace("_", " ") or Missing("no area"),
                Status(_CRITERIA[each.status], each.status.replace("_", " ")),
                "yes" if each.mandatory else "no",
                pack.named(each.owner),
                each.due or Missing("no date"),
                each.evidence or each.reason,
            )
            for each in rows
        ),
    )
    return Section("criteria", "Readiness criteria", (table,))


@section("readiness", order=50)
def money(pack: Pack) -> Section:
    """Show run cost before and after, and what learning costs."""
    event, home = _event(pack), pack.portfolio.settings.organisation.currency
    services = {ref.id for ref in event.services}
    steps = [each for each in run_cost_steps(pack.portfolio) if each.service.id in services]
    table = Table.of(
        Column("Service"),
        Column("From", formula="As stated."),
        Column.number("Now a month", "As stated."),
        Column.number("Then", "As stated."),
        Column("Budgeted"),
        rows=(
            (
                each.service.label,
                str(each.cost.from_),
                Money(each.step.retired, home),
                Money(each.step.new, home),
                budgeted(each.step.budgeted),
            )
            for each in steps
        ),
        empty="No run cost after the go-live is written down.",
    )
    dips = tuple(
        (f"Productivity dip, {change.label}", _dip(pack, change))
        for change in changes_of(pack.portfolio, event)
    )
    return Section("money", "Money", (table, *((Facts(*dips),) if dips else ())))


def _dip(pack: Pack, change: BusinessChange) -> Cell:
    return shown(dip_of(pack.portfolio, change).map(lambda weeks: f"{weeks:.1f} person-weeks"))


@section("readiness", order=60)
def after(pack: Pack) -> Section:
    """Show early life support and what must hold before it ends."""
    supports = pack.portfolio.related(_event(pack), EarlyLifeSupport, "change")
    found = [support_state(pack.portfolio, each) for each in supports]
    return Section("after", "After the go-live", (support_table(pack, found),))
