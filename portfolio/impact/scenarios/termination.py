"""What loses its case when projects stop: a list and not a score, and what becomes free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_margin import signed_amounts
from portfolio.analysis.finance.expenditure import booked_costs
from portfolio.impact.effect import in_one_currency
from portfolio.impact.movement import accountable
from portfolio.measure.measure import Measure, unknown
from portfolio.model.commercial.contracts import Contract, Invoice
from portfolio.model.delivery.projects import Activity, Dependency, Milestone, Project
from portfolio.model.finance import Benefit, Commitment
from portfolio.model.operations.adoption import BusinessChange
from portfolio.model.operations.services import ChangeEvent
from portfolio.model.resources import Assignment
from portfolio.model.strategy import BusinessDependency, Objective, Proposal
from portfolio.network.portfolio_schedule import plan_of
from portfolio.values import Money
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.view.view import View

_DIRECT = 2
"""The contribution from which on a project serves an objective directly."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that loses what it was promised; adverse money is negative."""

    id: str
    kind: str
    owner: str
    what: str
    money: Measure[Money]


@dataclass(frozen=True, slots=True)
class Release:
    """Something that becomes free, or has to be paid all the same (negative)."""

    id: str
    what: str
    money: Measure[Money]


@dataclass(frozen=True, slots=True)
class Stopped:
    """The consequences of stopping projects: who loses, hardest first, and what becomes free."""

    projects: tuple[str, ...]
    losses: tuple[Loss, ...]
    releases: tuple[Release, ...]


def stop(portfolio: View, projects: Iterable[str]) -> Stopped:
    """Return what removing projects orphans, each benefit, contract and promise once.

    Source: domain A6, stop impact.
    """
    gone = tuple(dict.fromkeys(projects))
    view = _View(portfolio, frozenset(gone))
    found = {loss.id: loss for loss in view.losses()}
    return Stopped(gone, tuple(sorted(found.values(), key=view.order)), tuple(view.releases()))


