"""A project's closure: promises against results, benefits with their owners, lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.delivery.milestone_performance import milestone_slip
from portfolio.analysis.governance.project_closure import leftovers, promise_of
from portfolio.analysis.governance.tolerances import benefit_forecast
from portfolio.measure.measure import Measure
from portfolio.model.delivery.projects import Milestone
from portfolio.model.finance import Benefit
from portfolio.model.governance import ChangeRequest, Gate, Lesson
from portfolio.model.resources import Person
from portfolio.report.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Days,
    Facts,
    Missing,
    Paragraph,
    Section,
    Status,
    Strong,
    Table,
    shown,
)
from portfolio.report.formatting import in_words
from portfolio.report.section import section
from portfolio.report.sections.delivery.highlight_status import project_of
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.governance.project_closure import Promise
    from portfolio.model.delivery.projects import Project
    from portfolio.report.pack import Pack

_DONE = frozenset({"implemented", "approved"})


@section("closure", order=10)
def result(pack: Pack) -> Section:
    """Say whether it is closed, and put what came beside what was first and last approved."""
    project, promise = project_of(pack), promise_of(pack.portfolio, project_of(pack))
    facts = Facts(
        ("Sponsor", pack.named(project.sponsor)),
        ("Project manager", pack.named(project.project_manager)),
        ("State", _state(project) or Missing("not stated")),
        ("Closed at", _closing_gate(pack)),
    )
    blocks: tuple[Block, ...] = (*_not_closed(pack, promise), facts, _against(pack, promise))
    return Section("result", "Promised and delivered", blocks, _lead(pack, promise))


def _state(project: Project) -> str:
    return (project.status or "").replace("_", " ")


def _lead(pack: Pack, promise: Promise) -> str:
    """Say in one sentence how the result compares with what was first approved."""
    late, over = promise.days_late.value, promise.over_cost.value
    time = "" if late is None else "on the day" if not late else (
        f"{_days(late)} late" if late > 0 else f"{_days(-late)} early")  # fmt: skip
    money = ""
    if over is not None:
        amount = in_words(Money(abs(over.amount), over.currency))
        money = f"{amount} {'over' if over.amount > 0 else 'under'} its first budget"
        money = money if over.amount else "at its first budget"
    parts = [part for part in (time, money) if part]
    verb = "came" if promise.is_over else "is expected"
    return f"{project_of(pack).label} {verb} {' and '.join(parts)}." if parts else ""


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _not_closed(pack: Pack, promise: Promise) -> tuple[Callout, ...]:
    project = project_of(pack)
    if project.status in {"closed", "cancelled"}:
        return ()
    left = len(leftovers(pack.portfolio, project))
    title = "The work is finished and the project is not closed" if promise.is_over else (
        f"Not closed: {project.label} is {_state(project) or 'without a status'}")  # fmt: skip
    state = "Below stands what is expected today instead of what was delivered."
    action = (
        f"Before it closes, {left} open item{'' if left == 1 else 's'} must be done or handed over."
    )
    return (
        Callout("information", title, (Paragraph(state),), pack.name(project.project_manager),
                project.actual_finish or project.forecast_finish,
                action if left else "Nothing is left open: hold the closing gate."),
    )  # fmt: skip


def _closing_gate(pack: Pack) -> Cell:
    gates = [
        gate
        for gate in pack.portfolio.related(project_of(pack), Gate, "project")
        if gate.stage and gate.stage == (pack.portfolio.settings.stages or ("",))[-1]
    ]
    if not gates:
        return Missing("no closing gate")
    gate = gates[-1]
    evidence = f"; evidence: {', '.join(gate.evidence)}" if gate.evidence else ""
    when = in_words(gate.actual) if gate.actual else "not held yet"
    return f"{gate.label}, {when}, {gate.outcome.replace('_', ' ')}{evidence}"


def _against(pack: Pack, promise: Promise) -> Table:
    rows = (
        (
            "Finish",
            promise.first_finish or Missing("no baseline"),
            promise.last_finish or Missing("no baseline"),
            promise.finish or Missing("not known"),
            Days.of(promise.days_late, signed=True),
        ),
        (
            "Cost",
            promise.first_cost or Missing("no budget"),
            promise.last_cost or Missing("no budget"),
            shown(promise.cost),
            _difference(promise.over_cost, "over", "under"),
        ),
        _milestones(pack),
        _benefits(pack),
        _changes(pack),
    )
    came = "Delivered" if promise.is_over else "Expected"
    columns = (
        Column("What"),
        Column("First approved", formula="The first approved baseline."),
        Column("Last approved", formula="The last approved baseline."),
        Column(came, formula="What came: actual dates, booked costs."),
        Column("Against the first", formula="What came - what was first approved."),
    )
    return Table(columns, rows)


def _difference(found: Measure[Money], more: str, less: str) -> Cell:
    def in_words(money: Money) -> Cell:
        if not money.amount:
            return "as promised"
        return (Money(abs(money.amount), money.currency), f" {more if money.amount > 0 else less}")

    return shown(found.map(in_words))


def _milestones(pack: Pack) -> tuple[Cell, ...]:
    """Return the milestones kept, of all with a baseline: how delivery compared with the plan."""
    found = pack.portfolio.related(project_of(pack), Milestone, "project")
    slips = [(each, milestone_slip(each, pack.as_of)) for each in found]
    judged = [(each, slip) for each, slip in slips if slip is not None]
    if not judged:
        return ("Milestones", Missing("none with a baseline"), None, None, None)
    reached = sum(each.actual is not None for each, _ in judged)
    kept = sum(each.actual is not None and slip <= 0 for each, slip in judged)
    largest = max(slip for _, slip in judged)
    said = f"{reached} reached, {kept} on time"
    return ("Milestones", len(judged), len(judged), said,
            (Days(largest, signed=True), " at most"))  # fmt: skip


def _benefits(pack: Pack) -> tuple[Cell, ...]:
    found = benefit_forecast(pack.portfolio, project_of(pack))
    if found.value is None:
        return ("Benefits, its share", Missing(found.reason), None, None, None)
    planned, expected = found.value
    currency = next(
        part.planned.currency
        for each in pack.portfolio.related(project_of(pack), Benefit, "project")
        for part in each.value_by_period
        if part.planned is not None
    )
    change = Measure(Money(expected - planned, currency))
    against = _difference(change, "more", "less")
    return (
        "Benefits, its share",
        Money(planned, currency),
        None,
        Money(expected, currency),
        against,
    )


def _changes(pack: Pack) -> tuple[Cell, ...]:
    requests = pack.portfolio.related(project_of(pack), ChangeRequest, "project")
    made = sum(each.status in _DONE for each in requests)
    said = (
        f"{made} of {len(requests)} requested changes were approved" if requests else "none asked"
    )
    return ("Scope", None, None, said, None)


@section("closure", order=20)
def harvest(pack: Pack) -> Section:
    """Show who harvests each benefit, what was measured, and when it is looked at again."""
    benefits = pack.portfolio.related(project_of(pack), Benefit, "project")
    columns = (
        Column("Benefit", wide=True),
        Column("Owner"),
        Column.number("Planned", "Planned values of the periods that are due, summed."),
        Column.number("Measured", "Measured values until now, summed."),
        Column("Next review"),
        Column("State"),
    )
    rows = tuple(_benefit(pack, each) for each in benefits)
    empty = "The project states no benefit: nobody will harvest anything of it."
    return Section("benefits", "Benefits handed over", (Table(columns, rows, empty=empty),))


def _benefit(pack: Pack, benefit: Benefit) -> tuple[Cell, ...]:
    ahead = min((day for day in benefit.review_dates if day >= pack.as_of), default=None)
    parts = benefit.value_by_period
    return (
        benefit.title,
        _harvester(pack, benefit),
        _sum([part.planned for part in parts]),
        _sum([part.actual for part in parts]),
        ahead or Missing("none ahead"),
        benefit.status or Missing("not stated"),
    )


def _sum(amounts: list[Money | None]) -> Cell:
    known = [each for each in amounts if each is not None]
    if not known:
        return Missing()
    if len({each.currency for each in known}) > 1:
        return Missing("in several currencies")
    return Money(sum((each.amount for each in known), start=known[0].amount * 0), known[0].currency)


def _harvester(pack: Pack, benefit: Benefit) -> Cell:
    """Return the owner, red where that is the project's manager or somebody who has left."""
    person = pack.portfolio.find(benefit.owner, Person)
    manager = project_of(pack).project_manager
    if person is None:
        return Status("red", "nobody known")
    if manager is not None and manager.id == person.id:
        return Status("red", f"{person.label}, leaves with the project")
    if person.end_date is not None and person.end_date <= pack.as_of:
        return Status("red", f"{person.label}, has left")
    return person.label


