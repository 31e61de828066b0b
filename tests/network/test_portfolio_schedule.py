"""From the files to the schedule: which dates a portfolio has before anything slips."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.network.calendars import build_calendars, calendars_of
from portfolio.network.portfolio_schedule import build_plan, plan_of
from portfolio.settings import Organisation, Settings
from tests.portfolios import portfolio_of

SETTINGS = """\
organisation: {name: Test, currency: GBP, calendar: england}
as_of: 2026-03-31
calendars:
  england: {holidays: [2026-04-03, 2026-04-06, 2026-05-04]}
  site: {week: {mon-sat: ["07:00-15:00"]}, exceptions: [{date: 2026-04-11, hours: []}]}
"""
PEOPLE = "person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}\n"


def dates(text: str, settings: str = SETTINGS) -> dict[str, date]:
    """Return when everything in a plan finishes, by id."""
    plan = plan_of(portfolio_of(PEOPLE + text, settings))
    assert plan.network.problems == []
    return {id_: plan.schedule.dates(id_).early_finish for id_ in plan.network.index}


def project(body: str, **fields: str) -> str:
    """Return a project `p` with activities, milestones and dependencies."""
    extra = "".join(f"  {key}: {value}\n" for key, value in fields.items())
    return f"project:\n  id: p\n  name: P\n  sponsor: anna\n{extra}{body}"


class TestWhenWorkStarts:
    def test_unstarted_work_starts_on_the_as_of_day_at_the_earliest(self) -> None:
        found = dates(project("  activities: [{id: a, duration: 1d}]\n"))
        assert found == {"p.a": date(2026, 3, 31)}

    def test_work_starts_no_earlier_than_its_project(self) -> None:
        body = "  activities: [{id: a, duration: 1d}]\n"
        assert dates(project(body, start="2026-04-02"))["p.a"] == date(2026, 4, 2)

    def test_what_remains_counts_from_the_end_of_the_as_of_day(self) -> None:
        started = "actual_start: 2026-03-05, remaining: 3d"
        body = f"  activities: [{{id: a, duration: 25d, {started}}}]\n"
        assert dates(project(body))["p.a"] == date(2026, 4, 7)  # over Easter

    def test_without_remaining_work_the_share_done_decides(self) -> None:
        started = "actual_start: 2026-03-05, pct_complete: 90"
        body = f"  activities: [{{id: a, duration: 30d, {started}}}]\n"
        assert dates(project(body))["p.a"] == date(2026, 4, 7)

    def test_progress_without_a_start_counts_as_started(self) -> None:
        body = "  activities: [{id: a, duration: 10d, pct_complete: 100}]\n"
        assert dates(project(body))["p.a"] == date(2026, 3, 31)

    def test_what_has_finished_stands_where_it_finished(self) -> None:
        body = "  activities: [{id: a, duration: 10d, actual_finish: 2026-02-13}]\n"
        assert dates(project(body))["p.a"] == date(2026, 2, 13)


class TestWhereAMilestoneStands:
    @pytest.mark.parametrize(
        ("fields", "stands"),
        [
            ("actual: 2026-02-13, forecast: 2026-05-01", date(2026, 2, 13)),
            ("forecast: 2026-05-01, baseline: 2026-04-20", date(2026, 5, 1)),
            ("forecast: 2026-02-27", date(2026, 2, 27)),  # it passed, and nobody said so
            ("baseline: 2026-04-20", date(2026, 4, 20)),
            ("predecessors: [a], baseline: 2026-05-01", date(2026, 4, 9)),
            ("predecessors: [a], forecast: 2026-04-01", date(2026, 4, 9)),  # logic is later
            ("predecessors: [a], forecast: 2026-05-01", date(2026, 5, 1)),
        ],
    )
    def test_actual_then_the_later_of_forecast_and_logic(self, fields: str, stands: date) -> None:
        body = (
            "  activities: [{id: a, duration: 6d}]\n"
            f"  milestones: [{{id: m, name: M, {fields}}}]\n"
        )
        assert dates(project(body))["p.m"] == stands


class TestCalendars:
    def test_an_activity_counts_on_its_own_calendar(self) -> None:
        body = "  activities: [{id: a, duration: 10d, calendar: site}]\n"
        # Ten days of seven and a half hours are 75 hours; the site works eight a day and Saturdays.
        assert dates(project(body))["p.a"] == date(2026, 4, 10)

    def test_a_day_of_a_duration_is_one_of_the_projects_calendar(self) -> None:
        body = "  activities: [{id: a, duration: 10d}]\n"
        assert dates(project(body, calendar="site"))["p.a"] == date(2026, 4, 10)

    def test_elapsed_time_runs_through_the_holidays(self) -> None:
        body = (
            "  activities:\n"
            "    - {id: a, duration: 1d}\n"
            "    - {id: b, duration: 4ed, predecessors: [a]}\n"
            "    - {id: c, duration: 1d, predecessors: [{id: a, lag: 3cd}]}\n"
        )
        found = dates(project(body))
        assert (found["p.b"], found["p.c"]) == (date(2026, 4, 4), date(2026, 4, 7))

    def test_a_calendar_that_nobody_names_is_the_first_one_stated(self) -> None:
        settings = SETTINGS.replace(", calendar: england", "")
        assert calendars_of(portfolio_of(PEOPLE, settings)).default.name == "england"

    def test_without_any_calendar_the_standard_week_counts(self) -> None:
        organisation = Organisation(name="Test", currency="GBP")
        standard = build_calendars(Settings(organisation=organisation)).default
        assert standard.minutes_per_day == 450
        assert standard.is_working(date(2026, 4, 3))

    def test_a_free_day_is_one_without_hours(self) -> None:
        site = calendars_of(portfolio_of(PEOPLE, SETTINGS)).named("site")
        assert site.is_working(date(2026, 4, 4))
        assert not site.is_working(date(2026, 4, 11))


GIVER = """\
project:
  id: g
  name: G
  sponsor: anna
  milestones: [{id: ready, name: Ready, forecast: 2026-04-10}]
