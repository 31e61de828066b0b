"""`pmo export ics`: what a calendar program reads, and reads again a month later."""

from __future__ import annotations

import json
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from portfolio.analysis.commercial.liquidated_damages import milestone_day
from portfolio.exchange.calendars.dates import dated_entries
from portfolio.exchange.calendars.icalendar import write_ics
from portfolio.model.delivery.projects import Milestone
from tests import tools
from tests.cli.running import pmo
from tests.portfolios import portfolio_of

MERIDIAN = Path(__file__).resolve().parents[3] / "examples" / "meridian"
SMALL = """
people: [{id: anna, name: Anna Sample}]
boards: [{id: top, name: Top board}]
customer: {id: acme, name: Acme, account_owner: anna}
contracts:
  - id: lease
    title: "Lease; hall 3, north"
    customer: acme
    start: 2025-06-01
    end: 2026-05-31
    renewal: {mode: auto, term_months: 12, notice: 30cd}
    obligations: [{id: keys, text: Hand over the keys, owner: anna, due: 2026-05-15}]
project:
  id: quay
  name: Quay
  sponsor: anna
  activities: [{id: build, duration: 10d, constraint: {type: SNET, date: 2026-04-07}}]
  milestones:
    - {id: open, name: Open, forecast: 2026-04-10, predecessors: [build]}
    - {id: dug, name: Dug, baseline: 2026-02-01, actual: 2026-02-03}
  gates: [{id: test, name: Test gate, planned: 2026-04-30}]
decision: {id: paint, title: Which paint?, board: top, needed_by: 2026-04-24,
  cost_of_delay_per_week: 1500}
"""


Event = Any
"""What the library calls the same has values of thirty types."""


def events_in(written: bytes | str) -> list[Event]:
    return list(Calendar.from_ical(written).walk("VEVENT"))


def calendar(text: str) -> list[Event]:
    portfolio = portfolio_of(text)
    entries = dated_entries(portfolio, portfolio.entities.keys())
    written = write_ics(entries, "Test", portfolio.as_of, "as of today")
    return events_in(written)


def named(events: list[Event], words: str) -> Event:
    return next(each for each in events if words in str(each["summary"]))


def reminders(event: Event) -> list[timedelta]:
    return [alarm["trigger"].dt for alarm in event.walk("VALARM")]


def test_every_day_that_somebody_has_to_keep_is_an_all_day_event() -> None:
    events = calendar(SMALL)
    assert [(str(e["summary"]), e["dtstart"].dt.isoformat()) for e in events] == [
        ("Reached: Dug, Quay", "2026-02-03"),
        ("Decide renewal: Lease; hall 3, north", "2026-04-01"),
        ("Milestone: Open, Quay", "2026-04-20"),
        ("Decision needed: Which paint?", "2026-04-24"),
        ("Gate: Test gate, Quay", "2026-04-30"),
        ("Last day for notice: Lease; hall 3, north", "2026-05-01"),
        ("Obligation: Hand over the keys", "2026-05-15"),
    ]
    assert all(e["dtstart"].params["VALUE"] == "DATE" for e in events)
    assert all(e["dtend"].dt - e["dtstart"].dt == timedelta(days=1) for e in events)


def test_a_reminder_comes_at_nine_in_the_morning_some_days_before() -> None:
    nine = timedelta(hours=9)
    notice = named(calendar(SMALL), "Last day for notice")
    assert reminders(notice) == [nine - timedelta(days=days) for days in (30, 14, 1)]
    assert reminders(named(calendar(SMALL), "Reached")) == []


def test_the_event_says_what_happens_in_silence_and_who_answers() -> None:
    words = str(named(calendar(SMALL), "Last day for notice")["description"])
    assert "Term ends on 2026-05-31; notice is due by 2026-05-01" in words
    assert "Without notice it renews for 12 months." in words
    assert "Owner: Anna Sample." in words
    assert "Waiting costs 1,500 GBP a week." in str(
        named(calendar(SMALL), "Decision needed")["description"]
    )


