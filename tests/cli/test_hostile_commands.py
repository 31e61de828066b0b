"""A portfolio that would like to run: every command shows its texts, in every format, as texts."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import icalendar
import networkx as nx
import pytest
from markdown_it import MarkdownIt
from python_calamine import CalamineWorkbook

from pmo_cli.app import main
from pmo_cli.formats.registry import names
from portfolio.application import open as opening
from portfolio.application.validation import findings
from portfolio.exchange.tables.table_text import as_csv, as_markdown
from portfolio.measure.table import cell_text, rows
from portfolio.model.kinds import kinds
from portfolio.view.view import view_of
from tests.harness.faults import obeyed
from tests.hostile.attacks import CONTROLS
from tests.hostile.files import most_said
from tests.hostile.portfolio import hostile_portfolio, loaded_hostile, write_hostile
from tests.report.markdown import parse, plain

TURNS = (0, 13)
"""Which attack stands in which text: each is dealt to other fields."""
FORMULA = re.compile(r"\s*[=+@\uff1d\t\r]|\s*-(?!\d)")
QUESTIONS = {
    "picture": (),
    "trees": (most_said("project"),),
    "ripple": (most_said("project"), "--slip", "10d"),
    "why": ("--why", "atlas.go-live"),
    "stop": ("--stop", most_said("project")),
    "leaving": ("--without", most_said("person")),
    "scenarios": ("--compare",),
}


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture(scope="module", params=TURNS, ids="turn {}".format)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile(tmp_path_factory.mktemp("hostile"), request.param)


@pytest.fixture
def run(
    folder: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Return a function that runs a command on the portfolio, which is loaded once for them all."""
    loaded = loaded_hostile(request.node.callspec.params["folder"])
    portfolio = loaded.portfolio
    assert portfolio is not None

    def once(origin: opening.Origin, *, checks: bool = False) -> opening.Opened:
        return opening.Opened(origin, folder, view_of(portfolio, origin.audience), loaded)

    monkeypatch.setattr(opening, "open_portfolio", once)
    monkeypatch.setattr(findings, "judge", lambda *_, **__: loaded.diagnostics)

    def run(*words: str | Path) -> Said:
        capsys.readouterr()
        status = 0
        try:
            main(["-C", str(folder), *map(str, words)])
        except SystemExit as ended:
            status = int(ended.code or 0)
        return Said(status, *capsys.readouterr())

    return run


def controls(text: str) -> list[str]:
    """Return what would steer a terminal, or turn the words around it."""
    lone = ["lone return"] if re.search("\r(?!\n)", text) else []
    return [ascii(each) for each in CONTROLS if each in text] + lone


