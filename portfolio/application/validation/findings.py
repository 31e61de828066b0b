"""Every finding of a portfolio: those of loading and those of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.view.audience import CONFIDANTS, Audience

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.diagnostic import Diagnostic
    from portfolio.loading.loader import Loaded
    from portfolio.model.portfolio import Portfolio
    from portfolio.rules.rule import Rule
    from portfolio.settings import Settings
    from portfolio.view.view import View

_OF_COMMENTS = "YML-IGNORE"


def judge(
    loaded: Loaded,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    audience: Audience = CONFIDANTS,
) -> tuple[Diagnostic, ...]:
    """Return every finding: those of loading and those of the rules, in reading order.

    Of what an audience does not see it says how many there are of which code.
    """
    from portfolio.view.view import view_of

    if loaded.portfolio is None:
        return loaded.diagnostics
    portfolio = loaded.portfolio
    rules = _Rules(portfolio.settings, select, ignore)
    view = view_of(portfolio, _of_both(portfolio, audience))
    if not view.hidden:
        return rules.found(loaded, view, portfolio)
    from portfolio.application.validation.concealment import Secrets, concealed
    from portfolio.diagnostic import in_reading_order

    secrets = Secrets(portfolio, loaded.texts, view.hidden)
    everything = rules.found(loaded, view_of(portfolio, CONFIDANTS), portfolio)
    seen = rules.found(loaded, view, view.as_written(portfolio))
    # Which comments are of use is told by all that is found, not by what is seen.
    shown = (
        *(each for each in seen if each.code != _OF_COMMENTS),
        *(each for each in everything if each.code == _OF_COMMENTS),
    )

    def hides(found: Diagnostic) -> bool:
        return secrets.hides(found, of_loading=found.code not in rules.codes)

    return (
        *(
            secrets.without_places(each)
            for each in in_reading_order(shown)
            if not hides(each) and each.entity not in view.stand_ins
        ),
        *concealed(each for each in everything if hides(each)),
    )


def _of_both(portfolio: Portfolio, audience: Audience) -> Audience:
    """Return an audience from which is hidden what either side of a comparison hides."""
    from portfolio.view.audience import hidden_from

    if portfolio.past is None:
        return audience
    return audience.without(hidden_from(audience, portfolio.past.portfolio))


class _Rules:
    """The rules that were chosen, and how their findings are taken."""

    def __init__(self, settings: Settings, select: Sequence[str], ignore: Sequence[str]) -> None:
        from portfolio.rules.registry import selected_rules
        from portfolio.rules.rule import is_selected

        chosen = settings.rules
        self.complete = not select and not ignore
        self.select, self.ignore = select or chosen.select, (*ignore, *chosen.ignore)
        self.chosen: list[Rule] = [
            *selected_rules(self.select, self.ignore).values(),
            *(
                rule
                for rule in _own_rules(settings)
                if is_selected(rule.code, self.select, self.ignore)
            ),
        ]

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of what the rules find; all others are of loading."""
        return frozenset(rule.code for rule in self.chosen)

    def found(self, loaded: Loaded, view: View, portfolio: Portfolio) -> tuple[Diagnostic, ...]:
        """Return what is found in a view, and in the portfolio as it is written."""
        from portfolio.diagnostic import in_reading_order
        from portfolio.loading.ignore_comments import without_ignored
        from portfolio.rules.path_overrides import adjusted_by_path
        from portfolio.rules.rule import check, is_selected

        of_loading = (
            each for each in loaded.diagnostics if is_selected(each.code, self.select, self.ignore)
        )
        found = [*of_loading, *check(view, portfolio, self.chosen)]
        found = without_ignored(found, loaded.texts, complete=self.complete)
        return in_reading_order(adjusted_by_path(found, view.settings.rules.paths))


def _own_rules(settings: Settings) -> Sequence[Rule]:
    """Return the rules of the user's own; without any, nothing is imported for them."""
    if not settings.rules.own:
        return ()
    from portfolio.rules.own_rules import own_rules

    return own_rules(settings)


def note_findings(findings: Sequence[Diagnostic]) -> str:
    """Say in one line how many findings there are, beside a result that is something else."""
    from portfolio.diagnostic import Severity
    from portfolio.rules.phrases import counted

    errors = sum(d.severity is Severity.ERROR for d in findings)
    warnings = sum(d.severity is Severity.WARNING for d in findings)
    if not errors and not warnings:
        return ""
    found = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    return f"{found} in the portfolio: `pmo validate` shows them"
