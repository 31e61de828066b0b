"""XML from strangers: no document type, no entities, a limit on size, and only what is asked for.

A document type is what makes entities possible, and with them bombs and files of the reader's
machine; no schedule needs one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError, XMLParser

from portfolio.exchange.drafts.source_file import Unreadable

MOST_ELEMENTS = 2_000_000
"""Elements that hold others, each of which takes memory; a large plan has a tenth of them."""
_CHUNK = 1 << 20
_DEPTH_LIMIT = 100


@dataclass(slots=True)
class Element:
    """An element: the texts of the simple elements in it by name, and the others in order."""

    name: str
    namespace: str = ""
    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)

    def all(self, *path: str) -> Iterator[Element]:
        """Yield the elements that a path of names leads to."""
        for child in self.children:
            if child.name == path[0]:
                if len(path) == 1:
                    yield child
                else:
                    yield from child.all(*path[1:])

    def get(self, name: str) -> str:
        """Return the text of a simple element, empty where there is none."""
        return self.fields.get(name, "")


def read_markup(content: bytes, skipped: Collection[str] = ()) -> Element:
    """Read a document; raise Unreadable where it is none or not a safe one.

    Elements called one of ``skipped`` are only counted: their parent has the number among its
    fields.
    """
    if not content.strip():
        message = "the file is empty"
        raise Unreadable(message)
    target = _Target(frozenset(skipped))
    parser = XMLParser(target=target)  # noqa: S314 - the target refuses document types
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
        parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(*_complaint(error, content)) from None
    return target.root


def _complaint(error: Exception, content: bytes) -> tuple[str, str]:
    line, column = getattr(error, "position", (0, 0))
    reason = str(error).partition(":")[0]
    if not content.lstrip().startswith((b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return "the file is not XML", ""
    if reason in {"no element found", "unclosed token"}:
        return f"the file ends in the middle of the XML, in line {line}", "export it again"
    where = f" in line {line}, column {column + 1}" if line else ""
    hint = "the encoding may be another than the first line says" if "token" in reason else ""
    return f"the XML is broken{where}: {reason}", hint


class _Target:
    """Builds elements, without those to be skipped."""

    def __init__(self, skipped: frozenset[str]) -> None:
        self.root = Element("")
        self._skipped = skipped
        self._open: list[Element] = []
        self._text: list[str] = []
        self._depth_skipped = 0
        self._kept = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002
        message = "the file has a document type declaration, which could hide entities"
        raise Unreadable(message, "remove the line that starts with <!DOCTYPE")

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if self._depth_skipped:
            self._depth_skipped += 1
            return
        namespace, _, name = tag.rpartition("}")
        if name in self._skipped:
            self._depth_skipped = 1
            fields = self._open[-1].fields if self._open else {}
            fields[name] = str(int(fields.get(name, "0")) + 1)
            return
        if len(self._open) >= _DEPTH_LIMIT:
            message = f"elements stand inside each other more than {_DEPTH_LIMIT} deep"
            raise Unreadable(message)
        self._open.append(Element(name, namespace.lstrip("{")))
        self._text.clear()

    def data(self, text: str) -> None:
        if not self._depth_skipped:
            self._text.append(text)

    def end(self, _tag: str) -> None:
        if self._depth_skipped:
            self._depth_skipped -= 1
            return
        element = self._open.pop()
        simple = not element.children and not element.fields
        if simple:
            element.text = "".join(self._text).strip()
        self._text.clear()
        if not self._open:
            self.root = element
        elif simple:
            self._open[-1].fields.setdefault(element.name, element.text)
        else:
            self._open[-1].children.append(element)
            self._kept += 1
            if self._kept > MOST_ELEMENTS:
                message = f"the file has more than {MOST_ELEMENTS:,} elements that hold others"
                raise Unreadable(message, "divide it into several files")

    def close(self) -> None:
        """Do nothing: the tree is in ``root``."""
