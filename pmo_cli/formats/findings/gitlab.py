"""Findings as the code quality report of GitLab."""

from __future__ import annotations

import json

from pmo_cli.formats.found import Findings, with_hint
from portfolio.application.validation.fingerprint import fingerprinted
from portfolio.characters import escaped_in_json
from portfolio.diagnostic import Severity

FROM_TOP = True

_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(findings: Findings) -> str:
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
