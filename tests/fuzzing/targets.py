"""What reads bytes of others: each reader in its place, with files to damage."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from pmo_cli.formats.findings.text import text
from portfolio.application.failure import Failure
from portfolio.application.validation import baseline
from portfolio.application.validation.findings import judge
from portfolio.application.validation.fixes import repairs
from portfolio.application.validation.merge_base import Base
from portfolio.diagnostic import Diagnostic
from portfolio.exchange.drafts.source_file import Unreadable
from portfolio.exchange.schedules.microsoft_project.reader import read_mspdi
from portfolio.exchange.schedules.portfolio_files import Target as Folder
from portfolio.exchange.schedules.portfolio_files import write_schedules
from portfolio.exchange.schedules.primavera.reader import read_xer
from portfolio.exchange.schedules.schedule import Schedule
from portfolio.exchange.tables.table_import import generate, home_currency, prepare
from portfolio.loading.findings import Findings
from portfolio.loading.loader import Loaded, load_texts
from tests.fuzzing.mutating import mutated
from tests.fuzzing.seeds import CONDITIONS, MAPPING, OWN, PLAN, PRIMAVERA, TABLE, phrase

DAY = date(2026, 3, 31)
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@dataclass(frozen=True)
class Target:
    """A reader, the files that are damaged for it, and its share of all inputs in per cent."""

    name: str
    seeds: Sequence[bytes]
    read: Callable[[bytes], None]
    share: int
    damage: Callable[[bytes, bytes, Random], bytes] = mutated

    def draw(self, random: Random) -> bytes:
        """Return a damaged file."""
        return self.damage(random.choice(self.seeds), random.choice(self.seeds), random)


@cache
def meridian() -> dict[str, bytes]:
    """Return the files of the clean example by path."""
    return _files(EXAMPLES / "meridian")


def _files(folder: Path) -> dict[str, bytes]:
    paths = sorted({*folder.rglob("*.yaml"), *folder.rglob("*.csv")})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def examples(ending: str) -> list[bytes]:
    """Return all files of both examples with an ending, the settings left out."""
    files = [*meridian().items(), *_files(EXAMPLES / "broken").items()]
    return [content for path, content in files if path.endswith(ending) and path != "pmo.yaml"]


def check(files: dict[str, bytes]) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """Do what `pmo validate` and `--fix --diff` do with these files."""
    loaded = load_texts(files, as_of=DAY)
    try:
        findings = judge(loaded)
    except Failure:  # an own rule that cannot be used: exit status 2, and no more
        return loaded, ()
    text(findings, loaded.texts)
    for found in findings:
        lines = loaded.texts[found.location.path].decode("utf-8", "replace").splitlines()
        assert 0 < found.location.line <= len(lines) + 2, found
    for repair in repairs(loaded, findings):
        repair.difference()
    return loaded, findings


def _beside(name: str) -> Callable[[bytes], None]:
    people = meridian()["people.yaml"]

    def read(content: bytes) -> None:
        check({"pmo.yaml": OWN.encode(), "people.yaml": people, name: content})

    return read


def _named(content: bytes, otherwise: str) -> dict[str, bytes]:
    """Divide a seed into the name of its file, on the first line, and what the file holds."""
    name, _, body = content.partition(b"\n")
    known = name.decode("utf-8", "replace")
    return {known if known in meridian() else otherwise: body}


def _seeds(*names: str) -> list[bytes]:
    return [f"{name}\n".encode() + meridian()[name] for name in names]


def _table(content: bytes) -> None:
    people = meridian()["people.yaml"]
    check({"pmo.yaml": OWN.encode(), "people.yaml": people, **_named(content, "risks.csv")})


def _settings(content: bytes) -> None:
    names = ("people.yaml", "programmes/digital-billing/atlas.yaml")
    check({"pmo.yaml": content, **{name: meridian()[name] for name in names}})


def _whole(content: bytes) -> None:
    check({**meridian(), **_named(content, "risks.yaml")})


@cache
def _past() -> Base:
    return Base(load_texts(meridian(), as_of=DAY), "0" * 12, ())


def _against(content: bytes) -> None:
    loaded = load_texts({**meridian(), **_named(content, "risks.yaml")}, as_of=DAY)
    judge(_past().behind(loaded))


def _condition(content: bytes) -> None:
    when = json.dumps(content.decode("utf-8", "replace"))
    rule = f"{{code: OWN-X, kind: project, when: {when}, message: {when}}}"
    settings = f"organisation: {{name: X, currency: GBP}}\nrules: {{own: [{rule}]}}\n".encode()
    check({"pmo.yaml": settings, "p.yaml": b"project: {id: a, name: A, sponsor: a, bac: 5}\n"})


def _accepted(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "baseline.json"
        path.write_bytes(content)
        try:
            baseline.split(path, _past().loaded.diagnostics[:3], partial=False)
        except Failure:
            return


def _import(mapping: bytes, table: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "projects.csv"
        path.write_bytes(table)
        findings = Findings("mapping.yaml")
        prepared = prepare("mapping", mapping, [path], findings)
        if prepared is None:
            assert findings.found
            return
        currency = home_currency(prepared, None) or "GBP"
        files, _ = generate(prepared, currency, with_settings=True, as_of=DAY)
    check({name: content.encode() for name, content in files.items()})


def _mapping(content: bytes) -> None:
    _import(content, TABLE.encode())


def _rows(content: bytes) -> None:
    _import(MAPPING.encode(), content)


def _write(schedules: tuple[Schedule, ...]) -> None:
    written = write_schedules(schedules, Folder("# from a test", as_of=DAY))
    loaded, _ = check({name: content.encode() for name, content in written.files.items()})
    assert loaded.portfolio is not None
    broken = [found for found in loaded.diagnostics if found.code.startswith("YML-")]
    assert broken == [], broken


def _mspdi(content: bytes) -> None:
    try:
        schedule = read_mspdi(content, "plan.xml")
    except Unreadable:
        return
    _write((schedule,))


def _xer(content: bytes) -> None:
    try:
        schedules = read_xer(content, "plan.xer")
    except Unreadable:
        return
    _write(schedules)


_LINKED = (
    "risks.yaml",
    "people.yaml",
    "programmes/digital-billing/atlas.yaml",
    "governance/decisions.yaml",
    "finance/budgets.yaml",
    "commercial/contracts.yaml",
    "services/services.yaml",
    "status/2026-03.yaml",
)


TARGETS = (
    Target("yaml", examples(".yaml"), _beside("file.yaml"), 36),
    Target("csv", _seeds(*(name for name in meridian() if name.endswith(".csv"))), _table, 14),
    Target("settings", [OWN.encode(), meridian()["pmo.yaml"]], _settings, 10),
    Target("conditions", CONDITIONS, _condition, 5),
    Target("phrases", CONDITIONS, _condition, 5, phrase),
    Target("whole", _seeds(*_LINKED), _whole, 1),
    Target("against", _seeds(*_LINKED), _against, 1),
    Target(
        "baseline", [b'{"version": 1, "accepted": [{"mark": "ab", "code": "X"}]}'], _accepted, 4
    ),
    Target("mapping", [MAPPING.encode()], _mapping, 6),
    Target("rows", [TABLE.encode()], _rows, 6),
    Target("mspdi", [PLAN], _mspdi, 6),
    Target("xer", [PRIMAVERA], _xer, 6),
)
