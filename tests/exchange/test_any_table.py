"""Whatever a table holds, an import ends, its files load, and every row is accounted for."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.importing import imported

MAPPING = """\
dates: [DD/MM/YYYY, D.M.YY]
money: {strip: ["£"], thousands: ",", scale: million, suffixes: {m: million}}
missing: ["n/a"]
exempt: ["exempt*"]
tables:
  - kind: project
    skip: {name: "total*"}
    id: {column: name, length: 20, distinguish: sponsor}
    fields:
      name: name
      sponsor: {column: sponsor, create: {}}
      start: start
      bac: cost
      status: status
      tags: [{column: status, slug: true}, {column: text, split: ";"}]
      declared_rag.overall: {column: status, map: {r: red, g: green}}
      declared_rag.comment: text
    children:
      - {kind: milestone, id: end, fields: {name: text, baseline: start}}
      - {kind: risk, id: first, fields: {title: text, owner: {column: sponsor, create: {}}}}
"""
HEADER = ("name", "sponsor", "start", "cost", "status", "text")

CELLS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.text("ab:#-,[]{}'\" \n\r\t~!&*%@`?|>=.\x00\x85\x96", max_size=20),
    st.sampled_from(
        ["n/a", "Exempt", "31/02/2020", "01/02/2020", "1.2.20", "£1,2m", "£1.2m", "1e5", "On hold",
         "r", "null", "~", "- x", "total", "Ida", "ida", "£" * 9, "1" * 400, "x: y", "a\n b\n\n c "]
    ),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=0, max_size=7), max_size=8))
def test_an_import_ends_loads_and_accounts_for_every_row(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
    with tempfile.TemporaryDirectory() as folder:
        result = imported(Path(folder), MAPPING, {"t.csv": text.getvalue().encode()})
    assert result.broken() == []
    table = result.tally.tables[0]
    assert table.rows == table.written + table.skipped + table.left_out
    assert table.rows + table.blank == len(rows)
    for counts in table.fields.values():
        assert counts.converted + counts.missing + counts.exempt + counts.not_understood > 0
