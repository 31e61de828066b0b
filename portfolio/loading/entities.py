"""From a file's mapping of kinds to entities, nested ones included, with full ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portfolio.bounds import quoted
from portfolio.diagnostic import Severity
from portfolio.loading.document import MappingNode, Node, ScalarNode, SequenceNode, place_of
from portfolio.loading.findings import Findings, form_of, is_null, pairs
from portfolio.loading.identities import check_identity, identity, qualify
from portfolio.loading.records import read_fields, require, required_names
from portfolio.model.kinds import kind_named, kind_names, kinds, owner_field
from portfolio.place import Overlaid, Source
from portfolio.record import Field, Ref
from portfolio.references import per_class
from portfolio.spelling import did_you_mean, nearest, only_near

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.model.entity import Entity


@dataclass(frozen=True, slots=True)
class Parent:
    """The entity inside which others are written; it need not be complete itself."""

    kind: type[Entity]
    id: str


def read_entities(root: Node, findings: Findings) -> Iterator[Entity]:
    """Read one file: a mapping from kinds to entities."""
    if not isinstance(root, MappingNode):
        findings.add(
            "YML-ROOT",
            f"the file is {form_of(root)}; it must be a mapping from kinds to entities",
            place_of(root),
            hint="start with a kind, for example `risks:` and the list below it",
        )
        return
    for key, child in pairs(root, findings):
        kind = kind_named(key.value)
        if kind is None:
            near = did_you_mean(key.value, kind_names())
            findings.add(
                "FLD-UNKNOWN-KIND",
                f"{quoted(key.value)} is not a kind",
                place_of(key),
                hint=f"did you mean {near}?" if near else "`pmo explain kinds` lists them",
                fix=findings.instead(place_of(key), key.value, _only_kind(key.value)),
            )
            continue
        yield from _read_group(kind, key.value, child, None, findings)


def _only_kind(word: str) -> str:
    """Return the name of the one kind that is near a word, singular or plural."""
    near = nearest(word, kind_names())
    return near[0] if len({kind_named(name) for name in near}) == 1 else ""


def _read_group(
    kind: type[Entity], written: str, node: Node, parent: Parent | None, findings: Findings
) -> Iterator[Entity]:
    """Read the entities under one key: one mapping, or a list of them."""
    if is_null(node):
        return
    if isinstance(node, MappingNode):
        if _is_keyed(kind, node):
            findings.add(
                "FLD-TYPE",
                f"{written} is a mapping from ids; it must be a list",
                place_of(node),
                hint="start each with `- id: …`",
            )
            return
        yield from _read_entity(kind, node, parent, findings)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            if isinstance(item, MappingNode):
                yield from _read_entity(kind, item, parent, findings)
            else:
                findings.add(
                    "FLD-TYPE",
                    f"an item of {written} is {form_of(item)}; it must be a mapping",
                    place_of(item),
                    hint=f"write the {kind.KIND}'s fields, starting with `id:`",
                )
    else:
        findings.add(
            "FLD-TYPE",
            f"{written} is {form_of(node)}; it must be a mapping or a list",
            place_of(node),
            hint="write the fields below it, indented",
        )


def _is_keyed(kind: type[Entity], node: MappingNode) -> bool:
    """Tell whether a mapping has ids as keys: none is a field and all values are mappings."""
    return bool(node.value) and all(
        isinstance(child, MappingNode)
        and key.value not in kind.FIELDS
        and kind_named(str(key.value)) is None
        for key, child in node.value
    )


def _read_entity(
    kind: type[Entity], node: Node, parent: Parent | None, findings: Findings
) -> Iterator[Entity]:
    findings.entity = parent.id if parent else ""
    already = len(findings.found)
    values, places, rest = read_fields(kind, node, findings)
    check_identity(kind, node, values, places, findings)
    if len(findings.found) > already:
        _name_findings(node, parent, findings, already)
    if parent is not None:
        _fill_owner(kind, parent, values, places, findings)
    nested = [
        (key, child, child_kind)
        for key, child in rest.items()
        if (child_kind := _nestable(kind, key, findings)) is not None
    ]
    entity = finished(kind, values, Source(findings.path, place_of(node), places), findings)
    if entity is not None:
        yield entity
    if "id" in values:
        here = Parent(kind, values["id"])
        for key, child, child_kind in nested:
            yield from _read_group(child_kind, key.value, child, here, findings)


def _name_findings(node: Node, parent: Parent | None, findings: Findings, already: int) -> None:
    """Let the diagnostics of a mapping carry the id that it states."""
    for key, child in node.value:
        if isinstance(key, ScalarNode) and key.value == "id" and isinstance(child, ScalarNode):
            findings.name_since(already, f"{parent.id}.{child.value}" if parent else child.value)
            return


def finished(
    kind: type[Entity], values: dict[str, Any], source: Source, findings: Findings
) -> Entity | None:
    """Complete the id and check what an entity cannot exist without; None where it is missing."""
    if "id" not in values and kind.IDENTITY:
        made = identity(kind, values)
        if made:
            values["id"] = made
    below = findings.below.get(values.get("id", ""))
    if below is not None and type(below) is kind:
        values = below.stated() | values
        source = Overlaid(below.source, source)
    given = values.keys()
    complete = given >= required_names(kind) or require(kind, values, source, findings)
    complete = _require_one_of(kind, values, source, findings) and complete
    if "id" not in values:
        nameless = f"#{source.path}:{source.place}"
        findings.incomplete.append(kind.build({**values, "id": nameless}, source))
        return None
    qualify(kind, values, source, findings)
    findings.entity = values["id"]
    _expect(kind, values, source, findings)
    if not complete:
        findings.incomplete.append(kind.build(values, source))
        return None
    return kind.build(values, source)


def _require_one_of(
    kind: type[Entity], values: dict[str, Any], source: Source, findings: Findings
) -> bool:
    """Report groups of fields of which the entity states none."""
    if not kind.ONE_OF:
        return True
    missing = [
        keys
        for keys in kind.ONE_OF
        if not any(kind.FIELDS[key].name in values or key in source.fields for key in keys)
    ]
    for keys in missing:
        findings.add(
            "FLD-REQUIRED",
            f"{' or '.join(keys)} is missing",
            source.place,
            hint=f"add {keys[0]}: {kind.FIELDS[keys[0]].doc}",
        )
    return not missing


def _fill_owner(
    kind: type[Entity],
    parent: Parent,
    values: dict[str, Any],
    places: dict[str, int],
    findings: Findings,
) -> None:
    stated = owner_field(kind, parent.kind)
    if stated is None:
        return
    written = values.get(stated.name)
    if isinstance(written, Ref) and written.id != parent.id:
        findings.add(
            "FLD-OWNER",
            f"{stated.key} is {quoted(written.id)}, but it is written inside {parent.id!r}",
            places[stated.key],
            hint=f"leave {stated.key} out, or move it out of {parent.id}",
        )
    filled = Ref(parent.id)
    values[stated.name] = (filled,) if isinstance(stated.default, tuple) else filled


def _nestable(kind: type[Entity], key: Node, findings: Findings) -> type[Entity] | None:
    child = kind_named(key.value)
    if child is not None and owner_field(child, kind) is not None:
        return child
    candidates = [*kind.FIELDS, *nestable_names(kind)]
    near = did_you_mean(key.value, candidates)
    if child is not None:
        message = f"{quoted(key.value)} cannot be written inside a {kind.KIND}"
        hint = f"write `{child.PLURAL}:` at the top of a file"
    else:
        message = f"{kind.KIND} has no field {quoted(key.value)}"
        hint = f"did you mean {near}?" if near else f"`pmo explain {kind.KIND}` lists its fields"
    instead = only_near(key.value, candidates) if child is None else ""
    fix = findings.instead(place_of(key), key.value, instead)
    findings.add("FLD-UNKNOWN", message, place_of(key), hint=hint, fix=fix)
    return None


@per_class
def nestable_names(kind: type[Entity]) -> tuple[str, ...]:
    """Return the plurals of the kinds that may be written inside this one."""
    return tuple(c.PLURAL for c in kinds().values() if owner_field(c, kind) is not None)


def _expect(kind: type[Entity], values: dict[str, Any], source: Source, findings: Findings) -> None:
    if values.keys() >= _expected_names(kind):
        return
    missing = [
        f.key for f in expected_fields(kind) if f.name not in values and f.key not in source.fields
    ]
    if missing:
        findings.add(
            "FLD-EXPECTED",
            f"{kind.KIND} {values['id']!r} does not state {', '.join(missing)}",
            source.place,
            hint="good practice states it; it counts in the data coverage",
            severity=Severity.INFO,
        )


@per_class
def _expected_names(kind: type[Entity]) -> frozenset[str]:
    return frozenset(f.name for f in expected_fields(kind))


@per_class
def expected_fields(kind: type[Entity]) -> tuple[Field, ...]:
    """Return the fields that good practice wants of a kind."""
    return tuple(f for f in kind.FIELDS.values() if f.expected)
