"""From a report to text in a format: the only place that knows Jinja.

A format is a folder in `templates/`; its `report.jinja` renders every block by a macro. Templates
are sandboxed, and in HTML everything is escaped: the only markup that passes is what our own charts
draw.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio.characters import visible
from portfolio.report import formatting
from portfolio.report.footnotes import Footnotes
from portfolio.report.labels import Labels
from portfolio.report.report import Link, Svg
from portfolio.report.sparklines import sparkline
from portfolio.resources import resource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

    from portfolio.report.explorer import ExplorerPage
    from portfolio.report.report import Report

_SAFE_TARGET = re.compile(r"(https?://|mailto:|#|(?![a-zA-Z][a-zA-Z0-9+.-]*:)[^/\\])", re.ASCII)
_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_SNAKE = re.compile(r"(?<!^)(?=[A-Z])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&])")


def formats() -> tuple[str, ...]:
    """Return the formats: the folders of templates."""
    return tuple(sorted(f.name for f in resource("templates").iterdir() if f.is_dir()))


def render(report: Report, format_: str, folders: Sequence[Path] = ()) -> str:
    """Render a report; the same report gives the same bytes.

    ``folders`` are a user's own template folders; what they hold goes before ours.
    """
    notes = Footnotes(silent=report.silent)
    return _render("report.jinja", format_, folders, notes, report=report)


def render_explorer(explorer: ExplorerPage) -> str:
    """Render the interactive page of a graph as one HTML file; the same graph, the same bytes."""
    return _render("explorer.jinja", "html", (), Footnotes(silent=True), explorer=explorer)


def _render(
    template: str, format_: str, folders: Sequence[Path], footnotes: Footnotes, **values: object
) -> str:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    places = [*(folder / format_ for folder in folders), resource("templates") / format_]
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(places),
        undefined=StrictUndefined,
        autoescape=format_ == "html",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled(format_),
    )
    environment.filters |= {
        "kind": kind_of,
        "words": formatting.in_words,
        "parts": formatting.parts_of,
        "sort_key": formatting.sort_key,
        "markdown": escaped,
        "target": target,
        "drawing": _drawing,
        "sparkline": sparkline,
        "digest": digest,
        "embedded": embedded,
        "inlined": inlined,
    }
    environment.tests |= {"unknown": formatting.is_unknown, "figure": formatting.is_figure}
    environment.globals |= {"shapes": formatting.SHAPES, "colour_words": formatting.WORDS}
    environment.globals |= {"footnotes": footnotes, "labels": Labels()}

    def source(name: str) -> str:
        assert environment.loader is not None  # noqa: S101 - it is given above
        return environment.loader.get_source(environment, name)[0]

    names = frozenset(environment.list_templates())

    def has(name: str) -> bool:
        return name in names

    def data_address(name: str) -> str:
        picture = next(f for place in places if (f := place / name).is_file()).read_bytes()
        return f"data:{_PICTURES[Path(name).suffix]};base64,{base64.b64encode(picture).decode()}"

    environment.globals |= {"source": source, "has": has, "data_address": data_address}
    text = environment.get_template(template).render(**values)
    return visible(_LINES.sub("\n\n", text)).strip() + "\n"


@cache
def _compiled(format_: str) -> BytecodeCache:  # noqa: ARG001 - a format escapes in its own way
    """Return where templates stay compiled: a site has hundreds of pages of the same few.

    What is kept is found again by a template's file and its text, so that a changed one is not.
    """
    from jinja2 import BytecodeCache

    class Kept(BytecodeCache):
        def __init__(self) -> None:
            self.code: dict[tuple[str, str], CodeType | None] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            bucket.code = self.code.get((bucket.key, bucket.checksum))

        def dump_bytecode(self, bucket: Bucket) -> None:
            self.code[bucket.key, bucket.checksum] = bucket.code

    return Kept()


def kind_of(value: object) -> str:
    """Return the name under which templates know a block or value: `strong`, `table`, `money`."""
    return _SNAKE.sub("_", type(value).__name__).lower()


def escaped(text: str) -> str:
    """Escape what Markdown or HTML would read as markup, and keep a text on one line."""
    flat = " ".join(text.split())
    flat = _MARKUP.sub(r"\\\1", flat)
    return re.sub(r"^([-+]|\d+[.)])(?=\s)", r"\\\1", flat)


def target(link: Link) -> str:
    """Return where a link leads, an empty target for a scheme that could run something."""
    return link.target if _SAFE_TARGET.match(link.target) else "#"


def digest(text: str) -> str:
    """Return the hash by which a content security policy allows one style or script."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def embedded(data: object) -> Any:  # noqa: ANN401
    """Return data as JSON that no text inside it can end: it holds no character of markup."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - what could be markup has just been taken out


def inlined(script: str) -> str:
    """Return a script as a page may hold it.

    The line that tells a debugger where the source lies goes, because that is not shipped; control
    characters, which stand inside strings and which HTML forbids, are written as escapes.
    """
    kept = (line for line in script.split("\n") if not line.startswith("//# sourceMapping"))
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", "\n".join(kept))


def _drawing(svg: object) -> Any:  # noqa: ANN401
    from markupsafe import Markup

    if not isinstance(svg, Svg):
        message = "only a chart's own drawing passes unescaped"
        raise TypeError(message)
    return Markup(svg.markup)  # noqa: S704 - drawn and escaped by our charts
