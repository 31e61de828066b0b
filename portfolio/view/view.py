"""The portfolio as an audience may see it: what everything above reads."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from portfolio.model.delivery.projects import Project
from portfolio.model.index import Entries, Index, per_portfolio
from portfolio.model.portfolio import Past, Portfolio
from portfolio.view.audience import EVERYBODY, Audience, Edition, hidden_from
from portfolio.view.stand_in import concealed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portfolio.model.entity import Entity
    from portfolio.settings import Settings


class View(Index):
    """A portfolio on a day, for an audience.

    What is hidden is in no list and no count. Where something that is shown refers to it, a
    stand-in is found: confidential work, with dates and load and nothing else. ``whole`` is the
    same view with the stand-ins in its lists, for all that dates and load pass through.
    """

    def __init__(
        self, portfolio: Portfolio, as_of: date | None = None, audience: Audience = EVERYBODY
    ) -> None:
        """Look at a portfolio; without a day at the portfolio's own."""
        self.audience = audience
        self.hidden = hidden_from(audience, portfolio)
        """The ids of what is hidden, as they are written."""
        self.confidential = _projects_among(self.hidden, portfolio)
        """How many projects are left out."""
        day = portfolio.as_of if as_of is None else as_of
        self.stand_ins: Mapping[str, Entity] = {}
        """What stands for what is hidden, by its id."""
        if not self.hidden:
            super().__init__(portfolio.settings, day, portfolio.entries)
            return
        found = concealed(portfolio.entities.values(), self.hidden)
        self.stand_ins = {each.id: each for each in found.stand_ins}
        settings = _without(portfolio.settings, self.hidden)
        super().__init__(settings, day, Entries(found.shown, behind=found.stand_ins))

    def as_written(self, portfolio: Portfolio) -> Portfolio:
        """Return a portfolio as this view shows it, with its past, for what judges files."""
        seen = Portfolio.of(self.whole, portfolio.files)
        past = portfolio.past
        if past is None:
            return seen
        then = View(past.portfolio, None, self.audience.without(self.hidden))
        before = Portfolio.of(then, past.portfolio.files)
        return seen.compared_with(Past(before, past.commit))

    def for_edition(self, edition: Edition) -> View:
        """Return the same view for other readers: what they may see is chosen field by field."""
        seen = copy(self)
        seen.audience = replace(self.audience, edition=edition)
        return seen

    @cached_property
    def whole(self) -> View:
        """Return the view in which stand-ins are listed beside what is shown."""
        if not self.hidden:
            return self
        return _Whole(self)


class _Whole(View):
    def __init__(self, shown: View) -> None:
        entities = (*shown.entities.values(), *shown.stand_ins.values())
        Index.__init__(self, shown.settings, shown.as_of, Entries(entities))
        self.audience, self.hidden = shown.audience, shown.hidden
        self.confidential = shown.confidential
        self.stand_ins = shown.stand_ins

    @cached_property
    def whole(self) -> View:
        return self


def view_of(portfolio: Portfolio, audience: Audience = EVERYBODY) -> View:
    """Return the view of a portfolio for an audience, the same as long as the portfolio lives."""
    return _view(portfolio, audience)


@per_portfolio
def _view(portfolio: Portfolio, audience: Audience) -> View:
    return View(portfolio, None, audience)


def _projects_among(hidden: frozenset[str], portfolio: Portfolio) -> int:
    """Count hidden projects; what could not be read at all and says so is at least one."""
    aside = portfolio.aside
    found = {
        each.id
        for each in (*portfolio.all(Project), *aside.entities)
        if isinstance(each, Project) and each.id in hidden
    }
    return len(found) or int(bool(hidden and aside.confidential))


def _without(settings: Settings, hidden: frozenset[str]) -> Settings:
    """Leave out the waivers for what is hidden."""
    kept = tuple(each for each in settings.waivers if each.object not in hidden)
    if len(kept) == len(settings.waivers):
        return settings
    return type(settings).build({**settings.stated(), "waivers": kept}, settings.source)
