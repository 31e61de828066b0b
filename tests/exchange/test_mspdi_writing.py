"""From Microsoft Project's XML to a portfolio: its files say what the file said, and load."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.exchange.placing import MARK
from portfolio.exchange.schedules.model import Schedule
from portfolio.exchange.schedules.writing import Target, write_schedules
from portfolio.model.delivery import Activity, Project
from portfolio.model.resources import Person
from portfolio.settings import Settings
from tests.exchange.mspdi import HEAD, STANDARD, Dates, Made, fields, link, people, read, task

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (2, 3, 4))
FRIDAY = date(2026, 3, 6)


def settings_of(made: Made) -> Settings:
    return made.portfolio.settings


class TestNumbers:
    def test_tasks_keep_their_numbers_as_ids(self) -> None:
        made = Made(read(task(17), task(4, Duration="PT0H0M0S")))
        assert {"harbour-wall.17", "harbour-wall.4"} <= set(made.portfolio.entities)

    @pytest.mark.parametrize(
        ("minutes", "written"),
        [("PT80H0M0S", "10d"), ("PT12H0M0S", "1.5d"), ("PT7H30M0S", "7.5h"), ("PT0H7M0S", "7min")],
    )
    def test_durations_are_in_days_where_that_is_exact(self, minutes: str, written: str) -> None:
        assert Made(read(task(1, Duration=minutes))).text(1, "duration") == written

    def test_elapsed_ones_stay_elapsed(self) -> None:
        made = Made(read(task(1, Duration="PT72H0M0S", DurationFormat=8)))
        assert made.text(1, "duration") == "3ed"
        assert made.dates(1) == (MONDAY, date(2026, 3, 5))


class TestLogic:
    @pytest.mark.parametrize(
        ("type_", "lag", "code", "expected"),
        [
            (1, 0, 7, (TUESDAY, TUESDAY)),
            (1, 4800, 7, (WEDNESDAY, WEDNESDAY)),
            (1, -4800, 7, (MONDAY, MONDAY)),
            (3, 9600, 7, (WEDNESDAY, WEDNESDAY)),
            (0, 9600, 7, (WEDNESDAY, WEDNESDAY)),
            (2, 9600, 7, (TUESDAY, TUESDAY)),
            (1, 14400, 8, (WEDNESDAY, date(2026, 3, 4))),
            (1, 200, 19, (date(2026, 3, 5), date(2026, 3, 5))),
            (1, 200, 20, (TUESDAY, WEDNESDAY)),
        ],
    )
    def test_links_move_dates_as_they_did(
        self, type_: int, lag: int, code: int, expected: tuple[date, date]
    ) -> None:
        """A day's task on Monday, another behind it."""
        made = Made(read(task(1), task(2, link(1, Type=type_, LinkLag=lag, LagFormat=code))))
        assert made.dates(2) == expected

    def test_a_percentage_is_named_as_fixed(self) -> None:
        made = Made(read(task(1), task(2, link(1, LinkLag=50, LagFormat=19))))
        what = "lags in percent: fixed at what the predecessor takes now"
        assert made.told == {what: ("1 FS 2 Task 2 (50%)",)}

    def test_a_link_from_a_summary_waits_for_all_in_it(self) -> None:
        made = Made(
            read(
                task(1, Summary=1),
                task(2, OutlineLevel=2),
                task(3, link(2), OutlineLevel=2),
                task(4, OutlineLevel=2, Duration="PT32H0M0S"),
                task(5, link(1)),
            )
        )
        assert made.dates(5) == (FRIDAY, FRIDAY)
        following = made.portfolio.entities["harbour-wall.5"]
        assert isinstance(following, Activity)
        assert [each.id.id for each in following.predecessors] == [
            "harbour-wall.3",
            "harbour-wall.4",
        ]
        assert made.told == {
            "links of summary tasks: passed on to the tasks in them": ("1 FS 5 Task 5",)
        }

    def test_a_link_to_a_summary_holds_all_in_it(self) -> None:
        made = Made(
            read(
                task(1),
                task(2, link(1), Summary=1),
                task(3, OutlineLevel=2),
                task(4, link(3), OutlineLevel=2),
            )
        )
        assert (made.dates(3).start, made.dates(4).start) == (TUESDAY, WEDNESDAY)

    def test_no_link_waits_for_the_first_of_several_to_start(self) -> None:
        schedule = read(task(1, Summary=1), task(2, OutlineLevel=2), task(3, link(1, Type=3)))
        told = Made(schedule).told
        assert told == {
            "links of summary tasks that tasks cannot stand for: left out": ("1 SS 3 Task 3",)
        }


