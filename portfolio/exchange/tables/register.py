"""The entities of an import while it grows, beside those that stand in the portfolio already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.draft import Draft, Standing
from portfolio.exchange.tables.mapping import LONGEST_ID
from portfolio.model.kinds import kind_named, kinds
from portfolio.values import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.exchange.tables.resolved_mapping import TablePlan
    from portfolio.exchange.tables.rows import SourceRow


@dataclass(frozen=True, slots=True)
class Origin:
    """What an entity is made of: a row, by the plan of a table."""

    plan: TablePlan
    row: SourceRow


@dataclass(slots=True)
class Register:
    """All drafts by full id with the rows they come from, and which draft a key means.

    A text that is no key of the source may be the id or the name of an entity that stands in the
    portfolio already.
    """

    standing: Standing = field(default_factory=Standing)
    drafts: dict[str, Draft] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    keys: dict[tuple[str, str], Draft] = field(default_factory=dict)

    def add(self, draft: Draft, key: str = "", origin: Origin | None = None) -> None:
        """Enter a draft under its full id and its key; the first with a key keeps it."""
        self.drafts[draft.full_id] = draft
        if origin is not None:
            self.origins.setdefault(draft.full_id, origin)
        if key and self.keys.setdefault((draft.kind.KIND, key), draft) is draft:
            draft.key = key

    def find(self, targets: Sequence[str], key: str) -> list[Draft]:
        """Return the drafts of these kinds (of any, where none is named) that a key means."""
        candidates = (self.keys.get((kind, key)) for kind in targets or kinds())
        found = list(dict.fromkeys(draft for draft in candidates if draft is not None))
        return found or self.standing.find(targets, key)

    def origin(self, draft: Draft) -> Origin | None:
        """Return the row that a draft was first made of; None where no row made it."""
        return self.origins.get(draft.full_id)

    def known(self, full_id: str) -> Draft | None:
        """Return the entity with this full id: the import's, else the portfolio's."""
        return self.drafts.get(full_id) or self.standing.drafts.get(full_id)

    def create(
        self, kind: str, name: str, prefix: str, constants: Mapping[str, str]
    ) -> Draft | None:
        """Make the entity that a text refers to; None where its id is another kind's already."""
        target = kind_named(kind)
        made = prefix + slug(name, LONGEST_ID)
        if target is None or not made:
            return None
        known = self.known(made)
        if known is not None:
            return known if known.kind is target else None
        draft = Draft(target, made, values={target.NAME_FIELD: name, **constants}, created=True)
        self.add(draft, name)
        return draft

    def remove(self, draft: Draft) -> None:
        """Take a draft out again."""
        self.drafts.pop(draft.full_id, None)
        self.keys.pop((draft.kind.KIND, draft.key), None)
