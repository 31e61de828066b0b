"""Shapes of SVG as text: escaped, rounded, coloured so that pages and paper both paint them.

Colours are literal attributes, which every renderer understands, and class names, by which a page
changes them in the dark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Svg:
    """A drawing made by our own charts; its texts are escaped where it is made."""

    markup: str


INK, SOFT, LINE, PAPER = "#1d2126", "#565d66", "#dcd9d3", "#ffffff"
FILLS: Mapping[str, str] = {
    "green": "#2e8b57",
    "amber": "#c77700",
    "red": "#b3261e",
    "grey": "#7a818a",
    "blue": "#1f5582",
}
TINTS: Mapping[str, str] = {
    "green": "#e6f3ea",
    "amber": "#fdf1dc",
    "red": "#fbe9e7",
    "grey": "#eeeeec",
    "blue": "#e5eef6",
}
_PAINTS = {
    **{f"fill-{colour}": paint for colour, paint in FILLS.items()},
    **{f"tint-{colour}": paint for colour, paint in TINTS.items()},
    "range": "#b9c3cc",
    "tint-low": TINTS["green"],
    "tint-medium": TINTS["amber"],
    "tint-high": TINTS["red"],
    "tint-very-high": "#f3c6c1",
}
"""What paints a box by the name of its class."""
SIZE = 13
# What XML cannot hold in any spelling.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A file of its own has no page that would change its colours in the dark.
_DARK = (
    "@media(prefers-color-scheme:dark){.paper{fill:#1b1f24}.ink{fill:#e8e6e1}.soft{fill:#a9b0b8}"
    ".line{stroke:#343a41}.ink-line{stroke:#e8e6e1}.slip{stroke:#6d7680}.arrow{stroke:#a9b0b8}"
    ".halo{stroke:#1b1f24}.hollow{fill:#1b1f24;stroke:#a9b0b8}.fill-blue{fill:#5b9bd5;stroke:#5b9bd5}"
    ".fill-red{fill:#e5736c;stroke:#e5736c}.track-blue{stroke:#5b9bd5}.track-red{stroke:#e5736c}"
    ".tint-green{fill:#17301f}.tint-amber{fill:#3a2a10}"
    ".tint-red{fill:#431c19}.tint-grey{fill:#2a2f35}.tint-blue{fill:#16283a}}"
)


def drawing(width: float, height: float, title: str, shapes: Iterable[str]) -> Svg:
    """Return a drawing with a title that a screen reader reads."""
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" '
        f'viewBox="0 0 {number(width)} {number(height)}" '
        f'role="img" font-family="system-ui, sans-serif" font-size="{SIZE}">'
        f"<title>{legible(title)}</title>{''.join(shapes)}</svg>"
    )


def standalone(svg: Svg, description: str) -> str:
    """Return a drawing as a file of its own: with paper, a description, and colours for the dark.

    It holds no script and loads nothing.
    """
    start, end = svg.markup.split("</title>", 1)
    # Without a height of its own a file is fitted to the window, and on a phone it is too small.
    start = re.sub(r'viewBox="0 0 \S+ (\S+)"', r'height="\1" \g<0>', start, count=1)
    paper = f'<rect class="paper" width="100%" height="100%" fill="{PAPER}"/>'
    return f"{start}</title><desc>{legible(description)}</desc><style>{_DARK}</style>{paper}{end}\n"


def legible(text: str) -> str:
    """Return a text as markup, without the characters that no markup can hold."""
    return escape(_FORBIDDEN.sub("", text))


def small(shape: str) -> str:
    """Return text set smaller than the rest of a drawing."""
    return f'<g font-size="{SIZE - 2}">{shape}</g>'


def words(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    soft: bool = False,
    bold: bool = False,
) -> str:
    """Return a line of text with its baseline at a point."""
    weight = ' font-weight="600"' if bold else ""
    fill, name = (SOFT, "soft") if soft else (INK, "ink")
    return (
        f'<text class="{name}" x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" '
        f'fill="{fill}"{weight}>{legible(text)}</text>'
    )


def box(x: float, y: float, width: float, height: float, name: str, hint: str = "") -> str:
    """Return a rectangle painted by its name, with words that show when it is pointed at."""
    return (
        f'<rect class="{name}" x="{number(x)}" y="{number(y)}" width="{number(width)}" '
        f'height="{number(height)}" fill="{_PAINTS[name]}">{_hint(hint)}</rect>'
    )


def line(start: tuple[float, float], end: tuple[float, float], *, name: str = "line") -> str:
    """Return a straight line between two points."""
    stroke = INK if name == "ink-line" else LINE
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line class="{name}" x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" '
        f'y2="{number(y2)}" stroke="{stroke}" stroke-width="1.5"/>'
    )


def track(
    points: Iterable[tuple[float, float]], colour: str, *, is_dashed: bool = False, hint: str = ""
) -> str:
    """Return a line through several points; a dashed one is what is expected."""
    joined = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    dashes = ' stroke-dasharray="6 4"' if is_dashed else ""
    return (
        f'<polyline class="track-{colour}" points="{joined}" fill="none" stroke="{FILLS[colour]}" '
        f'stroke-width="2.5" stroke-linejoin="round"{dashes}>{_hint(hint)}</polyline>'
    )


def diamond(x: float, y: float, *, colour: str, hollow: bool = False, hint: str = "") -> str:
    """Return a milestone's diamond around a point; a hollow one is where it was planned."""
    size = 7.0
    points = " ".join(
        f"{number(px)},{number(py)}"
        for px, py in ((x, y - size), (x + size, y), (x, y + size), (x - size, y))
    )
    fill = PAPER if hollow else FILLS[colour]
    stroke = SOFT if hollow else FILLS[colour]
    name = "hollow" if hollow else f"fill-{colour}"
    return (
        f'<polygon class="{name}" points="{points}" fill="{fill}" stroke="{stroke}" '
        f'stroke-width="1.5">{_hint(hint)}</polygon>'
    )


def number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    return f"{Decimal(str(round(value, 1))).normalize():f}"


def shortened(text: str, length: int) -> str:
    """Return a text that fits, with an ellipsis where it was cut."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _hint(text: str) -> str:
    return f"<title>{legible(text)}</title>" if text else ""
