"""The log of a real service desk under stated service levels, against a calculation with pandas."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from portfolio.analysis.service.service_hours import handlings, tally
from portfolio.analysis.service.service_performance import level_attainment
from portfolio.model.service import Sla
from portfolio.package_data import resource
from tests.exchange.importing import run_import
from tests.portfolios import load_files, view_in
from tests.real_data import real_data

if TYPE_CHECKING:
    from portfolio.view.view import View

SETTINGS = "organisation: {name: Desk, currency: EUR}\nas_of: 2017-12-31\n"
SERVICE = """
people: [{id: nobody, name: Not published}]
service:
  id: service-desk
  name: Service desk
  owner: nobody
  agreed_service_time: {days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00"}
  slas:
    - {id: p2, measure: resolution, target: 90, unit: "%", direction: higher, priority: P2, within: 1d}
    - {id: p3, measure: resolution, target: 90, unit: "%", direction: higher, priority: P3, within: 3d}
    - {id: p4, measure: resolution, target: 90, unit: "%", direction: higher, priority: P4, within: 5d}
    - {id: any, measure: resolution, target: 90, unit: "%", direction: higher, within: 72eh}
"""  # noqa: E501 - a level a line
LIMITS = {"p2": 1 * 600, "p3": 3 * 600, "p4": 5 * 600}


@pytest.fixture(scope="module")
def desk() -> View:
    """Import the log as a user would, and put it beside the stated levels."""
    path = real_data("itsm-incidents", "incidents_last_event_part.csv")
    mapping = resource("examples") / "mappings" / "service-desk-incidents.yaml"
    files = dict(run_import(mapping.read_text(), path).files)
    incidents = {name: text for name, text in files.items() if "incident" in name}
    loaded = load_files({"pmo.yaml": SETTINGS, "service.yaml": SERVICE, **incidents})
    assert loaded.portfolio is not None
    return view_in(loaded)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Read the log with pandas and count office minutes on an axis of single minutes."""
    path = real_data("itsm-incidents", "incidents_last_event_part.csv")
    rows = pd.read_csv(path, na_values="?")
    for name in ("opened_at", "resolved_at"):
        rows[name] = pd.to_datetime(rows[name], format="%d-%m-%Y %H:%M")
    minutes = pd.date_range("2016-02-01", "2018-01-01", freq="min", inclusive="left")
    at_work = (minutes.day_of_week < 5) & (minutes.hour >= 8) & (minutes.hour < 18)
    worked = pd.Series(at_work.cumsum(), index=minutes).shift(fill_value=0)
    end = rows["resolved_at"].fillna(minutes[-1])
    rows["office"] = worked.reindex(end).to_numpy() - worked.reindex(rows["opened_at"]).to_numpy()
    rows["elapsed"] = (rows["resolved_at"] - rows["opened_at"]).dt.total_seconds() / 60
    rows["level"] = "p" + rows["priority"].str[0]
    rows["id"] = rows["number"].str.lower()
    return rows


def level(desk: View, name: str) -> Sla:
    found = desk.find(f"service-desk.{name}", Sla)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["p2", "p3", "p4"])
def test_every_clock_shows_the_minutes_that_pandas_counts(
    desk: View, table: pd.DataFrame, name: str
) -> None:
    rows = table[(table["level"] == name) & table["resolved_at"].notna()]
    expected = dict(zip(rows["id"], rows["office"], strict=True))
    found = {each.incident.id: each.minutes for each in handlings(desk, level(desk, name))}
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("name", ["p2", "p3", "p4"])
def test_attainment_is_what_pandas_says(desk: View, table: pd.DataFrame, name: str) -> None:
    rows = table[table["level"] == name]
    kept = rows["resolved_at"].notna() & (rows["office"] <= LIMITS[name])
    found = tally(handlings(desk, level(desk, name)), date(2016, 1, 1), date(2017, 12, 31))
    assert (found.kept, found.running) == (int(kept.sum()), 0)
    assert found.total == len(rows)
    assert 0 < found.kept < found.total
    assert float(found.attainment.value or 0) == pytest.approx(kept.mean())


def test_a_limit_in_elapsed_time_is_what_pandas_says(desk: View, table: pd.DataFrame) -> None:
    kept = int((table["elapsed"] <= 72 * 60).sum())
    found = tally(handlings(desk, level(desk, "any")), date(2016, 1, 1), date(2017, 12, 31))
    assert (found.kept, found.total) == (kept, len(table))


def test_attainment_of_the_newest_month_is_what_pandas_says(
    desk: View, table: pd.DataFrame
) -> None:
    rows = table[table["level"] == "p3"]
    month = rows["opened_at"].dt.to_period("M")
    newest = rows[month == month.max()]
    kept = newest["resolved_at"].notna() & (newest["office"] <= LIMITS["p3"])
    assert float(level_attainment(desk, level(desk, "p3")).value or 0) == pytest.approx(kept.mean())
