"""The diagnostics of one file while it is read, and the sentences that reading reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from portfolio.bounds import cut, quoted
from portfolio.diagnostic import Diagnostic, Edit, LineMove, Related, Severity
from portfolio.loading.corrections import repaired_text
from portfolio.loading.document import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    place_of,
    stated_tag,
)
from portfolio.place import unpacked
from portfolio.spelling import did_you_mean, only_near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from portfolio.model.entity import Entity
    from portfolio.record import Field

INVALID: Final = object()
"""What a reader returns for a value that it has reported."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Findings:
    """The diagnostics of one file, where they point, and the ids of entities it could not build.

    A reference to such an entity is not broken: its one mistake is reported already. ``below`` are
    the entities that the file is laid over: it may add fields to them.
    """

    __slots__ = ("below", "entity", "found", "incomplete", "path")

    def __init__(self, path: str) -> None:
        """Start with none."""
        self.path = path
        self.found: list[Diagnostic] = []
        self.entity = ""
        self.incomplete: list[Entity] = []
        self.below: Mapping[str, Entity] = {}

    def add(  # noqa: PLR0913 - a finding has as many parts
        self,
        code: str,
        message: str,
        place: int,
        *,
        hint: str = "",
        severity: Severity = Severity.ERROR,
        related: tuple[Related, ...] = (),
        fix: tuple[Edit | LineMove, ...] = (),
    ) -> None:
        """Report one mistake at a packed position."""
        where = unpacked(self.path, place)
        self.found.append(
            Diagnostic(code, severity, message, where, hint, self.entity, related, fix)
        )

    def instead(self, place: int, old: str, new: str) -> tuple[Edit, ...]:
        """Return the edit that replaces a text at a packed position; none without a new text."""
        return (Edit(unpacked(self.path, place), old, new),) if new else ()

    def name_since(self, already: int, entity: str) -> None:
        """Let what was found after the first ``already`` carry the id of its entity."""
        self.entity = entity
        self.found[already:] = [replace(each, entity=entity) for each in self.found[already:]]


def is_null(node: Node) -> bool:
    """Tell whether a node is written as nothing."""
    return isinstance(node, ScalarNode) and node.value in _NULLS and not node.style


def form_of(node: Node) -> str:
    """Say what a node is, for messages."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    return quoted(node.value)


def pairs(node: Node, findings: Findings) -> list[tuple[Node, Node]]:
    """Return a mapping's keys and values; report tags, merge keys, doubles, keys no text."""
    if stated_tag(node):
        tagged(node, findings)
    seen: dict[str, Node] = {}
    kept: list[tuple[Node, Node]] = []
    for key, child in node.value:
        if not isinstance(key, ScalarNode):
            findings.add(
                "YML-KEY",
                "a key is not a text",
                place_of(key),
                hint="a value with braces needs quotes",
            )
        elif key.value == "<<" and not key.style:
            findings.add(
                "YML-MERGE",
                "merge keys are not read",
                place_of(key),
                hint="write the fields out where they are used",
            )
        elif key.value in seen:
            _duplicate_key(key, seen[key.value], findings)
        else:
            seen[key.value] = key
            kept.append((key, child))
    return kept


def _duplicate_key(key: Node, first: Node, findings: Findings) -> None:
    findings.add(
        "YML-DUPLICATE-KEY",
        f"the key {quoted(key.value)} is written twice",
        place_of(key),
        hint="keep one of the two",
        related=(Related(unpacked(findings.path, place_of(first)), "first written here"),),
    )


def report_value(stated: Field, text: str, problem: str, place: int, findings: Findings) -> None:
    """Report a text that its type cannot read, or whose value is outside the field's range."""
    if cut(text) != text:
        problem = problem.replace(repr(text), quoted(text)).replace(text, cut(text))
    message, _, hint = problem.partition("; ")
    if message.startswith((f"{stated.key} is ", f"{stated.key} has ")):
        code = "FLD-CHOICE" if "must be one of" in hint else "FLD-RANGE"
        message, hint = problem, ""
        if " (did you mean " in problem:
            message, _, near = problem.partition(" (did you mean ")
            hint = f"did you mean {near.removesuffix(')')}"
    else:
        code, message = "FLD-TYPE", f"{stated.key}: {message}"
    repaired = repaired_text(stated, text)
    findings.add(code, message, place, hint=hint, fix=findings.instead(place, text, repaired))


def unknown_key(known: Iterable[str], key: Node, findings: Findings, what: str) -> None:
    """Report a key that names no field (nor kind), with the nearest that does."""
    names = tuple(known)
    near = did_you_mean(key.value, names)
    findings.add(
        "FLD-UNKNOWN",
        f"{what} has no field {quoted(key.value)}",
        place_of(key),
        hint=f"did you mean {near}?" if near else f"its fields are {', '.join(names)}",
        fix=findings.instead(place_of(key), key.value, only_near(key.value, names)),
    )


def wrong_form(stated: Field, node: Node, wanted: str, findings: Findings, hint: str = "") -> None:
    """Report a value of another form than its field has."""
    findings.add(
        "FLD-TYPE",
        f"{stated.key} is {form_of(node)}; it must be {wanted}",
        place_of(node),
        hint=hint,
    )


def tagged(node: Node, findings: Findings) -> Any:  # noqa: ANN401
    """Report a YAML tag: it could run code elsewhere and means nothing here."""
    findings.add(
        "YML-TAG",
        f"the tag {cut(stated_tag(node))} is not read",
        place_of(node),
        hint="remove the tag",
    )
    return INVALID


def with_article(noun: str) -> str:
    """Put a or an before a noun."""
    if noun.startswith("true"):
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}" if noun != "text" else "text"
