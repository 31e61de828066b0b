"""Every finding of a portfolio: those of loading and those of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.diagnostic import Diagnostic
    from portfolio.loading.loader import Loaded
    from portfolio.rules.rule import Rule
    from portfolio.settings import Settings


def judge(
    loaded: Loaded, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return every finding: those of loading and those of the rules, in reading order."""
    from portfolio.diagnostic import in_reading_order
    from portfolio.loading.ignore_comments import without_ignored
    from portfolio.rules.path_overrides import adjusted_by_path
    from portfolio.rules.registry import selected_rules
    from portfolio.rules.rule import check, is_selected

    if loaded.portfolio is None:
        return loaded.diagnostics
    settings = loaded.portfolio.settings.rules
    complete = not select and not ignore
    select, ignore = select or settings.select, (*ignore, *settings.ignore)
    own = _own_rules(loaded.portfolio.settings)
    chosen: list[Rule] = [
        *selected_rules(select, ignore).values(),
        *(rule for rule in own if is_selected(rule.code, select, ignore)),
    ]
    of_loading = [d for d in loaded.diagnostics if is_selected(d.code, select, ignore)]
    found = [*of_loading, *check(loaded.portfolio, chosen)]
    found = without_ignored(found, loaded.texts, complete=complete)
    return in_reading_order(adjusted_by_path(found, settings.paths))


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
