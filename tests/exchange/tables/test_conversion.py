"""Rows to entities: what is taken, what is missing, withheld or not understood, and who is who."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from portfolio.model.delivery.projects import Milestone, Programme, Project
from portfolio.model.resources import Person
from tests.exchange.importing import Imported, imported

PROJECTS = """\
missing: ["n/a", "to be *"]
exempt: ["exempt under *"]
dates: [DD/MM/YYYY]
money: {strip: ["£"], thousands: ",", scale: million}
tables:
  - kind: project
    id: Project name
    fields:
      name: Project name
      sponsor: {value: unknown}
      start: [Start]
      bac: {column: [Budget (£m)*, Cost]}
      declared_rag.overall: {column: Rating, map: {Amber/Green: amber, Green: green}}
"""


def projects(
    folder: Path, rows: str, mapping: str = PROJECTS, *, as_of: date | None = None
) -> Imported:
    """Import rows under the header of the mapping above."""
    header = '"Project\nname",START,"Budget (£m)\n(all years)",Rating\n'
    mapping = mapping.replace("[Start]", "Start")
    return imported(folder, mapping, {"p.csv": header + rows}, as_of=as_of)


def test_a_row_becomes_a_project_that_loads(tmp_path: Path) -> None:
    result = projects(tmp_path, '"Queen’s Café, phase 2",31/03/2022,"£1,234.5",amber/green\n')
    project = result.portfolio.find("queens-cafe-phase-2", Project)
    assert project is not None
    assert result.broken() == []
    assert result.problems == []
    assert result.files["projects/queens-cafe-phase-2.yaml"] == (
        "# Written by pmo import from p.csv with the mapping test; the next one overwrites it.\n"
        "project:\n"
        "  id: queens-cafe-phase-2\n"
        "  name: Queen’s Café, phase 2\n"
        "  sponsor: unknown\n"
        "  start: 2022-03-31\n"
        "  bac: 1234500000\n"
        "  declared_rag: amber\n"
    )


def test_missing_exempt_and_not_understood_are_told_apart_and_the_project_stands(
    tmp_path: Path,
) -> None:
    rows = "A,N/A,Exempt  under section 43,Purple\nB,,to be confirmed,\n"
    result = projects(tmp_path, rows)
    counts = {
        name: (f.converted, f.missing, f.exempt, f.not_understood)
        for name, f in result.tally.tables[0].fields.items()
    }
    assert counts == {
        "name": (2, 0, 0, 0),
        "start": (0, 2, 0, 0),
        "bac": (0, 1, 1, 0),
        "declared_rag.overall": (0, 1, 0, 1),
    }
    assert [
        (p.file, p.row, p.column, p.field, p.value, p.expected, p.effect) for p in result.problems
    ] == [
        (
            "p.csv", "2", "Rating", "declared_rag.overall", "Purple",
            "one of Amber/Green, Green", "the field is left out",
        )
    ]  # fmt: skip
    assert {p.id for p in result.portfolio.all(Project)} == {"a", "b"}


def test_the_words_of_a_rating_are_counted_as_the_source_has_them(tmp_path: Path) -> None:
    result = projects(tmp_path, "A,,,Green\nB,,,Amber/Green\nC,,,Green\n")
    assert result.field("declared_rag.overall").values == {
        ("Green", "green"): 2,
        ("Amber/Green", "amber"): 1,
    }


def test_a_row_without_what_a_project_cannot_exist_without_is_listed(tmp_path: Path) -> None:
    mapping = PROJECTS.replace("      name: Project name\n", "      name: Start\n")
    result = projects(tmp_path, "A,,5,Green\n", mapping)
    assert [(p.row, p.expected, p.effect) for p in result.problems] == [
        ("2", "name", "the project is left out")
    ]
    assert result.tally.tables[0].skipped == 1
    assert result.tally.tables[0].written == 0


def test_a_row_that_is_longer_than_the_header_is_not_taken(tmp_path: Path) -> None:
    result = projects(tmp_path, "A,,5,Green,what,now\nB,,5,Green,,\n")
    assert [(p.row, p.expected) for p in result.problems] == [("2", "4 cells; the row has 6")]
    assert [p.id for p in result.portfolio.all(Project)] == ["b"]


def test_a_second_column_is_read_where_the_first_is_empty_but_not_where_it_is_exempt(
    tmp_path: Path,
) -> None:
    mapping = PROJECTS.replace("start: [Start]", "start: {column: Start, otherwise: Rating}")
    mapping = mapping.replace("      declared_rag", "      # ").replace("map: {Amber", "# {Amber")
    result = projects(tmp_path, "A,,5,01/04/2020\nB,exempt under x,5,01/04/2020\n", mapping)
    starts = {p.id: p.start for p in result.portfolio.all(Project)}
    assert starts == {"a": date(2020, 4, 1), "b": None}


def test_dates_up_to_the_as_of_have_happened_and_later_ones_have_not(tmp_path: Path) -> None:
    mapping = """\
tables:
  - kind: project
    id: name
    fields: {name: name, sponsor: {value: unknown}}
    children:
      - kind: milestone
        id: done
        fields:
          name: {value: Done}
          actual: {column: done, when: past}
          forecast: {column: done, when: future}
