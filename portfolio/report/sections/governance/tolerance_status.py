"""How much of each tolerance a project uses, as bars with the same in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.governance.tolerances import IN_WORDS, tolerance_uses
from portfolio.report.blocks import Cell, Chart, Column, Missing, Section, Share, Status, Table
from portfolio.report.charts.progress import ToleranceBar, tolerance_bars
from portfolio.report.formatting import in_words, sentence
from portfolio.report.section import section
from portfolio.report.sections.delivery.highlight_status import project_of

if TYPE_CHECKING:
    from portfolio.analysis.governance.tolerances import ToleranceUse
    from portfolio.model.delivery.projects import Project
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_BEYOND_MEASURE = Decimal(2)


@section("project", order=20)
def tolerances(pack: Pack) -> Section | None:
    """Show how much of each agreed tolerance is used; without any there is no section."""
    project = project_of(pack)
    if project.tolerances is None:
        return None
    return Section("tolerance", "Tolerances", (tolerance_chart(pack, project),))


def tolerance_chart(pack: Pack, project: Project) -> Chart:
    """Return the use of each tolerance as a bar; those in words are named and not measured."""
    uses = sorted(tolerance_uses(pack.portfolio, project), key=lambda use: not _is_measured(use))
    said = _in_words(project)
    bars = [*map(_bar, uses), *(ToleranceBar(n.capitalize(), None, w, "grey") for n, w in said)]
    rows: list[tuple[Cell, ...]] = [_row(each) for each in uses]
    rows += [(name.capitalize(), words, Missing("judged by people"), None) for name, words in said]
    columns = (
        Column("Tolerance"),
        Column("Agreed", wide=True, formula="As stated."),
        Column("Used", formula="The forecast's deviation / the tolerance."),
        Column("Because", wide=True, formula="What is expected, against what was approved."),
    )
    caption = "Used: the adverse deviation of the forecast / the tolerance; above 100 % it is left."
    question = "How much of each tolerance is used?"
    return Chart(question, tolerance_bars(bars, question), Table(columns, tuple(rows), caption))


def used_in_words(use: ToleranceUse) -> str:
    """Return the used share of a tolerance as a sentence says it."""
    return in_words(Share.of(use.use))


def use_cell(use: ToleranceUse) -> Cell:
    """Return the used share in its colour, else why it is not measured."""
    if _is_measured(use):
        return Status(use.colour, used_in_words(use))
    return Missing(use.use.reason if use.allowed else "none agreed")


def _is_measured(use: ToleranceUse) -> bool:
    """Tell whether there is a figure, or a tolerance of nothing that is exceeded all the same."""
    return use.use.value is not None or use.is_exception


def _in_words(project: Project) -> list[tuple[str, str]]:
    stated = project.tolerances
    said = [(name, getattr(stated, name) if stated is not None else None) for name in IN_WORDS]
    return [(name, words) for name, words in said if words]


def _bar(use: ToleranceUse) -> ToleranceBar:
    """Return the bar of a tolerance; beyond all measure where the tolerance is nothing."""
    name = use.dimension.capitalize()
    if not _is_measured(use):
        return ToleranceBar(name, None, use.use.reason, "grey")
    if use.use.value is None:
        return ToleranceBar(name, _BEYOND_MEASURE, "any deviation is too much", "red")
    colour: Colour = "grey" if use.colour == "blue" else use.colour
    return ToleranceBar(
        name, use.use.value, f"{used_in_words(use)} used, {use.allowed} agreed", colour
    )


def _row(use: ToleranceUse) -> tuple[Cell, ...]:
    agreed: Cell = use.allowed or Missing("none agreed")
    return (use.dimension.capitalize(), agreed, use_cell(use), sentence(use.sentence) or None)
