"""The YAML test suite: each valid document is read as it says, or refused for a reason by name.

We read a part of YAML on purpose: one document of mappings, lists and texts. Scalars stay as they
are written; the suite's JSON is compared with what they mean in YAML 1.2.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from portfolio.diagnostic import Diagnostic
from portfolio.loading.document import (
    MappingNode,
    Node,
    ScalarNode,
    SyntaxProblem,
    compose,
    stated_tag,
)
from portfolio.loading.findings import Findings, pairs, tagged
from portfolio.loading.loader import load_texts
from tests.plain_yaml import core
from tests.real_data import real_data

# What a valid document may be refused for, as the finding says it, and how many of them are.
REFUSED = {
    "the tag ": 28,
    "a second document starts here": 14,
    "`...` ends a document": 4,
    "a key is not a text": 14,
    "a tab in the indentation": 9,
    "a tab where a space belongs": 3,
    "a colon whose key is not on the same line": 9,
    "a colon without a key": 8,
    "between brackets cannot begin with a colon": 5,
    "between brackets cannot begin with a question mark": 2,
    "a colon inside a plain text between brackets": 2,
    "a directive, which is not read": 8,
    "a version of YAML that is not 1.1 or 1.2": 2,
    "a name behind & or *": 4,
    "an anchor that this file has already": 2,
    "this line belongs to nothing above it": 2,
}
LOADED = 196
# What the parser is more lenient about than the specification; nothing in it has two meanings.
LENIENT = {
    "9C9N", "9JBA", "CVW2", "DK95", "G5U8", "MUS6", "QB6E", "S98Z", "SU5Z", "X4QW", "Y79Y", "YJV2"
}  # fmt: skip
_MARKS = (("␣", " "), ("↵", ""), ("∎\n", ""), ("←", "\r"), ("⇔", "\ufeff"))


@dataclass(frozen=True)
class Case:
    """One document of the suite; ``meaning`` is its JSON, where it has one."""

    name: str
    content: bytes
    valid: bool
    meaning: str | None


@cache
def cases() -> tuple[Case, ...]:
    """Return the cases of the suite, in the order of their names."""
    with tarfile.open(real_data("conformance", "yaml-test-suite_src.tar.xz")) as archive:
        files = sorted((m.name, m) for m in archive.getmembers() if m.name.endswith(".yaml"))
        texts = {name[-9:-5]: archive.extractfile(member) for name, member in files}
        read = {name: file.read() for name, file in texts.items() if file}
    return tuple(case for name, text in read.items() for case in _cases(name, text))


def _cases(name: str, text: bytes) -> Iterator[Case]:
    """Yield the cases of one file; a later one keeps what it does not state anew."""
    stated: dict[str, Any] = {}
    for case in yaml.load(text, yaml.CSafeLoader):
        stated = {**stated, **case, "fail": case.get("fail", False)}
        content = re.sub("—*»", "\t", stated["yaml"])
        for mark, meant in _MARKS:
            content = content.replace(mark, meant)
        # A case of its own text has a meaning of its own.
        meaning = case.get("json") if "yaml" in case or "json" in case else stated.get("json")
        yield Case(name, content.encode(), not stated["fail"], meaning)


def read(content: bytes) -> tuple[Any, list[Diagnostic]]:
    """Return what the loader makes of any document, and what it has against it."""
    findings = Findings("case.yaml")
    root = compose(content)
    if isinstance(root, SyntaxProblem):
        findings.add(root.code, root.message, root.place, hint=root.hint)
        return None, findings.found
    return None if root is None else _value(root, findings), findings.found


def _value(node: Node, findings: Findings) -> Any:  # noqa: ANN401
    if stated_tag(node) and not isinstance(node, MappingNode):  # `pairs` reports that of a mapping
        tagged(node, findings)
    if isinstance(node, MappingNode):
        return {key.value: _value(child, findings) for key, child in pairs(node, findings)}
    if isinstance(node, ScalarNode):
        return node.value
    return [_value(child, findings) for child in node.value]


def agree(value: Any, meant: Any) -> bool:  # noqa: ANN401
    """Tell whether a value, its texts as written, means what the suite's JSON says."""
    if isinstance(value, dict) and isinstance(meant, dict):
        return value.keys() == meant.keys() and all(agree(value[k], meant[k]) for k in meant)
    if isinstance(value, list) and isinstance(meant, list):
        return len(value) == len(meant) and all(map(agree, value, meant))
    return bool(value == meant or (isinstance(value, str) and core(value) == meant))


def refused_for(found: list[Diagnostic]) -> str:
    """Return the feature that the first finding names, or its whole message."""
    message = found[0].message
    return next((words for words in REFUSED if words in message), message)


def test_every_case_is_loaded_as_a_portfolio_without_a_crash() -> None:
    settings = b"organisation: {name: X, currency: GBP}\n"
    for case in cases():
        texts = {"pmo.yaml": settings, "case.yaml": case.content}
        assert load_texts(texts, as_of=date(2026, 3, 31)).portfolio is not None, case.name
        load_texts({"pmo.yaml": case.content}, as_of=date(2026, 3, 31))


def test_each_valid_document_that_is_read_means_what_the_suite_says() -> None:
    differing = []
    for case in cases():
        value, found = read(case.content)
        if case.valid and not found and case.meaning is not None:
            meant = json.loads(case.meaning or "null")
            if not agree(value, meant):
                differing.append((case.name, value, meant))
    assert differing == []


def test_each_valid_document_that_is_refused_is_told_which_feature_is_not_read() -> None:
    counted = Counter(
        refused_for(found) if (found := read(case.content)[1]) else "read"
        for case in cases()
        if case.valid
    )
    assert dict(counted) == {"read": LOADED, **REFUSED}


def test_what_is_refused_has_a_hint_and_a_place_in_the_file() -> None:
    for case in cases():
        for found in read(case.content)[1]:
            assert found.hint, (case.name, found)
            assert 0 < found.location.line <= case.content.count(b"\n") + 1, (case.name, found)


def test_a_document_that_is_no_yaml_is_refused() -> None:
    accepted = {case.name for case in cases() if not case.valid and not read(case.content)[1]}
    assert accepted == LENIENT
