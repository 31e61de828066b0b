"""Customers: what they were promised, what they say, and how the account stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.commercial.account_health import account_health, levels_for, watermelon
from portfolio.analysis.commercial.complaints import complaint_times
from portfolio.analysis.commercial.satisfaction import change_since, newest_opinion, survey_result
from portfolio.measure.privacy import ENOUGH, FEWEST_SHOWN
from portfolio.measure.statistics import straddles
from portfolio.model.commercial.contracts import Customer
from portfolio.model.commercial.customers import Complaint, Survey
from portfolio.network.calendars import named_calendar
from portfolio.report.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Days,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Share,
    Status,
    Subheading,
    Table,
    shown,
)
from portfolio.report.section import section
from portfolio.report.sections.service.service_levels import was_kept
from portfolio.report.table_layout import cells_of

if TYPE_CHECKING:
    from portfolio.analysis.commercial.account_health import AccountHealth, Watermelon
    from portfolio.analysis.commercial.satisfaction import SurveyResult
    from portfolio.measure.satisfaction import Satisfaction
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_FEW_ANSWERS = 0.3
_ORDER = {"red": 0, "amber": 1, "grey": 2, "green": 3}


@section("board", order=77)
def customers(pack: Pack) -> Section | None:
    """Show accounts by the attention they need, then what was asked and answered."""
    listed = pack.all(Customer)
    if not listed:
        return None
    gaps = [
        (each, found)
        for each in listed
        if (found := watermelon(pack.portfolio, each).value) is not None
    ]
    blocks: tuple[Block, ...] = (
        *(gap_callout(pack, customer, found) for customer, found in gaps),
        accounts_table(pack, listed),
        *surveys_table(pack, listed),
        *complaints(pack, listed),
    )
    return Section("customers", "Customers", blocks, _lead([each for each, _ in gaps]))


def _lead(unhappy: list[Customer]) -> str:
    if not unhappy:
        return ""
    names = " and ".join(each.label for each in unhappy)
    verb = "is" if len(unhappy) == 1 else "are"
    return f"{names} {verb} not satisfied although every promised service level is kept."


def gap_callout(pack: Pack, customer: Customer, found: Watermelon) -> Callout:
    """Say that levels are kept and the customer is not satisfied, with what was said and kept."""
    figures = found.opinion.figures
    levels = ", ".join(
        f"{level.name or level.id} {round(value, 2):f} in {period}"
        for level, period, value in found.kept
    )
    said = (
        f"{figures.share:.0%} of {figures.count} answers are satisfied, at most "
        f"{figures.interval.high:.0%}. Kept all the same: {levels}."
    )
    return Callout(
        "risk",
        f"Green levels, unhappy customer: {customer.label}",
        (Paragraph(said),),
        owner=pack.name(customer.account_owner),
        next_action="Ask what hurts, and measure that.",
    )


def accounts_table(pack: Pack, listed: tuple[Customer, ...]) -> Table:
    """Show the health of accounts with what it rests on, the worst first."""
    found = [(each, account_health(pack.portfolio, each)) for each in listed]
    found.sort(key=lambda pair: (_ORDER[_colour(*pair)], pair[0].id))
    return Table.of(
        Column("Customer"),
        Column("Account health", formula="Points of 100, weighted over the parts that are known."),
        Column.number("Known", "Weights of the parts that are known."),
        Column(
            "Satisfied", formula="Share of the two best answers, with its 95 % Wilson interval."
        ),
        Column(
            "Levels kept",
            formula="Levels that met their target when last measured / levels measured.",
        ),
        Column("What it rests on", wide=True),
        Column("Account owner"),
        rows=(
            (
                f"{each.label} ({each.tier})",
                health_cell(each, health),
                Share(health.coverage),
                _satisfied(pack, each),
                _levels(pack, each),
                "; ".join(part.evidence for part in health.parts if part.evidence)
                or Missing("nothing measured"),
                pack.named(each.account_owner),
            )
            for each, health in found
        ),
        caption="Account health: points of 100, weighted over what is known; with less than 60 % "
        "of the weights known it is grey. Satisfied: the share of the two best answers of the "
        f"newest survey, with its 95 % interval; answers of fewer than {FEWEST_SHOWN} people are "
        f"not shown, and fewer than {ENOUGH} carry no colour that could be chance.",
    )


def _colour(customer: Customer, health: AccountHealth) -> Colour:
    override = customer.health_override
    return override.colour if override is not None else health.colour


def health_cell(customer: Customer, health: AccountHealth) -> Cell:
    """Return the colour and the points; a colour set by hand with its reason and the points."""
    points = health.points.value
    computed = f"{points:.0f}" if points is not None else "not yet measured"
    override = customer.health_override
    if override is None:
        return Status(health.colour, computed)
    why = f": {override.reason}" if override.reason else ""
    return Status(override.colour, f"set by hand{why}; computed {computed}")


def _satisfied(pack: Pack, customer: Customer) -> Cell:
    opinion = newest_opinion(pack.portfolio, customer)
    return shown(opinion.map(lambda known: opinion_status(pack, known.figures)))


def opinion_status(pack: Pack, figures: Satisfaction) -> Status:
    """Return a satisfaction with its interval, coloured where that is clear of both edges."""
    band = pack.portfolio.settings.thresholds.satisfaction
    words = (
        f"{figures.share:.0%} ({figures.interval.low:.0%} to {figures.interval.high:.0%}, "
        f"{figures.count} answers)"
    )
    green, amber = float(band.green), float(band.amber)
    if any(straddles(figures.interval, edge) for edge in (green, amber)):
        return Status("grey", words)
    colour: Colour = (
        "green" if figures.share >= green else "amber" if figures.share >= amber else "red"
    )
    return Status(colour, words)


def _levels(pack: Pack, customer: Customer) -> Cell:
    """Return how many of the levels promised to a customer were kept when last measured."""
    found = [was_kept(pack, level) for level in levels_for(pack.portfolio, customer)]
    kept, missed = found.count(True), found.count(False)
    if not kept + missed:
        return Missing("none measured")
    return Status("red" if missed else "green", f"{kept} of {kept + missed}")


def surveys_table(pack: Pack, listed: tuple[Customer, ...]) -> tuple[Block, ...]:
    """Show every survey of customers with its figure, its interval and what changed."""
    names = {each.id: each.label for each in listed}
    asked = [each for each in pack.all(Survey) if each.subject.id in names]
    if not asked:
        return ()
    asked.sort(key=lambda each: (names[each.subject.id], str(each.sent_on), each.id))
    table = Table.of(
        Column("Asked"),
        Column("On", formula="As stated."),
        Column("Question", wide=True),
        Column(
            "Result",
            formula="Share of the two best answers, or promoters - detractors.",
        ),
        Column(
            "95 % interval",
            formula="Wilson interval of a share; adjusted normal interval of a net score.",
        ),
        Column.number(
            "Answers", "Answers received; those of fewer than four people are not shown."
        ),
        Column.number("Answer rate", "Answers / people asked."),
        Column(
            "Since the survey before",
            formula="Difference of both results; an interval that holds 0 says nothing.",
        ),
        rows=(
            (names[each.subject.id], each.sent_on, each.question, *_survey(pack, each))
            for each in asked
        ),
        caption="The interval of NPS is adjusted for small samples, that of CSAT is Wilson's. An "
        "answer rate below 30 % says little about those who kept silent.",
    )
    return (Subheading("What customers say"), table)


def _survey(pack: Pack, survey: Survey) -> tuple[Cell, ...]:
    def told(known: SurveyResult) -> tuple[Cell, ...]:
        rate = known.rate.value
        low = rate is not None and rate < _FEW_ANSWERS
        return (
            result_words(known),
            interval_words(known),
            known.count,
            Status("amber", f"{rate:.0%}") if low else Share.of(known.rate),
            _change(pack, survey),
        )

    return cells_of(survey_result(pack.portfolio, survey), told, 5)


def result_words(result: SurveyResult) -> str:
    """Write the figure of a survey with the name of its variant."""
    easy = f", easy for {result.easy:.0%}" if result.easy is not None else ""
    return f"{result.variant} {_value(result, result.value)}{easy}"


def interval_words(result: SurveyResult) -> str | None:
    """Write the 95 % interval of a survey's figure, of CES that of the share that found it easy."""
    if result.interval is not None:
        return f"{_value(result, result.interval.low)} to {_value(result, result.interval.high)}"
    width = result.half_width.value
    return f"easy ±{width:.0%}" if width is not None else None