"""


class TestPromises:
    def receiver(self, promise: str, more: str = "") -> str:
        return GIVER.replace("project:", "projects:\n -").replace("\n  ", "\n   ") + (
            " -\n   id: p\n   name: P\n   sponsor: anna\n"
            f"   activities: [{{id: a, duration: 1d{more}}}]\n"
            f"   dependencies: [{{id: d, {promise}}}]\n"
        )

    @pytest.mark.parametrize(
        ("promise", "finish"),
        [
            ("from: g.ready, to: a", date(2026, 4, 13)),
            ("from: g.ready, to: a, lag: 2d", date(2026, 4, 15)),
            ("from: g.ready, to: a, committed: 2026-04-20", date(2026, 4, 13)),  # logic decides
            ("from: g, to: a, committed: 2026-04-20", date(2026, 4, 21)),
            ("from: g, to: a, committed: 2026-04-20, forecast: 2026-04-22", date(2026, 4, 23)),
            ("from: g, to: a, link: FF, committed: 2026-04-20", date(2026, 4, 20)),
            ("from: g, to: a", date(2026, 3, 31)),  # no date, nothing to wait for
            ("from: g.ready, to: a, strength: soft", date(2026, 3, 31)),
            ("from: g.ready, to: a, delivered: 2026-03-30", date(2026, 3, 31)),
            ("from: g.ready, to: a, agreement: cancelled", date(2026, 3, 31)),
            ("from: g.ready, need_by: 2026-05-01", date(2026, 3, 31)),  # nothing of ours waits
        ],
    )
    def test_a_hard_open_promise_holds_its_receiver(self, promise: str, finish: date) -> None:
        assert dates(self.receiver(promise))["p.a"] == finish

    @pytest.mark.parametrize("link", ["FS", "SS", "FF", "SF"])
    def test_a_promise_that_stands_apart_moves_nothing_by_itself(self, link: str) -> None:
        text = self.receiver(f"from: g.ready, to: a, link: {link}, lag: 1d")
        portfolio = portfolio_of(PEOPLE + text, SETTINGS)
        joined, apart = plan_of(portfolio), build_plan(portfolio, apart={"p.d"})
        for id_ in joined.network.index:
            assert apart.schedule.dates(id_).early_finish == joined.schedule.dates(id_).early_finish

    def test_soft_promises_hold_where_that_is_asked_for(self) -> None:
        text = self.receiver("from: g.ready, to: a, strength: soft")
        plan = build_plan(portfolio_of(PEOPLE + text, SETTINGS), include_soft=True)
        assert plan.schedule.dates("p.a").early_finish == date(2026, 4, 13)

    def test_a_cancelled_project_is_left_out_and_holds_nobody_up(self) -> None:
        text = self.receiver("from: g.ready, to: a").replace(
            "name: G", "name: G\n   status: cancelled"
        )
        assert dates(text) == {"p.a": date(2026, 3, 31)}


def test_a_level_of_effort_and_imposed_dates_reach_the_engine() -> None:
    body = (
        "  activities:\n"
        "    - {id: a, duration: 2d, constraint: {type: SNET, date: 2026-04-08}}\n"
        "    - {id: b, duration: 2d, constraint: {type: FNET, date: 2026-04-08}}\n"
        "    - {id: c, duration: 400d, loe: true}\n"
        "    - {id: d, duration: 2d, deadline: 2026-04-01}\n"
        "  milestones: [{id: m, name: M, constraint: {type: MSO, date: 2026-04-30}}]\n"
    )
    plan = plan_of(portfolio_of(PEOPLE + project(body), SETTINGS))
    found = plan.schedule
    assert found.dates("p.a").early_finish == date(2026, 4, 9)
    assert found.dates("p.b").early_finish == date(2026, 4, 8)
    assert found.dates("p.m").early_finish == date(2026, 4, 30)
    assert found.total_float[plan.network.index["p.c"]] is None
    assert found.total_float[plan.network.index["p.d"]] == 0


@pytest.mark.parametrize("as_of", ["2026-03-31", "2026-04-05", "2026-04-06"])
def test_a_milestone_without_any_date_stands_on_the_as_of_day(as_of: str) -> None:
    settings = SETTINGS.replace("as_of: 2026-03-31", f"as_of: {as_of}")
    found = dates(project("  milestones: [{id: m, name: M}]\n"), settings)
    assert found["p.m"] == date.fromisoformat(as_of)


class TestMilestonesAtTheStartOfTheirDay:
    """A start milestone lets work go on its own day, a finish milestone on the next."""

    @pytest.mark.parametrize(
        ("at", "work_ends"), [("start", date(2026, 4, 8)), ("end", date(2026, 4, 9))]
    )
    @pytest.mark.parametrize(
        "stands",
        [
            "forecast: 2026-04-08",
            "constraint: {type: SNET, date: 2026-04-08}",
            "constraint: {type: MFO, date: 2026-04-08}",
        ],
    )
    def test_what_follows_starts_that_day_or_the_next(
        self, stands: str, at: str, work_ends: date
    ) -> None:
        body = (
            f"  milestones: [{{id: m, name: Permit, at: {at}, {stands}}}]\n"
            "  activities: [{id: a, duration: 1d, predecessors: [m]}]\n"
        )
        found = dates(project(body))
        assert found == {"p.m": date(2026, 4, 8), "p.a": work_ends}

    def test_one_that_has_been_reached_keeps_its_end_of_the_day(self) -> None:
        body = (
            "  milestones: [{id: m, name: Permit, at: start, actual: 2026-04-08}]\n"
            "  activities: [{id: a, duration: 1d, predecessors: [m]}]\n"
        )
        assert dates(project(body))["p.a"] == date(2026, 4, 8)
