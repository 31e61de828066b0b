"""From Microsoft Project's XML to a portfolio: calendars, people, long plans and settings."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.exchange.drafts.draft import Draft, Standing
from portfolio.exchange.drafts.output_folder import MARK
from portfolio.exchange.schedules.portfolio_files import Target, write_schedules
from portfolio.exchange.schedules.schedule import Schedule
from portfolio.model.delivery.projects import Activity, Project
from portfolio.model.resources import Person
from tests.exchange.mspdi import HEAD, STANDARD, Dates, Made, fields, link, people, read, task

WEDNESDAY = date(2026, 3, 4)


class TestCalendars:
    LATE = (
        "<Calendar><UID>2</UID><Name>Night crew</Name><BaseCalendarUID>1</BaseCalendarUID>"
        "<WeekDays><WeekDay><DayType>2</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays>"
        "<Exceptions><Exception><Name>Flood</Name><DayWorking>0</DayWorking><TimePeriod>"
        "<FromDate>2026-03-03T00:00:00</FromDate><ToDate>2026-03-03T23:59:00</ToDate>"
        "</TimePeriod></Exception></Exceptions></Calendar>"
    )
    ALIKE = "<Calendar><UID>3</UID><Name>Ida</Name><BaseCalendarUID>1</BaseCalendarUID></Calendar>"

    def both(self, more: str = "", **values: object) -> Schedule:
        return read(task(1, **values), calendars=STANDARD + self.LATE + self.ALIKE, more=more)

    def test_a_task_counts_on_its_own(self) -> None:
        made = Made(self.both(CalendarUID=2))
        assert made.dates(1) == (WEDNESDAY, WEDNESDAY)
        assert set(made.portfolio.settings.calendars or {}) == {"standard", "night-crew"}
        assert "name: Flood" in made.written.files["pmo.yaml"]

    def test_those_that_nothing_uses_are_not_written(self) -> None:
        assert set(Made(self.both()).portfolio.settings.calendars or {}) == {"standard"}

    def test_people_bring_theirs_unless_it_is_the_same(self) -> None:
        more = people(
            fields(UID=1, Name="Ida Berg", Type=1, CalendarUID=3),
            fields(UID=2, Name="Jo Lunn", Type=1, CalendarUID=2),
            assignments=(fields(TaskUID=1, ResourceUID=2, Units=1, Work="PT8H0M0S"),),
        )
        made = Made(self.both(more))
        assert made.dates(1) == (WEDNESDAY, WEDNESDAY)
        calendars = {person.name: person.calendar for person in made.portfolio.all(Person)}
        assert calendars == {"Not stated": None, "Ida Berg": None, "Jo Lunn": "night-crew"}

    def test_a_task_of_other_hours_than_its_people_s_is_named(self) -> None:
        more = people(
            fields(UID=1, Name="Ida Berg", Type=1, CalendarUID=3),
            assignments=(fields(TaskUID=1, ResourceUID=1, Units=1, Work="PT8H0M0S"),),
        )
        both = "tasks with hours of their own and of their people: on their own"
        assert Made(self.both(more, CalendarUID=2)).told == {both: ("1 Task 1",)}
        assert Made(self.both(more, CalendarUID=2, IgnoreResourceCalendar=1)).told == {}

    def test_a_portfolio_keeps_its_own_and_is_told_what_to_add(self) -> None:
        target = Target(MARK, settings=Made(read(task(1))).portfolio.settings)
        written = write_schedules([self.both(CalendarUID=2)], target)
        assert "pmo.yaml" not in written.files
        assert "calendar: night-crew" in written.files["projects/harbour-wall.yaml"]
        assert "night-crew:" in written.snippet
        assert "standard:" not in written.snippet

    def test_other_hours_under_a_name_that_is_taken_get_another(self) -> None:
        standard = self.LATE.replace("Night crew", "Standard")
        target = Target(MARK, settings=Made(read(task(1))).portfolio.settings)
        schedule = read(task(1, CalendarUID=2), calendars=STANDARD + standard)
        assert "harbour-wall-standard:" in write_schedules([schedule], target).snippet


class TestPeople:
    ON_IT = (
        fields(TaskUID=1, ResourceUID=1, Units="0.5", Work="PT4H0M0S"),
        fields(TaskUID=1, ResourceUID=2, Units=3, Work="PT24H0M0S"),
        fields(TaskUID=1, ResourceUID=3, Units=1, Work="PT8H0M0S"),
    )
    MORE = people(
        fields(UID=1, Name="Ida Berg", Type=1, StandardRate=90),
        fields(UID=2, Name="Masons", Type=1, MaxUnits=4),
        fields(UID=3, Name="Cement", Type=0),
        assignments=ON_IT,
    )

    def test_one_is_a_person_several_are_a_role_and_cement_is_neither(self) -> None:
        made = Made(read(task(1), more=self.MORE))
        activity = made.portfolio.entities["harbour-wall.1"]
        assert isinstance(activity, Activity)
        shares = [(r.person and r.person.id, r.role, str(r.units)) for r in activity.resources]
        assert shares == [("ida-berg", None, "0.5"), (None, "Masons", "3")]
        assert set(made.told) == {
            "rates of resources: left out, they belong in a repository apart",
            "material resources: left out",
        }

    def test_those_whom_the_portfolio_knows_are_not_made_again(self) -> None:
        ida = Draft(Person, "ida", place="people.yaml:1")
        standing = Standing({"ida": ida}, {("person", "ida berg"): (ida,)})
        target = Target(f"{MARK} from plan.xml", sponsor="ida", standing=standing)
        made_files = write_schedules([read(task(1), more=self.MORE)], target).files
        assert "people/harbour-wall.yaml" not in made_files
        assert "person: ida, units: 0.5" in made_files["projects/harbour-wall.yaml"]

    def test_more_work_than_units_say_is_named(self) -> None:
        on_it = (fields(TaskUID=1, ResourceUID=1, Units=1, Work="PT20H0M0S"),)
        more = people(fields(UID=1, Name="Ida Berg", Type=1), assignments=on_it)
        told = Made(read(task(1), more=more)).told
        assert list(told) == ["assignments whose work is not units × duration: only their units"]

    def test_the_manager_manages_and_nobody_sponsors(self) -> None:
        made = Made(read(task(1), head=HEAD + fields(Manager="Ida Berg")))
        (project,) = made.portfolio.all(Project)
        assert project.project_manager is not None
        assert (project.project_manager.id, project.sponsor.id) == ("ida-berg", "not-stated")


class TestLongPlans:
    def test_many_activities_are_a_table(self) -> None:
        more = people(
            fields(UID=1, Name="Ida Berg", Type=1),
            assignments=(fields(TaskUID=2, ResourceUID=1, Units=1, Work="PT8H0M0S"),),
        )
        schedule = read(
            task(1, Duration="PT0H0M0S", Finish="2026-03-02T08:00:00"),
            *(task(n, link(n - 1, LinkLag=4800, LagFormat=7)) for n in range(2, 400)),
            more=more,
        )
        made = Made(schedule)
        table = made.written.files["projects/activities.harbour-wall.csv"]
        assert table.splitlines()[1:3] == [
            "2,harbour-wall,Task 2,1d,1:FS+1d,ida-berg",
            "3,harbour-wall,Task 3,1d,2:FS+1d,",
        ]
        assert made.dates(3) == Dates(date(2026, 3, 5), date(2026, 3, 5))

    def test_unless_a_cell_could_run_in_a_spreadsheet(self) -> None:
        schedule = read(*(task(n, Name="=1+1" if n == 5 else "Pour") for n in range(1, 400)))
        made = Made(schedule)
        assert not [path for path in made.written.files if path.endswith(".csv")]
        assert made.text(5, "name") == "=1+1"


class TestSettings:
    def test_a_new_portfolio_has_no_currency_that_nobody_stated(self) -> None:
        assert Made(read(task(1))).portfolio.settings.organisation.currency == "XXX"

    @pytest.mark.parametrize(
        ("stated", "currency"), [({"CurrencyCode": "NOK"}, "NOK"), ({"CurrencySymbol": "£"}, "GBP")]
    )
    def test_else_it_has_the_file_s(self, stated: dict[str, str], currency: str) -> None:
        made = Made(read(task(1), head=HEAD + fields(**stated)))
        assert made.portfolio.settings.organisation.currency == currency


def test_what_several_files_lack_is_told_once() -> None:
    quay = read(task(1, Notes="two"), head=HEAD.replace("Harbour wall", "Quay"))
    assert Made(read(task(1, Notes="one")), quay).told == {"notes: left out": ("1 Task 1",) * 2}
