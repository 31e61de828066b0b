"""Findings as SARIF 2.1.0, the format of code scanning: results, and the rules that found them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pmo_cli.formats.found import ends_after_start, with_hint
from portfolio.application.explanation import documented_codes
from portfolio.application.validation.fingerprint import fingerprinted
from portfolio.characters import escaped_in_json
from portfolio.diagnostic import Diagnostic, Severity
from portfolio.rules.rule import sections_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_cli.formats.found import Findings
    from portfolio.diagnostic import Location

FROM_TOP = True
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASE = "%SRCROOT%"
_FINGERPRINT = "pmo/v1"


def write(findings: Findings) -> str:
    """Render one run, with the documentation of each rule that found something."""
    codes = sorted({found.code for found in findings.diagnostics})
    index = {code: number for number, code in enumerate(codes)}
    run = {
        "tool": {
            "driver": {
                "name": "pmo",
                "version": findings.version,
                "rules": _rules(codes),
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The top of the repository."}}},
        "invocations": [{"executionSuccessful": True}],
        "results": [
            _result(found, mark, index) for found, mark in fingerprinted(findings.diagnostics)
        ],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped_in_json(json.dumps(document, indent=1, ensure_ascii=False)) + "\n"


def _rules(codes: Sequence[str]) -> list[dict[str, Any]]:
    documented = documented_codes()
    return [_rule(code, *documented.get(code, ("error", code))) for code in codes]


def _rule(code: str, severity: str, documentation: str) -> dict[str, Any]:
    summary = documentation.partition("\n")[0]
    does = sections_of(documentation).get("What it does", "")
    return {
        "id": code,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": " ".join(does.split()) or summary},
        "help": {"text": documentation, "markdown": _as_markdown(documentation)},
        "defaultConfiguration": {"level": _LEVELS[Severity.from_word(severity)]},
        "properties": {"tags": [code.partition("-")[0]]},
    }


def _as_markdown(documentation: str) -> str:
    """Fence the documentation: its examples are YAML, whose blanks and dashes must stay."""
    summary, _, rest = documentation.partition("\n")
    return f"**{summary}**\n\n~~~text\n{rest.strip()}\n~~~\n" if rest.strip() else f"**{summary}**"


def _result(found: Diagnostic, mark: str, index: Mapping[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index[found.code],
        "level": _LEVELS[found.severity],
        "message": {"text": with_hint(found, " ")},
        "locations": [_location(found.location)],
        "partialFingerprints": {_FINGERPRINT: mark},
    }
    if found.related:
        result["relatedLocations"] = [
            {"id": number, **_location(related.location), "message": {"text": related.message}}
            for number, related in enumerate(found.related)
        ]
    return result


def _location(place: Location) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    if ends_after_start(place):
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    artifact = {"uri": quote(place.path, errors="replace"), "uriBaseId": _BASE}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
