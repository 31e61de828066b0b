"""`pmo show` is generic: a kind's fields and its computed columns, as people and programs read."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineWorkbook

from portfolio.application import show
from portfolio.exchange.tables.table_text import as_csv, as_markdown
from portfolio.exchange.tables.workbook import frame, write_xlsx
from portfolio.measure import table as columns
from portfolio.measure.table import Rows
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.values import Money
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}]
project:
  id: atlas
  name: Atlas
  sponsor: anna
  bac: 1000
  declared_rag: {overall: amber, comment: Late}
  tags: [billing, core]
  services: []
  milestones:
    - {id: one, name: One, baseline: 2026-04-01, predecessors: [two]}
    - {id: two, name: Two}
"""


def rows_of(kind: type[Project | Milestone], *names: str) -> Rows:
    """Return the chosen columns of a kind in the text above."""
    portfolio = portfolio_of(TEXT)
    return columns.rows(portfolio, kind, portfolio.all(kind), names)


def test_nested_fields_are_dotted_columns() -> None:
    found = rows_of(Project, "id", "declared_rag.overall", "tolerances.cost_pct")
    assert found.rows == (("atlas", "amber", None),)


def test_csv_writes_values_as_files_do() -> None:
    assert as_csv(rows_of(Project, "id", "bac", "tags", "confidential")) == (
        "id,bac,tags,confidential\natlas,1000 GBP,billing; core,false\n"
    )
    assert as_csv(rows_of(Milestone, "id", "baseline", "predecessors")) == (
        "id,baseline,predecessors\natlas.one,2026-04-01,atlas.two\natlas.two,,\n"
    )


def test_a_markdown_cell_cannot_break_out() -> None:
    text = as_markdown(Rows(("name",), (("a|b\n<script>*x*",),)))
    assert text == "| name |\n| --- |\n| a\\|b \\<script\\>\\*x\\* |\n"


def test_a_frame_keeps_money_as_number_and_currency() -> None:
    table = Rows(("id", "bac"), (("a", Money(Decimal(5), "EUR")), ("b", None)))
    assert frame(table).to_dict("list") == {
        "id": ["a", "b"],
        "bac": [5.0, None],
        "bac.currency": ["EUR", None],
    }


def test_a_workbook_is_the_same_for_the_same_rows_and_runs_no_formula() -> None:
    table = Rows(("id", "title"), (("a", "=1+1"), ("b", "-2"), ("c", "plain")))
    first, second = BytesIO(), BytesIO()
    write_xlsx({"risks": table}, first)
    write_xlsx({"risks": table}, second)
    assert first.getvalue() == second.getvalue()
    first.seek(0)
    sheet = CalamineWorkbook.from_filelike(first).get_sheet_by_index(0).to_python()
    assert sheet == [["id", "title"], ["a", "'=1+1"], ["b", "'-2"], ["c", "plain"]]


def test_a_narrow_table_shows_what_differs() -> None:
    portfolio = portfolio_of(TEXT)
    shown = show.preferred_columns(Milestone, portfolio.all(Milestone))
    assert shown[:2] == ("id", "name")
    assert "baseline" in shown
    assert "owner" not in shown


def test_a_text_is_as_long_as_a_cell_of_a_workbook_can_hold() -> None:
    target = BytesIO()
    write_xlsx({"risks": Rows(("id", "title"), (("long", "x" * 100_000),))}, target)
    (cell,) = frame(Rows(("title",), (("x" * 100_000,),)))["title"]
    assert (len(cell), cell[-2:]) == (32_767, "x…")
