"""`pmo import openslo`: from OpenSLO documents to the services and levels of a portfolio."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pmo_cli.failure import Failure
from pmo_cli.import_outcome import Outcome

if TYPE_CHECKING:
    from portfolio.exchange.mapping_file import Tree
    from portfolio.exchange.openslo import Levels
    from portfolio.model.portfolio import Portfolio

FILE = "services/openslo.yaml"
_LARGEST = 16 << 20
_NOBODY, _NOBODY_NAME = "not-stated", "Not stated"


def convert_levels(files: list[Path], folder: Path, owner: str) -> Outcome:
    """Turn OpenSLO documents into the text of one file with services and their levels."""
    from portfolio.exchange.openslo import Levels
    from portfolio.exchange.placing import MARK
    from portfolio.exchange.schedules.telling import left_out_csv, left_out_lines
    from portfolio.exchange.writing import yaml_text

    levels = Levels()
    for path in files:
        _read(path, levels)
    known = _portfolio(folder)
    names = ", ".join(sorted(path.name for path in files))
    comment = f"{MARK} from {names}; the next one overwrites it."
    texts = {FILE: yaml_text(_tree(levels, known, owner), comment)} if levels.services else {}
    left_out = levels.account.left_out()
    if known is None and texts:
        texts["pmo.yaml"] = _settings(comment)
    lines = [
        f"{len(levels.services)} services, {levels.count} service levels",
        *levels.alerts,
        *(["left out, or not as it was:"] if left_out else []),
    ]
    return Outcome(
        texts,
        tuple(lines),
        tuple(left_out_lines(left_out)),
        left_out_csv(left_out),
        projects=(Path(FILE).stem,),
    )


def _read(path: Path, levels: Levels) -> None:
    from portfolio.exchange.openslo import read_openslo
    from portfolio.exchange.source_file import Unreadable, content_of

    try:
        read_openslo(content_of(path, _LARGEST), path.name, levels)
    except Unreadable as error:
        message = f"{path}: {error.message}"
        raise Failure(message, error.hint) from None
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise Failure(message) from None


def _portfolio(folder: Path) -> Portfolio | None:
    """Return the portfolio that is there, if there is one."""
    from pmo_cli.opening import today
    from portfolio.loading.loader import load

    if not (folder / "pmo.yaml").is_file():
        return None
    loaded = load(folder, today=today())
    if loaded.portfolio is None:
        message = f"{folder / 'pmo.yaml'} cannot be used"
        raise Failure(message, "`pmo validate` says why")
    return loaded.portfolio


def _tree(levels: Levels, known: Portfolio | None, owner: str) -> dict[str, Tree]:
    """Return services that are new with their levels, and levels for those that are there."""
    there = _services_there(levels, known)
    services: list[Tree] = []
    loose: list[Tree] = []
    for id_, name in levels.services.items():
        slas: list[Tree] = list(levels.slas.get(id_, []))
        if id_ in there:
            loose += [{"service": id_, **each} for each in slas if isinstance(each, dict)]
            continue
        service: dict[str, Tree] = {"id": id_, "name": name, "owner": owner or _NOBODY}
        services.append({**service, **({"slas": slas} if slas else {})})
    tree: dict[str, Tree] = {}
    if services and not owner and not _is_known(known):
        tree["people"] = [{"id": _NOBODY, "name": _NOBODY_NAME}]
    if services:
        tree["services"] = services
    return {**tree, **({"slas": loose} if loose else {})}


def _services_there(levels: Levels, known: Portfolio | None) -> frozenset[str]:
    """Return the services that another file has; a Failure where an id means something else."""
    from portfolio.model.operations import Service

    there = set()
    for id_ in levels.services:
        found = known.find(id_) if known is not None else None
        if found is None or found.source.path == FILE:
            continue
        if not isinstance(found, Service):
            message = f"the id {id_} is taken: it is a {found.KIND} in {found.source.path}"
            raise Failure(message, "rename one of the two")
        there.add(id_)
    return frozenset(there)


def _is_known(known: Portfolio | None) -> bool:
    """Tell whether somebody else's file has the person who stands for nobody."""
    found = known.find(_NOBODY) if known is not None else None
    return found is not None and found.source.path != FILE


def _settings(comment: str) -> str:
    from portfolio.exchange.schedules.writing import NO_CURRENCY
    from portfolio.exchange.writing import yaml_text

    organisation: dict[str, Tree] = {"name": "Services", "currency": NO_CURRENCY}
    return yaml_text({"organisation": organisation}, comment)
