"""The edits that are safe to make without asking: one meaning, and every other byte as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.loading.corrections import repaired_text
from portfolio.loading.edits import fixed
from portfolio.loading.scalars import text_reader
from portfolio.model.delivery.projects import Milestone
from portfolio.model.kinds import kinds
from portfolio.record import Scalar
from tests.portfolios import load_files, problems

PEOPLE = "people:\n  - {id: anna-reyes, name: Anna Reyes, role: Lead, start_date: 2020-01-01}\n"


def after(content: str | bytes, name: str = "x.yaml") -> str:
    """Return a file after the fixes of its findings, loaded beside a list of people."""
    raw = content.encode() if isinstance(content, str) else content
    loaded = load_files({"people.yaml": PEOPLE, name: raw})
    return fixed(raw, [d for d in loaded.diagnostics if d.location.path == name]).content.decode()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "project: {id: a, name: A, sponsr: anna-reyes}  # who pays\n",
            "project: {id: a, name: A, sponsor: anna-reyes}  # who pays\n",
        ),
        (
            "project: {id: a, name: A, sponsor: ana-reyes}\n",
            "project: {id: a, name: A, sponsor: anna-reyes}\n",
        ),
        (
            "project: {id: a, name: A, sponsor: 'ana-reyes'}\n",
            "project: {id: a, name: A, sponsor: 'anna-reyes'}\n",
        ),
        (
            'project: {id: a, name: A, sponsor: anna-reyes, start: "31.12.2026"}\n',
            'project: {id: a, name: A, sponsor: anna-reyes, start: "2026-12-31"}\n',
        ),
        ("porject: {id: a, name: A, sponsor: anna-reyes}\n",
         "project: {id: a, name: A, sponsor: anna-reyes}\n"),
        ("project: {id: a, name: A, sponsor: anna-reyes, status: Deliverng}\n",
         "project: {id: a, name: A, sponsor: anna-reyes, status: delivering}\n"),
        ("project: {id: a, name: A, sponsor: anna-reyes, confidential: yes}\n",
         "project: {id: a, name: A, sponsor: anna-reyes, confidential: true}\n"),
        ("project: {id: a, name: A, sponsor: anna-reyes, bac: 1 250 000}\n",
         "project: {id: a, name: A, sponsor: anna-reyes, bac: 1250000}\n"),
        ("project: {name: Billing Platform, sponsor: anna-reyes}\n",
         "project: {id: billing-platform, name: Billing Platform, sponsor: anna-reyes}\n"),
        ("projects:\n  - name: Big\n    # who pays\n    sponsor: anna-reyes\n",
         "projects:\n  - id: big\n    name: Big\n    # who pays\n    sponsor: anna-reyes\n"),
        (
            "project:\n  name: A\n  # it is\n  id: a   # short\n  sponsor: anna-reyes\n",
            "project:\n  id: a   # short\n  name: A\n  # it is\n  sponsor: anna-reyes\n",
        ),
        (
            "projects:\r\n  - name: A\r\n    sponsor: anna-reyes\r\n    id: a",
            "projects:\r\n  - id: a\r\n    name: A\r\n    sponsor: anna-reyes",
        ),
        ("\ufeffproject: {id: a, name: A, sponsr: anna-reyes}\r\n",
         "\ufeffproject: {id: a, name: A, sponsor: anna-reyes}\r\n"),
    ],
)  # fmt: skip
def test_a_mistake_with_one_meaning_is_repaired_and_nothing_else_changes(
    before: str, expected: str
) -> None:
    assert after(before) == expected


@pytest.mark.parametrize(
    "text",
    [
        "project: {id: a, name: A, sponsor: anna-reyes, start: 1/2/2026}\n",
        "project: {id: a, name: A, sponsor: anna-reyes, bac: '12,500'}\n",
        "project: {id: a, name: A, sponsor: bob}\n",
        "project: {id: a, name: A, sponsor: anna-reyes, shoe_size: 42}\n",
        "project: {id: a, name: A, sponsor: anna-reyes\n",
        "project: {sponsor: anna-reyes}\n",
    ],
)
def test_a_mistake_that_could_mean_two_things_is_left_alone(text: str) -> None:
    assert after(text) == text


def test_a_table_is_repaired_in_its_cells() -> None:
    table = "id,name,owner,date_raised\n"
    assert after(table + "r1,One,anna-reyes,\n", "risks.csv").startswith(table)
    rows = "id;text;owner;due\nact-1;Call;ana-reyes;31/12/2026\n"
    assert after(rows, "actions.csv") == "id;text;owner;due\nact-1;Call;anna-reyes;2026-12-31\n"


def test_a_misspelt_predecessor_in_a_cell_is_repaired_in_its_place() -> None:
    project = "project: {id: a, name: A, sponsor: anna-reyes}\n"
    table = "id,project,duration,predecessors\ndesign,a,5d,\ntest,a,1d,desgin:SS+2d design\n"
    loaded = load_files({"people.yaml": PEOPLE, "p.yaml": project, "activities.csv": table})
    (broken,) = problems(loaded)
    assert broken.code == "REF-BROKEN"
    done = fixed(table.encode(), [broken])
    assert done.content.decode().endswith("a.design:SS+2d design\n")


def test_two_edits_of_one_place_wait_for_each_other() -> None:
    text = "projects:\n  - name: A\n    id: a\n    sponsr: anna-reyes\n"
    once = after(text)
    assert "sponsor" in once
    assert once.startswith("projects:\n  - id: a\n    name: A\n")


def test_a_file_that_has_changed_meanwhile_is_left_alone() -> None:
    loaded = load_files({"people.yaml": PEOPLE, "x.yaml": "project: {id: a, name: A, sponsr: b}\n"})
    done = fixed(b"project: {id: a, name: A, sponsor: b}\n", loaded.diagnostics)
    assert done.done == ()
    assert done.content == b"project: {id: a, name: A, sponsor: b}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026/03/31", "2026-03-31"),
        ("2026-3-1", "2026-03-01"),
        ("20260331", "2026-03-31"),
        ("31.12.2026", "2026-12-31"),
        ("12/31/2026", "2026-12-31"),
        ("3/3/2026", "2026-03-03"),
        ("4/5/2026", ""),
        ("31 March 2026", "2026-03-31"),
        ("Mar 31, 2026", "2026-03-31"),
        ("2026-03-31T00:00:00", "2026-03-31"),
        ("2026-02-30", ""),
        ("soon", ""),
    ],
)
def test_a_date_is_repaired_where_it_can_be_one_day_only(text: str, expected: str) -> None:
    assert repaired_text(Milestone.FIELDS["forecast"], text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 250 000", "1250000"),
        ("1,250,000", "1250000"),
        ("12,500.50", "12500.50"),
        ("12_500 EUR", "12500 EUR"),
        ("12,500", ""),
        ("12.500,50", ""),
        ("a lot", ""),
    ],
)
def test_separators_of_thousands_go_where_they_cannot_be_a_decimal_comma(
    text: str, expected: str
) -> None:
    project = kinds()["project"]
    assert repaired_text(project.FIELDS["bac"], text) == expected


@given(st.text(max_size=20), st.sampled_from(sorted(kinds())))
def test_what_is_repaired_can_be_read(text: str, kind: str) -> None:
    for stated in kinds()[kind].FIELDS.values():
        made = repaired_text(stated, text)
        if made and isinstance(stated.shape, Scalar):
            unlimited = replace(stated, minimum=None, maximum=None)
            text_reader(stated.shape, unlimited)(made)
