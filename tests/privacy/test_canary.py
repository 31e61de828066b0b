"""A word and an amount of what is hidden are in no output of any command that did not ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.repositories import commit, git
from tests.privacy.asking import Answer, answers
from tests.privacy.faults import faulty
from tests.privacy.planting import hidden_id, planted, written
from tests.privacy.questions import about, questions
from tests.privacy.secrets import WORD, Canary, leaks
from tests.same_bytes.questions import FINDINGS, PLACE, Words
from tests.tools import are_promised

GROUPS = ("show", "report", "site", "deps", "others")
ASKING = "--include-confidential"
_ANSWERED = {b"None", b"0", b"1"}


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example with a hidden project, as files."""
    return written(planted(Canary()), tmp_path_factory.mktemp("planted"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the same with mistakes in it, for a test that writes into it."""
    return written(faulty(Canary()), tmp_path / "own")


def group(words: Words) -> str:
    if words[:2] == ("report", "all"):
        return "site"
    return words[0] if words[0] in GROUPS else "others"


def assert_silent(answered: Mapping[str, Answer]) -> None:
    """Fail with each place where a word or an amount stands, or where a command broke down."""
    found = [
        f"{name} · {where}: {len(said)}, {said[0]}"
        for name, answer in answered.items()
        for where, content in answer.items()
        if (said := leaks(where.encode()) + leaks(content))
    ]
    found += [
        f"{name}: {answer['stderr'].decode()}"
        for name, answer in answered.items()
        if answer["exit code"] not in _ANSWERED
    ]
    assert not found, f"{len(found)} in {len(answered)} answers\n" + "\n".join(found)


@pytest.mark.parametrize(
    "which",
    [pytest.param(each, marks=pytest.mark.more) if each == "site" else each for each in GROUPS],
)
def test_no_output_tells_a_word_or_an_amount_of_it(portfolio: Path, which: str) -> None:
    asked = {name: words for name, words in questions().items() if group(words) == which}
    assert_silent(answers(portfolio, asked))


@pytest.mark.parametrize("command", [
    ("show", "projects", "--format", "json"), ("show", "risks"), ("show", "surveys"),
    ("report", "board"), ("report", "dependencies"), ("report", "all", "-o", PLACE),
    ("report", "project", f"{WORD}-project"),
    ("deps",), ("deps", "--why", f"{WORD}-project.{WORD}-milestone"),
    ("validate",), ("risk", "simulate"), ("resources", "level"), ("prioritise",),
    ("export", "mspdi"), ("export", "ics"), ("new", "milestone"),
], ids=" ".join)  # fmt: skip
def test_who_asks_for_it_is_told(portfolio: Path, command: Words) -> None:
    answer = answers(portfolio, {"asked": (*command, ASKING)})["asked"]
    assert answer["exit code"] in {b"None", b"0", b"1"}, answer["stderr"].decode()
    if command[0] not in {"new", "resources"}:  # which name no work unless there is a reason
        assert any(leaks(content) for content in answer.values())


class TestNaming:
    """Who names what is hidden is answered as if it did not exist."""

    HIDDEN = ("milestone", "risk", "survey")

    @pytest.mark.parametrize(
        "kind", ["project", *(pytest.param(each, marks=pytest.mark.more) for each in HIDDEN)]
    )
    def test_it_is_as_unknown_as_what_does_not_exist(self, portfolio: Path, kind: str) -> None:
        hidden, nothing = hidden_id(Canary(), kind), hidden_id(Canary("zxqjvvwkyp"), kind)
        told = answers(portfolio, about(hidden))
        untold = answers(portfolio, about(nothing))
        differing = [
            name
            for name in told
            if without(told[name], hidden, WORD) != without(untold[name], nothing, "zxqjvvwkyp")
        ]
        assert differing == []

    @pytest.mark.parametrize("place", [f"{WORD}-folder", f"{WORD}-folder/{WORD}-file.yaml"])
    def test_so_are_its_files(self, portfolio: Path, place: str) -> None:
        def asked(place: str) -> dict[str, Words]:
            return {
                "validate": ("validate", place),
                "show": ("show", "projects", f"path:{place}"),
                "report": ("report", "board", f"path:{place}"),
                "deps": ("deps", f"path:{place}"),
                "export": ("export", "ics", f"path:{place}"),
            }

        told = answers(portfolio, asked(place))
        untold = answers(portfolio, asked(place.replace(WORD, "zxqjvvwkyp")))
        for name in told:
            assert without(told[name], WORD) == without(untold[name], "zxqjvvwkyp"), name


def without(answer: Answer, *words: str) -> dict[str, bytes]:
    """Return an answer with a typed word taken out."""
    told = dict(answer)
    for word in words:
        told = {name: content.replace(word.encode(), b"IT") for name, content in told.items()}
    return told


class TestMistakes:
    """What is wrong inside it, or about it, is counted and not told."""

    def test_no_format_of_findings_tells_a_word_of_it(self, own: Path) -> None:
        asked: dict[str, Words] = {
            f"validate {form}": ("validate", "--fail-on", "info", "--no-fold", "--format", form)
            for form in FINDINGS
        }
        assert_silent(answers(own, asked))

    def test_no_other_command_does(self, own: Path) -> None:
        asked: dict[str, Words] = {
            "board": ("report", "board"),
            "site": ("report", "all", "-o", PLACE),
            "show": ("show", "projects"),
            "deps": ("deps",),
            "simulate": ("risk", "simulate", "--iterations", "100"),
            "level": ("resources", "level"),
            "export": ("export", "mspdi"),
            "repairs": ("validate", "--fix", "--diff"),
            "new": ("new", "milestone"),
        }
        assert_silent(answers(own, asked))

    def test_what_repairs_it_tells_no_word_either(self, own: Path) -> None:
        assert_silent(answers(own, {"fix": ("validate", "--fix")}))

    def test_what_is_accepted_is_written_without_a_word(self, own: Path) -> None:
        assert_silent(answers(own, {"accept": ("validate", "--write-baseline")}))
        assert leaks((own / ".pmo" / "baseline.json").read_bytes()) == []


class TestPast:
    """What is hidden now, or was hidden then, is in no difference between the two."""

    OPEN = (b'"confidential": "true"', b'"confidential": "false"')

    @pytest.mark.more
    @pytest.mark.parametrize("case", ["then", "now", "then and now", "known then"])
    def test_a_difference_tells_no_word_of_it(self, tmp_path: Path, case: str) -> None:
        now, then = planted(Canary()), planted(Canary())
        plain = {path: text for path, text in now.items() if WORD not in path}
        plain["beside.yaml"] = b""
        if case == "then":
            now = plain
        elif case == "now":
            then = plain
        elif case == "known then":
            then = {path: text.replace(*self.OPEN) for path, text in then.items()}
        else:
            now = {path: text.replace(b"delivering", b"on_hold") for path, text in now.items()}
        folder = written(then, tmp_path / "repository")
        git(folder, "init", "-q", "-b", "main")
        commit(folder, {})
        for path in then.keys() - now.keys():
            (folder / path).unlink()
        written(now, folder)
        asked: dict[str, Words] = {
            "board": ("report", "board", "--since", "HEAD"),
            "project": ("report", "project", "atlas", "--since", "HEAD"),
            "page": ("report", "board", "--since", "HEAD", "--format", "html"),
            "site": ("report", "all", "--since", "HEAD", "-o", PLACE),
            **{
                f"{word} {form}": ("validate", "--against", "HEAD", *new, "--format", form)
                for form in (FINDINGS if are_promised() else ("text", "json", "sarif"))
                for word, new in (("against", ()), ("new", ("--new",)))
            },
        }
        assert_silent(answers(folder, asked))
