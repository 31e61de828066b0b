"""The computed columns of pulses, surveys of people and succession."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.engagement import PulseResult, pulse_result
from portfolio.analysis.resources.retention import is_covered
from portfolio.measure.figure import column, withholding
from portfolio.measure.measure import Measure
from portfolio.measure.privacy import FEWEST_SHOWN, TOO_FEW
from portfolio.measure.table import to_places
from portfolio.model.resources import DevelopmentPlan, Person, Pulse, Succession

if TYPE_CHECKING:
    from portfolio.view.view import View


@withholding(Person, "skills")
def one_persons_assessment(_: Person, __: View) -> str | None:
    """Withhold the assessed skills of one person: lists go further than those who assessed."""
    return "one person's assessment"


@withholding(DevelopmentPlan, "goals")
def one_persons_plan(_: DevelopmentPlan, __: View) -> str | None:
    """Withhold what one person is to learn, with the level that it starts from."""
    return "one person's assessment"


@withholding(Pulse, "invited", "responses")
def too_few_answers(pulse: Pulse, _: View) -> str | None:
    """Withhold the answers to a pulse of fewer than four people, and how many were asked."""
    return TOO_FEW if len(pulse.responses) < FEWEST_SHOWN else None


@column(Pulse)
def engagement(pulse: Pulse, _: View) -> Measure[Decimal]:
    """Return the mean of 1 to 5; of fewer than four people nothing."""
    return _mean(pulse, "engagement")


@column(Pulse)
def workload(pulse: Pulse, _: View) -> Measure[Decimal]:
    """Return the mean of 1 to 5, 5 being fine; of fewer than four people nothing."""
    return _mean(pulse, "workload")


@column(Pulse)
def safety(pulse: Pulse, _: View) -> Measure[Decimal]:
    """Return the mean of 1 to 5, 5 being free to report red; of fewer than four nothing."""
    return _mean(pulse, "safety")


@column(Pulse)
def enps(pulse: Pulse, _: View) -> Measure[Decimal]:
    """Return how far the team recommends us, -100 to 100; of fewer than four people nothing."""
    found = pulse_result(pulse).then(lambda found: found.recommend)
    return to_places(found.map(lambda each: Decimal(str(each.score))), 1)


def _mean(pulse: Pulse, question: str) -> Measure[Decimal]:
    def mean(found: PulseResult) -> Measure[Decimal]:
        return Measure(found.means.get(question), "small_sample", TOO_FEW)

    return to_places(pulse_result(pulse).then(mean), 1)


@column(Succession)
def successor_now(role: Succession, portfolio: View) -> bool:
    """Tell whether somebody in post could take over the role now."""
    return is_covered(portfolio, role)
