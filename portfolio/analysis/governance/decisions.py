"""How long boards take to answer, what is still open, and what waiting has cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from portfolio.measure.currency import total_at_home
from portfolio.measure.measure import Measure, given, share, unknown
from portfolio.measure.statistics import quantile
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portfolio.model.governance import Decision
    from portfolio.view.view import View

_SLOWEST = 0.9
_ASKED = {"open", "deferred", "decided"}


def waiting_time(answered: Sequence[int], open_: Sequence[int], share: float = 0.5) -> Measure[int]:
    """Return after how many days a share of all questions was answered, the open ones included.

    The product-limit estimate: S(t) = product over the answers at or before t of (1 - answered at
    t / still waiting at t); the result is the first t with S(t) <= 1 - share. An open question
    counts as waiting up to its age and says nothing beyond it, so that the slow ones are not left
    out. Both in calendar days; a share of 0.5 is the median.

    No question: no_data. Fewer than the share answered by the last answer: out_of_range, more than
    the oldest open one is old.

    Source: Kaplan and Meier 1958; the questions of worked example WE-56.

    >>> waiting_time([8, 3], [22, 11]).value
    8
    >>> waiting_time([8, 3], [22, 11], 0.9).reason
    'more than 22 days'
    """
    if not answered and not open_:
        return unknown("no_data", "nothing was asked")
    left, limit = Fraction(1), 1 - Fraction(share).limit_denominator(1000)
    for day in sorted(set(answered)):
        waiting = sum(each >= day for each in (*answered, *open_))
        left *= 1 - Fraction(answered.count(day), waiting)
        if left <= limit:
            return Measure(day)
    oldest = max((*answered, *open_))
    return unknown("out_of_range", f"more than {oldest} days")


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What was asked of a board, or of all: what it answered when, and what is still open.

    ``answered`` are the days that answers took, ``ages`` those that open questions have waited;
    ``undated`` have no day on which they were asked. ``overdue`` are needed by a day that has
    passed, the longest waiting first.
    """

    answered: tuple[int, ...]
    ages: tuple[int, ...]
    undated: int
    waiting: tuple[Decision, ...]
    overdue: tuple[Decision, ...]
    on_time: Measure[Decimal]
    latency: Measure[Decimal]

    @property
    def median_wait(self) -> Measure[int]:
        """Return the median of all waits, open ones counted as what they are: not over."""
        return waiting_time(self.answered, self.ages)

    @property
    def slow_wait(self) -> Measure[int]:
        """Return after how many days nine in ten are answered, open ones included."""
        return waiting_time(self.answered, self.ages, _SLOWEST)

    @property
    def oldest(self) -> Measure[int]:
        """Return the age of the oldest open question."""
        return Measure(max(self.ages)) if self.ages else unknown("no_data", "none is open")


def decision_record(decisions: Iterable[Decision], as_of: date) -> DecisionRecord:
    """Return how a set of decisions was answered up to a day.

    Drafts are not asked yet and withdrawn ones no longer, so neither counts. A decision that is
    taken later than the day is still open on it; a deferred one is open, for it still waits. One
    that is decided without a day cannot be judged and is left out.

    Source: worked example WE-56.
    """
    asked = [each for each in decisions if _counts(each, as_of)]
    waiting = [each for each in asked if answered_on(each, as_of) is None]
    waiting.sort(key=lambda each: (each.needed_by, each.id))
    dated = [(each.raised_on, answered_on(each, as_of)) for each in asked if each.raised_on]
    return DecisionRecord(
        tuple((answer - raised).days for raised, answer in dated if answer is not None),
        tuple((as_of - raised).days for raised, answer in dated if answer is None),
        len(asked) - len(dated),
        tuple(waiting),
        tuple(each for each in waiting if each.needed_by < as_of),
        decisions_on_time([(each.needed_by, answered_on(each, as_of)) for each in asked], as_of),
        decision_latency(dated),
    )


