"""`pmo import openslo`: from OpenSLO documents to the services and levels of a portfolio."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.application.imports.outcome import (
    SETTINGS,
    Outcome,
    reading,
    refuse_taken,
    require_person,
    settings_there,
)

if TYPE_CHECKING:
    from portfolio.application.imports.request import ImportRequest
    from portfolio.exchange.drafts.draft import Draft, Tree
    from portfolio.exchange.openslo.documents import Levels

FILE = "services/openslo.yaml"
_LARGEST = 16 << 20
_NOBODY, _NOBODY_NAME = "not-stated", "Not stated"


def convert_levels(asked: ImportRequest, folder: Path) -> Outcome:
    """Turn OpenSLO documents into the text of one file with services and their levels."""
    from portfolio.exchange.drafts.arrangement import arrange
    from portfolio.exchange.drafts.existing_files import standing_in
    from portfolio.exchange.drafts.output_folder import mark, settle
    from portfolio.exchange.openslo.documents import Levels
    from portfolio.exchange.schedules.import_summary import left_out_csv, left_out_lines
    from portfolio.model.operations.services import Service
    from portfolio.rules.phrases import counted

    levels, owner = Levels(), asked.owner
    for path in asked.files:
        _read(path, levels)
    is_new = settings_there(folder) is None
    places = settle([FILE], folder)
    drafts = _drafts(levels, owner)
    standing = standing_in(folder, lambda path: path == places[FILE])
    require_person(owner, "--owner", standing)
    new, there = standing.beside(drafts)
    refuse_taken(drafts, there, "rename one of the two")
    comment = mark(path.name for path in asked.files)
    if not any(each.kind is Service for each in new):
        new = [each for each in new if each.id != _NOBODY]
    texts = arrange(new, dict.fromkeys(("person", "service", "sla"), FILE), comment)
    if is_new and texts:
        texts[SETTINGS] = _settings(comment)
    left_out = levels.account.left_out()
    lines = [
        f"{counted(len(levels.services), 'service')}, {counted(levels.count, 'service level')}",
        *levels.alerts,
        *(["left out, or not as it was:"] if left_out else []),
    ]
    return Outcome(
        texts,
        tuple(lines),
        tuple(left_out_lines(left_out)),
        left_out_csv(left_out),
        {path: places.get(path, path) for path in texts},
        there=tuple(each for each in there if each.id != _NOBODY),
        projects=(Path(FILE).stem,),
    )


def _read(path: Path, levels: Levels) -> None:
    from portfolio.exchange.drafts.source_file import content_of
    from portfolio.exchange.openslo.documents import read_openslo

    with reading(path):
        read_openslo(content_of(path, _LARGEST), path.name, levels)


def _drafts(levels: Levels, owner: str) -> list[Draft]:
    """Return the services with their levels, and who owns them where nobody is named."""
    from portfolio.exchange.drafts.draft import Draft
    from portfolio.model.operations.services import Service
    from portfolio.model.resources import Person
    from portfolio.model.service import Sla

    drafts = [] if owner else [Draft(Person, _NOBODY, values={"name": _NOBODY_NAME})]
    for id_, name in levels.services.items():
        service = Draft(Service, id_, values={"name": name, "owner": owner or _NOBODY})
        slas = levels.slas.get(id_, [])
        drafts += [service, *(Draft(Sla, str(each["id"]), service, each) for each in slas)]
    return drafts


def _settings(comment: str) -> str:
    from portfolio.exchange.drafts.yaml_text import yaml_text
    from portfolio.exchange.schedules.portfolio_files import NO_CURRENCY

    organisation: dict[str, Tree] = {"name": "Services", "currency": NO_CURRENCY}
    return yaml_text({"organisation": organisation}, comment)
