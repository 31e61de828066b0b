"""What is another than it was at an earlier commit, by meaning, and how that is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from portfolio.diagnostic import Related
from portfolio.model.entity import Entity
from portfolio.rules.rule import Problem

if TYPE_CHECKING:
    from portfolio.model.portfolio import Past, Portfolio

E = TypeVar("E", bound=Entity)

_SHOWN = 40
"""How many characters of a value a message repeats."""


def rewritten(
    portfolio: Portfolio,
    kind: type[E],
    keys: Iterable[str],
    hint: str,
    is_final: Callable[[E, E], bool],
) -> Iterator[Problem]:
    """Report the fields of final entities that are others than at the commit."""
    past = portfolio.past
    for before, now in pairs(past, portfolio, kind) if past is not None else ():
        if is_final(before, now):
            for key in changed(before, now, keys):
                assert past is not None  # noqa: S101 - there are no pairs without a past
                yield altered(past, before, now, key, hint)


def pairs(past: Past, portfolio: Portfolio, kind: type[E]) -> Iterator[tuple[E, E]]:
    """Yield the entities of a kind then and now, wherever they stand."""
    for before in past.portfolio.all(kind):
        now = portfolio.find(before.id, kind)
        if now is not None:
            yield before, now


def changed(before: Entity, now: Entity, keys: Iterable[str]) -> Iterator[str]:
    """Yield the keys that said something then and say something else now, by meaning."""
    for key in keys:
        name = type(before).FIELDS[key].name
        old = getattr(before, name)
        if old not in (None, ()) and old != getattr(now, name):
            yield key


def altered(past: Past, before: Entity, now: Entity, key: str, hint: str) -> Problem:
    """Report a field with what it said then and what it says now."""
    name = type(before).FIELDS[key].name
    old, new = _worded(getattr(before, name)), _worded(getattr(now, name))
    return Problem(
        now,
        f"{key} of {now.KIND} {now.id!r} was {old} at {past.commit} and is {new}",
        key,
        hint,
        related=(then(past, before, key),),
    )


def _worded(value: object) -> str:
    if value is None or value == ():
        return "not stated"
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return repr(short) if isinstance(value, str | tuple) else short


def then(past: Past, before: Entity, key: str) -> Related:
    """Return the place at the commit, as `path@commit:line`."""
    place = before.where(key)
    return Related(replace(place, path=f"{place.path}@{past.commit}"), "it stood here")
