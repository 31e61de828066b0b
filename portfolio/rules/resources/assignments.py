"""Rules about people: booked while they are here, on what they can do; nobody forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.resources.capacity import net_days, working_days
from portfolio.diagnostic import Severity
from portfolio.model.resources import Assignment, DevelopmentPlan, Person, RoleDemand
from portfolio.network.calendars import days_later, named_calendar, project_calendar
from portfolio.rules.phrases import ago, counted, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_over, project_of

if TYPE_CHECKING:
    from portfolio.calendar import Calendar
    from portfolio.view.view import View

_LEAD_DAYS = 20


@rule(Severity.ERROR, Assignment)
def res_after_leaving(booking: Assignment, portfolio: View) -> Iterator[Problem]:
    """Somebody is booked for days on which they are not there.

    What it does:
        Reports a booking that goes on after the person's `end_date`, and one of whose working days
        leave takes all.

    Why it matters:
        Ghost capacity: the plan counts on work that nobody will do.

    Example:
        person: {id: dario-lind, name: Dario Lind, role: Analyst, end_date: 2026-06-30}
        assignment: {id: dario-atlas, person: dario-lind, work: atlas, from: 2026-04-01,
          to: 2026-07-31, pct: 50}

    Use instead:
        person: {id: dario-lind, name: Dario Lind, role: Analyst, end_date: 2026-06-30}
        assignment: {id: dario-atlas, person: dario-lind, work: atlas, from: 2026-04-01,
          to: 2026-06-30, pct: 50}
    """
    person = portfolio.find(booking.person, Person)
    if person is None:
        return
    if person.end_date is not None and booking.to > person.end_date:
        yield Problem(
            booking,
            f"{person.name} is booked until {booking.to}, but leaves on {person.end_date}",
            "to",
            f"end it on {person.end_date}, or book somebody else",
            related=(see(person, f"{person.name} leaves on {person.end_date}", "end_date"),),
        )
    leaves = [e for e in person.leave if e.from_ <= booking.to and e.to >= booking.from_]
    if leaves and _is_away(person, booking, named_calendar(portfolio, person.calendar)):
        first, last = min(each.from_ for each in leaves), max(each.to for each in leaves)
        yield Problem(
            booking,
            f"{person.name} is booked from {booking.from_} to {booking.to}, but away from "
            f"{first} to {last}",
            "from",
            "book other days, or somebody else",
            related=tuple(see(person, "the leave", "from", each) for each in leaves),
        )


def _is_away(person: Person, booking: Assignment, calendar: Calendar) -> bool:
    """Tell whether leave takes every working day of a booking while the person is in post."""
    last = min(booking.to, person.end_date or booking.to)
    asked = person.contracted_fte * working_days(calendar, booking.from_, last)
    return asked > 0 and not net_days(person, calendar, booking.from_, last)


@rule(Severity.ERROR, RoleDemand)
def res_unfilled_critical(demand: RoleDemand, portfolio: View) -> Iterator[Problem]:
    """A project cannot start without a role, needs it soon, and nobody has been found.

    What it does:
        Reports a `critical` demand without `filled_by` whose first period with a need begins
        within 20 working days of the status date, or has begun.

    Why it matters:
        The start date is false, and everything behind it.

    Example:
        role_demand: {id: atlas-tester, project: atlas, role: Tester, critical: true,
          fte_by_period: [{period: 2026-04, fte: 1}]}

    Use instead:
        role_demand: {id: atlas-tester, project: atlas, role: Tester, critical: true,
          fte_by_period: [{period: 2026-04, fte: 1}], filled_by: [eva-stone]}
    """
    project = project_of(portfolio, demand)
    needed = [each.period for each in demand.fte_by_period if each.fte > 0]
    if not demand.critical or demand.filled_by or not needed or is_over(project):
        return
    first, last = min(needed).start, max(period.end for period in needed)
    left = project_calendar(portfolio, project).working_days_between(portfolio.as_of, first)
    if left <= _LEAD_DAYS and last >= portfolio.as_of:
        when = f"in {counted(left, 'working day')}" if left >= 0 else ago(first, portfolio.as_of)
        yield Problem(
            demand,
            f"the critical role {demand.role!r} is needed from {first}, {when}; nobody is found",
            "critical",
            "name somebody in filled_by, or move the start",
        )


@rule(Severity.WARNING, Assignment)
def res_skill_below_level(booking: Assignment, portfolio: View) -> Iterator[Problem]:
    """Somebody is booked on work above their assessed skill, and nobody helps them to grow.

    What it does:
        Compares `skill` and `min_level` of a booking with the person's skills, where any are
        recorded. A development plan with a goal for that skill, or with a coach, is help.

    Why it matters:
        Work above one's level takes longer and has to be done again.

    Example:
        person: {id: dario-lind, name: Dario Lind, role: Analyst,
          skills: [{skill: TEST, level: 3, assessed_on: 2025-11-03}]}
        assignment: {id: dario-atlas, person: dario-lind, work: atlas, from: 2026-04-01,
          to: 2026-06-30, pct: 50, skill: TEST, min_level: 4}

    Use instead:
        person: {id: dario-lind, name: Dario Lind, role: Analyst,
          skills: [{skill: TEST, level: 3, assessed_on: 2025-11-03}]}
        development_plan: {person: dario-lind, coach: eva-stone, last_review: 2026-03-02,
          goals: [{skill: TEST, from: 3, to: 4}]}
        assignment: {id: dario-atlas, person: dario-lind, work: atlas, from: 2026-04-01,
          to: 2026-06-30, pct: 50, skill: TEST, min_level: 4}
    """
    person, wanted = portfolio.find(booking.person, Person), booking.min_level
    if person is None or booking.skill is None or wanted is None or not person.skills:
        return
    held = max((s.level for s in person.skills if s.skill == booking.skill), default=0)
    plans = portfolio.related(person, DevelopmentPlan, "person")
    helped = any(p.coach or any(g.skill == booking.skill for g in p.goals) for p in plans)
    if held < wanted and booking.to >= portfolio.as_of and not helped:
        has = f"is at level {held}" if held else "has no assessed level"
        yield Problem(
            booking,
            f"needs {booking.skill} at level {wanted}, but {person.name} {has}",
            "min_level",
            "book somebody else, or add a development plan with a coach",
            related=(see(person, f"the skills of {person.name}", "skills"),),
        )


@rule(Severity.WARNING, Assignment)
def res_billable_mismatch(booking: Assignment, portfolio: View) -> Iterator[Problem]:
    """A booking is billable and the person is not, or the other way round.

    What it does:
        Compares `billable` of a booking with that of the person, where both state it.

    Why it matters:
        The margin is computed from it.

    Example:
        person: {id: dario-lind, name: Dario Lind, role: Analyst, billable: false}
        assignment: {id: dario-atlas, person: dario-lind, work: atlas, from: 2026-04-01,
          to: 2026-06-30, pct: 50, billable: true}

    Use instead:
        person: {id: dario-lind, name: Dario Lind, role: Analyst, billable: true}
        assignment: {id: dario-atlas, person: dario-lind, work: atlas, from: 2026-04-01,
          to: 2026-06-30, pct: 50, billable: true}
    """
    person = portfolio.find(booking.person, Person)
    if person is None or booking.billable is None or not person.wrote("billable"):
        return
    if booking.billable != person.billable and booking.to >= portfolio.as_of:
        words = {True: "billable", False: "not billable"}
        yield Problem(
            booking,
            f"the booking is {words[booking.billable]}, but {person.name} is "
            f"{words[person.billable]}",
            "billable",
            "correct one of the two",
            related=(see(person, f"billable: {str(person.billable).lower()}", "billable"),),
        )


@rule(Severity.INFO, DevelopmentPlan)
def tea_review_late(plan: DevelopmentPlan, portfolio: View) -> Iterator[Problem]:
    """A development plan was not reviewed within its interval.

    What it does:
        Compares `last_review` and `review_every` with the status date.

    Why it matters:
        What nobody checks is a claim, not a capability.

    Example:
        development_plan: {person: ben-okafor, coach: eva-stone, last_review: 2025-11-28}

    Use instead:
        development_plan: {person: ben-okafor, coach: eva-stone, last_review: 2026-03-06}
    """
    last = plan.last_review
    if last is None:
        return
    due = days_later(last, plan.review_every, project_calendar(portfolio, None))
    if due < portfolio.as_of:
        yield Problem(
            plan,
            f"last reviewed on {last}, {ago(last, portfolio.as_of)}; the review was due on {due}",
            "last_review",
            "hold the review and write the day",
        )
