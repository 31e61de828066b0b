"""What the pages tell a reader to type works as typed, from an empty folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.sequences import PAGES, ROOT, play
from tests.cli.running import pmo

# What no test can run, by page: the installers, and what is marked with its reason.
NOT_RUN = {
    "README.md": ["pip install ."],
    "docs/import.md": ["it needs the published table"],
}
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@pages
def test_what_a_page_shows_works_as_typed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    played = play(text)
    failed = [f"{ran.line} → {ran.status}\n{ran.printed}" for ran in played.ran if ran.status]
    assert failed == []
    assert played.not_run == NOT_RUN.get(str(page.relative_to(ROOT)), [])
    assert played.text == text, "`make docs` writes the outputs again"


@pages
def test_every_command_on_a_line_of_its_own_stands_in_a_block_that_is_run(page: Path) -> None:
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    assert re.findall(r"^ {4}(?:\$ )?pmo .*", text, re.MULTILINE) == []


def test_the_page_that_init_writes_works_as_typed(tmp_path: Path) -> None:
    assert pmo("init", "p", cwd=tmp_path).returncode == 0
    page = (tmp_path / "p" / "README.md").read_text(encoding="utf-8")
    played = play(f"```bash\npmo init p && cd p\n```\n{page}")
    assert [ran.status for ran in played.ran] == [0] * 5


@pytest.mark.parametrize(
    ("page", "status", "printed"),
    [
        ("```bash\npmo -C nowhere validate\n```\n", 2, "there is no folder nowhere"),
        ("```bash\ncd nowhere && pmo validate\n```\n", 1, "no such folder"),
        ("```bash\nfrobnicate\n```\n", 127, "not found"),
        ("<!-- output: pmo -C nowhere deps -->\n<!-- end -->\n", 2, "there is no folder"),
    ],
)
def test_what_does_not_work_is_seen(page: str, status: int, printed: str) -> None:
    (ran,) = play(page).ran
    assert (ran.status, printed in ran.printed) == (status, True)


def test_an_output_that_lags_is_written_again() -> None:
    old = "<!-- output: lines=1 pmo --help -->\nold\n<!-- end -->\n"
    assert "$ pmo --help" in play(old).text
    assert "old" not in play(old).text