def _value(result: SurveyResult, value: float) -> str:
    if result.survey.type == "csat":
        return f"{value:.0%}"
    return f"{value:.1f}" if result.survey.type == "ces" else f"{value:+.0f}"


def _change(pack: Pack, survey: Survey) -> Cell:
    found = change_since(pack.portfolio, survey)
    if found.value is None:
        return Missing(found.reason)
    points = found.value.change * (100 if survey.type == "csat" else 1)
    if not found.value.is_sure:
        return f"{points:+.0f} points, may be chance"
    return Status("green" if points > 0 else "red", f"{points:+.0f} points")


def complaints(pack: Pack, listed: tuple[Customer, ...]) -> tuple[Block, ...]:
    """Show how fast complaints are heard and settled."""
    names = {each.id for each in listed}
    found = [each for each in pack.all(Complaint) if each.customer.id in names]
    if not found:
        return ()
    times = complaint_times(found, named_calendar(pack.portfolio))
    hours = times.hours_to_acknowledge
    heard: Cell = shown(hours.map(lambda known: f"{known:.1f} h"))
    return (
        Subheading("Complaints"),
        Metrics(
            Metric(
                "Heard within, working hours",
                heard,
                f"median; {times.waiting} not yet acknowledged" if times.waiting else "median",
            ),
            Metric(
                "Settled within",
                Days.of(times.days_to_resolve, "working days"),
                f"median; {times.open} of {times.count} still open" if times.open else "median",
            ),
        ),
    )