class TestDates:
    @pytest.mark.parametrize(
        ("code", "when", "expected"),
        [
            (4, "2026-03-04T08:00:00", (WEDNESDAY, WEDNESDAY)),
            (4, "2026-03-03T17:00:00", (WEDNESDAY, WEDNESDAY)),
            (2, "2026-03-04T08:00:00", (WEDNESDAY, WEDNESDAY)),
            (3, "2026-03-04T17:00:00", (WEDNESDAY, WEDNESDAY)),
            (6, "2026-03-05T08:00:00", (WEDNESDAY, WEDNESDAY)),
        ],
    )
    def test_constraints_hold_at_the_end_of_the_day_that_they_mean(
        self, code: int, when: str, expected: tuple[date, date]
    ) -> None:
        made = Made(read(task(1, ConstraintType=code, ConstraintDate=when)))
        assert made.dates(1) == expected
        assert made.told == {}

    def test_an_hour_within_a_day_is_named(self) -> None:
        made = Made(read(task(1, ConstraintType=4, ConstraintDate="2026-03-04T10:00:00")))
        (names,) = made.told.values()
        assert names == ("1 Task 1 2026-03-04 10:00",)

    def test_a_manual_task_starts_no_earlier_than_it_did(self) -> None:
        stands = {"Start": "2026-03-04T08:00:00", "Finish": "2026-03-04T17:00:00"}
        made = Made(read(task(1, Manual=1, **stands), task(2, link(1), Manual=1)))
        assert made.dates(1) == (WEDNESDAY, WEDNESDAY)
        assert made.dates(2).start == date(2026, 3, 5)  # logic moves it on
        assert made.told == {
            "manually scheduled tasks: start no earlier than their date (SNET)": (
                "1 Task 1",
                "2 Task 2",
            )
        }

    def test_a_task_that_levelling_put_off_stays_put_off(self) -> None:
        stands = {"Start": "2026-03-04T08:00:00", "LevelingDelay": 9600}
        made = Made(read(task(1, **stands)))
        assert made.dates(1).start == WEDNESDAY
        assert list(made.told) == ["levelling delays: starts no earlier than (SNET)"]

    def test_a_split_task_is_named(self) -> None:
        made = Made(read(task(1, Finish="2026-03-06T17:00:00")))
        assert list(made.told) == ["tasks split or stretched by their resources: in one piece"]

    def test_constraints_and_deadlines_of_summaries_are_named(self) -> None:
        when = "2026-03-09T08:00:00"
        limits = {"ConstraintType": 4, "ConstraintDate": when, "Deadline": when}
        made = Made(read(task(1, Summary=1, **limits), task(2, OutlineLevel=2)))
        assert set(made.told) == {
            "constraints of summary tasks: left out",
            "deadlines of summary tasks: left out",
        }