@pytest.mark.parametrize(
    ("before", "after", "cancelled"),
    [
        ("notice: 30cd", "notice: 30cd, decision: renew", {"Decide", "Last day"}),
        ("notice: 30cd", "notice: 30cd, decision: exit", {"Decide"}),
        ("mode: auto", "mode: option", set()),
        ("mode: auto, ", "mode: option, decision: exit, ", {"Decide", "Last day"}),
        ("mode: auto, ", "mode: option, decision: renew, ", {"Decide"}),
        ("notice: 30cd", "notice: 30cd, notice_served_on: 2026-03-01", {"Decide", "Last day"}),
        ("due: 2026-05-15", "due: 2026-05-15, done_on: 2026-03-02", {"Obligation"}),
        ("needed_by:", "status: decided, needed_by:", {"Decision"}),
        ("name: Quay", "name: Quay\n  status: cancelled", {"Reached", "Milestone", "Gate"}),
    ],
)
def test_what_is_settled_is_cancelled_so_that_a_second_import_removes_it(
    before: str, after: str, cancelled: set[str]
) -> None:
    events = calendar(SMALL.replace(before, after))
    off = [str(e["summary"]) for e in events if e["status"] == "CANCELLED"]
    assert all(any(each.startswith(start) for each in off) for start in cancelled)
    assert len(off) == len(cancelled)
    assert not any(reminders(e) for e in events if e["status"] == "CANCELLED")


def test_a_closed_project_leaves_no_dates_and_a_lapsed_contract_neither() -> None:
    closed = SMALL.replace("name: Quay", "name: Quay\n  status: closed")
    lapsed = closed.replace("mode: auto, term_months: 12", "mode: option").replace(
        "end: 2026-05-31", "end: 2026-03-30"
    )
    assert {str(e["categories"].cats[0]) for e in calendar(closed)} == {
        "Contract", "Obligation", "Decision",
    }  # fmt: skip
    assert not [e for e in calendar(lapsed) if "notice" in str(e["summary"])]


def test_a_milestone_outside_the_plan_stands_on_its_forecast_or_baseline() -> None:
    portfolio = portfolio_of(SMALL)
    loose = Milestone(id="x", name="X", baseline=date(2026, 5, 4))
    assert milestone_day(portfolio, loose) == date(2026, 5, 4)


def test_an_identity_stays_when_dates_move_and_a_later_file_wins() -> None:
    moved = SMALL.replace("end: 2026-05-31", "end: 2026-06-30")
    first, second = named(calendar(SMALL), "Last day"), named(calendar(moved), "Last day")
    assert first["uid"] == second["uid"]
    assert first["dtstart"].dt != second["dtstart"].dt
    portfolio = portfolio_of(SMALL)
    entries = dated_entries(portfolio, {"lease"})
    days = [date(2026, 3, 31), date(2026, 4, 1)]
    files = [events_in(write_ics(entries, "Test", day, "")) for day in days]
    earlier, later = (each[0] for each in files)
    assert later["sequence"] == earlier["sequence"] + 1
    assert later["dtstamp"].dt - earlier["dtstamp"].dt == timedelta(days=1)


def test_two_organisations_with_the_same_ids_do_not_meet() -> None:
    portfolio = portfolio_of(SMALL)
    entries = dated_entries(portfolio, {"lease"})
    files = [events_in(write_ics(entries, name, DAY, "")) for name in ("One", "Two")]
    assert not set.intersection(*({e["uid"] for e in each} for each in files))


DAY = date(2026, 3, 31)


def test_no_text_can_break_out_of_its_line() -> None:
    title = "Lease \\\\r\\nBEGIN:VEVENT\\r\\nSUMMARY:Pay\\x07 " + "ä" * 80
    events = calendar(SMALL.replace("Lease; hall 3, north", title))
    assert len(events) == 7
    portfolio = portfolio_of(SMALL.replace("Lease; hall 3, north", title))
    written = write_ics(dated_entries(portfolio, {"lease"}), "Test", DAY, "")
    lines = written.split(b"\r\n")
    assert lines.count(b"BEGIN:VEVENT") == 2
    assert max(map(len, lines)) <= 75
    assert b"\r" not in written.replace(b"\r\n", b"")
    assert b"\x07" not in written


