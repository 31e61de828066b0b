"""Two editions of an account review: what a customer may read is listed here, field by field.

A field that is not on the list is not in the customer's edition. Nothing is ever taken out of the
internal one to make the other: what nobody listed cannot slip through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from portfolio.report.blocks import Cell, Column, Table

if TYPE_CHECKING:
    from portfolio.report.pack import Pack

T = TypeVar("T")


CUSTOMER_FIELDS = frozenset(
    {
        "delivery.milestone",
        "delivery.project",
        "delivery.committed",
        "delivery.expected",
        "delivery.reached",
        "level.name",
        "level.service",
        "level.target",
        "level.months",
        "level.kept",
        "level.credit",
        "survey.question",
        "survey.sent",
        "survey.result",
        "survey.interval",
        "survey.answers",
        "survey.rate",
        "complaint.title",
        "complaint.raised",
        "complaint.acknowledged",
        "complaint.resolved",
        "contract.title",
        "contract.type",
        "contract.term",
        "contract.value",
        "contract.billed",
        "variation.title",
        "variation.contract",
        "variation.value",
        "variation.status",
        "invoice.id",
        "invoice.contract",
        "invoice.issued",
        "invoice.due",
        "invoice.amount",
        "invoice.state",
        "renewal.contract",
        "renewal.ends",
        "renewal.notice",
        "ours.text",
        "ours.due",
        "ours.owner",
        "theirs.text",
        "theirs.due",
    }
)
"""Everything that the customer's edition shows."""


@dataclass(frozen=True, slots=True)
class EditionField(Generic[T]):
    """One column of an account review: its key, its heading, and how it is read from a row."""

    key: str
    column: Column
    read: Callable[[T], Cell]


def edition_table(
    pack: Pack,
    fields: Sequence[EditionField[T]],
    rows: Iterable[T],
    caption: str = "",
    empty: str = "Nothing to show.",
) -> Table | None:
    """Return the columns that the edition may show; None where it may show none."""
    visible = [each for each in fields if may_show(pack, each.key)]
    if not visible:
        return None
    return Table(
        tuple(each.column for each in visible),
        tuple(tuple(each.read(row) for each in visible) for row in rows),
        caption,
        empty,
    )


def may_show(pack: Pack, key: str) -> bool:
    """Tell whether the edition of a pack may show a field."""
    return pack.edition == "internal" or key in CUSTOMER_FIELDS
