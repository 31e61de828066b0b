"""Adoption: where each group is blocked, who is trained, who uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.operations.adoption import ELEMENTS
from portfolio.analysis.operations.business_change import (
    USE_TARGET,
    adoption_now,
    adoption_speed,
    barriers_of,
    go_live_of,
    newest_profiles,
    newest_surveys,
    support_missing,
    training_now,
)
from portfolio.model.operations.adoption import BusinessChange, StakeholderGroup
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Missing,
    Section,
    Share,
    Status,
    Subheading,
    Table,
    shown,
)
from portfolio.report.section import section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portfolio.analysis.operations.adoption import AdkarProfile
    from portfolio.measure.measure import Measure
    from portfolio.report.pack import Pack

_EARLY = frozenset({"awareness", "desire", "knowledge"})
_TRAINED = 0.9


@section("board", order=85)
def adoption(pack: Pack) -> Section | None:
    """Show where groups are blocked, and how far training and use are."""
    changes = pack.all(BusinessChange)
    if not changes:
        return None
    blocks: tuple[Block, ...] = (
        changes_table(pack, changes),
        Subheading("Where groups are blocked"),
        adkar_table(pack, changes),
    )
    return Section("adoption", "Adoption", blocks, _lead(pack, changes))


def _lead(pack: Pack, changes: tuple[BusinessChange, ...]) -> str:
    blocked = [
        f"{pack.name(group)} at {profile.value.barrier}"
        for change in changes
        for group, profile in newest_profiles(pack.portfolio, change).items()
        if profile.value is not None and profile.value.barrier is not None
    ]
    if not blocked:
        return ""
    return f"Blocked: {', '.join(blocked)}."


def changes_table(pack: Pack, changes: Sequence[BusinessChange]) -> Table:
    """Show each change with its training, use and support."""
    return Table.of(
        Column("Change", wide=True),
        Column("Goes live"),
        Column.number("Trained", "People trained / people who need it."),
        Column("At go-live", formula="The readiness of the group, 0 to 100 %."),
        Column.number("Adoption", "(using / eligible) x (proficient / using)."),
        Column(
            "Months to adopt",
            formula="Months until 80 % of those eligible used it for two months in a row.",
        ),
        Column.number("Support missing", "Sponsor and support steps not done / those planned."),
        Column("Business change manager"),
        rows=(_change(pack, change) for change in changes),
        caption="Adoption: the share who use it times the share of those who use it well. Months "
        f"to adopt: until {USE_TARGET:.0%} used it two months in a row. Support missing: points a "
        "person of 4, weighted by people; surplus support elsewhere does not count.",
    )


def _change(pack: Pack, change: BusinessChange) -> tuple[Cell, ...]:
    training = training_now(pack.portfolio, change)
    used, speed = adoption_now(pack.portfolio, change), adoption_speed(pack.portfolio, change)
    gap = support_missing(pack.portfolio, change)
    projected = training.then(lambda found: found.projected).map(
        lambda share: Status("green" if share >= _TRAINED else "amber", f"{share:.0%}")
    )
    return (
        change.label,
        go_live_of(pack.portfolio, change) or Missing("no milestone"),
        Share.of(training.map(lambda found: found.now)),
        shown(projected),
        Share.of(used),
        shown(speed),
        shown(gap.map(lambda known: f"{known:.1f}")),
        pack.named(change.bcm),
    )


def adkar_table(pack: Pack, changes: Sequence[BusinessChange]) -> Table:
    """Show the profile of each group asked; of fewer than four people nothing."""
    rows = [
        (change, group, profile, newest_surveys(pack.portfolio, change)[group])
        for change in changes
        for group, profile in newest_profiles(pack.portfolio, change).items()
    ]
    return Table.of(
        Column("Group"),
        Column.number("People", "As stated."),
        Column("Change", wide=True),
        Column("Asked"),
        Column("A · D · K · A · R", formula="Mean answer by element, 1 to 5."),
        Column("Barrier"),
        Column(
            "Blocked people, by element",
            wide=True,
            formula="People who answered 3 or below, by the first such element.",
        ),
        rows=(
            (
                pack.name(group),
                _people(pack, group),
                change.label,
                survey.on,
                _means(profile),
                _barrier(profile),
                _blocked(barriers_of(survey)),
            )
            for change, group, profile, survey in rows
        ),
        caption="Means of 1 to 5 for awareness, desire, knowledge, ability and reinforcement; the "
        "barrier is the first element at 3 or below. The mean "
        "hides individuals, so they are counted. Of four people only the counts are shown, of "
        "fewer nothing.",
        empty="Nobody has been asked yet.",
    )


def _people(pack: Pack, group: str) -> Cell:
    found = pack.portfolio.find(group, StakeholderGroup)
    return found.people if found is not None and found.people is not None else Missing("unknown")


def _means(profile: Measure[AdkarProfile]) -> Cell:
    if profile.value is None:
        return Missing("not shown")
    return " · ".join(f"{profile.value.means[element]:.1f}" for element in ELEMENTS)


def _barrier(profile: Measure[AdkarProfile]) -> Cell:
    def judged(found: AdkarProfile) -> Status:
        if found.barrier is None:
            return Status("green", "no barrier")
        return Status("red" if found.barrier in _EARLY else "amber", found.barrier)

    return shown(profile.map(judged))


def _blocked(found: Measure[Mapping[str, int]]) -> Cell:
    return shown(
        found.map(lambda held: ", ".join(f"{count} {element}" for element, count in held.items()))
    )
