"""Long tables are CSV: the stem names the kind, the header the fields, a bad cell its place."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.model.commercial.contracts import Invoice
from portfolio.model.delivery.projects import Activity, Milestone
from tests.portfolios import load_files, problems

BASE = """
people: [{id: anna, name: Anna Sample}]
project: {id: atlas, name: Atlas, sponsor: anna}
"""


def test_a_row_is_an_entity_and_an_empty_cell_an_absent_field() -> None:
    loaded = load_files(
        {
            "base.yaml": BASE,
            "milestones.2026.csv": "\ufeffproject;id;name;forecast;key\n"
            "atlas;m1;First;2026-05-01;true\natlas;m2;Second;;\n",
        }
    )
    assert problems(loaded) == []
    assert loaded.portfolio is not None
    first, second = loaded.portfolio.all(Milestone)
    assert (first.id, first.forecast, first.key) == ("atlas.m1", date(2026, 5, 1), True)
    assert (second.forecast, second.key) == (None, False)


def test_predecessors_and_nested_fields_have_a_short_form() -> None:
    loaded = load_files(
        {
            "base.yaml": BASE,
            "activities.csv": "project,id,duration,predecessors,constraint.type,constraint.date\n"
            "atlas,a,5d,,SNET,2026-04-01\n"
            "atlas,b,5d,a:SS+2d,,\n"
            "atlas,c,5d,a b:FF-1d,,\n",
        }
    )
    assert problems(loaded) == []
    assert loaded.portfolio is not None
    a, b, c = loaded.portfolio.all(Activity)
    assert a.constraint is not None
    assert (a.constraint.type, a.constraint.date_) == ("SNET", date(2026, 4, 1))
    assert [(p.id.id, p.type, str(p.lag)) for p in b.predecessors] == [("atlas.a", "SS", "2d")]
    assert [(p.id.id, p.type, str(p.lag)) for p in c.predecessors] == [
        ("atlas.a", "FS", "None"),
        ("atlas.b", "FF", "-1d"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "code", "place"),
    [
        ("milestones.csv", "id,name,project,forecast\nm,M,atlas,1/2/2026\n", "FLD-TYPE", (2, 11)),
        ("milestones.csv", "id,name,project,forcast\nm,M,atlas,\n", "CSV-UNKNOWN-FIELD", (1, 17)),
        ("milestones.csv", "id,name,project,id\nm,M,atlas,n\n", "CSV-DUPLICATE-FIELD", (1, 17)),
        ("milestones.csv", "id,name,project\nm,M,atlas,x\n", "CSV-CELLS", (2, 11)),
        ("milestons.csv", "id,name\nm,M\n", "CSV-UNKNOWN-KIND", (1, 1)),
        ("milestones.csv", "", "CSV-EMPTY", (1, 1)),
        ("milestones.csv", "id,name,project\nm,,atlas\n", "FLD-REQUIRED", (2, 1)),
        ("milestones.csv", b"id,name,project\nm,caf\xe9,atlas\n", "CSV-ENCODING", (2, 1)),
    ],
)
def test_a_fault_is_reported_at_its_line_and_column(
    name: str, content: str | bytes, code: str, place: tuple[int, int]
) -> None:
    found = problems(load_files({"base.yaml": BASE, name: content}))
    assert [(f.code, (f.location.line, f.location.column)) for f in found] == [(code, place)]


def test_a_nested_record_must_be_complete() -> None:
    loaded = load_files({"base.yaml": BASE, "risks.csv": "id,title,owner,current.p\nr,R,anna,3\n"})
    assert [(f.code, f.message) for f in problems(loaded)] == [("FLD-REQUIRED", "i is missing")]


def test_a_currency_column_holds_for_its_row() -> None:
    loaded = load_files(
        {
            "base.yaml": BASE,
            "invoices.csv": "id,contract,issued,due,amount,currency\n"
            "one,deal,2026-01-01,2026-02-01,100,EUR\ntwo,deal,2026-01-01,2026-02-01,100,\n",
            "contract.yaml": "contract: {id: deal, title: Deal, customer: acme}\n"
            "customer: {id: acme, name: Acme, account_owner: anna}\n",
        }
    )
    assert problems(loaded) == []
    assert loaded.portfolio is not None
    amounts = [str(invoice.amount) for invoice in loaded.portfolio.all(Invoice)]
    assert amounts == ["100 EUR", "100 GBP"]
