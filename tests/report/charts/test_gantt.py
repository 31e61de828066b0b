"""The Gantt chart of a slip and the drawing of a graph: what they show, whatever it is called."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest

from portfolio.impact.dependencies.diagram import Arrow, Diagram, Node
from portfolio.impact.ripple import ripple
from portfolio.impact.supposed_slip import read_injections
from portfolio.network.driving_path import explain_date
from portfolio.report.charts.gantt import Gantt, Row, Shade, gantt_chart
from portfolio.report.charts.network_diagram import MOST_NODES, _columns, _crossings, network_chart
from portfolio.report.charts.slip_gantt import MOST_MOVED, reasons_gantt, ripple_gantt
from portfolio.report.charts.svg import standalone
from tests.portfolios import portfolio_of

SVG = "{http://www.w3.org/2000/svg}"
TEXT = """\
person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}
project:
  id: app
  name: App
  sponsor: anna
  start: 2026-04-01
  activities:
    - {id: make, name: 'Make <all> & "more"', duration: 10d}
    - {id: use, duration: 5d, predecessors: [make]}
  milestones:
    - {id: live, name: Live, type: go_live, baseline: 2026-04-24, predecessors: [use]}
freeze_window: {id: quiet, name: Quiet weeks, from: 2026-05-04, to: 2026-05-08,
                scope: {all: true}}
customer: {id: acme, name: Acme}
contract: {id: deal, title: Deal, customer: acme,
           damages: [{milestone: app.live, rate: 1000, grace: 3cd}]}
