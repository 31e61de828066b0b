"""The sections of the lessons digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.governance.lessons_learned import concerned, lesson_uses, themes, use_rate
from portfolio.model.governance import Lesson
from portfolio.report.blocks import (
    Cell,
    Column,
    Metric,
    Metrics,
    Missing,
    Row,
    Section,
    Share,
    Status,
    Table,
)
from portfolio.report.section import section
from portfolio.report.trails.sources import trail, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.analysis.governance.lessons_learned import LessonUse, Theme
    from portfolio.report.pack import Pack


@section("lessons", order=10)
def used(pack: Pack) -> Section:
    """Tell how many lessons changed something, and what more than one project had to learn."""
    uses = lesson_uses(pack.portfolio, pack.all(Lesson))
    found = themes(uses)
    again = [theme.name for theme in found if theme.keeps_coming_back]
    lead = f"Learned more than once: {', '.join(again)}." if again else ""
    blocks = (_metrics(uses), _themes(pack, found))
    return Section("themes", "What keeps coming back", blocks, lead)


def _metrics(uses: Sequence[LessonUse]) -> Metrics:
    places = written(*(use.lesson for use in uses))
    rate = use_rate(uses)
    idle = sum(not use.is_used for use in uses)
    vague = sum(not use.lesson.recommendation for use in uses)
    if not uses:
        return Metrics(Metric("Recorded", Missing("no lesson is recorded")))
    return Metrics(
        Metric("Recorded", len(uses), trail=trail("Lessons recorded.", sources=places)),
        Metric(
            "Acted on",
            Share.of(rate),
            "adopted by a project, or an action done",
            trail=trail(use_rate, inputs={"lessons": len(uses)}, sources=places),
        ),
        Metric(
            "Used by nobody",
            idle,
            None,
            Status("amber" if idle else "green"),
            trail("Lessons that nobody has acted on.", sources=places),
        ),
        Metric(
            "Without a recommendation",
            vague,
            "what happened, and not what to do",
            trail=trail("Lessons that say nothing to do differently.", sources=places),
        ),
    )


def _themes(pack: Pack, found: Sequence[Theme]) -> Table:
    return Table.of(
        Column("Concerns", wide=True),
        Column.number("Lessons", "Lessons that name it."),
        Column("Learned in", wide=True),
        Column.number("Acted on", "Used lessons / lessons."),
        rows=(_theme(pack, each) for each in found),
        caption="What most projects had to learn stands first.",
        empty="No lesson names whom it concerns.",
    )


def _theme(pack: Pack, theme: Theme) -> Row:
    rate = use_rate(theme.uses)
    names = ", ".join(pack.name(id_) for id_ in theme.learned_in)
    cells: tuple[Cell, ...] = (
        theme.name,
        len(theme.uses),
        names or Missing("no project named"),
        Share.of(rate),
    )
    return Row(cells, trail(sources=written(*(use.lesson for use in theme.uses))))


@section("lessons", order=20)
def every_lesson(pack: Pack) -> Section:
    """Show each lesson with what to do differently and who has, the unused first."""
    uses = lesson_uses(pack.portfolio, pack.all(Lesson))
    table = Table.of(
        Column("What happened", wide=True),
        Column("Do differently", wide=True),
        Column("Learned in"),
        Column("Acted on by", wide=True),
        Column("Should look at it", wide=True),
        rows=(_lesson(pack, each) for each in uses),
        caption="Should look at it: live projects whose category or tag the lesson names.",
        empty="No lesson is recorded.",
    )
    return Section("lessons", "Every lesson", (table,))


def _lesson(pack: Pack, use: LessonUse) -> Row:
    lesson = use.lesson
    next_ones = concerned(pack.portfolio, use, pack.live_projects)
    cells: tuple[Cell, ...] = (
        lesson.what,
        lesson.recommendation or Missing("nothing recommended"),
        pack.named(lesson.project, "no project named"),
        _adopted(use),
        ", ".join(each.label for each in next_ones) or None,
    )
    return Row(cells, trail(sources=written(lesson)))


def _adopted(use: LessonUse) -> Cell:
    """Return who acted on a lesson; a project that is not shown is not named either."""
    hidden = len(use.lesson.adopted_in) - len(use.adopted)
    parts = [each.label for each in use.adopted]
    parts += [f"{hidden} not shown here"] if hidden else []
    parts += [f"action: {each.text}, {each.status}" for each in use.actions]
    return ", ".join(parts) or Status("amber", "nobody yet")
