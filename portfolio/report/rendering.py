"""From a report to text in a format: the only place that knows Jinja.

A format is a folder in `templates/`; its `report.jinja` renders every block by a macro. Templates
are sandboxed, and in HTML everything is escaped: the only markup that passes is what our own charts
draw.
"""

from __future__ import annotations

import base64
import codecs
import hashlib
import json
import re
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from portfolio.characters import inert_json, visible
from portfolio.package_data import resource
from portfolio.report import formatting
from portfolio.report.blocks import Link
from portfolio.report.charts.sparkline import sparkline
from portfolio.report.charts.svg import Svg
from portfolio.report.landmarks import Labels
from portfolio.report.trails.footnotes import Footnotes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import CodeType

    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket
    from jinja2.sandbox import SandboxedEnvironment

    from portfolio.report.blocks import Report
    from portfolio.report.explorer.page import ExplorerPage

_SAFE_TARGET = re.compile(r"(https?://|mailto:|#|(?![a-zA-Z][a-zA-Z0-9+.-]*:)[^/\\])", re.ASCII)
_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_SNAKE = re.compile(r"(?<!^)(?=[A-Z])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
_CLOCKS = {"today", "now", "utcnow"}
"""What a date could be asked that is not in the portfolio's files."""
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&])")


def formats() -> tuple[str, ...]:
    """Return the formats: the folders of templates."""
    return tuple(sorted(f.name for f in resource("templates").iterdir() if f.is_dir()))


@cache
def template_files(format_: str) -> Mapping[str, bytes]:
    """Return our files of a format by the names that templates call them by."""
    folder = resource("templates") / format_
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} | {
        f"vendor/{path.name}": path.read_bytes() for path in folder.glob("vendor/*")
    }


def render(report: Report, format_: str, own: Mapping[str, bytes] | None = None) -> str:
    """Render a report; the same report gives the same bytes.

    ``own`` are a user's own templates and pictures by name, which go before ours.
    """
    files = {**template_files(format_), **(own or {})}
    return rendered(report, format_, files)


def rendered(report: Report, format_: str, files: Mapping[str, bytes]) -> str:
    """Render a report with these files and no others."""
    notes = Footnotes(silent=report.silent)
    return _render("report.jinja", format_, files, notes, report=report)


def render_explorer(explorer: ExplorerPage) -> str:
    """Render the interactive page of a graph as one HTML file; the same graph, the same bytes."""
    files = template_files("html")
    return _render("explorer.jinja", "html", files, Footnotes(silent=True), explorer=explorer)


def _render(
    template: str, format_: str, files: Mapping[str, bytes], footnotes: Footnotes, **values: object
) -> str:
    from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound

    def found(name: str) -> bytes:
        if name not in files:
            message = f"there is no template {name}, neither in the folder nor among ours"
            raise TemplateNotFound(name, message)
        return files[name]

    def source(name: str) -> str:
        try:
            return found(name).decode().removeprefix("\ufeff").replace("\r\n", "\n")
        except UnicodeDecodeError:
            message = f"{name} is not UTF-8"
            raise ValueError(message) from None

    def data_address(name: str) -> str:
        kind = _PICTURES.get(PurePosixPath(name).suffix)
        if kind is None:
            message = f"{name} is no picture: one ends with {' or '.join(_PICTURES)}"
            raise ValueError(message)
        return f"data:{kind};base64,{base64.b64encode(found(name)).decode()}"

    environment = _sandbox()(
        # A template has the name that a mistake in it is told at, and no place on a disk.
        loader=FunctionLoader(lambda name: (source(name), f"{format_}/{name}", lambda: True)),
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
    environment.globals |= {"source": source, "has": files.__contains__}
    environment.globals |= {"data_address": data_address}
    text = environment.get_template(template).render(**values)
    return visible(_LINES.sub("\n\n", text)).strip() + "\n"


def loaded() -> tuple[object, ...]:
    """Load all that Jinja itself would load when it is first needed, and return it."""
    import pprint
    import textwrap

    from jinja2 import debug

    return _sandbox(), debug, pprint, textwrap, codecs.lookup("unicode-escape")


@cache
def _sandbox() -> type[SandboxedEnvironment]:
    """Return where templates run: they cannot leave it, and nothing in it is left to chance."""
    from jinja2 import TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's own, passed on
            super().__init__(**options)
            del self.filters["random"], self.globals["lipsum"]

        def compile(self, source: Any, name: Any = None, filename: Any = None) -> Any:  # type: ignore[override]  # noqa: ANN401
            try:
                return super().compile(source, name, filename)
            except (RecursionError, MemoryError, SyntaxError):  # Python's own know no template
                message = "this is nested deeper, or longer, than a template may be"
                raise TemplateSyntaxError(message, 1, name, filename) from None

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
            return attr not in _CLOCKS and super().is_safe_attribute(obj, attr, value)

    return Sandbox


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
    return Markup(inert_json(text))  # noqa: S704 - what could be markup has just been taken out


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