def structure(markdown: str) -> list[str]:
    """Return the types of everything that a parser finds in a Markdown text."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [
        inner.type for token in parser.parse(markdown) for inner in (token, *(token.children or ()))
    ]


each_kind = pytest.mark.parametrize("kind", kinds())
each_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


class TestShow:
    @each_kind
    def test_a_terminal_is_not_steered(self, run: Run, kind: str) -> None:
        said = run("show", kind)
        assert said.status == 0, said.err
        assert controls(said.out + said.err) == []

    @each_kind
    def test_no_cell_of_a_list_is_a_formula(self, run: Run, kind: str) -> None:
        read = list(csv.reader(io.StringIO(run("show", kind, "--format", "csv").out, newline="")))
        assert len({len(row) for row in read}) == 1
        assert [cell for row in read for cell in row if FORMULA.match(cell)] == []

    @pytest.mark.parametrize("turn", TURNS)
    def test_no_return_in_a_text_ends_a_row_of_a_file(self, turn: int) -> None:
        portfolio = hostile_portfolio(turn)
        for cls in kinds().values():
            content = as_csv(rows(portfolio, cls, portfolio.all(cls)))
            read = csv.reader(io.StringIO(content, newline=""))
            assert len({len(row) for row in read}) == 1, cls
            assert "\r" not in content

    @each_kind
    def test_no_cell_of_a_workbook_is_a_formula_or_a_link(
        self, run: Run, kind: str, tmp_path: Path
    ) -> None:
        book = tmp_path / "book.xlsx"
        assert run("show", kind, "--format", "xlsx", "-o", book).status == 0
        for sheet in map(CalamineWorkbook.from_path(book).get_sheet_by_index, range(1)):
            texts = [cell for row in sheet.to_python() for cell in row if isinstance(cell, str)]
            assert [text for text in texts if FORMULA.match(text)] == []
        with zipfile.ZipFile(book) as parts:
            sheets = b"".join(parts.read(name) for name in parts.namelist() if "sheet" in name)
        assert b"<f>" not in sheets
        assert b"hyperlink" not in sheets

    @each_kind
    def test_a_document_of_json_holds_every_text_whole(self, run: Run, kind: str) -> None:
        said = run("show", kind, "--format", "json")
        assert controls(said.out) == []
        ids = {row["id"] for row in json.loads(said.out)["data"]["rows"]}
        assert any("full-" in each for each in ids)

    @each_kind
    def test_a_table_of_markdown_is_one_table_of_texts(self, run: Run, kind: str) -> None:
        text = run("show", kind, "--format", "markdown").out
        found = structure(text)
        assert found.count("table_open") == 1
        assert set(found) <= {
            *("table_open", "table_close", "thead_open", "thead_close", "tbody_open"),
            *("tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close"),
            *("inline", "text", "text_special"),
        }
        assert found.count("tr_open") == len(text.splitlines()) - 1
        assert controls(text) == []

    @each_kind
    def test_a_table_of_markdown_says_every_text_as_it_was(self, kind: str) -> None:
        portfolio, cls = hostile_portfolio(), kinds()[kind]
        table = rows(portfolio, cls, portfolio.all(cls))
        (found,) = parse(as_markdown(table)).tables
        wanted = [tuple(plain(cell_text(cell)) for cell in row) for row in table.rows]
        assert list(found[1:]) == wanted


class TestDeps:
    @each_question
    @pytest.mark.parametrize("form", ["table", "mermaid", "dot", "svg", "html", "graphml"])
    def test_no_format_steers_a_terminal(
        self, run: Run, question: tuple[str, ...], form: str
    ) -> None:
        said = run("deps", *question, "--format", form)
        assert said.status in {0, 2}, said.err
        assert controls(said.out + said.err) == []

    @each_question
    def test_json_is_one_document(self, run: Run, question: tuple[str, ...]) -> None:
        said = run("deps", *question, "--format", "json")
        if said.status == 0:
            assert json.loads(said.out)["command"] == "deps"
            assert controls(said.out) == []

    @each_question
    def test_mermaid_has_one_statement_a_line(self, run: Run, question: tuple[str, ...]) -> None:
        statement = re.compile(
            r'flowchart LR|  (n\d+\["[^"\n]*"\]:::\w+|n\d+ -->(\|"[^"\n]*"\|)? n\d+'
            r"|classDef \w+ [\w:#,.-]+|linkStyle \d+ stroke:#\w+)"
        )
        for line in run("deps", *question, "--format", "mermaid").out.splitlines():
            assert statement.fullmatch(line), line

    @each_question
    def test_graphml_is_read_by_another_library(self, run: Run, question: tuple[str, ...]) -> None:
        said = run("deps", *question, "--format", "graphml")
        if said.status == 0:
            assert nx.parse_graphml(said.out).number_of_nodes() > 0

    @each_question
    def test_a_drawing_holds_shapes_and_texts_only(
        self, run: Run, question: tuple[str, ...]
    ) -> None:
        said = run("deps", *question, "--format", "svg")
        if said.status == 0:
            for element in ET.fromstring(said.out).iter():  # noqa: S314 - our own words
                assert element.tag.rpartition("}")[2] in {
                    *("svg", "g", "title", "desc", "style", "rect", "path", "text", "tspan"),
                    *("line", "polygon", "polyline", "circle", "ellipse", "defs", "marker"),
                }
                assert not [
                    name for name in element.attrib if name.startswith("on") or "href" in name
                ]


class TestExport:
    def test_a_calendar_has_the_events_that_we_wrote(self, run: Run, tmp_path: Path) -> None:
        target = tmp_path / "days.ics"
        assert run("export", "ics", "-o", target).status == 0
        content = target.read_bytes()
        calendar = icalendar.Calendar.from_ical(content)
        events = calendar.walk("VEVENT")
        assert len(events) == content.count(b"\r\nBEGIN:VEVENT\r\n") > 30
        assert [each["summary"] for each in events if each["summary"] == "forged"] == []
        assert re.search(rb"(?<!\r)\n", content) is None
        assert controls(content.decode()) == []

    def test_a_calendar_on_standard_output_ends_as_in_a_file(
        self, run: Run, tmp_path: Path
    ) -> None:
        target = tmp_path / "days.ics"
        assert run("export", "ics", "-o", target).status == 0
        assert run("export", "ics").out.endswith("\r\nEND:VCALENDAR\r\n")
        assert target.read_bytes().endswith(b"\r\nEND:VCALENDAR\r\n")

    def test_a_plan_is_xml_that_says_what_was_written(self, run: Run) -> None:
        said = run("export", "mspdi")
        assert said.status == 0, said.err
        root = ET.fromstring(said.out)  # noqa: S314 - our own words
        assert len(root.findall(".//{*}Task")) > 30
        assert controls(said.out + said.err) == []


class TestOtherCommands:
    @pytest.mark.parametrize(
        "words",
        [
            *(("risk", "simulate", "--iterations", "50"), ("prioritise",), ("resources", "level")),
            ("show", "risks", "--columns", "id,title,owner"),
            ("deps", "no-such\x1b[31m"),
            ("report", "project", "\x1b]0;title\x07"),
            ("report", "--since", "\x1b[2J"),
        ],
        ids=lambda words: ascii(" ".join(words)),
    )
    def test_a_terminal_is_not_steered(self, run: Run, words: tuple[str, ...]) -> None:
        said = run(*words)
        assert said.status in {0, 2}, said.err
        assert controls(said.out + said.err) == []


@pytest.mark.parametrize(
    "words",
    [
        *(("report", "--format", form) for form in ("html", "markdown")),
        *(("deps", "--format", form) for form in names("dependencies")),
        *(("show", "actions", "--format", form) for form in names("rows") if form != "xlsx"),
        *(("validate", "--format", form) for form in names("findings") if form != "github"),
        ("export", "mspdi"),
        ("export", "ics"),
    ],
    ids=" ".join,
)
def test_no_line_is_a_command_of_a_ci_service(run: Run, words: tuple[str, ...]) -> None:
    said = run(*words)
    assert said.status in {0, 1}, said.err
    assert [*obeyed(said.out, words[-1]), *obeyed(said.err, "")] == []


class TestReport:
    @pytest.mark.parametrize("form", ["markdown", "html"])
    def test_a_page_on_a_terminal_does_not_steer_it(self, run: Run, form: str) -> None:
        said = run("report", "--format", form)
        assert said.status == 0
        assert controls(said.out + said.err) == []
