"""How much of the data is there, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from portfolio.analysis.governance.data_quality import coverage, coverage_by_kind
from portfolio.diagnostic import Severity
from portfolio.report.blocks import (
    Column,
    Facts,
    Missing,
    Section,
    Share,
    Source,
    Status,
    Subheading,
    Table,
)
from portfolio.report.section import section
from portfolio.rules.quality import data_quality

if TYPE_CHECKING:
    from portfolio.report.pack import Pack

POOREST = 8
MOST_FINDINGS = 15


@section("board", order=120)
def data(pack: Pack) -> Section:
    """Say how complete the data are, which kinds lack most, and which findings are open."""
    entities = pack.portfolio.entities.values()
    total = coverage(entities)
    quality = data_quality(pack.portfolio, pack.diagnostics)
    holding = Share.of(quality) if entities else Missing("nothing to check")
    facts = Facts(
        ("Entities", len(pack.portfolio)),
        ("Expected fields that are filled", (total.filled, " of ", total.expected)),
        ("Checks that hold, errors counted five times", holding),
        ("Errors", pack.count(Severity.ERROR)),
        ("Warnings", pack.count(Severity.WARNING)),
    )
    by_kind = [(k, c) for k, c in coverage_by_kind(entities).items() if c.filled < c.expected]
    poorest = Table.of(
        Column("Kind"),
        Column.number("Filled", "Expected fields that are filled."),
        Column.number("Expected", "Fields that an entity of the kind is expected to state."),
        Column.number("Coverage", "Filled / expected."),
        rows=((kind, c.filled, c.expected, Share(c.share)) for kind, c in by_kind[:POOREST]),
        caption="The kinds that lack most.",
        empty="Every expected field is filled." if entities else "There is no entity.",
    )
    return Section(
        "data",
        "Data coverage and findings",
        (facts, poorest, Subheading("Findings"), _findings(pack)),
    )


def _findings(pack: Pack) -> Table:
    """List findings, errors first; the same code more than three times is one line."""
    serious = sorted(
        (f for f in pack.diagnostics if f.severity > Severity.INFO),
        key=lambda f: (-f.severity, f.sort_key),
    )
    total = Counter(f.code for f in serious)
    first = {f.code: f for f in reversed(serious)}
    shown = [(first[code], count - 1) for code, count in total.items()][:MOST_FINDINGS]
    return Table.of(
        Column("Severity"),
        Column("Rule"),
        Column("Finding", wide=True),
        Column("Where"),
        rows=(
            (
                Status("red" if f.severity is Severity.ERROR else "amber", f.severity.word),
                f.code,
                f.message + (f" (and {more} more)" if more else ""),
                Source(f.location),
            )
            for f, more in shown
        ),
        caption="One line a rule; pmo validate shows them all.",
        empty="No errors and no warnings.",
    )
