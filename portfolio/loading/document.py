"""Text to a located tree: the only place that knows YAML.

The C parser composes the nodes; every scalar stays the text it was written as, because PyYAML's
own guesses (`NO` is false, `12:30` is 750) would change what a user means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from portfolio.place import PLACE_LIMIT, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

try:
    from yaml._yaml import CParser
except ImportError:  # pragma: no cover - every wheel of PyYAML has it
    message = "PyYAML was built without its C parser; install a wheel, or libyaml and its headers"
    raise ImportError(message) from None

__all__ = [
    "DEPTH_LIMIT",
    "EXPANSION_LIMIT",
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "SyntaxProblem",
    "compose",
    "place_of",
    "stated_tag",
]

DEPTH_LIMIT = 64
EXPANSION_LIMIT = 100_000
_FLAT_LIMIT = 5_000


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a text is no document: a code of loading, a sentence, a hint, a packed position."""

    code: str
    message: str
    hint: str
    place: int


class _TooDeepError(Exception):
    pass


class _Composer(CParser):
    """The C composer without its guesses.

    The hooks it calls for every node are C functions that do nothing, which halves the time of a
    Python method each; a tag that the file states is then the only one that is a text.
    """

    resolve = slice
    descend_resolver: ClassVar[Callable[..., object]] = dict[object, object]().get
    ascend_resolver = int


class _GuardedComposer(CParser):
    """The same for a text that could be nested deeply: it stops at the limit."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0
        self.last: Node | None = None

    def resolve(self, kind: type, value: object, implicit: object) -> str:  # noqa: ARG002
        return ""

    def descend_resolver(self, current_node: Node | None, current_index: object) -> None:  # noqa: ARG002
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            # The C composer recurses and would crash the process some 50,000 levels further down.
            self.last = current_node
            raise _TooDeepError

    def ascend_resolver(self) -> None:
        self.depth -= 1


def compose(content: bytes) -> Node | SyntaxProblem | None:
    """Compose one document; None for a file without content."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(content, error)
    composer = _Composer(text) if _is_flat(content) else _GuardedComposer(text)
    try:
        node = composer.get_single_node()
    except yaml.MarkedYAMLError as error:
        return _explained(error, text)
    except yaml.reader.ReaderError as error:
        return _control_character(text, error)
    except _TooDeepError:
        last = getattr(composer, "last", None)
        mark = last.start_mark if last else None
        return SyntaxProblem(
            "YML-DEPTH",
            f"values are nested more than {DEPTH_LIMIT} levels deep",
            "check the brackets and the indentation",
            packed(mark.line + 1, mark.column + 1) if mark else packed(1, 1),
        )
    finally:
        composer.dispose()
    if node is not None and "*" in text and "&" in text:
        return _alias_problem(node) or node
    return node


def _is_flat(content: bytes) -> bool:
    """Tell whether a text has too few openings to be nested deeply, and no aliases."""
    openings = content.count(b"[") + content.count(b"{") + content.count(b"- ")
    return openings < _FLAT_LIMIT and not (b"&" in content and b"*" in content)


def scalar_spans(text: str) -> list[tuple[int, int]]:
    """Return where the values of a text begin and end; what else has a `#` is a comment.

    Only of a text that can be read.
    """
    tokens = yaml.scan(text, Loader=yaml.CSafeLoader)
    return [
        (token.start_mark.index, token.end_mark.index)
        for token in tokens
        if isinstance(token, yaml.ScalarToken)
    ]


def place_of(node: Node) -> int:
    """Return the packed position of a node; the length is known for values on one line."""
    start, end = node.start_mark, node.end_mark
    line: int = start.line
    column: int = start.column
    length = end.column - column if end.line == line else 0
    if column < PLACE_LIMIT and length < PLACE_LIMIT:
        return line + 1 << 32 | column + 1 << 16 | length
    return packed(line + 1, column + 1, length)


def stated_tag(node: Node) -> str:
    """Return the tag that the file states for a node, or an empty text."""
    tag: object = node.tag
    return tag if isinstance(tag, str) else ""


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> SyntaxProblem:
    before = content[: error.start]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    return SyntaxProblem(
        "YML-ENCODING",
        f"byte 0x{content[error.start]:02x} is not UTF-8",
        "save the file as UTF-8",
        packed(line, column, 1),
    )


def _control_character(text: str, error: yaml.reader.ReaderError) -> SyntaxProblem:
    found = next(
        (
            i
            for i, c in enumerate(text)
            if (c < " " and c not in "\t\n\r") or c in "\x7f\ufffe\uffff"
        ),
        0,
    )
    before = text[:found]
    return SyntaxProblem(
        "YML-CHARACTER",
        f"control character U+{ord(text[found]):04X} is not allowed in YAML"
        if text
        else str(error.reason),
        "delete it",
        packed(before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1, 1),
    )


def _explained(error: yaml.MarkedYAMLError, text: str) -> SyntaxProblem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines()
    written = lines[line] if line < len(lines) else ""
    problem = (error.problem or error.context or "not YAML").strip()
    code, message, hint = "YML-SYNTAX", problem, ""
    indentation = written[: len(written) - len(written.lstrip())]
    if "\t" in indentation:
        code, message = "YML-TAB", "a tab in the indentation"
        hint, column = "indent with spaces", indentation.index("\t")
    elif "but found another document" in problem:
        code, message, hint = "YML-DOCUMENTS", "a second document starts here", "remove the `---`"
    elif "mapping values are not allowed" in problem:
        message = "a colon followed by a space inside a plain text"
        hint = "put quotes around the text, or start a new line"
    elif "undefined alias" in problem:
        hint = "define it before with &name, or quote the text if * is part of it"
    elif "cannot start any token" in problem and written[column : column + 1] in {"@", "`", "%"}:
        hint = "put quotes around the text"
    elif "expected ',' or" in problem:
        hint = "a bracket opened before this place is not closed"
    elif error.context and error.context_mark and "could not find expected ':'" in problem:
        line, column = error.context_mark.line, error.context_mark.column
        message, hint = "a key without a colon", "write `key: value`"
    return SyntaxProblem(code, message, hint, packed(line + 1, column + 1))


def _alias_problem(root: Node) -> SyntaxProblem | None:
    """Find aliases that contain themselves, or that together expand beyond the limit."""
    sizes: dict[int, int] = {}
    entered: set[int] = set()

    def size(node: Node) -> int:
        known = sizes.get(id(node))
        if known is not None:
            return known
        if id(node) in entered:
            raise _TooDeepError
        entered.add(id(node))
        total = 1 + sum(size(child) for child in _children(node))
        sizes[id(node)] = total
        return total

    mark = root.start_mark
    try:
        if size(root) <= EXPANSION_LIMIT:
            return None
        what = f"aliases expand this file to more than {EXPANSION_LIMIT} values"
    except _TooDeepError:
        what = "an alias contains itself"
    return SyntaxProblem(
        "YML-ALIAS",
        what,
        "write the values out, or refer to entities by their ids",
        packed(mark.line + 1, mark.column + 1),
    )


def _children(node: Node) -> Iterable[Node]:
    if isinstance(node, MappingNode):
        return [part for pair in node.value for part in pair]
    if isinstance(node, SequenceNode):
        return list(node.value)
    return ()
