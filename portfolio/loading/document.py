"""Text to a located tree: the only place that knows YAML.

The C parser composes the nodes; every scalar stays the text it was written as, because PyYAML's
own guesses (`NO` is false, `12:30` is 750) would change what a user means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from portfolio.loading.syntax_problems import NAMES, Complaint, SyntaxProblem, explained
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
# What no file that a person wrote comes near; below it the bounds of `_is_flat` decide.
_FLAT_LIMIT = 5_000
_FLOW_LEVELS = 8
_BLOCK_LEVELS = re.compile(rb"^[ \t?-]{28}", re.MULTILINE)
_INDENTS = bytes.maketrans(b"\t?-", b"   ")
_BRACKETS = bytes.maketrans(b"[]", b"{}")
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
_REFUSED_AS_DEEP = "maximum nest"
# Each begins with one character, which makes searching a text for it cheap.
_QUESTION = re.compile(r"\?(?<=[\[{,\s]\?)[^\s,\]}]")
_ANCHOR = re.compile(r"&[\w-]+:")


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
        # The parser takes a last line of spaces for another one where it has no end.
        text = text if text.endswith("\n") else text + "\n"
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
        return _too_deep(last.start_mark if last else None)
    finally:
        composer.dispose()
    if node is None:
        return None
    if _QUESTION.search(text) or _ANCHOR.search(text):
        misread = _misread(text)
        if misread is not None:
            return misread
    if "*" in text and "&" in text:
        return _alias_problem(node) or node
    return node


def _is_flat(content: bytes) -> bool:
    """Tell whether a text cannot be nested deeply, and has no aliases.

    A block level begins further to the right than the one around it, a list one below its key at
    the same place: 27 columns hold at most 56 levels. Taking the innermost pairs of brackets away
    eight times leaves nothing where brackets are nested eight times at most. Brackets in quotes can
    hide others; they are few then, and the parser has a limit of its own.
    """
    openings = content.count(b"[") + content.count(b"{") + content.count(b"- ")
    if openings >= _FLAT_LIMIT or (b"&" in content and b"*" in content):
        return False
    brackets = content.translate(_BRACKETS, _OTHERS)
    for _ in range(_FLOW_LEVELS):
        brackets = brackets.replace(b"{}", b"")
    if b"{" in brackets:
        return False
    # Looking for blanks is a hundred times as fast as for the beginning of a line.
    return b" " * 28 not in content.translate(_INDENTS) or _BLOCK_LEVELS.search(content) is None


def _too_deep(mark: yaml.Mark | None) -> SyntaxProblem:
    return SyntaxProblem(
        "YML-DEPTH",
        f"values are nested more than {DEPTH_LIMIT} levels deep",
        "check the brackets and the indentation",
        packed(mark.line + 1, mark.column + 1) if mark else packed(1, 1),
    )


def _misread(text: str) -> SyntaxProblem | None:
    """Find what the parser reads otherwise than YAML says: refused, for it would be changed."""
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        start, end = token.start_mark, token.end_mark
        follows = text[end.index : end.index + 1]
        here = packed(start.line + 1, start.column + 1)
        if isinstance(token, yaml.AnchorToken) and follows == ":":
            return SyntaxProblem("YML-SYNTAX", NAMES, "give it another name", here)
        if isinstance(token, yaml.KeyToken) and end.index > start.index and not follows.isspace():
            message = "a plain text between brackets cannot begin with a question mark"
            return SyntaxProblem("YML-SYNTAX", message, "put quotes around the text", here)
    return None


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
    mark, since = error.problem_mark or error.context_mark, error.context_mark
    if _REFUSED_AS_DEEP in (error.problem or ""):
        return _too_deep(mark)
    return explained(
        Complaint(
            problem=(error.problem or error.context or "not YAML").strip(),
            context=error.context or "",
            line=mark.line if mark else 0,
            column=mark.column if mark else 0,
            since=(since.line, since.column) if since else None,
            lines=text.splitlines(),
        )
    )


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
