"""Ids while files are read: missing ones, those that do not come first, and full ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portfolio.diagnostic import Edit, LineMove, Severity
from portfolio.loading.document import MappingNode, Node, place_of
from portfolio.place import unpacked
from portfolio.record import SLUG, Ref
from portfolio.values import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.loading.findings import Findings
    from portfolio.model.entity import Entity
    from portfolio.place import Source

_LONGEST_ID = 40


def check_identity(
    kind: type[Entity],
    node: Node,
    values: Mapping[str, Any],
    places: dict[str, int],
    findings: Findings,
) -> None:
    """Report an id that is missing and could be made of the name, or does not come first."""
    if not isinstance(node, MappingNode) or not node.value:
        return
    if "id" not in values:
        if not kind.IDENTITY and "id" not in places:
            _offer_id(kind, node, values, places, findings)
    elif node.value[0][0].value != "id" and not node.flow_style:
        _offer_order(node, findings)


def _offer_id(
    kind: type[Entity],
    node: MappingNode,
    values: Mapping[str, Any],
    places: dict[str, int],
    findings: Findings,
) -> None:
    name = values.get(kind.NAME_FIELD)
    made = slug(name, _LONGEST_ID) if isinstance(name, str) else ""
    if not made:
        return
    first = node.value[0][0]
    separator = ", " if node.flow_style else f"\n{' ' * first.start_mark.column}"
    places["id"] = place_of(node)  # reported here, and not again as missing
    findings.add(
        "FLD-REQUIRED",
        "id is missing",
        place_of(node),
        hint=f"add `id: {made}`, made of the {kind.NAME_FIELD}",
        fix=(Edit(unpacked(findings.path, place_of(first)), "", f"id: {made}{separator}"),),
    )


def _offer_order(node: MappingNode, findings: Findings) -> None:
    first = node.value[0][0]
    key, child = next(pair for pair in node.value if pair[0].value == "id")
    start, end = key.start_mark, child.end_mark
    is_whole_line = start.line == end.line and start.column == first.start_mark.column
    here, there = (unpacked(findings.path, place_of(each)) for each in (key, first))
    findings.add(
        "FLD-ORDER",
        "the id is not the first field",
        place_of(key),
        hint="a reader looks for it there",
        severity=Severity.INFO,
        fix=(LineMove(here, there),) if is_whole_line else (),
    )


def identity(kind: type[Entity], values: dict[str, Any]) -> str:
    """Make the id of an entity that is known by its values: `timesheet/anna/2026-03/atlas`."""
    parts = [str(values[name]) for name in kind.IDENTITY if values.get(name) is not None]
    return "/".join((kind.KIND, *parts)) if parts else ""


def qualify(kind: type[Entity], values: dict[str, Any], source: Source, findings: Findings) -> None:
    """Turn the id as written into the full one, `owner.child`."""
    written = values["id"]
    owner = values.get(kind.OWNER) if kind.OWNER else None
    prefix = f"{owner.id}." if isinstance(owner, Ref) else ""
    local = written.removeprefix(prefix) if prefix else written
    if not SLUG.match(local) and "id" in source.fields:
        findings.add(
            "FLD-ID",
            f"the id {written!r} is not a slug",
            source.fields["id"],
            hint="use small letters, digits and hyphens, for example supplier-exit",
        )
    values["id"] = prefix + local
