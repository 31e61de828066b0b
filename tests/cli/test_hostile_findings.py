"""Files whose every fault would like to run: each format of findings says it and is not steered.

The values of the wrong type, the keys, the ids, the kinds and the names of the files are attacks,
because a finding repeats what it found.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from pmo_cli.formats.findings import text as findings_text
from pmo_cli.formats.found import Findings
from pmo_cli.formats.registry import format_named
from portfolio.diagnostic import Severity
from portfolio.loading.loader import Loaded, load
from portfolio.model.kinds import kinds
from portfolio.record import Scalar
from tests.cli.running import pmo
from tests.hostile.attacks import ATTACKS, CONTROLS, attack
from tests.hostile.files import Plain, yaml_of
from tests.portfolios import DAY, SETTINGS

FILE_NAMES = (
    "x\n::error::forged.yaml",
    "=cmd|' /C calc'!A0.yaml",
    "\x1b[31mred\x1b]0;title\x07.yaml",
    "<script>alert(1)</script>.yaml",
    "\u202egnp.yaml",
    "a%0Ab,line=1,title=x::y.yaml",
    "- [x](javascript:a) | b.yaml",
)


def broken(numbers: Iterator[int]) -> Iterator[tuple[str, Plain]]:
    """Yield every kind with an attack in every field that takes anything but words."""
    for kind in kinds().values():
        wrong: dict[str, Plain] = {
            stated.key: attack(next(numbers))
            for stated in kind.FIELDS.values()
            if not (isinstance(stated.shape, Scalar) and stated.shape.name == "text")
        }
        known: dict[str, Plain] = {"id": f"a-{kind.KIND.replace('_', '-')}"}
        named: dict[str, Plain] = {"id": attack(next(numbers))}
        yield kind.PLURAL, [{**known, **wrong}, named, {**known, attack(next(numbers)): "x"}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("findings")
    (root / "pmo.yaml").write_text(SETTINGS)
    numbers = count()
    for place, (plural, rows) in enumerate(broken(numbers)):
        name = FILE_NAMES[place] if place < len(FILE_NAMES) else f"{plural}.yaml"
        path = root / str(place) / name.replace("/", "\u2215")
        path.parent.mkdir()
        path.write_bytes(yaml_of({plural: rows, attack(next(numbers)): "x"}))
    (root / "raw.yaml").write_bytes("person: \x1b[31m\u202ered\r::error::forged\n".encode())
    texts = "".join(
        f'{n},"{text.replace(chr(34), chr(34) * 2)}"\n' for n, text in enumerate(ATTACKS)
    )
    (root / "lessons.csv").write_bytes(f"id,raised\n{texts}".encode())
    return root


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Loaded:
    return load(folder, today=DAY)


@pytest.fixture(scope="module")
def findings(loaded: Loaded) -> Findings:
    found = loaded.diagnostics
    assert len(found) > 1000
    return Findings(found, tuple(loaded.texts), Severity.WARNING, DAY, "0")


def controls(text: str) -> list[str]:
    return [ascii(each) for each in CONTROLS if each in text]


def test_a_person_sees_one_head_a_finding(loaded: Loaded, findings: Findings) -> None:
    said = findings_text.text(loaded.diagnostics, loaded.texts)
    assert controls(said) == []
    assert "\r" not in said
    heads = [line for line in said.split("\n") if line and not line.startswith("  ")]
    assert len(heads) == len(findings.diagnostics)
    for head, found in zip(heads, findings.diagnostics, strict=True):
        assert f": {found.severity.word} {found.code} " in head


def test_colours_end_where_they_should(loaded: Loaded) -> None:
    said = findings_text.text(
        loaded.diagnostics, loaded.texts, lambda _, words: f"\x1b[1m{words}\x1b[0m"
    )
    assert set(re.findall("\x1b(?:\\[[0-9;]*m)?", said)) == {"\x1b[1m", "\x1b[0m"}


def test_a_workflow_gets_one_command_a_finding_and_none_of_another_sort(
    findings: Findings,
) -> None:
    lines = re.split(
        "[\r\n]", format_named("findings", "github").write(findings).removesuffix("\n")
    )
    assert len(lines) == len(findings.diagnostics)
    command = re.compile(r"::(error|warning|notice) ((\w+=[^,:]*)(,\w+=[^,:]*)*)::.+")
    for line in lines:
        assert command.fullmatch(line), line


@pytest.mark.parametrize("form", ["gitlab", "sarif"])
def test_documents_of_json_stay_documents(findings: Findings, form: str) -> None:
    text = format_named("findings", form).write(findings)
    assert controls(text) == []
    told = json.loads(text)
    issues = told if form == "gitlab" else told["runs"][0]["results"]
    assert len(issues) == len(findings.diagnostics)


def test_the_addresses_of_code_scanning_are_addresses(findings: Findings) -> None:
    told = json.loads(format_named("findings", "sarif").write(findings))
    for result in told["runs"][0]["results"]:
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[\w./~%!$&'()*+,;=@-]+", uri, re.ASCII), uri
        assert not uri.lower().startswith("javascript:")


def test_test_reports_are_xml(findings: Findings) -> None:
    text = format_named("findings", "junit").write(findings)
    cases = ET.fromstring(text).findall(".//testcase")  # noqa: S314 - our own words
    assert len(cases) >= len(findings.diagnostics)


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_the_command_says_the_same_on_a_terminal(folder: Path, form: str) -> None:
    done = pmo("-C", folder, "validate", "--format", form)
    assert done.returncode == 1
    assert controls(done.stdout + done.stderr) == []
    assert "Traceback" not in done.stderr
