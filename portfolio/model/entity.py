"""What every entity has in common, and the list of all kinds.

A kind is one class: its docstring, fields and owner are all that loader, rules, graph, tables,
`pmo new`, `pmo explain` and the editor schema know about it.
"""

import re
from functools import partial
from typing import Any, ClassVar

from portfolio.field_path import check_statements
from portfolio.record import Field, Record, Ref, field

ending = partial(field, time="happened", ends=True)
"""State a day on which something came to its end: nothing is waited for after it."""

STATUS_SINCE = field("The day from which that holds.", time="happened", optional=True)
"""The field beside a status whose values have no days of their own."""

_KINDS: "dict[str, type[Entity]]" = {}
_NAMES: dict[str, str] = {}


class Entity(Record):
    """Something of the portfolio with an id of its own."""

    KIND: ClassVar[str] = ""
    PLURAL: ClassVar[str] = ""
    ALIASES: ClassVar[tuple[str, ...]] = ()
    THEME: ClassVar[str] = ""
    OWNER: ClassVar[str] = ""
    """The field that names the entity this one is part of; empty for register items."""
    IDENTITY: ClassVar[tuple[str, ...]] = ()
    """The fields whose values make the id where none is written, as in long tables."""
    NAME_FIELD: ClassVar[str] = ""
    """The field that a reader would call its name: name, title or text."""
    ONE_OF: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Groups of keys of which at least one must be written."""
    ONE_EXPECTED: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Groups of keys of which good practice wants one."""
    BEGINS_WITH: ClassVar[tuple[str, ...]] = ()
    """The kinds inside it of which the first is written with it: without, it says nothing yet."""

    id: str = field("The id: a slug; inside an owner the full id is `owner.id`.", required=True)
    tags: tuple[str, ...] = field("Free words to select by, as in `tag:billing`.")

    def __init_subclass__(
        cls,
        *,
        plural: str = "",
        aliases: tuple[str, ...] = (),
        owner: str = "",
        **options: Any,  # noqa: ANN401
    ) -> None:
        """Register the kind under its name, its plural and its aliases."""
        super().__init_subclass__(**options)
        cls.KIND = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.PLURAL = plural or f"{cls.KIND}s"
        cls.ALIASES, cls.OWNER = aliases, owner
        cls.THEME = cls.__dict__.get("THEME") or cls.__module__.split(".")[2]
        cls.NAME_FIELD = next(
            (n for n in ("name", "title", "text", "event") if n in cls.FIELDS), ""
        )
        check_statements(cls, cls.KIND)
        _KINDS[cls.KIND] = cls
        for name in (cls.KIND, cls.PLURAL, *aliases, *(f"{alias}s" for alias in aliases)):
            _NAMES[name] = cls.KIND

    @property
    def kind(self) -> str:
        """Return the kind's name."""
        return self.KIND

    @property
    def label(self) -> str:
        """Return the name a reader knows the entity by, or its id where it has none."""
        value = getattr(self, self.NAME_FIELD, None) if self.NAME_FIELD else None
        return value or self.id

    @property
    def owner_id(self) -> str:
        """Return the full id of the entity this one is part of, or an empty text."""
        owner = getattr(self, self.OWNER, None) if self.OWNER else None
        return owner.id if isinstance(owner, Ref) else ""

    def __hash__(self) -> int:
        """Hash by id, which is unique in a portfolio."""
        return hash(self.id)


def kinds() -> dict[str, type[Entity]]:
    """Return every kind by its name, in the order in which the model states them."""
    return dict(_KINDS)


def kind_named(name: str) -> type[Entity] | None:
    """Return the kind with this singular, plural or alias, or None."""
    return _KINDS.get(_NAMES.get(name, ""))


def kind_names() -> tuple[str, ...]:
    """Return every name that a kind can be written by."""
    return tuple(_NAMES)


def owner_field(child: type[Entity], parent: type[Entity]) -> Field | None:
    """Return the child's field that nesting inside the parent fills in, or None.

    It is the child's owner field where that can name the parent, else the field called after the
    parent's kind (so that a risk may be written inside its project).
    """
    for name in (child.OWNER, parent.KIND):
        stated = child.FIELDS.get(name)
        if stated is not None and parent.KIND in stated.to:
            return stated
    return None
