"""The lessons digest: what comes back, and what nobody has acted on, stands first."""

from __future__ import annotations

from portfolio.report.blocks import Metrics, Report, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.analysis.governance.test_lessons_learned import PORTFOLIO
from tests.portfolios import portfolio_of


def rows(report: Report, section: str) -> list[tuple[str, ...]]:
    blocks = next(each.blocks for each in report.sections if each.id == section)
    table = next(block for block in blocks if isinstance(block, Table))
    return [tuple(in_words(cell) for cell in row) for row in table.rows]


def test_it_says_what_is_learned_again_and_again() -> None:
    report = compose("lessons", Pack(PORTFOLIO))
    assert report.sections[0].lead == "Learned more than once: data."
    assert rows(report, "themes")[0] == ("data", "2", "Atlas, Depot", "100 %")
    assert rows(report, "themes")[3] == ("customer", "1", "no project named", "0 %")


def test_what_nobody_uses_stands_first_with_who_should_look_at_it() -> None:
    found = rows(compose("lessons", Pack(PORTFOLIO)), "lessons")
    assert [row[0] for row in found] == [
        "It was late.", "It was dear.", "It was wrong.", "It was wrong again.",
    ]  # fmt: skip
    assert found[0][3:] == ("▲ nobody yet", "–")
    assert found[1][3:] == ("action: Ask later, open", "Atlas")
    assert found[2][3:] == ("Depot", "Hub")


def test_without_lessons_it_says_so_and_shows_no_zero() -> None:
    report = compose("lessons", Pack(portfolio_of("people: [{id: anna, name: Anna Sample}]")))
    metrics = report.sections[0].blocks[0]
    assert isinstance(metrics, Metrics)
    assert [in_words(metric.value) for metric in metrics.metrics] == ["no lesson is recorded"]