def _adopted(pack: Pack, lesson: Lesson) -> Cell:
    """Return who acted on a lesson; a project that is not shown is not named either."""
    shown = [pack.name(ref) for ref in lesson.adopted_in if pack.portfolio.find(ref) is not None]
    hidden = len(lesson.adopted_in) - len(shown)
    parts = [*shown, *([f"{hidden} not shown here"] if hidden else [])]
    return ", ".join(parts) or Missing("nobody yet")


@section("closure", order=40)
def lessons(pack: Pack) -> Section:
    """Show what was learned, whom it concerns, and who has acted on it."""
    found = pack.portfolio.related(project_of(pack), Lesson, "project")
    rows = tuple(
        (
            each.what,
            each.recommendation or Missing("nothing recommended"),
            ", ".join(each.applies_to) or Missing("nobody named"),
            _adopted(pack, each),
        )
        for each in found
    )
    columns = (Column("What happened", wide=True), Column("Do differently", wide=True),
               Column("Concerns"), Column("Adopted in"))  # fmt: skip
    blocks: list[Block] = [Table(columns, rows, empty="No lesson is written down.")]
    taken = [each.what for each in pack.portfolio.related(project_of(pack), Lesson, "adopted_in")]
    if taken:
        blocks.append(Paragraph(Strong("Taken over from others: "), " ".join(taken)))
    return Section("lessons", "Lessons", tuple(blocks))
