"""What a report looks like on a desk, on a phone and on paper, as one reviewed sheet each.

`python -m tests.browser.pictures` writes the sheets anew into `tests/browser/sheets`: look at what
changed before you commit it. A sheet is a page from top to bottom, cut into columns, at less than
half of its size: enough to see what moved, broke or vanished, and no more than a review needs.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.measuring import pmo
from tests import tools
from tests.browser.chromium import Page, opened
from tests.browser.reports import REPORTS

REPOSITORY = Path(__file__).resolve().parents[2]
SHEETS = Path(__file__).with_name("sheets")
ORIGIN = SHEETS / "origin.txt"
WAYS = ("desktop", "phone", "print")

_WINDOWS = {"desktop": (1280, 0.4), "phone": (390, 0.5)}
_SLICE = 4000
_COLUMN = 1600
_PAPER = 0.45
_PAPERS_IN_A_ROW = 6
_COLOURS = 64
_PROBE = (
    "<!doctype html><meta charset=utf-8><style>*{font-family:system-ui}code{font-family:monospace}"
    "</style><h1>Portfolio 0123456789 &pound;</h1><p><b>bold</b> <i>italic</i> <code>a:12</code>"
    " ● ▲ ■ ○ ✓ ↕ ▁▂▃▄▅▆▇█ → – … ▸ ✗</p><details><summary>More</summary></details>"
    "<svg width=90 height=30 font-family='system-ui, sans-serif'><text x=5 y=20>12 %</text>"
    "<path d='M60 5 80 25' stroke='#b3261e'/></svg><input type=search placeholder=Filter>"
)
_TOLERATED = 24
"""Steps of brightness, of 255, by which a pixel may differ before it counts."""


def origin(page: Page, folder: Path) -> str:
    """Return a fingerprint of what draws the sheets: browser, fonts, how letters are smoothed.

    Another machine draws every letter a little differently; there the sheets say nothing.
    """
    probe = folder / "probe.html"
    probe.write_text(_PROBE, encoding="utf-8")
    page.open(probe.as_uri(), 600)
    shapes = hashlib.sha256(b"".join(page.slices(600, 1, _SLICE)))
    page.open(probe.as_uri(), 600)
    paper = _papers(page.printed())
    shapes.update(paper.convert("L").tobytes())
    return shapes.hexdigest()[:16]


def example_without_history(folder: Path) -> Path:
    """Copy the example to where no git history is, so that no commit's name is in a picture."""
    target = folder / "meridian"
    shutil.copytree(REPOSITORY / "examples/meridian", target)
    return target


def draw(page: Page, example: Path, words: Sequence[str], folder: Path) -> Iterator[Image.Image]:
    """Yield the sheets of one report, in the order of WAYS."""
    text = subprocess.run(
        pmo("-C", str(example), "report", *words, "--format", "html"),
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    path = folder / "page.html"
    path.write_bytes(text)
    for width, scale in _WINDOWS.values():
        page.open(path.as_uri(), width)
        yield _in_columns(page.slices(width, scale, _SLICE))
    page.open(path.as_uri(), 1280)
    yield _papers(page.printed())


def _in_columns(slices: Sequence[bytes]) -> Image.Image:
    parts = [Image.open(io.BytesIO(part)).convert("RGB") for part in slices]
    whole = Image.new("RGB", (parts[0].width, sum(part.height for part in parts)), "white")
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height
    columns = -(-whole.height // _COLUMN)
    sheet = Image.new("RGB", (columns * (whole.width + 8), min(whole.height, _COLUMN)), "grey")
    for column in range(columns):
        piece = whole.crop(
            (0, column * _COLUMN, whole.width, min(whole.height, (column + 1) * _COLUMN))
        )
        sheet.paste(piece, (column * (whole.width + 8), 0))
    return _reduced(sheet)


def _papers(document: bytes) -> Image.Image:
    import pypdfium2

    pages = [page.render(scale=_PAPER).to_pil() for page in pypdfium2.PdfDocument(document)]
    width, height = pages[0].size
    rows = -(-len(pages) // _PAPERS_IN_A_ROW)
    across = min(len(pages), _PAPERS_IN_A_ROW)
    sheet = Image.new("RGB", (across * (width + 6), rows * (height + 6)), "grey")
    for number, page in enumerate(pages):
        row, column = divmod(number, _PAPERS_IN_A_ROW)
        sheet.paste(page, (column * (width + 6), row * (height + 6)))
    return _reduced(sheet)


def _reduced(sheet: Image.Image) -> Image.Image:
    return sheet.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels that differ visibly, 0..1; 1 where the size differs."""
    if one.size != other.size:
        return 1.0
    left, right = (np.asarray(each.convert("L"), dtype=np.int16) for each in (one, other))
    return float((np.abs(left - right) > _TOLERATED).mean())


def sheet_of(words: Sequence[str], way: str) -> Path:
    """Return where the sheet of a report is kept."""
    return SHEETS / f"{'-'.join(word.strip('-') for word in words)}.{way}.png"


def main() -> int:
    """Write every sheet anew and say which changed."""
    SHEETS.mkdir(exist_ok=True)
    known = set(SHEETS.glob("*.png"))
    with opened(tools.browser()) as page, tempfile.TemporaryDirectory() as name:
        example = example_without_history(Path(name))
        for words in REPORTS:
            for way, sheet in zip(WAYS, draw(page, example, words, Path(name)), strict=True):
                path = sheet_of(words, way)
                known.discard(path)
                if not path.is_file() or difference(Image.open(path), sheet) > 0:
                    sheet.save(path, optimize=True)
                    sys.stdout.write(f"{path.relative_to(REPOSITORY)}\n")
        for path in known:
            path.unlink()
        ORIGIN.write_text(origin(page, Path(name)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
