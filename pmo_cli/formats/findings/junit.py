"""Findings as a suite of JUnit's cases."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from pmo_cli.formats.found import Findings, with_hint
from portfolio.diagnostic import Diagnostic, Severity

FROM_TOP = True

# XML 1.0 cannot hold these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(findings: Findings) -> str:
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
