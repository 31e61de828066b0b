"""Whatever bytes a file holds, loading ends with findings and never with an exception."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.diagnostic import Diagnostic
from portfolio.loading.discovery import SourceFile
from portfolio.loading.findings import Findings
from portfolio.loading.loader import read_file
from tests.portfolios import load_text

EXAMPLES = int(os.environ.get("PMO_SOAK_EXAMPLES", "150"))
MERIDIAN = Path(__file__).resolve().parents[2] / "examples/meridian"
SOURCES = sorted(path for path in MERIDIAN.rglob("*.yaml") if path.name != "pmo.yaml")

scraps = st.sampled_from(
    [
        b"\t",
        b"- ",
        b": ",
        b"[",
        b"]",
        b"{",
        b"}",
        b"&a ",
        b"*a",
        b"!!str ",
        b"\xff",
        b"\x00",
        b"---\n",
        b"null",
        b"'",
        b'"',
        b"#",
        b"\n",
        b"  ",
        b"?",
        b"<<: *a",
        b"|",
        b">",
        b"%",
        b"@",
        b"9" * 400,
    ]
)


def read(path: str, content: bytes) -> list[Diagnostic]:
    """Read one file's bytes and return what is found."""
    findings = Findings(path)
    list(read_file(SourceFile(path, content), findings))
    return findings.found


@settings(max_examples=EXAMPLES)
@given(st.data())
def test_a_damaged_file_is_read_or_reported(data: st.DataObject) -> None:
    content = data.draw(st.sampled_from(SOURCES)).read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.sampled_from([0, 0, 1, 3, 40]))
        content = content[:start] + data.draw(scraps) + content[start + length :]
    lines = content.count(b"\n") + 2
    assert all(0 < found.location.line <= lines for found in read("damaged.yaml", content))


@settings(max_examples=EXAMPLES)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_reported(content: bytes) -> None:
    read("any.yaml", content)
    read("risks.csv", content)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(["project", "risks", "milestones", "contract", "decision"]), values)
def test_any_value_under_a_kind_is_read_or_reported(kind: str, value: object) -> None:
    import json

    loaded = load_text(f"{kind}: {json.dumps(value)}\n")
    assert loaded.portfolio is not None