def test_the_command_writes_the_same_bytes_twice_and_keeps_confidential_projects_out(
    tmp_path: Path,
) -> None:
    target = tmp_path / "meridian.ics"
    first = pmo("-C", MERIDIAN, "export", "ics", "-o", target)
    assert first.returncode == 0, first.stderr
    assert "without 1 confidential project" in first.stderr
    before = target.read_bytes()
    assert pmo("-C", MERIDIAN, "export", "ics", "-o", target).returncode == 0
    assert target.read_bytes() == before
    everything = pmo("-C", MERIDIAN, "export", "ics", "--include-confidential")
    assert everything.stdout.count("BEGIN:VEVENT") > before.count(b"BEGIN:VEVENT")


@pytest.mark.parametrize(
    ("selectors", "categories"),
    [
        (["kind:contract"], {"Contract", "Obligation"}),
        (["kind:milestone", "kind:gate"], {"Milestone", "Gate"}),
        (["kind:decision"], {"Decision"}),
        (["kind:contract", "--exclude", "acme-managed"], {"Contract", "Obligation"}),
    ],
)
def test_a_selector_chooses_the_days(selectors: list[str], categories: set[str]) -> None:
    ran = pmo("-C", MERIDIAN, "export", "ics", *selectors)
    events = events_in(ran.stdout)
    assert {str(e["categories"].cats[0]) for e in events} == categories
    assert ("Managed billing for Acme" in ran.stdout) is (selectors == ["kind:contract"])


def test_a_selection_without_dates_says_what_has_dates() -> None:
    ran = pmo("-C", MERIDIAN, "export", "ics", "kind:person")
    assert ran.returncode == 2
    assert "nothing with a date is selected" in ran.stderr


READ = """
const ICAL = require(process.argv[1]);
const shelf = new Map();
let read = 0;
for (const file of process.argv.slice(2)) {
  const text = require("fs").readFileSync(file, "utf8");
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const part of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(part);
    read += 1;
    const alarms = part.getAllSubcomponents("valarm").map(
      alarm => alarm.getFirstPropertyValue("trigger").toString());
    shelf.set(event.uid, [event.summary, event.startDate.toString(), event.endDate.toString(),
      event.startDate.isDate, event.sequence, alarms]);
  }
}
console.log(JSON.stringify({read, kept: [...shelf.values()]}));
"""


@pytest.mark.more
def test_another_calendar_program_reads_the_same_and_imports_nothing_twice(tmp_path: Path) -> None:
    files = [tmp_path / "march.ics", tmp_path / "april.ics"]
    for file, day in zip(files, ("2026-03-31", "2026-04-15"), strict=True):
        ran = pmo("-C", MERIDIAN, "--as-of", day, "export", "ics", "-o", file)
        assert ran.returncode == 0, ran.stderr
    library = tools.node_file("ical.js", "dist", "ical.es5.cjs")
    ran = subprocess.run(
        [tools.node(), "-e", READ, str(library), *map(str, files)],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    found = json.loads(ran.stdout)
    ours = events_in(files[1].read_bytes())
    assert found["read"] == 2 * len(ours) == 2 * len(found["kept"])
    kept = {
        (title, begin, end, is_date, number)
        for title, begin, end, is_date, number, _ in found["kept"]
    }
    assert kept == {
        (str(e["summary"]), e["dtstart"].dt.isoformat(), e["dtend"].dt.isoformat(), True,
         e["sequence"])
        for e in ours
    }  # fmt: skip
    alarms = next(each[5] for each in found["kept"] if each[0].startswith("Last day"))
    assert alarms == ["-P29DT15H", "-P13DT15H", "-PT15H"]
