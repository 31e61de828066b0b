"""Rules about ids that were given once: they stay, whatever becomes of what they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from portfolio.diagnostic import Severity
from portfolio.rules.comparison import then
from portfolio.rules.phrases import listed
from portfolio.rules.rule import Problem, rule

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.rules.written import Past, Portfolio


@rule(Severity.ERROR, written=True)
def gov_id_removed(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """An id was removed or renumbered while others refer to it.

    What it does:
        With `--against`, reports every entity that existed at the commit, does not any more, and
        to which something still refers; and where the same entity stands there under another id,
        says which. Moving it to another file is no removal.

    Why it matters:
        Things are closed, not deleted; an id is a promise to everybody who wrote it down. The
        broken link itself is `REF-BROKEN`; this says what it used to lead to.

    Before:
        action: {id: ask, text: Ask the clerks, owner: dan-field, due: 2026-05-01}
        person: {id: dan-field, name: Dan Field}

    Example:
        action: {id: ask, text: Ask the clerks, owner: dan-field, due: 2026-05-01}

    Use instead:
        action: {id: ask, text: Ask the clerks, owner: dan-field, due: 2026-05-01}
        person: {id: dan-field, name: Dan Field, end_date: 2026-12-31}
    """
    past = portfolio.past
    if past is None:
        return
    for full_id, before in past.portfolio.entities.items():
        if full_id in portfolio.entities:
            continue
        used = portfolio.references_to(before)
        if not used:
            continue
        renamed = _renamed(before, past, portfolio)
        what = f"was renamed {renamed.id!r}" if renamed else "was removed"
        users = listed(dict.fromkeys(repr(each.holder.id) for each in used))
        yield Problem(
            used[0].holder,
            f"{before.KIND} {full_id!r} {what} since {past.commit}, but {users} still "
            f"{'refers' if len(used) == 1 else 'refer'} to it",
            used[0].field.key,
            "put the id back, closed if it is over, or lead the references elsewhere",
            record=used[0].record,
            related=(then(past, before, ""),),
        )


def _renamed(before: Entity, past: Past, portfolio: Portfolio) -> Entity | None:
    """Return the new entity that is the same but for its id, if there is exactly one."""
    values = _but_id(before)
    same = [
        each
        for each in portfolio.all(type(before))
        if each.id not in past.portfolio.entities and _but_id(each) == values
    ]
    return same[0] if len(same) == 1 else None


def _but_id(entity: Entity) -> dict[str, Any]:
    return {name: value for name, value in entity.values().items() if name != "id"}


@rule(Severity.WARNING, written=True)
def gov_id_renumbered(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """Something that belongs to an owner got another id.

    What it does:
        With `--against`, reports an activity, milestone, gate, baseline or other part of an owner
        that stood there under another id at the commit, all else being equal.

    Why it matters:
        Minutes, contracts and imported plans keep the old id, and their history ends there.

    Before:
        milestone: {id: m-7, project: atlas, name: Trial, owner: ben-okafor,
          baseline: 2026-05-29, forecast: 2026-05-29}

    Example:
        milestone: {id: m-8, project: atlas, name: Trial, owner: ben-okafor,
          baseline: 2026-05-29, forecast: 2026-05-29}

    Use instead:
        milestone: {id: m-7, project: atlas, name: Trial, owner: ben-okafor,
          baseline: 2026-05-29, forecast: 2026-05-29}
    """
    past = portfolio.past
    if past is None:
        return
    for full_id, before in past.portfolio.entities.items():
        if full_id in portfolio.entities or not before.owner_id:
            continue
        renamed = None if portfolio.references_to(before) else _renamed(before, past, portfolio)
        if renamed is not None:
            yield Problem(
                renamed,
                f"{before.KIND} {full_id!r} at {past.commit} is {renamed.id!r} now",
                "id",
                "put the old id back",
                related=(then(past, before, "id"),),
            )
