"""How a failed check of a schedule is reported: once for a project, with its figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.schedule_assessment import scorecards
from portfolio.analysis.delivery.schedule_checks import ENOUGH, CheckResult
from portfolio.rules.phrases import listed, see
from portfolio.rules.rule import Problem

if TYPE_CHECKING:
    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View


def failed(project: Project, portfolio: View, name: str, hint: str) -> Iterator[Problem]:
    """Yield the finding of a project that fails a check; an informative one from ten on."""
    card = scorecards(portfolio).get(project.id)
    if card is None:
        return
    result = card.result(name)
    informs = result.check.limit is None and result.hits and result.count >= ENOUGH
    if result.is_failed or informs:
        names = listed(each.id for each in result.failing)
        yield Problem(
            project,
            f"{sentence(result)}{f': {names}' if names else ''}",
            "id",
            hint,
            related=tuple(see(each, each.id) for each in result.failing[:5]),
        )


def sentence(result: CheckResult) -> str:
    """Return what a check found and what is allowed, in figures."""
    check, value = result.check, result.value or 0
    if check.name == "CPLI":
        return (
            f"{check.what} {value:.2f} ({result.hits:g} of {result.count:g} working days); "
            f"at least {check.limit} is expected"
        )
    if check.name == "BEI":
        return (
            f"{check.what} {value:.2f} ({result.hits} of {result.count} that are due are done); "
            f"at least {check.limit} is expected"
        )
    if check.name == "critical path test":
        return f"600 working days more of critical work move the end by {result.hits:g}"
    found = f"{result.hits} of {result.count} {check.what} ({value * 100:.1f} %)"
    if check.limit is None:
        return found
    return f"{found}; {_allowed(check.limit, at_least=check.at_least)}"


def _allowed(limit: float, *, at_least: bool) -> str:
    if not limit:
        return "none is allowed"
    share = f"{limit * 100:.0f} %"
    return f"at least {share} are expected" if at_least else f"at most {share} are allowed"