def _counts(decision: Decision, as_of: date) -> bool:
    known = decision.status in _ASKED
    if decision.raised_on is not None and decision.raised_on > as_of:
        return False
    return known and (decision.status != "decided" or decision.decided_on is not None)


def answered_on(decision: Decision, as_of: date) -> date | None:
    """Return the day of the answer, None where there was none up to a day."""
    if decision.status != "decided" or decision.decided_on is None:
        return None
    return decision.decided_on if decision.decided_on <= as_of else None


def is_waiting(decision: Decision, as_of: date) -> bool:
    """Tell whether a question has been asked and waits for its answer: open, or deferred."""
    return _counts(decision, as_of) and answered_on(decision, as_of) is None


def waiting_cost(decision: Decision, until: date) -> Measure[Money]:
    """Return what waiting for an answer costs up to a day, from the day it was needed.

    cost of delay per week x calendar days overdue / 7, in the currency of the rate; a decision
    that is answered stops costing on the day of its answer. No rate stated: no_data.

    Source: domain convention of this toolkit.
    """
    last = min(until, answered_on(decision, until) or until)
    return given(decision.cost_of_delay_per_week, "the cost of waiting is not stated").map(
        lambda rate: Money(cost_of_delay(rate.amount, decision.needed_by, last), rate.currency)
    )


def waiting_costs(portfolio: View, decisions: Iterable[Decision], until: date) -> Measure[Money]:
    """Return what waiting costs in all, in the organisation's currency at the rates of the day.

    Only decisions that state a cost count. None does: no_data; a missing exchange rate: no_data.

    Source: domain convention of this toolkit.
    """
    found = [waiting_cost(each, until).value for each in decisions]
    amounts = [(each, portfolio.as_of) for each in found if each is not None]
    if not amounts:
        return unknown("no_data", "no cost of waiting is stated")
    return total_at_home(portfolio, amounts)


_DAYS_PER_WEEK = 7


def decision_latency(
    decisions: Iterable[tuple[date, date | None]], share: float = 0.5
) -> Measure[Decimal]:
    """Return how many calendar days decisions took: the median, or another quantile.

    latency = decided_on - raised_on, over those that were decided; each pair is (raised, decided).
    Open ones have no latency yet: show their age beside it, or the slow ones stay invisible.
    None decided: no_data.

    Source: worked example WE-56.

    >>> decision_latency([(date(2026, 3, 2), date(2026, 3, 10)), (date(2026, 3, 5), None)]).value
    Decimal('8')
    """
    spans = [(decided - raised).days for raised, decided in decisions if decided is not None]
    return quantile(spans, share) if spans else unknown("no_data", "no decision has been taken")


def decisions_on_time(
    decisions: Iterable[tuple[date, date | None]], as_of: date
) -> Measure[Decimal]:
    """Return the share of due decisions that were taken by the day they were needed.

    on time = decided on or before needed_by / all needed by as_of; each pair is (needed_by,
    decided_on). What is due and still open counts as missed. None due: no_data.

    Source: worked example WE-56.

    >>> decisions_on_time([(date(2026, 3, 16), date(2026, 3, 12))], date(2026, 3, 27)).value
    Decimal('1')
    """
    met = (
        decided is not None and decided <= needed
        for needed, decided in decisions
        if needed <= as_of
    )
    return share(met, "no decision was due")


def cost_of_delay(per_week: Decimal, needed_by: date, as_of: date) -> Decimal:
    """Return what waiting for an overdue decision has cost so far, in the rate's currency.

    cost = cost per week x overdue calendar days / 7; nothing before the day it is needed.

    Source: domain convention of this toolkit.

    >>> cost_of_delay(Decimal(18000), date(2026, 3, 17), date(2026, 3, 31))
    Decimal('36000')
    """
    return per_week * max(0, (as_of - needed_by).days) / _DAYS_PER_WEEK
