"""Findings as other programs read them: GitHub's annotations, GitLab's report, JUnit's cases.

Each format is a function of its name; `pmo_cli/formats/sarif.py` holds the fourth, which is longer.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from portfolio.characters import escaped_in_json
from portfolio.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from portfolio.diagnostic import Location

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
# A number or a date that stands alone changes from day to day, and a commit with the branch; the
# digits of an id do not.
_NUMBER = re.compile(r"\b[0-9a-f]{12}\b|(?<![\w-])[-+−]?\d[\d.,:-]*")
# XML 1.0 cannot hold these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Findings:
    """What a format renders: findings in reading order, and what it may have to say about them.

    ``files`` are the files that were checked, ``limit`` is the severity from which on a finding
    fails the run, ``version`` is the version of pmo.
    """

    diagnostics: Sequence[Diagnostic]
    files: Sequence[str]
    limit: Severity
    as_of: date
    version: str


def github(findings: Findings) -> str:
    """Render workflow commands, which GitHub shows as annotations at the changed lines."""
    return "".join(f"{_command(found)}\n" for found in findings.diagnostics)


def gitlab(findings: Findings) -> str:
    """Render a code quality report, which GitLab compares with that of the target branch."""
    issues = [
        {
            "description": f"{found.code}: {with_hint(found, ' ')}",
            "check_name": found.code,
            "fingerprint": mark,
            "severity": _GITLAB[found.severity],
            "location": {"path": found.location.path, "lines": {"begin": found.location.line}},
        }
        for found, mark in fingerprinted(findings.diagnostics)
    ]
    return escaped_in_json(json.dumps(issues, indent=1, ensure_ascii=False)) + "\n"


def junit(findings: Findings) -> str:
    """Render one test suite: a case a finding, and a passed case for each file without one.

    What fails the run is a failure, what does not is skipped. The time of the run is the start of
    the day that the portfolio is judged as of, so that the same files give the same bytes.
    """
    failures = sum(found.severity >= findings.limit for found in findings.diagnostics)
    clean = sorted(set(findings.files) - {found.location.path for found in findings.diagnostics})
    suite = ET.Element(
        "testsuite",
        name="pmo validate",
        package="pmo",
        id="0",
        timestamp=f"{findings.as_of.isoformat()}T00:00:00",
        hostname="localhost",
        tests=str(len(findings.diagnostics) + len(clean)),
        failures=str(failures),
        errors="0",
        skipped=str(len(findings.diagnostics) - failures),
        time="0",
    )
    ET.SubElement(suite, "properties")
    suite.extend(_case(found, findings.limit) for found in findings.diagnostics)
    suite.extend(_named_case("no findings", path) for path in clean)
    ET.SubElement(suite, "system-out")
    ET.SubElement(suite, "system-err")
    document = ET.Element("testsuites")
    document.append(suite)
    ET.indent(document)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(document, "unicode")}\n'


def fingerprinted(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Yield each finding with a mark that stays when its line moves or its numbers change.

    The mark is a hash of code, entity, path and message without numbers; findings that are equal
    in all of these are counted, so that none of them hides another.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for found in diagnostics:
        words = (
            found.code,
            found.entity,
            found.location.path,
            _NUMBER.sub("#", found.message),
        )
        text = "\0".join((*words, str(seen[words])))
        seen[words] += 1
        yield found, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def with_hint(found: Diagnostic, separator: str) -> str:
    """Return the message of a finding and its hint."""
    return f"{found.message}{separator}(hint: {found.hint})" if found.hint else found.message


def ends_after_start(place: Location) -> bool:
    """Tell whether a place states an end that a reader can use."""
    return (place.end_line, place.end_column) > (place.line, place.column)


def _command(found: Diagnostic) -> str:
    place = found.location
    properties: dict[str, object] = {"file": place.path, "line": place.line}
    if ends_after_start(place):
        properties["endLine"] = place.end_line
    # GitHub refuses columns for an annotation of several lines.
    if place.end_line <= place.line:
        properties["col"] = place.column
    if place.end_line == place.line and ends_after_start(place):
        properties["endColumn"] = place.end_column
    properties["title"] = f"pmo {found.code}"
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_GITHUB[found.severity]} {written}::{_data(with_hint(found, chr(10)))}"


def _data(words: str) -> str:
    """Escape the text of a workflow command; the percent sign first, as it escapes the others."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    """Escape a property of a workflow command, in which colon and comma separate.

    A semicolon stays: the runner would show its escape as it is written.
    """
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def _case(found: Diagnostic, limit: Severity) -> ET.Element:
    case = _named_case(f"{found.code} {found.message}", found.location.path)
    message = _xml_text(f"{found.severity.word}: {found.message}")
    if found.severity >= limit:
        outcome = ET.SubElement(case, "failure", message=message, type=found.code)
    else:
        outcome = ET.SubElement(case, "skipped", message=message)
    outcome.text = _xml_text(f"{found.location}: {with_hint(found, chr(10))}")
    return case


def _named_case(name: str, path: str) -> ET.Element:
    return ET.Element("testcase", name=_xml_text(name), classname=_xml_text(path), time="0")


def _xml_text(words: str) -> str:
    """Replace the characters that no XML document can hold."""
    return _NOT_XML.sub("\ufffd", words)
