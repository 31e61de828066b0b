"""The selector grammar: which entities a command is about.

A space is a union, a comma an intersection. A term is an id (`atlas`, `atlas.*`), a property
(`kind:risk`, `tag:billing`, `owner:anna-reyes`, `rag:red`, `path:projects/*`), or an id with what
waits for it (`atlas+`), what it waits for (`+atlas`), or both; a number limits the steps
(`2+atlas`, `atlas+1`), or the name of a selector that `pmo.yaml` states.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from portfolio.listing import path
from portfolio.model.delivery.projects import Project
from portfolio.model.kinds import kind_named, kind_names

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.view.view import View

_WALK = re.compile(r"(?:(?P<up>\d*)\+)?(?P<id>[^+]+?)(?:\+(?P<down>\d*))?\Z")
_ACCOUNTABLE = ("owner", "sponsor", "project_manager", "sro", "account_owner", "lead")
_COLOURS = ("grey", "blue", "green", "amber", "red")

Ids = Mapping[str, None]
"""Ids in the order in which they were found: a set that keeps its order."""


class SelectorError(ValueError):
    """A selector that cannot be read or names what is not there; ``unknown`` is the bad word."""

    def __init__(self, message: str, unknown: str = "", known: Sequence[str] = ()) -> None:
        """Keep the message, the word that is unknown, and those that would have been known."""
        super().__init__(message)
        self.unknown = unknown
        self.known = known


def select(
    portfolio: View, selectors: Sequence[str], exclude: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the ids that selectors choose, in the order of files; raises SelectorError.

    No selector chooses everything; ``exclude`` subtracts.
    """
    chosen = _union(portfolio, selectors) if selectors else dict.fromkeys(portfolio.entities)
    left_out = _union(portfolio, exclude)
    return tuple(id_ for id_ in portfolio.entities if id_ in chosen and id_ not in left_out)


def _union(portfolio: View, selectors: Iterable[str], inside: tuple[str, ...] = ()) -> Ids:
    """Return what any of the words selects; ``inside`` are the named selectors it stands in."""
    found: dict[str, None] = {}
    for word in (word for text in selectors for word in text.split()):
        terms = [term for term in word.split(",") if term]
        if not terms:
            message = f"{word!r} selects nothing"
            raise SelectorError(message)
        sets = [_term(portfolio, term, inside) for term in terms]
        found.update(dict.fromkeys(id_ for id_ in sets[0] if all(id_ in each for each in sets)))
    return found


def _term(portfolio: View, term: str, inside: tuple[str, ...]) -> Ids:
    name, colon, value = term.partition(":")
    if not colon:
        named = portfolio.settings.selectors or {}
        if term in named and term not in portfolio.entities:
            return _named(portfolio, term, named[term], inside)
        return _walk(portfolio, term)
    if name not in _PROPERTIES:
        message = f"{term!r}: there is no selector {name!r}"
        raise SelectorError(message, name, tuple(_PROPERTIES))
    holds = _PROPERTIES[name](portfolio, value)
    return dict.fromkeys(entity.id for entity in portfolio.entities.values() if holds(entity))


def _named(portfolio: View, name: str, text: str, inside: tuple[str, ...]) -> Ids:
    """Return what a selector of `pmo.yaml` selects; an id of the same name goes before it."""
    if name in inside:
        message = f"the selectors {path((*inside, name))} name each other"
        raise SelectorError(message)
    try:
        return _union(portfolio, [text], (*inside, name))
    except SelectorError as error:
        if inside:
            raise
        message = f"the selector {name!r} of pmo.yaml: {error}"
        raise SelectorError(message, error.unknown, error.known) from None


def _walk(portfolio: View, term: str) -> Ids:
    """Return the ids that match, with as much of the graph on either side as is asked for."""
    match = _WALK.match(term)
    if match is None:
        message = f"{term!r} is not a selector; write it like atlas, atlas+ or 2+atlas"
        raise SelectorError(message)
    found = dict.fromkeys(_matching(portfolio, match["id"]))
    if match["up"] is None and match["down"] is None:
        return found  # the usual word, which need not pay for the graph
    from portfolio.network.graph import graph_of

    for id_ in tuple(found):
        if match["up"] is not None:
            found.update(dict.fromkeys(graph_of(portfolio).above(id_, _steps(match["up"]))))
        if match["down"] is not None:
            found.update(dict.fromkeys(graph_of(portfolio).below(id_, _steps(match["down"]))))
    return found


def _steps(text: str) -> int | None:
    return int(text) if text else None


def _matching(portfolio: View, pattern: str) -> Iterable[str]:
    if pattern in portfolio.entities:
        return (pattern,)
    matching: tuple[str, ...] = ()
    if any(sign in pattern for sign in "*?["):
        matching = tuple(id_ for id_ in portfolio.entities if fnmatchcase(id_, pattern))
    if not matching:
        message = f"nothing has the id {pattern!r}"
        known = (*portfolio.entities, *(portfolio.settings.selectors or ()))
        raise SelectorError(message, pattern, known)
    return matching


# --- properties ------------------------------------------------------------------------------

Holds = Callable[["Entity"], bool]


def _of_kind(_: View, value: str) -> Holds:
    kind = kind_named(value.replace("-", "_"))
    if kind is None:
        message = f"{value!r} is not a kind"
        raise SelectorError(message, value, tuple(kind_names()))
    return lambda entity: isinstance(entity, kind)


def _owned(portfolio: View, value: str) -> Holds:
    if value not in portfolio.entities:
        message = f"nobody has the id {value!r}"
        raise SelectorError(message, value, tuple(portfolio.entities))

    def holds(entity: Entity) -> bool:
        return any(str(getattr(entity, key, "")) == value for key in _ACCOUNTABLE)

    return holds


def _coloured(portfolio: View, value: str) -> Holds:
    """Select projects by the worse of their two colours, the declared and the computed one."""
    if value not in _COLOURS:
        message = f"{value!r} is not a colour; use {', '.join(_COLOURS)}"
        raise SelectorError(message, value, _COLOURS)
    from portfolio.analysis.governance.project_health import (
        health,  # it computes a dozen figures that nothing else needs
    )

    def holds(entity: Entity) -> bool:
        if not isinstance(entity, Project):
            return False
        declared = entity.declared_rag.overall if entity.declared_rag else None
        return value == max(
            declared or "grey", health(portfolio, entity).overall, key=_COLOURS.index
        )

    return holds


_PROPERTIES: Mapping[str, Callable[[View, str], Holds]] = {
    "kind": _of_kind,
    "tag": lambda _, value: lambda entity: value in entity.tags,
    "owner": _owned,
    "rag": _coloured,
    "path": lambda _, value: lambda entity: fnmatchcase(entity.source.path, value),
}
