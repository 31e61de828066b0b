"""What a customer says, in an account review: surveys, comments, complaints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.satisfaction import (
    SurveyResult,
    answers_until_now,
    survey_result,
    surveys_of,
)
from portfolio.measure.measure import Measure
from portfolio.model.commercial.customers import Complaint, Survey
from portfolio.report.blocks import Block, Column, Missing, Paragraph, Section, Subheading, Table
from portfolio.report.section import section
from portfolio.report.sections.commercial.account_review import made, subject
from portfolio.report.sections.commercial.customers import interval_words, result_words
from portfolio.report.sections.commercial.disclosure import EditionField, edition_table, may_show

if TYPE_CHECKING:
    from portfolio.report.pack import Pack


@section("customer", order=40)
def voice(pack: Pack) -> Section | None:
    """Show what was asked and answered, comments for us alone, and what was complained about."""
    surveys = sorted(
        surveys_of(pack.portfolio, subject(pack)), key=lambda s: (str(s.sent_on), s.id)
    )
    complaints = pack.portfolio.related(subject(pack), Complaint, "customer")
    asked = _surveys(pack, surveys)
    raised = _complaints(pack, complaints) if complaints else None
    return made(
        "voice",
        "Satisfaction",
        asked,
        *_comments(pack, surveys),
        Subheading("Complaints") if raised is not None else None,
        raised,
    )


def _surveys(pack: Pack, surveys: list[Survey]) -> Table | None:
    results = [(each, survey_result(pack.portfolio, each)) for each in surveys]
    fields: tuple[EditionField[tuple[Survey, Measure[SurveyResult]]], ...] = (
        EditionField("survey.question", Column("Question", wide=True), lambda row: row[0].question),
        EditionField("survey.sent", Column("Sent"), lambda row: row[0].sent_on),
        EditionField(
            "survey.result",
            Column(
                "Result",
                formula="Share of the two best answers, or promoters - detractors.",
            ),
            lambda row: result_words(row[1].value) if row[1].value else Missing(row[1].reason),
        ),
        EditionField(
            "survey.interval",
            Column(
                "95 % interval",
                formula="Wilson interval of a share; normal interval, adjusted, of a net score.",
            ),
            lambda row: interval_words(row[1].value) if row[1].value else None,
        ),
        EditionField(
            "survey.answers",
            Column.number(
                "Answers", "Answers received; those of fewer than four people are not shown."
            ),
            lambda row: row[1].value.count if row[1].value else None,
        ),
        EditionField(
            "survey.rate",
            Column.number("Answer rate", "Answers / people asked."),
            lambda row: (
                f"{row[1].value.rate.value:.0%}"
                if row[1].value and row[1].value.rate.value is not None
                else None
            ),
        ),
    )
    caption = "Answers of fewer than four people are not shown."
    return edition_table(pack, fields, results, caption, "Nothing was asked.")


def _comments(pack: Pack, surveys: list[Survey]) -> tuple[Block | None, ...]:
    """Return the comments of surveys that enough people answered; never to the customer."""
    said = [
        answer.comment
        for survey in surveys
        if survey_result(pack.portfolio, survey).value is not None
        for answer in answers_until_now(pack.portfolio, survey)
        if answer.comment
    ]
    if not said or not may_show(pack, "survey.comments"):
        return ()
    return (Subheading("In their words"), *(Paragraph(f"“{each}”") for each in sorted(said)))


def _complaints(pack: Pack, complaints: Iterable[Complaint]) -> Table | None:
    fields: tuple[EditionField[Complaint], ...] = (
        EditionField("complaint.title", Column("Complaint"), lambda each: each.label),
        EditionField("complaint.raised", Column("Raised"), lambda each: each.raised_on),
        EditionField("complaint.acknowledged", Column("Heard"), lambda each: each.acknowledged_on),
        EditionField(
            "complaint.resolved",
            Column("Settled"),
            lambda each: each.resolved_on or Missing("still open"),
        ),
        EditionField("complaint.severity", Column("Severity"), lambda each: each.severity),
        EditionField("complaint.cause", Column("Cause", wide=True), lambda each: each.root_cause),
    )
    return edition_table(pack, fields, complaints)
