"""Every finding of a portfolio: those of loading and those of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.view.audience import CONFIDANTS, Audience

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from portfolio.diagnostic import Diagnostic
    from portfolio.loading.loader import Loaded
    from portfolio.model.portfolio import Portfolio
    from portfolio.rules.rule import Rule
    from portfolio.settings import Settings
    from portfolio.view.view import View


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
        return rules.finished(loaded, rules.found(view, portfolio))
    from portfolio.application.validation.concealment import Secrets, concealed

    secrets = Secrets(portfolio, loaded.texts, view.hidden)

    def hides(found: Diagnostic) -> bool:
        return secrets.hides(found, of_loading=found.code not in rules.codes)

    everything = view_of(portfolio, CONFIDANTS)
    seen = rules.found(view, view.as_written(portfolio))
    inside = rules.found(everything, portfolio, among=view.hidden)
    found = rules.finished(
        loaded,
        (
            *(each for each in seen if each.entity not in view.stand_ins),
            *(each for each in inside if hides(each)),
        ),
    )
    return (
        *(secrets.without_places(each) for each in found if not hides(each)),
        *concealed(each for each in found if hides(each)),
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

        self.settings = chosen = settings.rules
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

    def found(
        self, view: View, portfolio: Portfolio, among: Collection[str] | None = None
    ) -> tuple[Diagnostic, ...]:
        """Return what the rules find in a view, and in the portfolio as it is written."""
        from portfolio.rules.rule import check

        return check(view, portfolio, self.chosen, among=among)

    def finished(self, loaded: Loaded, of_rules: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return findings with those of loading, without what comments ignore, in their order."""
        from portfolio.diagnostic import in_reading_order
        from portfolio.loading.ignore_comments import without_ignored
        from portfolio.rules.path_overrides import adjusted_by_path
        from portfolio.rules.rule import is_selected

        of_loading = (
            each for each in loaded.diagnostics if is_selected(each.code, self.select, self.ignore)
        )
        found = [*of_loading, *of_rules]
        found = without_ignored(found, loaded.texts, complete=self.complete)
        return in_reading_order(adjusted_by_path(found, self.settings.paths))


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