@dataclass(frozen=True, slots=True)
class _View:
    """A portfolio without some of its projects."""

    portfolio: View
    gone: frozenset[str]

    def order(self, loss: Loss) -> tuple[bool, Decimal, str, str]:
        amount = in_one_currency(self.portfolio, loss.money)
        return (amount is None, amount or Decimal(0), loss.kind, loss.id)

    def is_gone(self, reference: object) -> bool:
        """Tell whether something is one of the projects, or part of one."""
        id_ = str(reference)
        return id_ in self.gone or id_.partition(".")[0] in self.gone

    def losses(self) -> Iterator[Loss]:
        yield from self._benefits()
        yield from self._contracts()
        yield from self._promises()
        yield from self._links()
        yield from self._business()
        yield from self._objectives()
        yield from self._proposals()
        yield from self._changes()

    def _loss(self, entity: Entity, what: str, money: Measure[Money] | None = None) -> Loss:
        known = money or unknown("no_data", "nobody has priced it")
        return Loss(entity.id, entity.kind, accountable(self.portfolio, entity), what, known)

    def _benefits(self) -> Iterator[Loss]:
        benefits = self.portfolio.all(Benefit)
        own = [each for each in benefits if each.project and self.is_gone(each.project)]
        lost = {each.id for each in own}
        for benefit in own:
            if benefit.status not in {"realised", "lost"}:
                adverse = benefit.kind_ == "dis_benefit"
                what = "spared" if adverse else "lost"
                yield self._loss(benefit, what, self._still_planned(benefit))
        for benefit in benefits:
            needed = [ref.id for ref in benefit.depends_on if self.is_gone(ref) or ref.id in lost]
            if needed and benefit.id not in lost:
                yield self._loss(benefit, f"needs {', '.join(needed)}")

    def _still_planned(self, benefit: Benefit) -> Measure[Money]:
        """Return the planned value that is still to come x attribution, a benefit's as a loss."""
        sign = 1 if benefit.kind_ == "dis_benefit" else -1
        parts = [
            each.planned
            for each in benefit.value_by_period
            if each.planned is not None and each.period.end >= self.portfolio.as_of
        ]
        if not parts:
            return unknown("no_data", "no planned value is still to come")
        if len({part.currency for part in parts}) > 1:
            return unknown("no_data", "planned in different currencies")
        whole = sum((abs(part.amount) for part in parts), Decimal(0))
        return Measure(Money(sign * whole * benefit.attribution, parts[0].currency))

    def _contracts(self) -> Iterator[Loss]:
        for contract in self.portfolio.all(Contract):
            users = self.portfolio.related(contract, Project, "contract")
            points = [
                each.milestone.id for each in contract.damages if self.is_gone(each.milestone)
            ]
            if not any(self.is_gone(user.id) for user in users) and not points:
                continue
            if not contract.is_sale:
                yield self._loss(contract, "to be ended, or used elsewhere")
            elif any(not self.is_gone(user.id) for user in users):
                yield self._loss(contract, "loses a part")
            else:
                yield self._loss(contract, "cannot be delivered", self._unbilled(contract))

    def _unbilled(self, contract: Contract) -> Measure[Money]:
        """Return the signed price that has not been billed, as a loss."""
        if contract.value is None:
            return unknown("no_data", "no value is stated")
        currency = contract.value.currency
        signed = signed_amounts(self.portfolio, contract)
        billed = [each.amount for each in self.portfolio.related(contract, Invoice, "contract")]
        if any(each.currency != currency for each in (*signed, *billed)):
            return unknown("no_data", "its amounts are in different currencies")
        price = contract.value.amount + sum((each.amount for each in signed), Decimal(0))
        return Measure(Money(sum((each.amount for each in billed), Decimal(0)) - price, currency))

    def _promises(self) -> Iterator[Loss]:
        for promise in self.portfolio.all(Dependency):
            leaves_others = self.is_gone(promise.from_) and not self.is_gone(promise.project)
            if leaves_others and is_open(promise):
                needed = f", needed by {promise.need_by}" if promise.need_by else ""
                instead = "; has a fallback" if promise.fallback else ""
                yield self._loss(promise, f"not handed over{needed}{instead}")

    def _links(self) -> Iterator[Loss]:
        """Yield what waits in a plan for the work of a stopped project without a promise."""
        plan = plan_of(self.portfolio)
        network = plan.network
        for tail, head in zip(network.tails, network.heads, strict=True):
            before, after = network.activities[tail], network.activities[head]
            leaves_others = before.project in self.gone and after.project not in self.gone
            promised = (before.id, after.id) in plan.promises
            if not leaves_others or promised or before.is_finished:
                continue
            waits = self.portfolio.find(after.id)
            if isinstance(waits, Activity | Milestone):
                yield self._loss(waits, f"waits for {before.id}")

    def _business(self) -> Iterator[Loss]:
        for each in self.portfolio.all(BusinessDependency):
            if self.is_gone(each.from_):
                yield self._loss(each, f"{each.to} goes without it")

    def _objectives(self) -> Iterator[Loss]:
        for objective in self.portfolio.all(Objective):
            serving = [
                project.id
                for project in self.portfolio.all(Project)
                if project.status not in {"closed", "cancelled"}
                and any(
                    part.objective.id == objective.id and (part.contribution or 0) >= _DIRECT
                    for part in project.objectives
                )
            ]
            if objective.status == "active" and serving and all(map(self.is_gone, serving)):
                yield self._loss(objective, "no other project serves it")

    def _proposals(self) -> Iterator[Loss]:
        own = {p.id for p in self.portfolio.all(Proposal) if self.is_gone(p.project)}
        for proposal in self.portfolio.all(Proposal):
            required = [ref.id for ref in proposal.requires if ref.id in own]
            if required and proposal.id not in own:
                yield self._loss(proposal, f"requires {', '.join(required)}")

    def _changes(self) -> Iterator[Loss]:
        for event in self.portfolio.all(ChangeEvent):
            if event.project and self.is_gone(event.project) and event.status == "planned":
                yield self._loss(event, f"no go-live on {event.go_live}")
        for change in self.portfolio.all(BusinessChange):
            if change.project and self.is_gone(change.project):
                yield self._loss(change, "does not reach its people")

    def releases(self) -> Iterator[Release]:
        """Yield the budget that is not spent, the orders to be paid, and who becomes free."""
        for id_ in self.gone:
            project = self.portfolio.find(id_, Project)
            if project is not None and project.bac is not None:
                yield Release(id_, "budget not yet spent", self._unspent(project, project.bac))
            for order in self.portfolio.all(Commitment):
                if order.project.id == id_ and order.amount.amount > order.invoiced.amount:
                    owed = order.invoiced.amount - order.amount.amount
                    owed_money = Money(owed, order.amount.currency)
                    yield Release(order.id, "ordered, to be paid or ended", Measure(owed_money))
        for booking in self.portfolio.all(Assignment):
            ahead = booking.to >= self.portfolio.as_of and booking.type == "hard"
            if ahead and booking.person is not None and self.is_gone(booking.work):
                person = booking.person.id
                until = f"booked on {booking.work} until {booking.to}"
                yield Release(person, until, unknown("no_data", "time, not money"))

    def _unspent(self, project: Project, budget: Money) -> Measure[Money]:
        booked = [each.amount for each in booked_costs(self.portfolio, project)]
        if any(each.currency != budget.currency for each in booked):
            return unknown("no_data", "costs are in different currencies")
        spent = sum((each.amount for each in booked), Decimal(0))
        return Measure(Money(budget.amount - spent, budget.currency))


def in_words(money: Measure[Money]) -> str:
    """Return an amount as a person reads it, a dash where it is not known."""
    return money.value.in_words() if money.value is not None else "-"
