"""How mature the organisation is: the profile of seven perspectives, its targets, its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.service.pmo_performance import maturity_profile, newest_assessments
from portfolio.report.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Metric,
    Metrics,
    Missing,
    Section,
    Status,
    Subheading,
    Table,
)
from portfolio.report.charts.radar import Spoke, radar
from portfolio.report.formatting import in_words
from portfolio.report.section import section

if TYPE_CHECKING:
    from portfolio.analysis.service.pmo_performance import MaturityProfile
    from portfolio.model.service import MaturityAssessment
    from portfolio.report.pack import Pack

_HIGHEST = 5


@section("service-review", order=60)
def maturity(pack: Pack) -> Section | None:
    """Draw the newest maturity profile of each model, with its targets and what proves it."""
    profiles = [
        found
        for each in newest_assessments(pack.portfolio)
        if (found := maturity_profile(each).value) is not None
    ]
    if not profiles:
        return None
    blocks: list[Block] = []
    for each in profiles:
        blocks += [Subheading(_heading(each.assessment)), _figures(each), _radar(each)]
    return Section("maturity", "Maturity", tuple(blocks))


def _heading(assessment: MaturityAssessment) -> str:
    by = {"self": "by ourselves", "independent": "independently"}.get(assessment.assessor or "", "")
    words = f"{assessment.model.capitalize()} management, assessed {by} on "
    return f"{words.replace('  ', ' ')}{in_words(assessment.on)}"


def _figures(profile: MaturityProfile) -> Metrics:
    unproved = len(profile.without_evidence)
    return Metrics(
        Metric("Overall", profile.overall, "the weakest perspective decides"),
        Metric("Mean", f"{profile.mean:.1f}", "beside it"),
        Metric(
            "Levels missing",
            profile.gap if profile.gap is not None else Missing("no target is stated"),
            f"weakest: {', '.join(each.replace('_', ' ') for each in profile.weakest)}",
        ),
        Metric(
            "Without evidence",
            unproved,
            f"of {len(profile.scores)} perspectives",
            Status("amber" if unproved else "green"),
        ),
    )


def _radar(profile: MaturityProfile) -> Chart:
    target = profile.assessment.target
    spokes = [
        Spoke(name.replace("_", " "), level, getattr(target, name, None))
        for name, level in profile.scores.items()
    ]
    question = "Where is the organisation weak, and where does it want to be?"
    rows = tuple(
        (
            each.label,
            each.level,
            each.target if each.target is not None else Missing("none"),
            Missing("none") if name in profile.without_evidence else _proof(profile, name),
        )
        for each, name in zip(spokes, profile.scores, strict=True)
    )
    table = Table.of(
        Column("Perspective", wide=True),
        Column.number("Level", "As stated."),
        Column.number("Target", "As stated."),
        Column("Evidence", wide=True),
        rows=rows,
        caption="1 awareness, 2 repeatable, 3 defined, 4 managed, 5 optimised.",
    )
    return Chart(question, radar(spokes, _HIGHEST, question), table)


def _proof(profile: MaturityProfile, name: str) -> Cell:
    found = (profile.assessment.evidence or {}).get(name, "")
    return found if isinstance(found, str) else ", ".join(found)
