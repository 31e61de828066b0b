"""What people say of their work in a pulse, question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, unknown
from portfolio.measure.privacy import FEWEST_SHOWN, TOO_FEW
from portfolio.measure.satisfaction import net_promoter_of
from portfolio.model.resources import Pulse

if TYPE_CHECKING:
    from portfolio.measure.satisfaction import NetPromoter
    from portfolio.view.view import View


QUESTIONS = ("engagement", "workload", "safety")


@dataclass(frozen=True, slots=True)
class PulseResult:
    """What a team says of itself: the mean of each question, 1..5, and how far it recommends us."""

    pulse: Pulse
    count: int
    means: dict[str, Decimal]
    recommend: Measure[NetPromoter]


def pulse_result(pulse: Pulse) -> Measure[PulseResult]:
    """Return what the answers to a pulse say; of fewer than four: small_sample.

    A question that fewer than four answered has no mean.

    Source: domain A10; worked example WE-59 for eNPS.
    """
    answers = pulse.responses
    if not answers:
        return unknown("no_data", "nobody answered")
    if len(answers) < FEWEST_SHOWN:
        return unknown("small_sample", TOO_FEW)
    means: dict[str, Decimal] = {}
    for question in QUESTIONS:
        values = [value for each in answers if (value := getattr(each, question)) is not None]
        if len(values) >= FEWEST_SHOWN:
            means[question] = Decimal(sum(values)) / len(values)
    scores = [each.recommend for each in answers if each.recommend is not None]
    return Measure(PulseResult(pulse, len(answers), means, _recommend(scores)))


def _recommend(scores: Sequence[int]) -> Measure[NetPromoter]:
    is_few = len(scores) < FEWEST_SHOWN
    return unknown("small_sample", TOO_FEW) if is_few else net_promoter_of(scores)


def newest_pulses(portfolio: View) -> tuple[Pulse, ...]:
    """Return the newest pulse of each team until the as-of day."""
    ordered = sorted(portfolio.all(Pulse), key=lambda each: each.on)
    newest = {each.team.id: each for each in ordered if each.on <= portfolio.as_of}
    return tuple(newest.values())


def company_pulse(portfolio: View) -> Measure[NetPromoter]:
    """Return the eNPS over the newest pulse of every team, pooled: answers added, never scores.

    A team of fewer than four answers is left out altogether: beside the figures of the others a
    total with it would give its answers away.

    Source: domain A10; worked example WE-59.
    """
    scores = [
        each.recommend
        for pulse in newest_pulses(portfolio)
        if len(pulse.responses) >= FEWEST_SHOWN
        for each in pulse.responses
        if each.recommend is not None
    ]
    return _recommend(scores) if scores else unknown("no_data", "no pulse was taken")
