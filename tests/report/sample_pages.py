"""A page with every block, and texts that would break it if anything were not escaped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.diagnostic import Location
from portfolio.report.blocks import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Days,
    Details,
    Facts,
    Index,
    Link,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Report,
    Section,
    Share,
    Source,
    Status,
    Strong,
    Subheading,
    Table,
)
from portfolio.report.charts.matrix import heat_map
from portfolio.report.charts.timeline import Mark, timeline
from portfolio.values import Money

DAY = date(2026, 3, 31)
HOSTILE = '<script>alert("x")</script> [a](javascript:b) | *c* `d` & <!-- e'

CELLS: tuple[Cell, ...] = (
    "text",
    HOSTILE,
    1234567,
    Decimal("0.5"),
    DAY,
    Money(Decimal("1234567.89"), "GBP"),
    Share(Decimal("0.385")),
    Share(None, "nothing was due"),
    Index(Decimal("0.9")),
    Days(10, signed=True),
    Days(1),
    Days(None),
    Status("red"),
    Status("grey", "no data"),
    Strong("bold"),
    Link("here", "#a"),
    Link("there", "https://example.com/a b)"),
    Link("bad", "javascript:alert(1)"),
    Source(Location("projects/atlas.yaml", 12, 3)),
    Missing(),
    None,
    ("two ", Strong("parts")),
)


def table(*cells: Cell) -> Table:
    """Return a table of one column."""
    return Table((Column("Value"),), tuple((cell,) for cell in cells), caption=HOSTILE)


def page(*blocks: Block) -> Report:
    """Return a report of one section."""
    return Report(
        "test",
        f"Title {HOSTILE}",
        "Somebody & Company",
        DAY,
        (("As of", DAY), ("Commit", Missing("no git history"))),
        (Section("one", f"Section {HOSTILE}", blocks, lead=HOSTILE),),
    )


def everything() -> Report:
    """Return a report with every block."""
    marks = [Mark(HOSTILE, date(2026, 3, 1), date(2026, 5, 1), "amber")]
    bands = {(p, i): "low" for p in range(1, 6) for i in range(1, 6)}
    return page(
        Subheading(HOSTILE),
        Paragraph("Words, ", Strong(HOSTILE), " and ", Link(HOSTILE, "https://example.com")),
        Metrics(Metric(HOSTILE, 3, HOSTILE, Status("green"))),
        table(*CELLS),
        Table((Column("Value"),), (), empty=HOSTILE),
        Callout("decision", HOSTILE, (Paragraph(HOSTILE),), HOSTILE, DAY, HOSTILE),
        Facts((HOSTILE, HOSTILE)),
        Details(HOSTILE, (Paragraph(HOSTILE),)),
        Chart(HOSTILE, timeline(marks, DAY, date(2026, 6, 30), HOSTILE), table(HOSTILE)),
        Chart("Where?", heat_map({(3, 4): 2}, bands, "Where?"), table(1), mermaid="flowchart LR"),
    )
