"""A mistake in a mapping is found before anything is written, at its place, with what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.importing import refused

TABLE = "Project name,Budget 2026,Budget 2027\nA,1,2\n"

HEAD = "tables:\n  - kind: project\n    id: Project name\n    fields:\n      name: Project name\n"


@pytest.mark.parametrize(
    ("mapping", "code", "place", "words"),
    [
        ("tables: [", "YML-SYNTAX", (2, 1), ""),
        ("- a", "MAP-ROOT", (1, 1), "the file is a list; it must be a mapping"),
        ("table: []\ntables: []\n", "FLD-UNKNOWN", (1, 1), "no field 'table'"),
        ("dates: [DD/MM]\ntables: []\n", "MAP-DATES", (1, 8), "'DD/MM' is no form of a date"),
        ("tables: [{kind: projet, id: x}]", "MAP-KIND", (1, 17), "'projet' is not a kind"),
        ("tables: [{kind: project}]", "MAP-ID", (1, 10), "how a project's id is made"),
        ("tables: [{adds_to: project}]", "MAP-KEY", (1, 10), "which project a row adds to"),
        (HEAD + "      start: Begin\n", "MAP-COLUMN", (6, 14), "t.csv: there is no column 'Begin'"),
        (HEAD + "      bac: budget*\n", "MAP-COLUMN", (6, 12), "fits several columns: #2 'Budget"),
        (HEAD + "      budget: Budget 2026\n", "MAP-FIELD", (6, 15), "no field 'budget'"),
        (HEAD + "      id: Budget 2026\n", "MAP-FIELD", (6, 11), "the id is made by `id:`"),
        (HEAD + "      tolerances: Budget 2026\n", "MAP-FIELD", (6, 19), "more than one value"),
        (HEAD + "      bac: [Budget 2026, Budget 2027]\n", "MAP-FIELD", (6, 13), "one value"),
        (
            HEAD + "      sponsor: {column: Lead, create: {person: lead}}\n",
            "MAP-FIELD",
            (6, 39),
            "person has no field 'person'",
        ),
        (HEAD + "      bac: {value: 1, column: '#2'}\n", "MAP-CELL", (6, 12), "column and value"),
        (HEAD + "      start: {column: '#2', dates: [dd]}\n", "MAP-DATES", (6, 36), "'dd'"),
        (HEAD + "    children: [{kind: sla, id: x, fields: {name: '#1'}}]\n", "MAP-KIND", (6, 23),
         "a sla does not belong to a project"),
        (HEAD + "files: {project: ../x.yaml}\n", "MAP-FILES", (6, 8), "no YAML file inside"),
        (HEAD + "files: {project: 'a\\..\\..\\x.yaml'}\n", "MAP-FILES", (6, 8), "no YAML file"),
        (HEAD + "files: {project: 'C:x.yaml'}\n", "MAP-FILES", (6, 8), "no YAML file inside"),
        (HEAD + "entities: {people: [{id: Ida, nam: Ida}]}\n", "FLD-UNKNOWN", (6, 31), "'nam'"),
        (HEAD.replace("- kind", "- file: other.csv\n    kind"), "MAP-FILE", (2, 11), "other.csv"),
        ("encoding: utf-17\n" + HEAD, "MAP-SOURCE", (3, 5), "'utf-17' is no encoding"),
        ("encoding: undefined\n" + HEAD, "MAP-SOURCE", (3, 5), "'undefined' is no encoding"),
        ("encoding: Punycode\n" + HEAD, "MAP-SOURCE", (3, 5), "'Punycode' is no encoding"),
        ("encoding: idna\n" + HEAD, "MAP-SOURCE", (3, 5), "'idna' is no encoding"),
        ("encoding: hex\n" + HEAD, "MAP-SOURCE", (3, 5), "'hex' is no encoding"),
        ("header_row: 9\n" + HEAD, "MAP-SOURCE", (3, 5), "the header was expected in row 9"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(
    tmp_path: Path, mapping: str, code: str, place: tuple[int, int], words: str
) -> None:
    found = refused(tmp_path, mapping, {"t.csv": TABLE})
    first = next((f for f in found if f.code == code), None)
    assert first is not None, found
    assert words in first.message
    assert (first.location.line, first.location.column) == place


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    mapping = HEAD + "      start: Begin\n      finish: End\n      bac: {}\n"
    found = refused(tmp_path, mapping, {"t.csv": TABLE})
    assert {f.code for f in found} == {"MAP-FIELD", "MAP-CELL", "MAP-COLUMN"}
    assert len(found) == 4


def test_a_byte_that_is_not_in_the_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"Project name\nA\xa3\n")
    from portfolio.exchange.tables.table_import import prepare
    from portfolio.loading.findings import Findings

    findings = Findings("m.yaml")
    assert prepare("m", HEAD.encode(), [tmp_path / "t.csv"], findings) is None
    assert [(f.message, f.hint) for f in findings.found] == [
        ("t.csv:2: byte 0xa3 is not utf-8-sig", "state another `encoding:`, for example cp1252")
    ]