class TestMilestones:
    @pytest.mark.parametrize(
        ("stands", "work_starts"), [("08:00", WEDNESDAY), ("17:00", date(2026, 3, 5))]
    )
    def test_at_the_start_of_a_day_they_let_work_start_that_day(
        self, stands: str, work_starts: date
    ) -> None:
        when = f"2026-03-04T{stands}:00"
        permit = task(
            1, Duration="PT0H0M0S", ConstraintType=4, ConstraintDate=when, Start=when, Finish=when
        )
        made = Made(read(permit, task(2, link(1))))
        assert made.dates(1).finish == WEDNESDAY
        assert made.dates(2).start == work_starts

    def test_with_logic_they_stand_where_logic_puts_them(self) -> None:
        made = Made(read(task(1), task(2, link(1), Duration="PT0H0M0S")))
        assert made.dates(2).finish == MONDAY
        assert made.text(2, "forecast") == "None"

    def test_those_of_other_projects_stand_on_their_finish(self) -> None:
        other = task(1, ExternalTask=1, Finish="2026-03-03T17:00:00")
        made = Made(read(other, task(2, link(1))))
        assert made.text(1, "type") == "external"
        assert made.dates(2).start == WEDNESDAY


class TestProgress:
    DONE = task(
        1,
        PercentComplete=100,
        ActualStart="2026-03-02T08:00:00",
        ActualFinish="2026-03-02T17:00:00",
    )

    def test_the_portfolio_stands_on_the_status_date(self) -> None:
        head = HEAD + fields(StatusDate="2026-03-04T17:00:00")
        made = Made(read(self.DONE, task(2, link(1)), head=head))
        assert settings_of(made).as_of == WEDNESDAY
        assert made.dates(1) == (MONDAY, MONDAY)

    def test_what_remains_counts_from_there(self) -> None:
        half = task(
            2,
            Duration="PT32H0M0S",
            PercentComplete=50,
            ActualStart="2026-03-02T08:00:00",
            Stop="2026-03-03T17:00:00",
            RemainingDuration="PT24H0M0S",
        )
        made = Made(read(half))
        assert made.text(2, "remaining") == "3d"
        assert made.dates(2) == (MONDAY, FRIDAY)

    def test_without_progress_it_stands_on_the_first_day(self) -> None:
        assert settings_of(Made(read(task(1)))).as_of == MONDAY


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
        assert set(settings_of(made).calendars or {}) == {"standard", "night-crew"}
        assert "name: Flood" in made.written.files["pmo.yaml"]

    def test_those_that_nothing_uses_are_not_written(self) -> None:
        assert set(settings_of(Made(self.both())).calendars or {}) == {"standard"}

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

    def test_a_portfolio_keeps_its_own_and_is_told_what_to_add(self) -> None:
        target = Target(MARK, settings=settings_of(Made(read(task(1)))))
        written = write_schedules([self.both(CalendarUID=2)], target)
        assert "pmo.yaml" not in written.files
        assert "calendar: night-crew" in written.files["projects/harbour-wall.yaml"]
        assert "night-crew:" in written.snippet
        assert "standard:" not in written.snippet

    def test_other_hours_under_a_name_that_is_taken_get_another(self) -> None:
        standard = self.LATE.replace("Night crew", "Standard")
        target = Target(MARK, settings=settings_of(Made(read(task(1)))))
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
        target = Target(
            f"{MARK} from plan.xml",
            sponsor="ida",
            people={"ida berg": "ida"},
            places={"ida": "people.yaml"},
        )
        made_files = write_schedules([read(task(1), more=self.MORE)], target).files
        assert "people/harbour-wall.yaml" not in made_files
        assert "person: ida, units: 0.5" in made_files["projects/harbour-wall.yaml"]

    def test_but_those_of_this_import_are(self) -> None:
        places = {"ida-berg": "people/harbour-wall.yaml"}
        target = Target(MARK, people={"ida berg": "ida-berg"}, places=places)
        made_files = write_schedules([read(task(1), more=self.MORE)], target).files
        assert "ida-berg" in made_files["people/harbour-wall.yaml"]

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
        assert settings_of(Made(read(task(1)))).organisation.currency == "XXX"

    @pytest.mark.parametrize(
        ("stated", "currency"), [({"CurrencyCode": "NOK"}, "NOK"), ({"CurrencySymbol": "£"}, "GBP")]
    )
    def test_else_it_has_the_file_s(self, stated: dict[str, str], currency: str) -> None:
        made = Made(read(task(1), head=HEAD + fields(**stated)))
        assert settings_of(made).organisation.currency == currency
