"""From the text of a mapping file to the mapping, the entities it adds and its `pmo.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.draft import Tree, tree_of
from portfolio.exchange.tables.mapping import Cell, ImportMapping, NumberStyle
from portfolio.exchange.tables.resolved_mapping import check_dates
from portfolio.loading.document import MappingNode, ScalarNode, SyntaxProblem, compose
from portfolio.loading.entities import read_entities
from portfolio.loading.findings import INVALID, Findings, form_of
from portfolio.loading.records import read_record
from portfolio.model.kinds import kind_named
from portfolio.place import packed

if TYPE_CHECKING:
    from portfolio.loading.document import Node


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping that was read, and what it says verbatim."""

    name: str
    mapping: ImportMapping
    entities: tuple[tuple[str, dict[str, Tree]], ...]
    pmo: dict[str, Tree] | None


def read_mapping(name: str, content: bytes, findings: Findings) -> MappingFile | None:
    """Read a mapping file; None after findings that say what is wrong with it."""
    root = compose(content)
    if isinstance(root, SyntaxProblem):
        findings.add(root.code, root.message, root.place, hint=root.hint)
        return None
    if not isinstance(root, MappingNode):
        found = form_of(root) if root is not None else "empty"
        findings.add(
            "MAP-ROOT",
            f"the file is {found}; it must be a mapping",
            packed(1, 1),
            hint="start with `tables:` and what each file holds",
        )
        return None
    extra = _taken_out(root, "entities")
    mapping = read_record(ImportMapping, root, findings)
    entities = tuple(_entities(extra, findings)) if extra is not None else ()
    if mapping is INVALID or findings.found:
        return None
    check_dates(mapping.dates, mapping, findings)
    pmo = next((tree_of(v) for k, v in root.value if k.value == "pmo"), None)
    if findings.found:
        return None
    return MappingFile(name, mapping, entities, pmo if isinstance(pmo, dict) else None)


def _taken_out(root: MappingNode, name: str) -> Node | None:
    """Take one key out of a mapping: it follows another grammar than the rest."""
    for index, (key, child) in enumerate(root.value):
        if isinstance(key, ScalarNode) and key.value == name:
            del root.value[index]
            found: Node = child
            return found
    return None


def _entities(node: Node, findings: Findings) -> list[tuple[str, dict[str, Tree]]]:
    """Check the entities as a portfolio's file would be, and return them as written."""
    checked = Findings(findings.path)
    list(read_entities(node, checked))
    findings.found += [found for found in checked.found if found.code != "FLD-EXPECTED"]
    tree = tree_of(node)
    found: list[tuple[str, dict[str, Tree]]] = []
    for written, group in tree.items() if isinstance(tree, dict) else ():
        kind = kind_named(written)
        items = group if isinstance(group, list) else [group]
        found += [
            (kind.KIND, item) for item in items if kind is not None and isinstance(item, dict)
        ]
    return found


def money_style(mapping: ImportMapping) -> NumberStyle:
    """Return how money is written: as stated, else as other numbers are."""
    return mapping.money or mapping.numbers


def number_style(mapping: ImportMapping, cell: Cell, *, money: bool) -> NumberStyle:
    """Return how a cell's number is written: its own words before the general ones."""
    general = money_style(mapping) if money else mapping.numbers
    if cell.number is None:
        return general
    own = cell.number
    chosen = {
        name: own.values()[name] if own.wrote(stated.key) else general.values()[name]
        for stated in NumberStyle.FIELDS.values()
        for name in (stated.name,)
    }
    return NumberStyle(**chosen)
