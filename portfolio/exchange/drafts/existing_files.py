"""What stands in a folder before an import, and stays as it is."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.account import count_of
from portfolio.exchange.drafts.draft import Draft, Standing
from portfolio.listing import listed
from portfolio.loading.configuration import read_settings
from portfolio.loading.discovery import SETTINGS_NAME, read_files
from portfolio.loading.findings import Findings
from portfolio.loading.loader import load_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from portfolio.model.entity import Entity

SHOWN = 5
_ANY_SETTINGS = b"organisation: {name: Any, currency: XXX}\n"


def standing_in(folder: Path, is_replaced: Callable[[str], bool]) -> Standing:
    """Return the entities of a folder's files, without those of files that an import replaces."""
    if not folder.is_dir():
        return Standing()
    path = folder / SETTINGS_NAME
    content = path.read_bytes() if path.is_file() else _ANY_SETTINGS
    settings = read_settings(content, Findings(SETTINGS_NAME))
    if settings is None:
        return Standing()
    files = (file for file, _ in read_files(folder, settings.include, settings.exclude))
    texts = {file.path: file.content for file in files if not is_replaced(file.path)}
    loaded = load_texts({SETTINGS_NAME: content, **texts}, as_of=date.max)
    entities = loaded.portfolio.entities.values() if loaded.portfolio is not None else ()
    drafts = {entity.id: _draft(entity) for entity in entities}
    names: dict[tuple[str, str], list[Draft]] = {}
    for entity in entities:
        name = " ".join(entity.label.split()).casefold()
        names.setdefault((entity.KIND, name), []).append(drafts[entity.id])
    return Standing(drafts, names, loaded.unread.holds)


def _draft(entity: Entity) -> Draft:
    at = entity.source.location("id")
    return Draft(type(entity), entity.id, place=f"{at.path}:{at.line}")


def there_already(there: Sequence[Draft], shown: int = SHOWN) -> Iterator[str]:
    """Yield a sentence for each kind of which an import would have repeated entities."""
    ordered = sorted(there, key=lambda draft: draft.kind.KIND)
    for kind, group in groupby(ordered, key=lambda draft: draft.kind.KIND):
        found = [f"{draft.id} ({draft.place})" for draft in group]
        is_there = (
            "is there already and was left"
            if len(found) == 1
            else ("are there already and were left")
        )
        yield f"{count_of(len(found), kind)} {is_there}: {listed(found, shown, last=', ')}"
