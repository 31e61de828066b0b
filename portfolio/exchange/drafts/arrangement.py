"""Entities to files: which entity goes where, in which order, and what nests in what."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.draft import Draft, Link
from portfolio.exchange.drafts.yaml_text import yaml_text
from portfolio.model.kinds import kind_named, kinds
from portfolio.record import Either, Many, Nested, Record
from portfolio.settings import Settings
from portfolio.values import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.exchange.drafts.draft import Tree
    from portfolio.record import Shape

LONGEST_NAME = 200
ONE_FILE_EACH = {"project": "projects/{id}.yaml"}
FIELD_NAME = re.compile(r"\{(\w+)\}")
"""A field in the pattern of a file's name."""


def arrange(drafts: Sequence[Draft], patterns: Mapping[str, str], comment: str) -> dict[str, str]:
    """Return the text of each file by its path, in the order of paths.

    What belongs to an entity stands inside it where that is written too, else it names it.
    """
    inside: dict[str, list[Draft]] = {}
    written = {draft.full_id for draft in drafts}
    for draft in drafts:
        if draft.owner is not None and draft.owner.full_id in written:
            inside.setdefault(draft.owner.full_id, []).append(draft)
    order = list(kinds())
    files: dict[str, dict[str, Tree]] = {}
    for draft in sorted(drafts, key=lambda d: order.index(d.kind.KIND)):
        if draft.owner is not None:
            if draft.owner.full_id in written:
                continue
            named: dict[str, Tree] = {draft.kind.OWNER: draft.owner.full_id}
            draft = replace(draft, owner=None, values=named | draft.values)  # noqa: PLW2901
        pattern = _pattern(draft.kind.KIND, patterns)
        document = files.setdefault(_path(pattern, draft), {})
        tree = _entity(draft, inside)
        if "{id}" in pattern:
            document[draft.kind.KIND] = tree
        else:
            group = document.setdefault(draft.kind.PLURAL, [])
            assert isinstance(group, list)  # noqa: S101 - only lists go under a plural
            group.append(tree)
    return {path: yaml_text(files[path], comment) for path in sorted(files)}


def settings_text(pmo: Mapping[str, Tree], as_of: str, comment: str) -> str:
    """Return the text of `pmo.yaml`, with the date that freezes the portfolio."""
    tree = {**pmo, **({"as_of": as_of} if as_of else {})}
    return yaml_text(_ordered(Settings, tree), comment)


def _pattern(kind: str, patterns: Mapping[str, str]) -> str:
    for written, pattern in patterns.items():
        known = kind_named(written)
        if known is not None and kind == known.KIND:
            return pattern
    known = kind_named(kind)
    return ONE_FILE_EACH.get(kind, f"{known.PLURAL if known else kind}.yaml")


def _path(pattern: str, draft: Draft) -> str:
    def filled(name: re.Match[str]) -> str:
        value = draft.id if name[1] == "id" else draft.values.get(name[1], "")
        return slug(value if isinstance(value, str) else "", LONGEST_NAME) or "none"

    return FIELD_NAME.sub(filled, pattern)


def _entity(draft: Draft, inside: Mapping[str, list[Draft]]) -> dict[str, Tree]:
    """Return the tree of an entity, with those that belong to it below its own fields."""
    before = f"{draft.owner.full_id}." if draft.owner else ""
    fields = {key: _short(value, before) for key, value in draft.values.items()}
    named: dict[str, Tree] = {} if draft.id.startswith("#") else {"id": draft.id}
    tree = named | _ordered(draft.kind, fields)
    for child in inside.get(draft.full_id, ()):
        group = tree.setdefault(child.kind.PLURAL, [])
        assert isinstance(group, list)  # noqa: S101 - only lists go under a plural
        group.append(_entity(child, inside))
    return tree


def _short(value: Tree, before: str) -> Tree:
    """Write references inside one owner by their short ids."""
    if isinstance(value, Link):
        return value.removeprefix(before) if before else str(value)
    if isinstance(value, list):
        return [_short(item, before) for item in value]
    if isinstance(value, dict):
        return {key: _short(item, before) for key, item in value.items()}
    return value


def _ordered(record: type[Record], tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """Put keys in the order in which the model states the fields; others stay behind them."""
    known = {
        key: _inner(stated.shape, tree[key]) for key, stated in record.FIELDS.items() if key in tree
    }
    return known | {key: value for key, value in tree.items() if key not in known}


def _inner(shape: Shape, value: Tree) -> Tree:
    if isinstance(shape, Either):
        shape = next((o for o in shape.options if isinstance(o, Nested | Many)), shape)
    if isinstance(shape, Many) and isinstance(value, list):
        return [_inner(shape.item, item) for item in value]
    if isinstance(shape, Nested) and isinstance(value, dict):
        ordered = _ordered(shape.record, value)
        return (
            ordered[shape.record.SHORTHAND] if [*ordered] == [shape.record.SHORTHAND] else ordered
        )
    return value
