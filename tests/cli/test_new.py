"""`pmo new`: what it prints can be pasted, of every kind, into every portfolio, as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from portfolio.application.starters.portfolio_files import starter_files
from portfolio.application.starters.sample_values import Surroundings
from portfolio.application.starters.skeleton import WIDTH, skeleton
from portfolio.application.validation.findings import judge
from portfolio.diagnostic import Diagnostic, Severity
from portfolio.loading.discovery import SourceFile
from portfolio.loading.findings import Findings
from portfolio.loading.loader import Loaded, load_texts, read_file
from portfolio.loading.reference_resolution import duplicates, give_currencies, resolve
from portfolio.model.entity import Entity
from portfolio.model.kinds import kinds
from portfolio.model.portfolio import Portfolio
from portfolio.view.view import view_of
from tests.cli.running import pmo
from tests.plain_yaml import plain
from tests.portfolios import SETTINGS

DAY = date(2026, 3, 31)
MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"
KINDS = list(kinds().values())

TRUE_OF_ANYTHING_NEW = {("objective", "STR-OBJECTIVE-UNSERVED")}
"""What a rule rightly says: a new objective is served by nothing until a project names it."""


@dataclass(frozen=True)
class Place:
    """A portfolio that skeletons are pasted into, with what is wrong in it already."""

    portfolio: Portfolio
    texts: dict[str, bytes]
    known: frozenset[tuple[str, str]]

    @property
    def around(self) -> Surroundings:
        return Surroundings(
            self.portfolio.as_of, view_of(self.portfolio), self.portfolio.entities.keys()
        )

    def with_pasted(self, *texts: str) -> Loaded:
        """Load further files beside what is there, which is read only once."""
        before = self.portfolio
        found: list[Diagnostic] = []
        pasted: list[Entity] = []
        for number, text in enumerate(texts):
            findings = Findings(f"pasted-{number}.yaml")
            pasted += read_file(SourceFile(findings.path, text.encode()), findings)
            found += findings.found
        entities = [*before.entities.values(), *pasted]
        by_id = {entity.id: entity for entity in reversed(entities)}
        found += [*duplicates(entities), *resolve(by_id, pasted, lambda _: False)]
        give_currencies(by_id, pasted, before.settings.organisation.currency)
        return Loaded(Portfolio(before.settings, before.as_of, entities), tuple(found), {})

    def new_findings(self, *texts: str) -> list[Diagnostic]:
        found = judge(self.with_pasted(*texts))
        return [each for each in found if (each.code, each.message) not in self.known]


def place_of(texts: dict[str, bytes], day: date) -> Place:
    loaded = load_texts(texts, as_of=day)
    assert loaded.portfolio is not None
    known = frozenset((each.code, each.message) for each in judge(loaded))
    return Place(loaded.portfolio, texts, known)


def started_on(day: date) -> Place:
    files = starter_files("Harbour", "GBP", day, "0")
    return place_of({path: text.encode() for path, text in files.items()}, day)


@cache
def place(name: str) -> Place:
    if name == "what init wrote":
        return started_on(DAY)
    if name == "an empty portfolio":
        return place_of({"pmo.yaml": SETTINGS.encode()}, DAY)
    paths = (path for path in MERIDIAN.rglob("*") if path.suffix in {".yaml", ".csv"})
    return place_of({str(p.relative_to(MERIDIAN)): p.read_bytes() for p in sorted(paths)}, DAY)


PLACES = ("what init wrote", "the example", "an empty portfolio")


def printed(kind: type[Entity], around: Surroundings, *, full: bool = False) -> str:
    return "\n".join(skeleton(kind, around, full=full)) + "\n"


def unexpected(kind: type[Entity], text: str, found: list[Diagnostic]) -> list[str]:
    """Return what should not be said of a skeleton.

    A field that good practice wants is rightly missed where it is a comment: nothing to name yet.
    """
    comments = set(re.findall(r"^  # (\w+):", text, re.MULTILINE))
    wrong = []
    for each in found:
        missed = each.message.partition("does not state ")[2].split(", ")
        is_told = each.code == "FLD-EXPECTED" and comments.issuperset(missed)
        if not is_told and (kind.KIND, each.code) not in TRUE_OF_ANYTHING_NEW:
            wrong.append(f"{each.code} {each.message}")
    return wrong


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_a_skeleton_validates_as_printed(kind: type[Entity], where: str) -> None:
    text = printed(kind, place(where).around)
    assert not unexpected(kind, text, place(where).new_findings(text))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_optional_fields_are_comments_that_can_be_switched_on(kind: type[Entity]) -> None:
    for where in PLACES:
        around = place(where).around
        short, full = (printed(kind, around, full=full) for full in (False, True))
        stated = plain(short.encode())
        assert stated == plain(full.encode())
        assert max(map(len, (short + full).splitlines())) <= WIDTH
        switched = set()
        for key, text in switched_on(full):
            found = Findings("new.yaml")
            list(read_file(SourceFile("new.yaml", text.encode()), found))
            assert not [each for each in found.found if each.severity > Severity.INFO], (key, text)
            switched.add(key)
        assert switched >= kind.FIELDS.keys() - stated[kind.KIND].keys()


def switched_on(text: str) -> Iterator[tuple[str, str]]:
    """Yield the text with one field after the other that is a comment made a field."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        field = re.match(r"( +)# (\w+):( |$)", line)
        if field is None or len(field[1]) > len("      "):
            continue
        margin = f"{field[1]}# "
        block = [margin]
        for following in lines[number + 1 :]:
            if not following.startswith(f"{margin}  "):
                break
            block.append(following)
        changed = [field[1] + each[len(margin) :] for each in [line, *block[1:]]]
        yield field[2], "\n".join([*lines[:number], *changed, *lines[number + len(block) :]]) + "\n"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_the_next_one_gets_an_id_of_its_own(kind: type[Entity]) -> None:
    start = place("what init wrote")
    first = printed(kind, start.around)
    entities = start.with_pasted(first).portfolio
    assert entities is not None
    again = Place(entities, start.texts, start.known)
    second = printed(kind, again.around)
    codes = {each.code for each in start.new_findings(first, second)}
    assert not {code for code in codes if code.startswith(("REF", "YML"))}


