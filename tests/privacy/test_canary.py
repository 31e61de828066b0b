"""A word and an amount of what is hidden are in no output of any command that did not ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.privacy.asking import Answer, answers
from tests.privacy.planting import planted, written
from tests.privacy.questions import questions
from tests.privacy.secrets import Canary, leaks

GROUPS = ("show", "report", "site", "deps", "others")


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example with a hidden project, as files."""
    return written(planted(Canary()), tmp_path_factory.mktemp("planted"))


def group(words: tuple[str, ...]) -> str:
    if words[:2] == ("report", "all"):
        return "site"
    return words[0] if words[0] in GROUPS else "others"


def found_in(answered: Mapping[str, Answer]) -> dict[str, list[str]]:
    """Return the leaks by question and by where they stand."""
    found = {}
    for name, answer in answered.items():
        for where, content in answer.items():
            said = leaks(where.encode()) + leaks(content)
            if said:
                found[f"{name} · {where}"] = said
    return found


def told(found: Mapping[str, list[str]]) -> str:
    return "\n".join(f"{name}: {len(said)}, {said[0]}" for name, said in found.items())


@pytest.mark.parametrize("which", GROUPS)
def test_no_output_tells_a_word_or_an_amount_of_it(portfolio: Path, which: str) -> None:
    asked = {name: words for name, words in questions().items() if group(words) == which}
    answered = answers(portfolio, asked)
    found = found_in(answered)
    assert not found, f"{len(found)} of {len(answered)} answers\n{told(found)}"
