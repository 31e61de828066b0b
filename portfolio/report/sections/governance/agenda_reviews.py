"""What a board looks at besides its own questions: releases to authorise, advice of reviewers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from portfolio.analysis.governance.boards import steered
from portfolio.analysis.operations.change_impact import collisions_of, freeze_breaches
from portfolio.model.governance import AssuranceReview
from portfolio.model.operations.services import ChangeEvent
from portfolio.report.blocks import Cell, Column, Missing, Section, Status, Table
from portfolio.report.formatting import in_words, past_due
from portfolio.report.section import section
from portfolio.report.sections.governance.agenda import board_of
from portfolio.view.lifecycle import is_live

if TYPE_CHECKING:
    from portfolio.model.delivery.projects import Project
    from portfolio.model.governance import ReviewRecommendation
    from portfolio.report.pack import Pack

_AHEAD = timedelta(days=42)
_WEIGHTS = {"critical": 0, "essential": 1, "recommended": 2}


@section("agenda", order=25)
def releases(pack: Pack) -> Section | None:
    """Show a change board the releases of six weeks, with the freezes and collisions they meet."""
    if board_of(pack).level != "change":
        return None
    until = pack.as_of + _AHEAD
    found = sorted(
        (
            each
            for each in pack.portfolio.all(ChangeEvent)
            if is_live(pack.portfolio, each) and each.go_live <= until
        ),
        key=lambda each: (each.go_live, each.id),
    )
    columns = (
        Column("Release", wide=True), Column("Goes live"), Column("Type"), Column("Authorised"),
        Column("Taken back by"), Column("In the way", wide=True),
    )  # fmt: skip
    rows = tuple(_release(pack, each) for each in found)
    empty = f"No release is planned until {in_words(until)}."
    return Section("releases", "Releases to come", (Table(columns, rows, empty=empty),))


def _release(pack: Pack, event: ChangeEvent) -> tuple[Cell, ...]:
    authorised: Cell = Status("green", "approved")
    if event.status == "planned":
        authorised = Status("amber", "to authorise")
    return (
        event.name or event.id,
        event.go_live,
        event.type or Missing("not stated"),
        authorised,
        event.rollback_by or Missing("no way back"),
        _obstacles(pack, event),
    )


def _obstacles(pack: Pack, event: ChangeEvent) -> Cell:
    frozen = [each.window.label for each in freeze_breaches(event, pack.portfolio)]
    if frozen:
        return Status("red", f"frozen: {', '.join(frozen)}")
    others = [
        (each.second if each.first.id == event.id else each.first)
        for each in collisions_of(pack.portfolio)
        if event.id in {each.first.id, each.second.id}
    ]
    names = ", ".join(dict.fromkeys(each.name or each.id for each in others))
    return Status("amber", f"near {names}") if names else "nothing"


@section("agenda", order=55)
def advice(pack: Pack) -> Section | None:
    """Show what reviewers advised and nobody has closed yet, the most urgent first."""
    open_ = [
        (project, review, each)
        for project in steered(pack.portfolio, board_of(pack))
        for review in pack.portfolio.related(project, AssuranceReview, "project")
        for each in review.recommendations
        if each.closed_on is None
    ]
    if not open_:
        return None
    open_.sort(
        key=lambda found: (
            _WEIGHTS.get(found[2].category or "", len(_WEIGHTS)),
            str(found[2].due or "9"),
            found[1].id,
        )
    )
    columns = (
        Column("Advice", wide=True),
        Column("Weight"),
        Column("Project"),
        Column("Review", formula="Its day and rating, as stated."),
        Column("Due", formula="As stated."),
    )
    rows = tuple(_advice(pack, *each) for each in open_)
    return Section("advice", "Advice of reviewers, still open", (Table(columns, rows),))


def _advice(
    pack: Pack, project: Project, review: AssuranceReview, each: ReviewRecommendation
) -> tuple[Cell, ...]:
    due = past_due(each.due, pack.as_of, "passed") or Missing("no day is agreed")
    said = f"{in_words(review.date_)}, rated {review.rating or 'nothing'}"
    rated = Status(review.rating or "grey", said)
    return (each.text, each.category or Missing("not stated"), project.label, rated, due)
