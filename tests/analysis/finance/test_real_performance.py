"""Earned value of ten real, tracked projects at each of their status dates.

A fixed cost is planned on the first day of its activity and earned when work begins; the rest runs
evenly over the baseline and is earned by the percentage. So the published figures are reproduced.
"""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from portfolio.analysis.finance.earned_schedule import time_forecast
from portfolio.analysis.finance.project_performance import Performance, project_performance
from portfolio.model.delivery.projects import Project
from portfolio.view.view import View
from tests.portfolios import load_files, view_in
from tests.real_data import real_data

TRACKED = (
    "C2011-05", "C2011-07", "C2011-10", "C2012-13", "C2012-15", "C2013-01", "C2013-08",
    "C2013-12", "C2014-02", "C2014-05",
)  # fmt: skip
# Its calendar has holidays that the tables only count.
WITH_HOLIDAYS = {"C2011-10": 0.005}
CENTS = 0.0001
MIDDAY = 12

Row = dict[str, str]


@cache
def folder() -> Path:
    return real_data("oras-dslib")


@cache
def table(name: str) -> Mapping[str, Sequence[Row]]:
    """Return the rows of a table by project."""
    found: dict[str, list[Row]] = defaultdict(list)
    path = folder() / name
    content = path.read_bytes()
    text = (lzma.decompress(content) if path.suffix == ".xz" else content).decode()
    for row in csv.DictReader(text.splitlines()):
        found[row["project_code"]].append(row)
    return found


def settings_of(project: Row, day: date) -> str:
    """Write the working week of a project, whose hours are listed one by one."""
    hours = [int(each) for each in project["calendar_hours"].split()]
    shifts: list[list[int]] = []
    for hour in hours:
        if shifts and shifts[-1][1] == hour:
            shifts[-1][1] = hour + 1
        else:
            shifts.append([hour, hour + 1])
    written = ", ".join(f'"{begin:02}:00-{end:02}:00"' for begin, end in shifts)
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    week = ", ".join(f"{names[int(n)]}: [{written}]" for n in project["calendar_days"].split())
    return (
        "organisation: {name: Test, currency: EUR, calendar: own}\n"
        f"as_of: {day}\ncalendars: {{own: {{week: {{{week}}}}}}}\n"
    )


def day_of(row: Row) -> date:
    """Return the day at whose end a status was taken: one in the morning is of the day before."""
    status = datetime.fromisoformat(row["status_date"])
    return status.date() - timedelta(days=status.hour < MIDDAY)


def portfolio_at(code: str, status: Row) -> View:
    """Return a project as a portfolio at one of its status dates."""
    (project,) = table("projects.csv")[code]
    tracked = {
        row["activity_id"]: row
        for row in table("tracking.csv.xz")[code]
        if row["tp"] == status["tp"]
    }
    lines = ["id,project,duration,baseline_start,baseline_finish,budget,pct_complete"]
    for row in table("activities.csv")[code]:
        begin = row["baseline_start"][:10]
        end = row["baseline_end_derived"][:10]
        percent = Decimal(tracked.get(row["activity_id"], {}).get("percent_complete") or 0) * 100
        fixed = Decimal(row["fixed_cost"])
        rest = Decimal(row["bac_derived"]) - fixed
        started = 100 if percent else 0
        id_ = row["activity_id"]
        lines.append(f"f{id_},p,1d,{begin},{begin},{fixed},{started}")
        lines.append(f"v{id_},p,1d,{begin},{end},{rest},{percent}")
    loaded = load_files(
        {
            "pmo.yaml": settings_of(project, day_of(status)),
            "p.yaml": "people: [{id: anna, name: Anna Sample}]\n"
            f"project: {{id: p, name: P, sponsor: anna, bac: {status['bac']}}}\n"
            f"actual: {{id: a, project: p, period: 2000, amount: {status['ac']}}}\n",
            "activities.csv": "\n".join(lines) + "\n",
        }
    )
    assert loaded.portfolio is not None, loaded.diagnostics
    return view_in(loaded)


def performance_of(portfolio: View) -> Performance:
    found = project_performance(portfolio, portfolio.all(Project)[0])
    assert found.value is not None, found.reason
    return found.value


@pytest.mark.parametrize("code", TRACKED)
def test_planned_and_earned_value_at_every_status_date(code: str) -> None:
    budget = float(table("projects.csv")[code][0]["bac"])
    allowed = budget * WITH_HOLIDAYS.get(code, CENTS)
    for status in table("evm_derived.csv")[code]:
        found = performance_of(portfolio_at(code, status)).figures
        assert float(found.pv) == pytest.approx(float(status["pv"]), abs=allowed), status
        assert float(found.ev) == pytest.approx(float(status["ev"]), abs=budget * CENTS), status
        assert float(found.ac) == float(status["ac"])
        index = found.cost_performance_index.value
        if float(status["ac"]):
            assert index is not None
            assert float(index) == pytest.approx(
                float(status["ev"]) / float(status["ac"]), rel=0.001
            )
        pace = found.schedule_performance_index.value
        if float(status["pv"]):
            assert pace is not None
            assert float(pace) == pytest.approx(
                float(status["ev"]) / float(status["pv"]), rel=0.001 + allowed / float(status["pv"])
            )


@pytest.mark.parametrize("code", TRACKED)
def test_earned_schedule_never_runs_backwards_and_ends_with_the_plan(code: str) -> None:
    last = 0.0
    for status in table("evm_derived.csv")[code]:
        portfolio = portfolio_at(code, status)
        found = time_forecast(portfolio, portfolio.all(Project)[0]).value
        assert found is not None
        earned, whole = float(found.performance.earned), float(found.performance.duration)
        assert last - CENTS <= earned <= whole, status
        if float(status["ev"]) >= float(status["bac"]):
            assert earned == whole
        last = earned
