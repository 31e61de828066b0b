"""Reports about one entity: whom or what they are about, and for whom they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.application.failure import Failure, misnamed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.report.pack import Pack
    from portfolio.view.audience import Edition


def about(pack: Pack, kind: str, words: Sequence[str], exclude: Sequence[str] = ()) -> Pack:
    """Return the pack of a report about one entity of a kind; a Failure where it is not one.

    A report about a project is limited to what belongs to it.
    """
    from dataclasses import replace

    from portfolio.model.delivery.projects import Project
    from portfolio.model.kinds import kind_named
    from portfolio.view.parts import belonging

    wanted = kind_named(kind)
    assert wanted is not None  # noqa: S101 - an outline names a kind
    known = [each.id for each in pack.portfolio.all(wanted)]
    if len(words) != 1 or exclude:
        message = f"this report is about one {kind}"
        raise Failure(message, f"name it: {', '.join(known[:5])}" if known else "there is none")
    found = next((each for each in pack.portfolio.all(wanted) if each.id == words[0]), None)
    if found is None:
        message = f"there is no {kind} {words[0]!r}"
        raise misnamed(words[0], known, message, f"`pmo show {wanted.PLURAL}` lists them")
    if not isinstance(found, Project):
        return replace(pack, subject=found)
    ids = belonging(pack.portfolio, {found.id})
    findings = tuple(each for each in pack.diagnostics if each.entity in ids)
    return replace(pack, subject=found, selected=ids, diagnostics=findings)


def for_readers(pack: Pack, edition: Edition) -> Pack:
    """Return the pack for an edition; a Failure where a report has none for customers."""
    from dataclasses import replace

    from portfolio.model.commercial.contracts import Customer

    if edition == "customer" and not isinstance(pack.subject, Customer):
        message = "this report has no edition for customers"
        raise Failure(message, "only `pmo report customer ID` has one")
    if edition == pack.edition:
        return pack
    return replace(pack, portfolio=pack.portfolio.for_edition(edition))


def limited(pack: Pack, selectors: Sequence[str], exclude: Sequence[str]) -> Pack:
    """Limit a report to what is selected and belongs to it; a Failure where that is nothing."""
    from dataclasses import replace

    from portfolio.application.selection import chosen_ids
    from portfolio.view.parts import belonging

    if not selectors and not exclude:
        return pack
    whole = pack.portfolio
    left_out = belonging(whole, chosen_ids(whole, exclude)) if exclude else frozenset()
    ids = belonging(whole, chosen_ids(whole, selectors)) - left_out
    if not ids:
        message = f"{' '.join(selectors)} selects nothing that is shown"
        raise Failure(message)
    words = [" ".join(selectors), *(f"without {' '.join(exclude)}" for _ in exclude[:1])]
    found = tuple(f for f in pack.diagnostics if f.entity in ids)
    scope = ", ".join(word for word in words if word)
    return replace(pack, diagnostics=found, selected=ids, scope=scope)