"""
    rows = "name,done\nA,2026-03-31\nB,2026-04-01\nC,\n"
    result = imported(tmp_path, mapping, {"p.csv": rows}, as_of=date(2026, 3, 31))
    assert {m.id: (m.actual, m.forecast) for m in result.portfolio.all(Milestone)} == {
        "a.done": (date(2026, 3, 31), None),
        "b.done": (None, date(2026, 4, 1)),
    }
    actual = result.field("milestones.done.actual")
    assert (actual.converted, actual.missing, actual.set_aside) == (1, 1, 1)
    assert "as_of: 2026-03-31" in result.files["pmo.yaml"]


def test_what_a_row_refers_to_is_made_once_where_the_mapping_says_so(tmp_path: Path) -> None:
    mapping = """\
tables:
  - kind: project
    id: name
    fields:
      name: name
      sponsor: {column: sponsor, create: {}}
      programme: {column: area, create: {sro: unknown}}
"""
    rows = "name,sponsor,area\nA,Ida Berg,Roads\nB,Ida Berg,Roads\nC,Jo Lunn,\n"
    result = imported(tmp_path, mapping, {"p.csv": rows})
    assert result.broken() == []
    assert result.tally.made == {"person": 2, "programme": 1}
    assert {p.id for p in result.portfolio.all(Person)} == {"unknown", "ida-berg", "jo-lunn"}
    assert [p.name for p in result.portfolio.all(Programme)] == ["Roads"]


def test_rows_of_one_entity_make_it_once_and_must_agree(tmp_path: Path) -> None:
    mapping = """\
tables:
  - kind: programme
    once: true
    id: area
    fields: {name: area, sro: {value: unknown}, vision: vision}
"""
    rows = "area,vision\nRoads,Dry\nRoads,Dry\nRoads,Wet\n"
    result = imported(tmp_path, mapping, {"p.csv": rows})
    table = result.tally.tables[0]
    assert (table.rows, table.written, table.repeated) == (3, 1, 2)
    assert [(p.row, p.field, p.value) for p in result.problems] == [("4", "vision", "Wet")]


def test_rows_are_left_out_by_condition_and_rows_that_nobody_takes_are_listed(
    tmp_path: Path,
) -> None:
    mapping = """\
tables:
  - kind: project
    where: {type: {not: [programme, "sub*"]}}
    skip: {name: ["", "total*"]}
    id: name
    fields: {name: name, sponsor: {value: unknown}}
"""
    rows = "name,type\nA,project\nTotal (2),project\nB,programme\nC,Sub-project\n,project\n"
    result = imported(tmp_path, mapping, {"p.csv": rows})
    table = result.tally.tables[0]
    assert (table.rows, table.written, table.left_out) == (3, 1, 2)
    assert [(p.row, p.value, p.expected) for p in result.problems] == [
        ("4", "B, programme", "a row that a table of the mapping takes"),
        ("5", "C, Sub-project", "a row that a table of the mapping takes"),
    ]


def test_one_project_a_column_is_one_project_a_row_turned(tmp_path: Path) -> None:
    mapping = """\
transpose: true
encoding: cp1252
tables:
  - kind: project
    id: name
    fields: {name: name, sponsor: {value: unknown}, bac: budget £}
"""
    table = "name,Bridge,Weir,\nbudget £,5,six,\n,,,\n".encode("cp1252")
    result = imported(tmp_path, mapping, {"p.csv": table})
    assert [p.id for p in result.portfolio.all(Project)] == ["bridge", "weir"]
    assert [(p.row, p.value) for p in result.problems] == [("C", "six")]
    assert result.tally.tables[0].blank == 1


def test_amounts_in_another_currency_say_so(tmp_path: Path) -> None:
    mapping = """\
tables:
  - kind: project
    id: name
    fields: {name: name, sponsor: {value: unknown}, bac: {column: cost, currency: cur}}
"""
    result = imported(tmp_path, mapping, {"p.csv": "name;cost;cur\nA;5.50;EUR\nB;6;GBP\n"})
    assert "bac: 5.5 EUR\n" in result.files["projects/a.yaml"]
    assert "bac: 6\n" in result.files["projects/b.yaml"]


def test_files_are_grouped_as_the_mapping_says(tmp_path: Path) -> None:
    mapping = """\
files: {project: "by-area/{programme}.yaml"}
tables:
  - kind: project
    id: name
    fields:
      name: name
      sponsor: {value: unknown}
      programme: {column: area, create: {sro: unknown}}
"""
    result = imported(tmp_path, mapping, {"p.csv": "name,area\nA,Roads\nB,Roads\nC,\n"})
    assert sorted(result.files) == [
        "by-area/none.yaml", "by-area/roads.yaml", "people.yaml", "pmo.yaml", "programmes.yaml"
    ]  # fmt: skip
    assert result.broken() == []
    assert len(result.portfolio.all(Project)) == 3


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = "A,,5,Green\nB,01/02/2020,6,\n"
    assert projects(tmp_path, rows).files == projects(tmp_path, rows).files


def test_several_columns_are_joined_without_those_that_hold_nothing(tmp_path: Path) -> None:
    mapping = PROJECTS.replace(
        "name: Project name\n      spon",
        "name: {columns: [Project name, Rating], separator: ' – '}\n      spon",
    ).replace("      declared_rag", "      # declared_rag")
    result = projects(tmp_path, "A,,5,n/a\nB,,5,north\n", mapping)
    assert [p.name for p in result.portfolio.all(Project)] == ["A", "B – north"]
