"""Rules about decisions and actions: asked well, answered in time, by those who may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.governance.decisions import cost_of_delay
from portfolio.analysis.governance.delegated_authority import authority
from portfolio.diagnostic import Severity
from portfolio.model.governance import Action, Board, Decision
from portfolio.rules.phrases import ago, amount, see
from portfolio.rules.rule import Problem, rule
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.values import Duration
    from portfolio.view.view import View

_FORGOTTEN_DAYS = 30
_TWO_WAYS = 2


@rule(Severity.ERROR, Decision)
def gov_decision_overdue(decision: Decision, portfolio: View) -> Iterator[Problem]:
    """An open decision was needed by a day that has passed.

    What it does:
        Reports an open decision whose `needed_by` is before the status date, with what waiting has
        cost so far where `cost_of_delay_per_week` is stated. Drafts and deferred ones are left out.

    Why it matters:
        The work that waits for the answer stands still, and the cost of delay runs.

    Example:
        decision: {id: second-supplier, title: Take a second supplier?, board: project-board,
          needed_by: 2026-03-20, options: [Do nothing, Take one], recommendation: Take one.,
          cost_of_delay_per_week: 7000}

    Use instead:
        decision: {id: second-supplier, title: Take a second supplier?, board: project-board,
          needed_by: 2026-03-20, options: [Do nothing, Take one], recommendation: Take one.,
          cost_of_delay_per_week: 7000, status: decided, decided_on: 2026-03-19,
          decided_by: anna-reyes, outcome: Take one}
    """
    if decision.status != "open" or decision.needed_by >= portfolio.as_of:
        return
    rate, cost = decision.cost_of_delay_per_week, ""
    if rate is not None:
        lost = cost_of_delay(rate.amount, decision.needed_by, portfolio.as_of)
        cost = f"; waiting has cost {amount(Money(lost, rate.currency))}"
    yield Problem(
        decision,
        f"needed by {decision.needed_by}, {ago(decision.needed_by, portfolio.as_of)}, "
        f"and still open{cost}",
        "needed_by",
        "decide, or defer it with a new day and say what waits",
    )


@rule(Severity.WARNING, Decision)
def gov_decision_no_options(decision: Decision, _: View) -> Iterator[Problem]:
    """A board is asked to decide without a choice, or without a recommendation.

    What it does:
        Reports an open decision with fewer than two options, or with none recommended. To do
        nothing is an option.

    Why it matters:
        One option is a rubber stamp, and no recommendation leaves the homework to the board.

    Example:
        decision: {id: second-supplier, title: Take a second supplier?, board: project-board,
          needed_by: 2026-04-20, options: [Take one], recommendation: Take one.}

    Use instead:
        decision: {id: second-supplier, title: Take a second supplier?, board: project-board,
          needed_by: 2026-04-20, options: [Do nothing, Take one], recommendation: Take one.}
    """
    if decision.status != "open":
        return
    count = len(decision.options)
    if count < _TWO_WAYS:
        options = {0: "no options", 1: "one option"}[count]
        yield Problem(
            decision,
            f"{options} for {decision.title!r}; a decision needs at least two",
            "options",
            "add the other ways, to do nothing among them",
        )
    elif not decision.recommendation:
        yield Problem(
            decision,
            f"{decision.title!r} has {count} options and no recommendation",
            "options",
            "add recommendation: what is proposed, and why",
        )


@rule(Severity.ERROR, Decision)
def gov_decision_beyond_limit(decision: Decision, portfolio: View) -> Iterator[Problem]:
    """A board decided more than its delegated limit allows.

    What it does:
        Compares cost and time of the option that was chosen with the `delegated_limit` of the
        board. The chosen option is the one whose name the `outcome` states; where none is, the
        decision is reported only if every option with figures is beyond the limit.

    Why it matters:
        A decision without authority is void, and so is what was spent on it.

    Example:
        decision: {id: second-supplier, title: Take a second supplier?, board: project-board,
          needed_by: 2026-03-20, options: [Do nothing, {name: Take one, cost: 60000}],
          status: decided, decided_on: 2026-03-19, outcome: Take one.}

    Use instead:
        decision: {id: second-supplier, title: Take a second supplier?, board: portfolio-board,
          needed_by: 2026-03-20, options: [Do nothing, {name: Take one, cost: 60000}],
          status: decided, decided_on: 2026-03-19, outcome: Take one.}
    """
    board = portfolio.find(decision.board, Board)
    if decision.status != "decided" or board is None:
        return
    found = authority(portfolio, decision)
    if found.verdict == "beyond":
        first = found.excesses[0]
        asked, allowed = _in_words(first.asked), _in_words(first.allowed)
        verb = "costs" if isinstance(first.asked, Money) else "takes"
        yield Problem(
            decision,
            f"option {first.option.name!r} {verb} {asked}; {board.label} may decide up to "
            f"{allowed}",
            "board",
            "take it to the board above, or let that confirm it",
            related=(see(board, f"the limit of {board.label}", "delegated_limit"),),
        )


def _in_words(limit: Money | Duration) -> str:
    return amount(limit) if isinstance(limit, Money) else str(limit)


@rule(Severity.WARNING, Action)
def gov_action_overdue(action: Action, portfolio: View) -> Iterator[Problem]:
    """An action was due and is not done.

    What it does:
        Reports an open action whose `due` is before the status date; after 30 days it is an error.

    Why it matters:
        Actions are the memory of governance: what a board agreed and nobody did.

    Example:
        action: {id: ask-supplier, text: Ask the supplier for a plan, owner: ben-okafor,
          due: 2026-03-20}

    Use instead:
        action: {id: ask-supplier, text: Ask the supplier for a plan, owner: ben-okafor,
          due: 2026-03-20, status: done, done_on: 2026-03-19}
    """
    if action.status != "open" or action.due is None or action.due >= portfolio.as_of:
        return
    late = (portfolio.as_of - action.due).days
    yield Problem(
        action,
        f"due on {action.due}, {ago(action.due, portfolio.as_of)}, and still open",
        "due",
        "do it, cancel it, or let the board agree to a new day",
        Severity.ERROR if late > _FORGOTTEN_DAYS else None,
    )
