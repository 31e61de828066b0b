"""The pages and diagrams of the example portfolio, written once for all tests that read them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.measuring import pmo
from portfolio.report.outline import Outline
from tests import tools
from tests.browser.chromium import Page, opened
from tests.hostile.files import most_said

Write = Callable[..., Path]


def subject_of(outline: Outline) -> tuple[str, ...]:
    """Return the entity of the example that a report is about, if it is about one of a kind."""
    return (most_said(outline.subject),) if outline.subject else ()


@pytest.fixture(scope="session")
def page() -> Iterator[Page]:
    """Return one tab of one browser, shared: starting it costs more than all its pages."""
    with opened(tools.browser()) as tab:
        yield tab


@pytest.fixture
def mermaid(page: Page, tmp_path: Path) -> Page:
    """Return a page that holds the mermaid library."""
    library = tools.node_file("mermaid", "dist", "mermaid.min.js").as_uri()
    blank = tmp_path / "blank.html"
    blank.write_text(
        f"<!doctype html><html lang=en><title>mermaid</title><script src='{library}'></script>"
    )
    page.open(blank.as_uri(), 1000)
    return page


@pytest.fixture(scope="session")
def write(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Return a function that runs `pmo` on the example and returns the file with its output."""
    folder = tmp_path_factory.mktemp("pages")
    example = repository / "examples" / "meridian"
    written: dict[tuple[str, ...], Path] = {}

    def run(*words: str, suffix: str) -> Path:
        if words not in written:
            path = folder / f"{'-'.join(words).replace(':', '-')}{suffix}"
            with path.open("wb") as output:
                subprocess.run(
                    pmo("-C", str(example), *words),
                    stdout=output,
                    check=True,
                )
            written[words] = path
        return written[words]

    return run