"""


def charted(text: str = TEXT, slip: str = "app.make=10d") -> Gantt:
    portfolio = portfolio_of(text)
    injections = read_injections([slip], [])
    return ripple_gantt(portfolio, injections, ripple(portfolio, injections))


def parsed(gantt: Gantt) -> ET.Element:
    return ET.fromstring(standalone(gantt_chart(gantt), gantt.description))  # noqa: S314


def texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


class TestTheChainOfASlip:
    def test_a_bar_moves_as_a_whole_and_grows_where_the_work_had_begun(self) -> None:
        rows = {row.id: row for row in charted().rows}
        # Ten days from 1 April, five from 15 April; then each ten working days later.
        assert rows["app.use"].old == (date(2026, 4, 15), date(2026, 4, 21))
        assert rows["app.use"].new == (date(2026, 4, 29), date(2026, 5, 5))

    def test_the_go_live_leaves_the_freeze_which_is_shaded(self) -> None:
        found = charted()
        live = next(row for row in found.rows if row.id == "app.live")
        assert live.is_point
        assert live.new[1] == date(2026, 5, 11)  # the first working day after the freeze
        assert found.shades == (Shade("Quiet weeks", date(2026, 5, 4), date(2026, 5, 8)),)

    def test_a_contract_marks_its_last_free_day(self) -> None:
        live = next(row for row in charted().rows if row.id == "app.live")
        assert live.due == date(2026, 4, 27)  # baseline and three days of grace

    def test_arrows_follow_the_links_and_who_is_hit_stands_below(self) -> None:
        found = charted()
        assert found.arrows == (("app.make", "app.use", "FS"), ("app.use", "app.live", "FS"))
        deal = next(row for row in found.hit if row.id == "deal")
        assert (deal.colour, deal.label) == ("red", "contract, after app.live")
        assert deal.note == "-14,000 GBP"  # 28 April to 11 May at 1,000 a day

    def test_a_link_between_finishes_leads_to_a_finish(self) -> None:
        text = TEXT.replace("[make]", "[{id: make, type: FF}]")
        assert charted(text).arrows[0] == ("app.make", "app.use", "FF")

    def test_a_large_ripple_is_cut_with_a_stated_count(self) -> None:
        activities = "\n".join(
            f"    - {{id: a{n}, duration: 1d, predecessors: [{f'a{n - 1}' if n else ''}]}}"
            for n in range(200)
        )
        text = f"project:\n  id: app\n  name: App\n  activities:\n{activities}\n"
        found = charted(text, "app.a0=1d")
        assert (len(found.rows), found.left_out) == (MOST_MOVED, 200 - MOST_MOVED)
        assert "160 more that move are not shown" in texts(parsed(found))

    def test_the_reasons_stand_in_the_order_of_time(self) -> None:
        portfolio = portfolio_of(TEXT)
        found = reasons_gantt(portfolio, explain_date(portfolio, "app.live"))
        assert [row.id for row in found.rows] == ["app.make", "app.use", "app.live"]
        assert [row.note for row in found.rows] == ["", "FS", "FS"]


class TestTheDrawing:
    def test_it_says_in_words_what_it_shows_and_runs_nothing(self) -> None:
        root = parsed(charted())
        assert (root[0].tag, root[1].tag) == (f"{SVG}title", f"{SVG}desc")
        assert "app.live: 2026-04-21 → 2026-05-11" in (root[1].text or "")
        assert root.find(f".//{SVG}script") is None
        assert "http" not in ET.tostring(root, encoding="unicode").replace(SVG[1:-1], "")

    def test_it_keeps_its_size_on_a_phone_instead_of_shrinking(self) -> None:
        root = parsed(charted())
        assert f"0 0 {root.get('width')} {root.get('height')}" == root.get("viewBox")

    def test_a_milestone_has_a_hollow_diamond_where_it_stood(self) -> None:
        names = [each.get("class") for each in parsed(charted()).iter(f"{SVG}polygon")]
        # The milestone and the contract, each with where it stood; and the one of the legend.
        assert names.count("hollow") >= 2
        assert {"fill-blue", "fill-red"} <= set(names)

    @pytest.mark.parametrize("name", ["<&\"'>", "n" * 500, "شبكة", "a\x07b\x00c", ""])
    def test_any_name_is_drawn(self, name: str) -> None:
        day = date(2026, 3, 2)
        row = Row(name, name, (day, day + timedelta(days=4)), note="+1 d", due=day)
        gantt = Gantt(name, (row,), (), (Shade(name, day, day),), day)
        shown = texts(parsed(gantt))
        assert max(map(len, shown)) < 60
        kept = name.replace("\x07", "").replace("\x00", "")
        assert kept[:30] in "".join(shown)

    @pytest.mark.parametrize(
        ("link", "leaves", "meets"),
        [
            ("FS", "finish", "start"),
            ("SS", "start", "start"),
            ("FF", "finish", "finish"),
            ("SF", "start", "finish"),
        ],
    )
    def test_an_arrow_leaves_and_meets_the_right_ends(
        self, link: str, leaves: str, meets: str
    ) -> None:
        day = date(2026, 3, 2)
        before, after = (day, day + timedelta(days=9)), (day + timedelta(days=20),) * 2
        rows = (Row("a", "A", before), Row("b", "B", (after[0], after[0] + timedelta(days=9))))
        root = parsed(Gantt("G", rows, (("a", "b", link),), (), day))
        bars = [
            (float(bar.get("x", "0")), float(bar.get("width", "0")))
            for bar in root.iter(f"{SVG}rect")
            if bar.get("class") == "fill-blue"
        ]
        path = next(each for each in root.iter(f"{SVG}path") if each.get("class") == "arrow")
        way = [float(x) for x in re.findall(r"[MH]([\d.]+)", (path.get("d") or "").split("L")[0])]
        (x1, wide1), (x2, wide2) = bars[:2]
        assert way[0] == pytest.approx(x1 + wide1 if leaves == "finish" else x1, abs=0.2)
        assert way[-2] == pytest.approx(x2 - 1 if meets == "start" else x2 + wide2 + 1, abs=0.2)

    def test_many_years_are_named_by_year_only(self) -> None:
        day = date(2026, 3, 2)
        gantt = Gantt("Long", (Row("a", "A", (day, date(2036, 3, 2))),), (), (), day)
        named = [text for text in texts(parsed(gantt)) if text.startswith("Jan")]
        assert named == [f"Jan {year}" for year in range(2026, 2037)]

    def test_nothing_that_moves_is_an_empty_chart(self) -> None:
        assert "as of 2026-03-02" in texts(parsed(Gantt("No", (), (), (), date(2026, 3, 2))))

    def test_the_same_chart_is_the_same_bytes(self) -> None:
        assert gantt_chart(charted()) == gantt_chart(charted())


class TestTheNetwork:
    def test_what_gives_stands_left_of_what_waits_and_a_loop_is_drawn_all_the_same(self) -> None:
        nodes = tuple(Node(id_, "project") for id_ in "cab")
        ties = (Arrow("a", "b", "3 d, red", "red"), Arrow("b", "c"), Arrow("a", "c"))
        root = ET.fromstring(network_chart(Diagram("G", nodes, ties)).markup)  # noqa: S314
        boxes = {
            (box[0].text or "")[0]: float(box.get("x", "0")) for box in root.iter(f"{SVG}rect")
        }
        assert boxes["a"] < boxes["b"] < boxes["c"]
        assert "3 d, red" in texts(root)
        looped = Diagram("G", nodes, (*ties, Arrow("c", "a")))
        assert network_chart(looped).markup.count("<rect") == 3

    def test_of_the_orders_tried_the_one_with_the_fewest_crossings_is_drawn(self) -> None:
        """The last one that is tried here has a crossing that an earlier one has not."""
        ties = [Arrow(*pair) for pair in ("de", "ei", "gi", "fi", "dg", "fk", "ag", "bh")]
        nodes = [Node(id_, "project") for id_ in "abdefghik"]
        ways, columns = _columns(nodes, ties)
        assert _crossings(columns, ways) == 0

    def test_a_large_graph_is_cut_with_a_stated_count(self) -> None:
        nodes = tuple(Node(f"p{n}", "project") for n in range(200))
        ties = tuple(Arrow("p0", node.id) for node in nodes[1:])
        root = ET.fromstring(network_chart(Diagram("G", nodes, ties)).markup)  # noqa: S314
        assert len(list(root.iter(f"{SVG}rect"))) == MOST_NODES
        assert f"{200 - MOST_NODES} more are not shown" in texts(root)
