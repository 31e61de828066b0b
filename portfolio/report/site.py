"""All reports as one site: which pages there are, what each is about, and the index over them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portfolio.model.delivery.projects import Project
from portfolio.model.entity import kind_named
from portfolio.report.blocks import Column, Link, Report, Section, Table
from portfolio.report.composition import compose, stamp
from portfolio.report.outline import outlines
from portfolio.view.parts import belonging

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.model.entity import Entity
    from portfolio.report.pack import Pack

INDEX = "index"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a site: the report, and the entity it is about if it is about one."""

    report: str
    subject: Entity | None = None

    @property
    def name(self) -> str:
        """Return the name of its file, without the ending."""
        return self.report if self.subject is None else f"{self.report}-{self.subject.id}"


def pages(pack: Pack) -> Iterator[Page]:
    """Yield every page: each report once, those about an entity for each of which they are due."""
    for name, outline in outlines().items():
        kind = kind_named(outline.subject) if outline.subject else None
        if kind is None:
            if outline.is_due(pack.portfolio, None):
                yield Page(name)
        else:
            about = pack.portfolio.all(kind)
            yield from (Page(name, each) for each in about if outline.is_due(pack.portfolio, each))


def build_site(pack: Pack, suffix: str) -> Iterator[tuple[str, Report]]:
    """Yield every page of a site with the name of its file, the index first.

    ``suffix`` is the ending of the files. Names of projects, customers and boards lead to their
    pages, and every page to the index.
    """
    listed = tuple(pages(pack))
    links = {
        page.subject.id: f"{page.name}{suffix}"
        for page in reversed(listed)
        if page.subject is not None
    }
    linked = replace(pack, pages={"": f"{INDEX}{suffix}", **links})
    yield f"{INDEX}{suffix}", _index(linked, listed, suffix)
    for page in listed:
        yield f"{page.name}{suffix}", compose(page.report, _about(linked, page.subject))


def _about(pack: Pack, subject: Entity | None) -> Pack:
    if subject is None:
        return pack
    if not isinstance(subject, Project):
        return replace(pack, subject=subject)
    ids = belonging(pack.portfolio, frozenset({subject.id}))
    found = tuple(each for each in pack.diagnostics if each.entity in ids)
    return replace(pack, subject=subject, selected=ids, diagnostics=found)


def _index(pack: Pack, listed: tuple[Page, ...], suffix: str) -> Report:
    whole = tuple(page for page in listed if page.subject is None)
    blocks = Table.of(
        Column("Report"),
        Column("What it answers", wide=True),
        rows=(
            (Link(outlines()[p.report].title, f"{p.name}{suffix}"), outlines()[p.report].question)
            for p in whole
        ),
    )
    sections = [Section("reports", "Reports", (blocks,))]
    for name, outline in outlines().items():
        about = [page for page in listed if page.report == name and page.subject is not None]
        if about:
            table = _list_of(about, outline.subject, suffix)
            sections.append(Section(name, outline.title, (table,), outline.question))
    return Report(
        name="all",
        title="All reports",
        subtitle=pack.portfolio.settings.organisation.name,
        as_of=pack.as_of,
        stamp=stamp(replace(pack, pages={})),
        sections=tuple(sections),
    )


def _list_of(about: list[Page], kind: str, suffix: str) -> Table:
    rows = tuple(
        (Link(page.subject.label, f"{page.name}{suffix}"), page.subject.id)
        for page in about
        if page.subject is not None
    )
    return Table.of(Column(kind.replace("_", " ").capitalize(), wide=True), Column("Id"), rows=rows)
