"""A lesson that is only written down has changed nothing."""

from __future__ import annotations

from decimal import Decimal

from portfolio.analysis.governance.lessons_learned import concerned, lesson_uses, themes, use_rate
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Lesson
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}]
projects:
  - {id: atlas, name: Atlas, sponsor: anna, category: customer, tags: [Billing]}
  - {id: hub, name: Hub, sponsor: anna, tags: [billing]}
  - {id: depot, name: Depot, sponsor: anna}
lessons:
  - {id: idle, project: atlas, what: It was late., applies_to: [print]}
  - {id: adopted, project: atlas, what: It was wrong., applies_to: [data, billing],
     adopted_in: [depot]}
  - {id: again, project: depot, what: It was wrong again., applies_to: [data]}
  - {id: promised, what: It was dear., applies_to: [customer]}
actions:
  - {id: act, text: Ask first, owner: anna, source: again, status: done}
  - {id: plan, text: Ask later, owner: anna, source: promised}
"""
PORTFOLIO = portfolio_of(TEXT)
USES = lesson_uses(PORTFOLIO, PORTFOLIO.all(Lesson))


def test_a_lesson_is_used_when_a_project_adopts_it_or_an_action_from_it_is_done() -> None:
    assert {use.lesson.id: use.is_used for use in USES} == {
        "idle": False, "promised": False, "adopted": True, "again": True,
    }  # fmt: skip
    assert use_rate(USES).value == Decimal("0.5")
    assert use_rate(()).value is None


def test_what_two_projects_had_to_learn_keeps_coming_back() -> None:
    found = themes(USES)
    assert [theme.name for theme in found] == ["data", "billing", "print", "customer"]
    assert [theme.name for theme in found if theme.keeps_coming_back] == ["data"]
    assert found[0].learned_in == ("atlas", "depot")


def test_a_lesson_concerns_live_projects_of_its_words_that_have_not_used_it() -> None:
    by_id = {use.lesson.id: use for use in USES}
    live = PORTFOLIO.all(Project)
    assert [p.id for p in concerned(PORTFOLIO, by_id["adopted"], live)] == ["hub"]
    assert [p.id for p in concerned(PORTFOLIO, by_id["promised"], live)] == ["atlas"]
    assert concerned(PORTFOLIO, by_id["idle"], live) == ()
