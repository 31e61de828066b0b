"""`docs/library.md` shows a library what the command line calls: it is true as it stands there."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest


def test_every_call_that_the_page_shows_gives_what_it_says(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    ran = doctest.testfile(str(repository / "docs" / "library.md"), module_relative=False)
    assert ran.failed == 0
    assert ran.attempted > 15


def test_every_other_answer_that_the_page_names_is_there(repository: Path) -> None:
    page = (repository / "docs" / "library.md").read_text(encoding="utf-8")
    named = re.findall(r"\| `(portfolio\.[\w.]+)` \| (.+?) \|", page)
    assert len(named) > 6
    for module, calls in named:
        for function in re.findall(r"`(\w+)\(", calls):
            assert callable(getattr(importlib.import_module(module), function)), function


WRITES = re.compile(
    r"\.write_(text|bytes)\(|\.mkdir\(|\.unlink\(|\.rename\(|copytree|mkstemp|open\([^)]*[\"'][wax]"
)
MAY_WRITE = {
    "portfolio/application/writing.py",
    "portfolio/application/staging.py",  # where it writes until a file is whole
    "portfolio/application/journal.py",  # how it writes several files as one
    "portfolio/history/git_folder.py",  # git's own, for the time of a question
}


def test_files_are_written_in_one_place(repository: Path) -> None:
    modules = [*repository.glob("portfolio/**/*.py"), *repository.glob("pmo_cli/**/*.py")]
    writing = {
        path.relative_to(repository).as_posix()
        for path in modules
        if WRITES.search(path.read_text(encoding="utf-8"))
    }
    assert writing == MAY_WRITE


READS = re.compile(r"os\.environ|date\.today\(|datetime\.now\(|sys\.std|\bprint\(")
MAY_READ = {
    "portfolio/limited_process.py": "a process of its own needs a path to start",
    "portfolio/application/reports/pdf.py": "the day of a PDF is stated to its library that way",
}


def test_what_a_library_calls_reads_neither_clock_nor_environment(repository: Path) -> None:
    found = {
        path.relative_to(repository).as_posix()
        for path in repository.glob("portfolio/**/*.py")
        if READS.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(MAY_READ)
