"""What is stated of a field beside its meaning: what a value must satisfy, and what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping

Flow = Literal["out", "in", ""]
Time = Literal["planned", "happened", "recorded", "none", ""]
Keys = str | tuple[str, ...]


class Statement(TypedDict, total=False):
    """The statements that are kept as they are written.

    ``required``: the entity cannot exist without it; ``expected``: good practice wants it, its
    absence is information. ``flow`` tells how a delay passes along a reference: ``out`` from this
    entity to the one referred to, ``in`` from the one referred to into this entity. ``apart``: what
    it names is neither part of the owner or project nor named by that. ``adds_to``: the values of
    all that share the first field add to the second, a number or a field of what the first names.
    ``example`` is a value as YAML writes it. A text has at most ``longest`` characters.
    In a list of entities, ``preferred`` stand first, in the order of their numbers, and what is
    ``long`` is left out.

    ``time`` is stated of every day and period, and of what hangs on one: it is ``planned``; it
    ``happened`` on that day, and is not there before; the whole record was ``recorded`` on it; or
    ``none`` of these. Where what ``plans`` is true, the days of its record are planned. A
    plan ``becomes`` the fact that it names, and usually lies ``ahead`` days behind those that it is
    ``not_before``, else behind today. ``ends``: once stated, nothing is waited for any more.

    ``implies``: the days that a value belongs to, by the value, or `>0`; of several the first that
    is stated. ``optional``: a day that may be missing all the same.
    """

    required: bool
    expected: bool
    default: Any
    words: tuple[str, ...]
    flow: Flow
    unit: str
    apart: bool
    adds_to: tuple[str, str]
    example: str
    long: bool
    longest: int
    preferred: int
    time: Time
    plans: bool
    becomes: str
    ahead: int
    ends: bool
    optional: bool
    implies: Mapping[str, Keys]
