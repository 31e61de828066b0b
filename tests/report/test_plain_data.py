"""A report is plain data: it reaches another process whole, and nothing of our code with it."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portfolio.diagnostic import Location
from portfolio.loading.loader import load
from portfolio.report.blocks import Report, Row
from portfolio.report.charts.svg import Svg
from portfolio.report.pack import Pack
from portfolio.report.site import build_site
from portfolio.report.trails.trail import Documented, Trail
from portfolio.values import Money
from tests.hostile.files import hostile_files
from tests.portfolios import DAY, load_files, portfolio_of, view_in

PLAIN = {str, int, float, bool, type(None), Decimal, date, tuple, Row, Money, Location, Svg}


def parts(value: object) -> Iterator[object]:
    """Yield a value and all that can be reached from it."""
    yield value
    inner: tuple[object, ...] = ()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        inner = tuple(getattr(value, each.name) for each in dataclasses.fields(value))
    elif isinstance(value, tuple):
        inner = (*value, value.trail) if isinstance(value, Row) else value
    for part in inner:
        yield from parts(part)


def reports(name: str) -> list[Report]:
    """Return every report of a portfolio: those about an entity for each of which they are due."""
    if name == "hostile":
        portfolio = view_in(load_files(dict(hostile_files())))
    elif name == "empty":
        portfolio = portfolio_of("")
    else:
        folder = Path(__file__).resolve().parents[2] / "examples" / name
        portfolio = view_in(load(folder, today=DAY))
    return [report for _, report in build_site(Pack(portfolio), ".html")]


@pytest.mark.parametrize("name", ["meridian", "broken", "empty", "hostile"])
def test_a_report_holds_nothing_but_plain_values(name: str) -> None:
    held = {type(part) for report in reports(name) for part in parts(report)}
    blocks = {
        each
        for each in held
        if each.__module__ in {"portfolio.report.blocks", "portfolio.report.trails.trail"}
    }
    assert {each.__qualname__ for each in held - blocks - PLAIN} == set()


def test_a_report_arrives_in_another_process_as_it_was() -> None:
    for report in reports("meridian"):
        assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301 - our own


def test_a_row_arrives_with_what_it_is_made_from() -> None:
    def spent() -> None:
        """Return actual cost."""

    row = Row(("Atlas", 5), Trail(spent, sources=(Location("a.yaml", 3),)))
    copy = pickle.loads(pickle.dumps(row))  # noqa: S301 - our own
    assert (copy, copy.trail) == (row, row.trail)
    assert copy.trail.formula == Documented("Actual cost.", "spent")
