"""The answers of one Python, each in a file of its own: one process asks everything.

``python -m tests.same_bytes.answering FOLDER`` asks everything about the example and about what
`init` writes; with ``--few PORTFOLIO`` it asks what stands for the other questions.
A portfolio is loaded once and the command line built once, which is what makes two thousand
questions affordable; nothing else is kept from one question to the next.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pmo_cli.app
import portfolio.application.open as opening
from portfolio.loading.loader import load
from portfolio.view.view import View
from tests.portfolios import view_in
from tests.same_bytes.questions import BEGUN, DAY, PLACE, Words, few, lookups, papers, questions

REFUSED = b"refused with exit code "
_ANSWERED = (None, 0, 1)  # 1 is findings
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "meridian"


def answer(asked: Mapping[str, Words], shared: Words, folder: Path) -> None:
    """Write the answer to each question into a file, or folder, of the question's name.

    Where a command refuses, its exit code and its message are the answer.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with kept():
        for name, words in asked.items():
            target = folder / name
            given = [str(target) if word == PLACE else word for word in words]
            content, code, said = run([*shared, *given])
            if code not in _ANSWERED:
                content = REFUSED + f"{code}\n{said}".encode()
            if not target.exists():
                target.write_bytes(content)


def opened(folder: Path) -> View:
    """Return the portfolio in a folder."""
    return view_in(load(folder, today=date.fromisoformat(DAY)))


def run(words: list[str]) -> tuple[bytes, object, str]:
    """Return what a command writes, how it ends and what it says."""
    raw, said, code = io.BytesIO(), io.StringIO(), None
    stdout = sys.stdout
    sys.stdout = caught = io.TextIOWrapper(raw, encoding=stdout.encoding, write_through=True)
    try:
        with redirect_stderr(said):
            pmo_cli.app.main(words)
    except SystemExit as ended:
        code = ended.code
    finally:
        caught.flush()
        sys.stdout = stdout
    return raw.getvalue(), code, said.getvalue()


@contextmanager
def kept() -> Iterator[None]:
    """Keep the command line and each portfolio that was opened from one question to the next."""
    build, opened_once = pmo_cli.app.build, opening.open_portfolio
    pmo_cli.app.build = cache(build)
    opening.open_portfolio = cache(opened_once)
    try:
        yield
    finally:
        pmo_cli.app.build, opening.open_portfolio = build, opened_once


def can_print() -> bool:
    """Tell whether a PDF can be written here."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def _answer_everything(folder: Path) -> None:
    answer(lookups(), (), folder / "no portfolio")
    _answer_about(EXAMPLE, folder / "example")
    with TemporaryDirectory() as elsewhere:  # findings tell their place in a repository
        answer({"portfolio": BEGUN}, (), Path(elsewhere))
        new = copytree(Path(elsewhere, "portfolio"), folder / "init" / "files").parent
        _answer_about(Path(elsewhere, "portfolio"), new)


def _answer_about(root: Path, folder: Path) -> None:
    portfolio = opened(root)
    asked = {**questions(portfolio), **(papers(portfolio) if can_print() else {})}
    answer(asked, ("-q", "-C", str(root), "--as-of", DAY), folder)


def _answer_few(root: Path, folder: Path, *, paper: bool) -> None:
    portfolio = opened(root)
    name = "report renewals.pdf"
    printed = {name: papers(portfolio)[name]} if paper and can_print() else {}
    answer({**few(portfolio), **printed}, ("-q", "-C", str(root)), folder)


def main() -> None:
    """Ask, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the answers go")
    parser.add_argument("--few", type=Path, metavar="PORTFOLIO", help="ask this one, a few things")
    parser.add_argument("--paper", action="store_true", help="with --few: a PDF, too")
    given = parser.parse_args()
    if given.few:
        _answer_few(given.few, given.folder, paper=given.paper)
    else:
        _answer_everything(given.folder)


if __name__ == "__main__":
    main()
