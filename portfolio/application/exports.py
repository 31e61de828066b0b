"""Plans and dates for the tools that other people work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from portfolio.application.failure import Failure
from portfolio.application.noted import Noted

if TYPE_CHECKING:
    from portfolio.application.open import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """Which part is written."""

    selectors: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def calendar_file(opened: Opened, asked: ExportRequest) -> Noted[bytes]:
    """Return the calendar of what is selected; note how many days, and what is left out."""
    from portfolio.application.selection import chosen_ids
    from portfolio.application.writing import MARK
    from portfolio.exchange.calendars.dates import dated_entries
    from portfolio.exchange.calendars.icalendar import write_ics
    from portfolio.view.parts import belonging

    portfolio = opened.view
    chosen = belonging(portfolio, chosen_ids(portfolio, asked.selectors))
    if asked.exclude:
        chosen -= belonging(portfolio, chosen_ids(portfolio, asked.exclude))
    entries = dated_entries(portfolio, chosen)
    if not entries:
        message = "nothing with a date is selected"
        hint = "contracts with a renewal, obligations, milestones, gates and decisions have one"
        raise Failure(message, hint)
    organisation = portfolio.settings.organisation.name
    description = f"{MARK}: dates as of {portfolio.as_of.isoformat()}"
    told = [f"{len(entries)} {'day' if len(entries) == 1 else 'days'}"]
    content = write_ics(entries, organisation, portfolio.as_of, description)
    return Noted(content, tuple(told))


def plan_file(opened: Opened, asked: ExportRequest) -> Noted[bytes]:
    """Return the plans of what is selected; note how much it is, and what was left out."""
    from portfolio.application.selection import chosen_ids
    from portfolio.application.writing import MARK
    from portfolio.exchange.schedules.import_summary import left_out_lines
    from portfolio.exchange.schedules.microsoft_project.writer import write_mspdi
    from portfolio.exchange.schedules.portfolio_schedule import schedule_of
    from portfolio.model.delivery.projects import Project
    from portfolio.view.parts import belonging

    portfolio = opened.view
    chosen = belonging(portfolio, chosen_ids(portfolio, asked.selectors, asked.exclude))
    projects = {project.id for project in portfolio.all(Project)} & chosen
    schedule = schedule_of(portfolio, projects)
    if not schedule.tasks:
        message = "no project with a plan is selected for mspdi"
        raise Failure(message, "`pmo show activities` lists what there is")
    text = write_mspdi(schedule, f"{MARK}: plan as of {portfolio.as_of.isoformat()}")
    told = [f"{len(schedule.tasks)} rows"]
    if schedule.left_out:
        told += ["left out, or not as it was:", *left_out_lines(schedule.left_out)]
    return Noted(text.encode(), tuple(told))


EXPORTS = {"mspdi": plan_file, "ics": calendar_file}
"""What can be written, by its name on the command line."""


def export(opened: Opened, target: Literal["mspdi", "ics"], asked: ExportRequest) -> Noted[bytes]:
    """Return a file for another tool; its first note says how much it is."""
    return EXPORTS[target](opened, asked)
