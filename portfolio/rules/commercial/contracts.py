"""Rules about contracts: notice in time, losses provided for, damages foreseen, bills paid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_margin import contract_margin, margin_erosion
from portfolio.analysis.commercial.contract_renewal import contract_notice
from portfolio.diagnostic import Severity
from portfolio.model.commercial.contracts import Contract, Invoice, Variation
from portfolio.model.governance import ChangeRequest, Decision
from portfolio.rules.phrases import ago, amount, counted, see
from portfolio.rules.rule import Problem, rule

if TYPE_CHECKING:
    from portfolio.analysis.commercial.contract_renewal import NoticeDates
    from portfolio.view.view import View

_SOON_DAYS = 90
_PATIENCE_DAYS = 10
_EROSION_POINTS = 3


def _notice(contract: Contract, portfolio: View) -> NoticeDates | None:
    """Return the dates of notice of a contract whose renewal nobody has decided."""
    renewal = contract.renewal
    if renewal is None or renewal.decision != "undecided" or renewal.notice_served_on is not None:
        return None
    return contract_notice(portfolio, contract).value


@rule(Severity.ERROR, Contract)
def com_notice_passed(contract: Contract, portfolio: View) -> Iterator[Problem]:
    """A contract renews by itself, and the last day for notice has passed undecided.

    What it does:
        Computes the last working day for notice: end, less notice in calendar months or days, less
        delivery. Reports a contract with `mode: auto` and `decision: undecided` behind that day.
        A contract that has renewed already is judged in its new term.

    Why it matters:
        Silence has committed the organisation for another term.

    Example:
        contract: {id: lease, title: Lease, supplier: papyrus, end: 2026-05-31,
          renewal: {mode: auto, notice: 3mo, decision: undecided}}

    Use instead:
        contract: {id: lease, title: Lease, supplier: papyrus, end: 2026-05-31,
          renewal: {mode: auto, notice: 3mo, decision: renew, decided_on: 2026-02-20}}
    """
    dates = _notice(contract, portfolio)
    renewal = contract.renewal
    if dates is None or renewal is None or renewal.mode != "auto":
        return
    if dates.deadline < portfolio.as_of <= dates.term_end:
        term = f" for {counted(renewal.term_months, 'month')}" if renewal.term_months else ""
        yield Problem(
            contract,
            f"notice was due by {dates.deadline}, {ago(dates.deadline, portfolio.as_of)}; nobody "
            f"decided, so it renews on {dates.term_end}{term}",
            "decision" if renewal.wrote("decision") else "notice",
            "negotiate an exit, or write what was decided",
            record=renewal,
        )


@rule(Severity.WARNING, Contract)
def com_notice_soon(contract: Contract, portfolio: View) -> Iterator[Problem]:
    """The decision on a renewal is due within 90 days, and nobody has been asked for it.

    What it does:
        Computes the day on which the decision is due: the day for notice less the internal lead.
        Reports a contract that renews automatically or by option, is undecided, and that no open
        or taken decision names in `affects`, from 90 days before that day until notice is due.

    Why it matters:
        Options shrink every week: a tender takes months.

    Example:
        contract: {id: lease, title: Lease, supplier: papyrus, end: 2026-09-30,
          renewal: {mode: auto, notice: 3mo}}

    Use instead:
        contract: {id: lease, title: Lease, supplier: papyrus, end: 2026-09-30,
          renewal: {mode: auto, notice: 3mo}}
        decision: {id: lease-renewal, title: What after the lease?, board: portfolio-board,
          needed_by: 2026-05-29, options: [Renew, Leave], recommendation: Leave.,
          affects: [lease]}
    """
    dates = _notice(contract, portfolio)
    if dates is None or contract.renewal is None or dates.deadline < portfolio.as_of:
        return
    left = (dates.decision_due - portfolio.as_of).days
    asked = portfolio.related(contract, Decision, "affects")
    if left > _SOON_DAYS or any(d.status in {"draft", "open", "decided"} for d in asked):
        return
    when = f"in {counted(left, 'day')}" if left >= 0 else ago(dates.decision_due, portfolio.as_of)
    yield Problem(
        contract,
        f"the renewal must be decided by {dates.decision_due}, {when}, notice is due by "
        f"{dates.deadline}, and no decision asks for it",
        "notice",
        "ask the board: add a decision that names the contract in affects",
        record=contract.renewal,
    )


@rule(Severity.ERROR, Contract)
def com_onerous_no_provision(contract: Contract, portfolio: View) -> Iterator[Problem]:
    """A contract in which we sell will lose money, and the loss is not provided for.

    What it does:
        Compares `eac_cost` with the value and its signed variations. A cost above that price needs
        a `provision` of at least the difference.

    Why it matters:
        The whole expected loss is recognised at once; a loss that is spread is a loss that is
        hidden.

    Example:
        contract: {id: meters, title: Meters, customer: acme, value: 100000, eac_cost: 112000,
          end: 2026-12-31}

    Use instead:
        contract: {id: meters, title: Meters, customer: acme, value: 100000, eac_cost: 112000,
          end: 2026-12-31, provision: 12000}
    """
    found = contract_margin(contract, portfolio.related(contract, Variation, "contract")).value
    if found is None or not contract.is_sale or found.loss.amount <= 0:
        return
    provided = contract.provision
    if provided is not None and provided.amount >= found.loss.amount:
        return
    covered = f"a provision of {amount(provided)}" if provided is not None else "no provision"
    yield Problem(
        contract,
        f"the cost of {amount(found.cost)} exceeds the price of {amount(found.price)}: a loss of "
        f"{amount(found.loss)} with {covered}",
        "provision" if provided is not None else "eac_cost",
        "provide for the whole loss now",
    )


@rule(Severity.WARNING, Contract)
def com_margin_erosion(contract: Contract, portfolio: View) -> Iterator[Problem]:
    """A contract has lost more than three points of margin since the bid, and nobody says why.

    What it does:
        Compares the margin at completion, with signed variations, with the bid margin. Reports a
        difference of more than three percentage points without `commentary`.

    Why it matters:
        Margin leaks silently: a point a quarter is never a topic.

    Example:
        contract: {id: meters, title: Meters, customer: acme, value: 100000, eac_cost: 78000,
          end: 2026-12-31, bid: {margin_pct: 30}}

    Use instead:
        contract: {id: meters, title: Meters, customer: acme, value: 100000, eac_cost: 78000,
          end: 2026-12-31, bid: {margin_pct: 30}, commentary: Two crews more than in the bid.}
    """
    erosion = margin_erosion(contract, portfolio.related(contract, Variation, "contract")).value
    if erosion is None or contract.commentary or not contract.is_sale:
        return
    points = erosion * 100
    if points > _EROSION_POINTS:
        yield Problem(
            contract,
            f"the margin has fallen by {points:.1f} points since the bid; more than "
            f"{_EROSION_POINTS} need a commentary",
            "eac_cost",
            "add commentary: what eroded it, and whether it comes back",
        )


@rule(Severity.WARNING, Invoice)
def com_invoice_overdue(invoice: Invoice, portfolio: View) -> Iterator[Problem]:
    """A customer has not paid a bill for more than ten days after it was due.

    What it does:
        Reports unpaid invoices of contracts in which we sell, more than ten days past `due`,
        unless they are disputed or credit notes.

    Why it matters:
        Cash, and the first sign of an unhappy customer.

    Example:
        invoice: {id: inv-17, contract: acme-billing, due: 2026-03-13, amount: 66000}

    Use instead:
        invoice: {id: inv-17, contract: acme-billing, due: 2026-03-13, amount: 66000,
          paid_on: 2026-03-12}
    """
    contract = portfolio.find(invoice.contract, Contract)
    if invoice.paid_on is not None or invoice.due is None or invoice.disputed:
        return
    late = (portfolio.as_of - invoice.due).days
    is_ours = contract is None or contract.is_sale
    if late > _PATIENCE_DAYS and is_ours and invoice.amount.amount > 0:
        yield Problem(
            invoice,
            f"{amount(invoice.amount)} was due on {invoice.due}, "
            f"{ago(invoice.due, portfolio.as_of)}, and is not paid",
            "due",
            "remind the customer, or write disputed: true and say why",
        )


@rule(Severity.WARNING, Variation)
def com_variation_unsigned(variation: Variation, portfolio: View) -> Iterator[Problem]:
    """Extra work is planned as if it were paid for, and nobody has signed for it.

    What it does:
        Reports a variation that is not signed although its change request is approved or
        implemented: from then on the forecast counts on it.

    Why it matters:
        The cost is certain and the revenue is not.

    Example:
        change_request: {id: more-letters, project: atlas, title: More letters, status: approved,
          impact: {cost: 12000}, decided_on: 2026-03-20, decided_by: anna-reyes}
        contract: {id: acme-extra, title: Extra, customer: acme, type: fixed_price,
          start: 2026-01-05, end: 2028-12-31, value: 10000, renewal: {mode: none}, variations:
          [{id: letters, change_request: more-letters, value: 15000, status: agreed}]}

    Use instead:
        change_request: {id: more-letters, project: atlas, title: More letters, status: approved,
          impact: {cost: 12000}, decided_on: 2026-03-20, decided_by: anna-reyes}
        contract: {id: acme-extra, title: Extra, customer: acme, type: fixed_price,
          start: 2026-01-05, end: 2028-12-31, value: 10000, renewal: {mode: none}, variations:
          [{id: letters, change_request: more-letters, value: 15000, status: signed}]}
    """
    request = portfolio.find(variation.change_request, ChangeRequest)
    if variation.status == "signed" or request is None:
        return
    if request.status in {"approved", "implemented"}:
        worth = f" of {amount(variation.value)}" if variation.value is not None else ""
        yield Problem(
            variation,
            f"the variation{worth} is only {variation.status}, but {request.id} is "
            f"{request.status}",
            "status",
            "have it signed before the work goes on, or take it out of the forecast",
            related=(see(request, f"{request.status}", "status"),),
        )
