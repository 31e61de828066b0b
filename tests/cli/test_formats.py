"""What the formats of CI promise to the programs that read them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
import pytest
import xmlschema

from pmo_cli.formats.findings.github import write as github
from pmo_cli.formats.findings.gitlab import write as gitlab
from pmo_cli.formats.findings.junit import write as junit
from pmo_cli.formats.findings.sarif import write as sarif
from pmo_cli.formats.found import Findings
from portfolio.application.validation.fingerprint import fingerprinted
from portfolio.diagnostic import Diagnostic, Location, Related, Severity
from tests.real_data import real_data

LATE = Diagnostic(
    "GOV-ACTION-OVERDUE",
    Severity.WARNING,
    "due on 2026-03-20, 11 days ago, and still open",
    Location("actions.csv", 2, 57, 2, 67),
    entity="ask-12",
)
BROKEN = Diagnostic(
    "REF-BROKEN",
    Severity.ERROR,
    "owner names 'ana', but there is no such person",
    Location("my risks/top ten.yaml", 4, 10, 4, 13),
    "did you mean anna?",
    "late",
    (Related(Location("people.yaml", 3, 11, 3, 15), "person 'anna' is here"),),
)
EXPECTED = Diagnostic(
    "FLD-EXPECTED", Severity.INFO, "no benefits", Location("projects.yaml", 1, 1, 9, 4)
)


def findings(*diagnostics: Diagnostic, limit: Severity = Severity.ERROR) -> Findings:
    """Return findings about the files that they are in, and about one clean file."""
    files = ["pmo.yaml", *(found.location.path for found in diagnostics)]
    return Findings(diagnostics, files, limit, date(2026, 3, 31), "0.1.0")


ALL = findings(LATE, BROKEN, EXPECTED)


def mark(found: Diagnostic) -> str:
    """Return the fingerprint of one finding alone."""
    ((_, fingerprint),) = fingerprinted([found])
    return fingerprint


class TestFingerprints:
    """A service compares findings between two commits by their fingerprints."""

    @pytest.mark.parametrize(
        "later",
        [
            replace(LATE, location=Location("actions.csv", 90, 1, 90, 4)),
            replace(LATE, message="due on 2026-03-20, 12 days ago, and still open"),
            replace(LATE, message="due on 2026-04-02, 1 days ago, and still open"),
            replace(LATE, hint="do it"),
            replace(LATE, severity=Severity.ERROR),
        ],
        ids=["the line moved", "a day passed", "new date", "hint reworded", "severity set"],
    )
    def test_the_same_finding_keeps_its_fingerprint(self, later: Diagnostic) -> None:
        assert mark(later) == mark(LATE)

    @pytest.mark.parametrize(
        "other",
        [
            replace(LATE, code="GOV-ACTION-STALE"),
            replace(LATE, entity="ask-13"),
            replace(LATE, location=replace(LATE.location, path="other.csv")),
            replace(LATE, message="due on 2026-03-20, 11 days ago, and cancelled"),
        ],
        ids=["code", "entity", "file", "words"],
    )
    def test_another_finding_has_another_fingerprint(self, other: Diagnostic) -> None:
        assert mark(other) != mark(LATE)

    @pytest.mark.parametrize(
        ("before", "after", "is_same"),
        [
            ("a loss of 11,000 GBP", "a loss of 9.50 GBP", True),
            ("variance is -3.5 %", "variance is 4 %", True),
            ("waits for risk-12", "waits for risk-13", False),
            ("no report for Q1", "no report for Q2", False),
        ],
    )
    def test_numbers_do_not_count_but_the_digits_of_a_name_do(
        self, before: str, after: str, *, is_same: bool
    ) -> None:
        first, second = (mark(replace(LATE, message=words)) for words in (before, after))
        assert (first == second) is is_same

    def test_findings_that_differ_in_numbers_alone_do_not_hide_each_other(self) -> None:
        twice = [LATE, replace(LATE, message="due on 2026-03-01, 30 days ago, and still open")]
        first, second = (fingerprint for _, fingerprint in fingerprinted(twice))
        assert first == mark(LATE)
        assert first != second


class TestGithub:
    """The runner reads a line as ``::command property=value,…::text``."""

    def test_a_finding_is_one_command_at_its_place(self) -> None:
        assert github(findings(LATE)) == (
            "::warning file=actions.csv,line=2,endLine=2,col=57,endColumn=67,"
            "title=pmo GOV-ACTION-OVERDUE::due on 2026-03-20, 11 days ago, and still open\n"
        )

    def test_information_is_a_notice_and_several_lines_have_no_columns(self) -> None:
        assert github(findings(EXPECTED)) == (
            "::notice file=projects.yaml,line=1,endLine=9,title=pmo FLD-EXPECTED::no benefits\n"
        )

    def test_a_place_without_an_end_states_none(self) -> None:
        found = replace(EXPECTED, location=Location("a.yaml", 7, 3))
        assert github(findings(found)) == (
            "::notice file=a.yaml,line=7,col=3,title=pmo FLD-EXPECTED::no benefits\n"
        )

    def test_text_cannot_leave_its_command(self) -> None:
        hostile = replace(
            EXPECTED,
            message="80 %\r\n::error file=x::a: b, c; d",
            location=Location("a:b,c;d%\n.yaml", 1, 1, 1, 2),
        )
        assert github(findings(hostile)) == (
            "::notice file=a%3Ab%2Cc;d%25%0A.yaml,line=1,endLine=1,col=1,endColumn=2,"
            "title=pmo FLD-EXPECTED::80 %25%0D%0A::error file=x::a: b, c; d\n"
        )

    def test_the_hint_stands_on_a_line_of_its_own(self) -> None:
        assert github(findings(BROKEN)).endswith("%0A(hint: did you mean anna?)\n")

    def test_nothing_found_is_nothing_said(self) -> None:
        assert github(findings()) == ""


class TestGitlab:
    """The report of code quality: a list of issues."""

    def test_an_issue_has_what_gitlab_reads(self) -> None:
        assert json.loads(gitlab(findings(BROKEN))) == [
            {
                "description": "REF-BROKEN: owner names 'ana', but there is no such person "
                "(hint: did you mean anna?)",
                "check_name": "REF-BROKEN",
                "fingerprint": mark(BROKEN),
                "severity": "major",
                "location": {"path": "my risks/top ten.yaml", "lines": {"begin": 4}},
            }
        ]

    def test_severities_are_those_of_gitlab(self) -> None:
        assert [i["severity"] for i in json.loads(gitlab(ALL))] == ["minor", "major", "info"]

    def test_nothing_found_is_an_empty_list(self) -> None:
        assert json.loads(gitlab(findings())) == []


class TestSarif:
    """SARIF 2.1.0, as code scanning uploads it."""

    @pytest.fixture
    def run(self) -> dict[str, Any]:
        """Return the one run of the log of all three findings."""
        document = json.loads(sarif(ALL))
        assert document["version"] == "2.1.0"
        (run,) = document["runs"]
        assert isinstance(run, dict)
        return run

    def test_the_log_conforms_to_the_standard(self) -> None:
        schema = json.loads(
            real_data("conformance", "sarif-schema-2.1.0.json").read_text(encoding="utf-8")
        )
        for log in (sarif(ALL), sarif(findings())):
            jsonschema.Draft4Validator(schema).validate(json.loads(log))

    def test_columns_are_counted_as_we_count_them(self, run: dict[str, Any]) -> None:
        assert run["columnKind"] == "unicodeCodePoints"

    def test_a_result_points_at_the_fault_by_a_relative_address(self, run: dict[str, Any]) -> None:
        (location,) = run["results"][1]["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert artifact == {"uri": "my%20risks/top%20ten.yaml", "uriBaseId": "%SRCROOT%"}
        assert artifact["uriBaseId"] in run["originalUriBaseIds"]
        assert location["physicalLocation"]["region"] == {
            "startLine": 4,
            "startColumn": 10,
            "endLine": 4,
            "endColumn": 13,
        }

    def test_the_other_end_of_a_link_is_related(self, run: dict[str, Any]) -> None:
        assert "relatedLocations" not in run["results"][0]
        (related,) = run["results"][1]["relatedLocations"]
        assert related["message"]["text"] == "person 'anna' is here"
        assert related["physicalLocation"]["artifactLocation"]["uri"] == "people.yaml"

    def test_levels_and_fingerprints(self, run: dict[str, Any]) -> None:
        assert [result["level"] for result in run["results"]] == ["warning", "error", "note"]
        assert [result["partialFingerprints"]["pmo/v1"] for result in run["results"]] == [
            mark(LATE),
            mark(BROKEN),
            mark(EXPECTED),
        ]

    def test_each_result_names_the_rule_that_its_index_gives(self, run: dict[str, Any]) -> None:
        rules = run["tool"]["driver"]["rules"]
        assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [
            "GOV-ACTION-OVERDUE",
            "REF-BROKEN",
            "FLD-EXPECTED",
        ]

    @pytest.mark.parametrize("code", ["GOV-ACTION-OVERDUE", "REF-BROKEN"])
    def test_a_rule_brings_its_documentation(self, run: dict[str, Any], code: str) -> None:
        (rule,) = (r for r in run["tool"]["driver"]["rules"] if r["id"] == code)
        for heading in ("What it does:", "Why it matters:", "Example:", "Use instead:"):
            assert heading in rule["help"]["text"]
            assert heading in rule["help"]["markdown"]
        assert rule["shortDescription"]["text"] == rule["help"]["text"].splitlines()[0]
        assert rule["fullDescription"]["text"].startswith("Reports ")


class TestJunit:
    """Test reports: what fails the run is red there, and nothing else."""

    @staticmethod
    def suite(findings: Findings) -> Any:  # noqa: ANN401 - what lies in a document
        """Return the one suite of a report."""
        (suite,) = xmlschema.XMLResource(junit(findings)).root
        return suite

    def test_the_report_conforms_to_the_schema(self) -> None:
        schema = xmlschema.XMLSchema(str(real_data("conformance", "JUnit.xsd")))
        hostile = replace(LATE, message="a\x00b\x1b]<&>\"'\n\ud800\ufffe c")
        for report in (junit(ALL), junit(findings()), junit(findings(hostile))):
            schema.validate(report)

    @pytest.mark.parametrize(
        ("limit", "failures"), [(Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.INFO, 3)]
    )
    def test_findings_fail_from_the_severity_that_fails_the_run(
        self, limit: Severity, failures: int
    ) -> None:
        suite = self.suite(findings(LATE, BROKEN, EXPECTED, limit=limit))
        assert len(suite.findall("testcase/failure")) == failures
        assert len(suite.findall("testcase/skipped")) == 3 - failures
        stated = {key: int(suite.get(key)) for key in ("tests", "failures", "errors", "skipped")}
        assert stated == {
            "tests": len(suite.findall("testcase")),
            "failures": failures,
            "errors": 0,
            "skipped": 3 - failures,
        }

    def test_a_finding_is_a_case_of_its_file(self) -> None:
        case = self.suite(findings(BROKEN)).find("testcase")
        assert case.get("classname") == "my risks/top ten.yaml"
        assert case.get("name") == "REF-BROKEN owner names 'ana', but there is no such person"
        failure = case.find("failure")
        assert failure.get("type") == "REF-BROKEN"
        assert failure.text == (
            "my risks/top ten.yaml:4:10: owner names 'ana', but there is no such person\n"
            "(hint: did you mean anna?)"
        )

    def test_a_file_without_findings_passes(self) -> None:
        (case,) = self.suite(findings()).findall("testcase")
        assert (case.get("classname"), list(case)) == ("pmo.yaml", [])
