"""From a folder to a portfolio and everything that is wrong with it, all at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from portfolio.diagnostic import Diagnostic, Severity, in_reading_order
from portfolio.loading.configuration import read_settings
from portfolio.loading.discovery import (
    SETTINGS_NAME,
    SourceFile,
    chosen,
    in_words,
    portfolios_below,
    read_files,
)
from portfolio.loading.document import SyntaxProblem, compose
from portfolio.loading.entities import read_entities
from portfolio.loading.findings import Findings
from portfolio.loading.hidden_characters import report_hidden, report_hidden_in_table
from portfolio.loading.ignore_comments import report_unclear
from portfolio.loading.reference_resolution import duplicates, give_currencies, resolve
from portfolio.loading.tables import read_table
from portfolio.loading.unread import Unread
from portfolio.model.portfolio import Aside, Portfolio
from portfolio.place import Overlaid, packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from portfolio.model.entity import Entity
    from portfolio.settings import Settings


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds: the portfolio, what is wrong, and the text of every file.

    ``portfolio`` is None only where `pmo.yaml` is missing or broken. ``laid_over`` are the paths of
    texts that came from overlays, and from nowhere else.
    """

    portfolio: Portfolio | None
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]
    unread: Unread = field(default_factory=Unread)
    laid_over: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is a portfolio with no file but its settings."""
        return self.portfolio is not None and len(self.texts) == 1


def load(
    root: Path,
    *,
    today: date,
    as_of: date | None = None,
    overlays: Sequence[Path] = (),
) -> Loaded:
    """Load a portfolio's folder; never raises for a user's mistake.

    ``as_of`` overrides the date in `pmo.yaml`; ``today`` is the date where neither is given.
    ``overlays`` are folders with further files, laid over the first.
    """
    findings = Findings(SETTINGS_NAME)
    try:
        content = (root / SETTINGS_NAME).read_bytes()
    except OSError as error:
        findings.add(
            "CFG-MISSING",
            f"cannot be read: {error.strerror}",
            packed(1, 1),
            hint="`pmo init` writes one",
        )
        return Loaded(None, tuple(findings.found), {})
    settings = read_settings(content, findings)
    if settings is None:
        return Loaded(None, tuple(findings.found), {SETTINGS_NAME: content})
    layers = (
        (
            (SourceFile(before + file.path, file.content), problems)
            for file, problems in read_files(folder, settings.include, settings.exclude)
        )
        for folder, before in ((root, ""), *((o, f"{o.as_posix()}/") for o in overlays))
    )
    day = as_of or settings.as_of or today
    start = Loaded(None, tuple(findings.found), {SETTINGS_NAME: content})
    loaded = _loaded(settings, day, layers, start)
    return _with_empty(loaded, root, findings) if loaded.is_empty else loaded


def _with_empty(loaded: Loaded, root: Path, findings: Findings) -> Loaded:
    """Say of an empty portfolio which others lie below it: one of them is meant."""
    below = portfolios_below(root)
    if not below:
        return loaded
    known = len(findings.found)
    findings.add(
        "CFG-EMPTY",
        f"the portfolio is empty, but its folder holds {in_words(below)}",
        packed(1, 1),
        hint="name one with -C; they need no pmo.yaml above them",
        severity=Severity.WARNING,
    )
    found = in_reading_order([*loaded.diagnostics, *findings.found[known:]])
    return replace(loaded, diagnostics=found)


def load_texts(texts: Mapping[str, bytes], *, as_of: date) -> Loaded:
    """Load a portfolio from the texts of its files by path, as a commit holds them."""
    findings = Findings(SETTINGS_NAME)
    content = texts.get(SETTINGS_NAME, b"")
    settings = read_settings(content, findings)
    start = Loaded(None, tuple(findings.found), {SETTINGS_NAME: content})
    if settings is None:
        return start
    files = (
        (SourceFile(path, texts[path]), Findings(path))
        for path in chosen(texts, settings.include, settings.exclude)
    )
    return _loaded(settings, as_of, (files,), start)


def _loaded(
    settings: Settings,
    as_of: date,
    layers: Iterable[Iterable[tuple[SourceFile, Findings]]],
    start: Loaded,
) -> Loaded:
    """Read files and tie together what they hold; ``start`` is what `pmo.yaml` gave.

    A layer lies over those before it: what has an id that they have adds to it.
    """
    found = list(start.diagnostics)
    texts = dict(start.texts)
    entities: list[Entity] = []
    unread = Unread()
    own: frozenset[str] | None = None
    for layer in layers:
        below = {entity.id: entity for entity in entities}
        for file, problems in layer:
            problems.path, problems.below = file.path, below
            texts[file.path] = file.content
            read = () if problems.found else tuple(read_file(file, problems))
            entities.extend(read)
            found.extend(problems.found)
            unread.note(problems, file.content, is_read=bool(read or problems.incomplete))
        own = frozenset(texts) if own is None else own
        if below:
            entities = _laid_over(below, entities)
    by_id: dict[str, Entity] = {}
    for entity in entities:
        by_id.setdefault(entity.id, entity)
    doubles = [entity for entity in entities if by_id[entity.id] is not entity]
    if doubles:
        found.extend(duplicates(entities))
    found.extend(resolve(by_id, entities, unread.holds))
    give_currencies(by_id, entities, settings.organisation.currency)
    aside = Aside((*unread.entities, *doubles), unread.confidential)
    portfolio = Portfolio(settings, as_of, entities, texts, aside)
    return Loaded(
        portfolio, in_reading_order(found), texts, unread, frozenset(texts) - (own or set())
    )


def _laid_over(below: Mapping[str, Entity], entities: Sequence[Entity]) -> list[Entity]:
    """Put what adds to an entity in its place; the same id of another kind stays a duplicate."""
    merged = {
        each.id: each
        for each in entities
        if isinstance(each.source, Overlaid) and each is not below.get(each.id)
    }
    kept = (each for each in entities if each.id not in merged or each is below.get(each.id))
    return [merged.get(each.id, each) for each in kept]


def read_file(file: SourceFile, findings: Findings) -> Iterable[Entity]:
    """Read the entities of one file, by its ending."""
    if file.path.endswith(".csv"):
        report_hidden_in_table(file.content, findings)
        return list(read_table(file.path, file.content, findings))
    root = compose(file.content)
    if isinstance(root, SyntaxProblem):
        findings.add(root.code, root.message, root.place, hint=root.hint)
        return ()
    if root is None:
        name = PurePosixPath(file.path).name
        findings.add(
            "YML-EMPTY",
            f"{name} is empty",
            packed(1, 1),
            hint="delete it, or fill it",
            severity=Severity.WARNING,
        )
        return ()
    report_unclear(file.content, findings)
    report_hidden(root, file.content, findings)
    return list(read_entities(root, findings))