@pytest.mark.parametrize(
    "day", [date(2026, 12, 31), date(2028, 2, 29), date(2026, 8, 1), date(2026, 1, 4)], ids=str
)
def test_a_skeleton_validates_on_any_day(day: date) -> None:
    start = started_on(day)
    for kind in KINDS:
        text = printed(kind, start.around)
        assert not unexpected(kind, text, start.new_findings(text)), kind.KIND


def test_what_exists_is_named_and_marked() -> None:
    text = printed(kinds()["risk"], place("what init wrote").around)
    assert re.search(
        r"^  owner: alex-sample +# choose: Who answers for the risk\.$", text, re.MULTILINE
    )


def test_what_must_be_named_and_does_not_exist_is_printed_too() -> None:
    text = printed(kinds()["milestone"], Surroundings(DAY))
    document = plain(text.encode())
    assert list(document) == ["milestone", "project", "person"]
    assert document["milestone"]["project"] == document["project"]["id"]
    assert document["project"]["sponsor"] == document["person"]["id"]


def test_what_good_practice_wants_and_does_not_exist_is_a_comment_that_tells_the_way() -> None:
    text = printed(kinds()["benefit"], place("what init wrote").around)
    assert re.search(
        r"^  # kpi: \S+ +# none yet, `pmo new kpi`: What shows it\.$", text, re.MULTILINE
    )


def test_nothing_confidential_is_named() -> None:
    example = place("the example")
    hidden = view_of(example.portfolio).hidden
    assert hidden
    words = re.compile(r"(?<![\w.-])(" + "|".join(map(re.escape, hidden)) + r")(?![\w.-])")
    for kind in KINDS:
        assert not words.search(printed(kind, example.around, full=True)), kind.KIND


def test_nobody_is_named_who_has_left_and_nothing_that_is_over() -> None:
    """
    people:
      - {id: gone, name: Gone, end_date: 2026-01-31}
      - {id: coming, name: Coming, start_date: 2026-06-01}
      - {id: here, name: Here}
    projects:
      - {id: done, name: Done, sponsor: here, status: closed, actual_finish: 2026-01-31}
      - {id: runs, name: Runs, sponsor: here, status: delivering}
    """
    text = test_nobody_is_named_who_has_left_and_nothing_that_is_over.__doc__ or ""
    files = {
        "pmo.yaml": SETTINGS.encode(),
        "all.yaml": re.sub("^    ", "", text, flags=re.MULTILINE).encode(),
    }
    document = plain(printed(kinds()["gate"], place_of(files, DAY).around).encode())
    assert document["gate"]["project"] == "runs"
    document = plain(printed(kinds()["action"], place_of(files, DAY).around).encode())
    assert document["action"]["owner"] == "here"


def test_what_is_shared_is_what_the_others_leave() -> None:
    around = place("what init wrote").around
    line = plain(printed(kinds()["budget_line"], around).encode())["budget_line"]
    assert [each["amount"] for each in line["periods"]] == [250_000]
    assert plain(printed(kinds()["objective"], around).encode())["objective"]["weight"] == 0
    alone = plain(printed(kinds()["objective"], Surroundings(DAY)).encode())
    assert alone["objective"]["weight"] == 1


class TestCommand:
    """`pmo new` in a folder."""

    def test_it_prints_what_it_writes(self, tmp_path: Path) -> None:
        assert pmo("init", tmp_path / "new").returncode == 0
        folder = tmp_path / "new"
        shown_text = pmo("new", "issue", cwd=folder).stdout
        done = pmo("new", "issue", "-o", folder / "issue.yaml", cwd=folder)
        assert done.returncode == 0
        assert (folder / "issue.yaml").read_text(encoding="utf-8") == shown_text
        assert "owner: alex-sample" in shown_text
        assert pmo("validate", "--strict", cwd=folder).returncode == 0

    def test_it_uses_the_day_of_the_portfolio(self, tmp_path: Path) -> None:
        (tmp_path / "pmo.yaml").write_text(SETTINGS)
        assert "raised_on: 2026-03-31 " in pmo("new", "issue", cwd=tmp_path).stdout
        assert "raised_on: 2026-02-27 " in pmo("new", "issue", "--as-of", "2026-02-27").stdout

    def test_a_portfolio_that_cannot_be_read_is_said_and_does_without(self, tmp_path: Path) -> None:
        (tmp_path / "pmo.yaml").write_text("organisation: [\n")
        done = pmo("new", "risk", cwd=tmp_path)
        assert done.returncode == 0
        assert "owner: change-me-person" in done.stdout
        assert "pmo.yaml cannot be used" in done.stderr

    def test_it_never_changes_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "people.yaml").write_text("people: []\n")
        assert pmo("new", "risk", "-o", tmp_path / "people.yaml").returncode == 2
        assert (tmp_path / "people.yaml").read_text() == "people: []\n"

    def test_the_empty_file_of_a_redirection_is_no_matter(self, tmp_path: Path) -> None:
        (tmp_path / "pmo.yaml").write_text(SETTINGS)
        (tmp_path / "risk.yaml").write_text("")
        assert pmo("new", "risk", cwd=tmp_path).stderr == ""
