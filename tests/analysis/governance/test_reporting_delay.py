"""How long bad news waits to be told, of four project managers or more."""

from __future__ import annotations

from datetime import date, timedelta

from portfolio.analysis.governance.status_reporting import Seen, lag_days, speak_up_lag
from portfolio.view.view import View
from tests.portfolios import portfolio_of

START = date(2026, 1, 1)


def seen(*colours: str) -> tuple[Seen, ...]:
    """Read ``green/amber`` as declared green and computed amber, ten days apart."""
    return tuple(
        Seen(START + timedelta(days=10 * number), *each.split("/"))
        for number, each in enumerate(colours)
    )


def test_the_lag_is_from_the_first_computed_to_the_first_declared_amber() -> None:
    assert lag_days(seen("green/green", "green/amber", "green/red", "red/red")).value == 20
    assert lag_days(reversed_(seen("green/amber", "amber/amber"))).value == 10


def reversed_(days: tuple[Seen, ...]) -> tuple[Seen, ...]:
    return days[::-1]


def test_who_says_it_before_the_data_do_has_no_lag() -> None:
    assert lag_days(seen("amber/green", "amber/amber")).value == 0


def test_silence_counts_until_the_last_look() -> None:
    assert lag_days(seen("green/amber", "green/amber", "green/amber")).value == 20


def test_what_was_never_amber_has_no_lag() -> None:
    assert lag_days(seen("green/green", "amber/grey")).code == "not_started"


def portfolio_with(managers: int) -> View:
    people = "".join(f"  - {{id: m{n}, name: M {n}}}\n" for n in range(managers))
    projects = "".join(
        f"  - {{id: p{n}, name: P {n}, sponsor: m0, project_manager: m{n}}}\n"
        for n in range(managers)
    )
    return portfolio_of(f"people:\n{people}projects:\n{projects}")


def test_it_is_told_of_four_project_managers_and_not_of_three() -> None:
    late, quick = seen("green/amber", "amber/amber"), seen("amber/amber", "amber/amber")
    days = {"p0": late, "p1": late, "p2": quick, "p3": late}
    assert speak_up_lag(portfolio_with(4), days).value == 10
    assert speak_up_lag(portfolio_with(3), days).code == "small_sample"
    assert speak_up_lag(portfolio_with(4), {"p0": seen("green/green")}).code == "no_data"
    assert speak_up_lag(portfolio_with(4), {}).code == "no_data"
