"""Skills: what is needed against who holds it, held against the worked example WE-34."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.analysis.resources.skills import SkillNeed, assessed_long_ago, holders, skill_cover
from portfolio.model.resources import Person, Skill

DAY = date(2026, 3, 31)


def person(name: str, *skills: tuple[str, int], fte: str = "1", end: date | None = None) -> Person:
    held = tuple(Skill(skill=skill, level=level) for skill, level in skills)
    return Person(
        id=name, name=name.title(), contracted_fte=Decimal(fte), skills=held, end_date=end
    )


PEOPLE = (
    person("ana", ("PROG", 6), ("DTAN", 4)),
    person("ben", ("PROG", 4), ("TEST", 3)),
    person("cy", ("TEST", 3), fte="0.8"),
    person("di", ("DTAN", 3), ("TEST", 4)),
)
NEEDS = (
    SkillNeed("PROG", 5, Decimal(2)),
    SkillNeed("DTAN", 4, Decimal("1.5")),
    SkillNeed("TEST", 3, Decimal(3)),
    SkillNeed("HSIN", 4, Decimal(1)),
)


def test_gross_coverage_counts_ana_for_both_of_her_skills() -> None:
    covers = skill_cover(NEEDS, PEOPLE, DAY)
    shares = [cover.gross_coverage.value for cover in covers]
    assert [round(share, 4) for share in shares if share is not None] == [
        Decimal("0.5"),
        Decimal("0.6667"),
        Decimal("0.9333"),
        Decimal(0),
    ]
    assert [cover.gross_gap for cover in covers] == [1, Decimal("0.5"), Decimal("0.2"), 1]
    assert [len(cover.qualified) for cover in covers] == [1, 1, 3, 0]
    gross = sum(min(cover.held, cover.need.fte) for cover in covers)
    assert (gross, sum(need.fte for need in NEEDS)) == (Decimal("4.8"), Decimal("7.5"))


def test_net_coverage_counts_nobody_twice() -> None:
    covers = skill_cover(NEEDS, PEOPLE, DAY)
    assert sum(cover.net for cover in covers) == Decimal("3.8")
    assert sum(cover.net_gap for cover in covers) == Decimal("3.7")
    assert covers[3].net_coverage.value == 0


def test_a_flexible_person_gives_way_to_where_nobody_else_can_help() -> None:
    """Who takes the first need in the list greedily leaves the second uncovered."""
    both, one = person("both", ("A", 3), ("B", 3)), person("one", ("A", 3))
    needs = (SkillNeed("A", 3, Decimal(1)), SkillNeed("B", 3, Decimal(1)))
    assert [each.net for each in skill_cover(needs, (both, one), DAY)] == [1, 1]


def test_nothing_needed_is_no_ratio() -> None:
    (cover,) = skill_cover([SkillNeed("PROG", 5, Decimal(0))], PEOPLE, DAY)
    assert cover.gross_coverage.code == "zero_denominator"
    assert cover.net_coverage.value is None


def test_a_skill_that_one_person_holds_is_a_single_point_of_failure() -> None:
    single = [n.skill for n in NEEDS if len(holders(PEOPLE, n.skill, n.level, DAY)) == 1]
    assert single == ["PROG", "DTAN"]


def test_who_has_left_holds_nothing_up() -> None:
    gone = person("eva", ("TEST", 5), end=date(2026, 3, 30))
    last_day = person("fay", ("TEST", 5), end=DAY)
    assert holders((gone, last_day), "TEST", 3, DAY) == (last_day,)


def test_an_assessment_is_flagged_after_twelve_months_and_without_a_day() -> None:
    held = tuple(
        Skill(skill=name, level=3, assessed_on=on)
        for name, on in (("OLD", date(2025, 3, 30)), ("EDGE", date(2025, 3, 31)), ("NONE", None))
    )
    found = assessed_long_ago(Person(id="a", name="A", skills=held), DAY)
    assert [each.skill for each in found] == ["OLD", "NONE"]
