"""`pmo deps --compare`: scenarios held against each other and against the plan as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_cli.formats.dependencies.scenario import money_data

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pmo_cli.formats.dependencies.answers import Asked
    from portfolio.impact.scenarios.scenario import Outcome
    from portfolio.measure.measure import Measure
    from portfolio.values import Money


def answer_comparison(asked: Asked, ids: Sequence[str]) -> None:
    """Hold scenarios against each other and against the plan as it stands."""
    from pmo_cli.formats.dependencies.answers import Format
    from portfolio.application.failure import Failure
    from portfolio.impact.scenarios.scenario import Supposition, outcome, suppose_scenario
    from portfolio.impact.supposed_slip import CannotSlipError
    from portfolio.model.strategy import Scenario

    portfolio = asked.portfolio
    scenarios = [s for s in portfolio.all(Scenario) if not ids or s.id in ids]
    if not scenarios:
        message = "there is no scenario to compare"
        raise Failure(message, "add `scenarios:`, or name some; `pmo explain scenario` shows how")
    try:
        found = [outcome(portfolio, Supposition("as planned"))] + [
            outcome(portfolio, suppose_scenario(portfolio, each)) for each in scenarios
        ]
    except CannotSlipError as error:
        raise Failure(str(error)) from None
    if asked.form is Format.json:
        asked.print_json({"scenarios": [_outcome_data(each) for each in found]})
    elif asked.form is Format.table:
        _print_comparison(asked, found)
    else:
        message = f"--compare has no form as {asked.form.value}"
        raise Failure(message, "use table or json")


def _print_comparison(asked: Asked, found: Sequence[Outcome]) -> None:
    from pmo_cli import console

    currency = asked.portfolio.settings.organisation.currency
    labelled = list(zip(" abcdefghijklmnopqrstuvwxyz", found, strict=False))
    console.write("What each scenario leads to")
    console.print_table(
        ("", "scenario", currency, "hit", "customers", "still", "lost", "decide by"),
        [
            (
                label,
                each.name,
                _whole(each.money),
                _count(sum(each.hit.values())),
                _count(each.hit.get("customer", 0)),
                _count(each.orphans),
                _count(each.lost),
                str(each.latest_decision.value or "-") if each.latest_decision else "-",
            )
            for label, each in labelled
        ],
        numeric=(2, 3, 4, 5, 6),
        session=asked.session,
    )
    console.write_wrapped(
        "hit: who in the business is hit, customers among them; still: work that nobody is left "
        "on; lost: what loses its case; decide by: the last day that protects the first money."
    )
    _print_key_dates(asked, labelled)


def _print_key_dates(asked: Asked, labelled: Sequence[tuple[str, Outcome]]) -> None:
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
        session=asked.session,
    )


def _whole(money: Measure[Money]) -> str:
    return "-" if money.value is None else f"{money.value.amount:,.0f}"


def _count(number: int) -> str:
    return str(number) if number else "-"


def _later(new: date, old: date) -> str:
    return f"{(new - old).days:+d}" if new != old else "-"


def _outcome_data(found: Outcome) -> dict[str, Any]:
    room, decide = found.free_days, found.latest_decision
    return {
        "scenario": found.name,
        **money_data(found.money),
        "hit": dict(found.hit),
        "dates": dict(found.dates),
        "float_to_first_money": room.value if room else None,
        "latest_decision_date": decide.value if decide else None,
        "orphans": found.orphans,
        "lost": found.lost,
    }
