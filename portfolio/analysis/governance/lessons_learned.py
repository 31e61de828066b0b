"""Lessons: who learned what, who has acted on it, and what keeps coming back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, share
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Action, Lesson

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class LessonUse:
    """A lesson with the projects that acted on it and the actions that follow from it."""

    lesson: Lesson
    adopted: tuple[Project, ...]
    actions: tuple[Action, ...]

    @property
    def is_used(self) -> bool:
        """Tell whether a project acted on it, or an action that follows from it is done."""
        return bool(self.lesson.adopted_in) or any(each.status == "done" for each in self.actions)


@dataclass(frozen=True, slots=True)
class Theme:
    """What lessons concern in common: learned in one project, or again and again."""

    name: str
    uses: tuple[LessonUse, ...]

    @property
    def learned_in(self) -> tuple[str, ...]:
        """Return the ids of the projects that learned it, each once."""
        return tuple(dict.fromkeys(u.lesson.project.id for u in self.uses if u.lesson.project))

    @property
    def keeps_coming_back(self) -> bool:
        """Tell whether more than one project had to learn it."""
        return len(self.learned_in) > 1


def lesson_uses(portfolio: View, lessons: Iterable[Lesson]) -> tuple[LessonUse, ...]:
    """Return lessons with what became of them, those that nobody uses first."""
    found = [
        LessonUse(
            each,
            tuple(p for ref in each.adopted_in if (p := portfolio.find(ref, Project)) is not None),
            portfolio.related(each, Action, "source"),
        )
        for each in lessons
    ]
    return tuple(sorted(found, key=lambda use: (use.is_used, use.lesson.id)))


def use_rate(uses: Sequence[LessonUse]) -> Measure[Decimal]:
    """Return used lessons / lessons, 0..1; no lessons: no_data.

    Used is a lesson that a project has adopted, or from which an action was done: one that is only
    written down has changed nothing.

    Source: domain convention of this toolkit.

    >>> use_rate(()).reason
    'no lesson is recorded'
    """
    return share((use.is_used for use in uses), "no lesson is recorded")


def themes(uses: Iterable[LessonUse]) -> tuple[Theme, ...]:
    """Return what lessons concern, what most projects had to learn first."""
    found = grouped((name, use) for use in uses for name in use.lesson.applies_to)
    all_themes = (Theme(name, tuple(inside)) for name, inside in found.items())
    return tuple(sorted(all_themes, key=lambda t: (-len(t.learned_in), -len(t.uses), t.name)))


def concerned(portfolio: View, use: LessonUse, live: Iterable[Project]) -> tuple[Project, ...]:
    """Return the live projects that a lesson names by their category or a tag, and not used it."""
    names = {name.casefold() for name in use.lesson.applies_to}
    done = {ref.id for ref in use.lesson.adopted_in}
    origin = portfolio.find(use.lesson.project, Project)
    return tuple(
        each
        for each in live
        if each.id not in done
        and each is not origin
        and names & {word.casefold() for word in (each.category or "", *each.tags)}
    )
