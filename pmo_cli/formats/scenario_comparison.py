"""Scenarios held against each other and against the plan as it stands, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pmo_cli.options import Session
    from portfolio.application.dependency_answers import Comparison
    from portfolio.impact.scenarios.scenario import Outcome


def print_comparison(answer: Comparison, session: Session) -> None:
    """Print what each scenario leads to, and the key dates that it moves."""
    from pmo_cli import console

    found = answer.outcomes
    currency = answer.portfolio.settings.organisation.currency
    labelled = list(zip(" abcdefghijklmnopqrstuvwxyz", found, strict=False))
    console.write("What each scenario leads to")
    console.print_table(
        ("", "scenario", currency, "hit", "customers", "still", "lost", "decide by"),
        [
            (
                label,
                each.name,
                "-" if each.money.value is None else f"{each.money.value.amount:,.0f}",
                _count(sum(each.hit.values())),
                _count(each.hit.get("customer", 0)),
                _count(each.orphans),
                _count(each.lost),
                str(each.latest_decision.value or "-") if each.latest_decision else "-",
            )
            for label, each in labelled
        ],
        numeric=(2, 3, 4, 5, 6),
        session=session,
    )
    console.write_wrapped(
        "hit: who in the business is hit, customers among them; still: work that nobody is left "
        "on; lost: what loses its case; decide by: the last day that protects the first money."
    )
    _print_key_dates(labelled, session)


def _print_key_dates(labelled: Sequence[tuple[str, Outcome]], session: Session) -> None:
    from pmo_cli import console

    planned = labelled[0][1].dates
    others = [
        (label, each)
        for label, each in labelled[1:]
        if any(each.dates[p] != planned[p] for p in planned)
    ]
    moved = [p for p in planned if any(each.dates[p] != planned[p] for _, each in others)]
    if not moved:
        console.write("\nNo key date moves.")
        return
    console.write("\nKey dates that move, in calendar days")
    console.print_table(
        ("key date", "as planned", *(label for label, _ in others)),
        [
            (p, planned[p].isoformat(), *(_later(each.dates[p], planned[p]) for _, each in others))
            for p in moved
        ],
        numeric=tuple(range(2, len(others) + 2)),
        session=session,
    )


def _count(number: int) -> str:
    return str(number) if number else "-"


def _later(new: date, old: date) -> str:
    return f"{(new - old).days:+d}" if new != old else "-"
