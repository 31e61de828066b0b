"""Charts are drawings whose every shape lies inside them, with texts escaped."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

from portfolio.report.charts.matrix import Margin, heat_map, matrix
from portfolio.report.charts.risk import Driver, Way, tornado
from portfolio.report.charts.svg import FILLS, Svg
from portfolio.report.charts.timeline import Mark, timeline
from tests.report.sample_pages import DAY, HOSTILE

BANDS = {(p, i): "high" if p * i > 9 else "low" for p in range(1, 6) for i in range(1, 6)}
SPACE = "{http://www.w3.org/2000/svg}"


def shapes(svg: Svg) -> ET.Element:
    """Parse a drawing and check that nothing lies outside of it."""
    root = ET.fromstring(svg.markup)  # noqa: S314 - our own drawing
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for text in root.iter(f"{SPACE}text"):
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        length = len(text.text or "") * 8.0
        left = {"start": x, "middle": x - length / 2, "end": x - length}[text.attrib["text-anchor"]]
        assert left >= -20, text.text
        assert left + length <= width + 40, text.text
        assert 0 < y <= height
    for rectangle in root.iter(f"{SPACE}rect"):
        values = {key: float(rectangle.attrib[key]) for key in ("x", "y", "width", "height")}
        assert 0 <= values["x"] <= width - values["width"]
        assert 0 <= values["y"] <= height - values["height"]
    return root


def test_a_timeline_shows_each_milestone_with_and_without_slip() -> None:
    marks = [
        Mark("Moved", date(2026, 3, 1), date(2026, 5, 1), "amber"),
        Mark("On time", date(2026, 4, 15), date(2026, 4, 15), "green"),
        Mark("Never approved", None, date(2026, 6, 1), "grey"),
    ]
    root = shapes(timeline(marks, DAY, date(2026, 6, 29), "Which?"))
    assert len(root.findall(f"{SPACE}polygon")) == 4
    assert root.findtext(f"{SPACE}title") == "Which?"


def test_a_timeline_of_one_day_has_a_width() -> None:
    shapes(timeline([Mark("Today", DAY, DAY, "green")], DAY, DAY, "Which?"))


def test_a_heat_map_counts_by_probability_and_impact() -> None:
    root = shapes(heat_map({(3, 4): 12, (5, 5): 1}, BANDS, "Where?"))
    assert len(root.findall(f"{SPACE}rect")) == 25
    bold = [t.text for t in root.iter(f"{SPACE}text") if t.attrib.get("font-weight")]
    assert bold == ["1", "12"]


def test_a_matrix_has_a_cell_for_each_pair_that_waits() -> None:
    names = ["Billing platform", "Customer data hub with a very long name indeed"]
    margins = {(names[1], names[0]): Margin("-3", "red", "API: needed by 16 April")}
    root = shapes(matrix(names, names, margins, "Who waits for whom?"))
    assert len(root.findall(f"{SPACE}rect")) == 1


def test_texts_are_escaped() -> None:
    marks = [Mark(HOSTILE, None, DAY, "green")]
    assert "<script>" not in timeline(marks, DAY, DAY, HOSTILE).markup
    assert not re.search(r"<!--", timeline(marks, DAY, DAY, HOSTILE).markup)


def test_a_tornado_shows_the_strongest_first_and_which_way_it_moves() -> None:
    markup = tornado([Driver("Dearer", 0.6), Driver("Cheaper", -0.3)], "What moves it?").markup
    assert markup.index("Dearer") < markup.index("Cheaper")
    assert "+0.60" in markup
    assert "-0.30" in markup
    assert FILLS["red"] in markup
    assert FILLS["green"] in markup


def test_the_ways_of_risks_lead_from_where_they_began_to_where_they_shall_be() -> None:
    bands = {(p, i): "low" for p in range(1, 6) for i in range(1, 6)}
    moved = Way("A", "Fire <1>", (4, 4), (3, 4), (2, 3))
    still = Way("B", "Flood", None, (3, 4), (3, 4))
    markup = heat_map({(3, 4): 2}, bands, "Where?", [moved, still]).markup
    assert markup.count("<polyline") == 2
    assert markup.count("stroke-dasharray") == 1
    assert "A Fire &lt;1&gt;" in markup
    assert "dashed: to where it shall be" in markup
    assert "<polyline" not in heat_map({}, bands, "Where?").markup
