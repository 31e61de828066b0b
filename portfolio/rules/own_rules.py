"""Rules of the user's own, as `pmo.yaml` states them: a condition, judged without running code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.conditions.entity_scope import EntityScope, condition_about, filled_in
from portfolio.conditions.operations import ConditionError
from portfolio.diagnostic import Severity
from portfolio.model.kinds import kind_named
from portfolio.rules.rule import Problem, Rule

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.settings import OwnRule, Settings
    from portfolio.view.view import View


def own_rules(settings: Settings) -> tuple[Rule, ...]:
    """Return the rules that `pmo.yaml` states."""
    return tuple(_rule_of(own) for own in settings.rules.own)


def _rule_of(own: OwnRule) -> Rule:
    kind = kind_named(own.kind)
    assert kind is not None  # noqa: S101 - checked when pmo.yaml was read
    condition = condition_about(kind, own.when)

    def check(entity: Entity, portfolio: View) -> Iterator[Problem]:
        scope = EntityScope(entity, portfolio)
        try:
            if condition.evaluate(scope) is not True:
                return
            said = filled_in(own.message, scope) if own.message else f"{kind.KIND} {entity.label!r}"
            result = condition.substituted(scope)
        except ConditionError as error:
            message = f"{own.code} cannot be judged: {error}"
            yield Problem(entity, message, own.key, f"the condition is {own.when}", Severity.ERROR)
        else:
            yield Problem(entity, f"{said}: {own.when} ({result})", own.key, own.hint or "")

    check.__doc__ = f"""{own.message or own.when}

    What it does:
        Reports each {kind.KIND} with {own.when}.
    """
    return Rule(own.code, Severity.from_word(own.severity), kind, check)
