"""The answers of `pmo deps --why`: why a date is what it is, and why a slip costs what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_cli.formats.dependencies.answers import GRAPHS, Asked, Format, draw_gantt, write_graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.impact.supposed_slip import Injection


def one_chosen(asked: Asked, word: str) -> str:
    """Return the one id that a selector chooses; a Failure where it chooses none or several."""
    from portfolio.application.failure import Failure
    from portfolio.application.selection import chosen_ids

    found = chosen_ids(asked.portfolio, [word])
    if len(found) == 1:
        return next(iter(found))
    message = f"--why is about one, and {word} selects {len(found) or 'nothing'}"
    raise Failure(message, "name the one by its id")


def answer_why_money(asked: Asked, injections: Sequence[Injection], id_: str) -> None:
    """Show why a slip costs somebody what it costs, or why a date is then what it is."""
    from portfolio.application.failure import Failure
    from portfolio.impact.ripple import ripple
    from portfolio.impact.supposed_slip import CannotSlipError

    try:
        found = ripple(asked.portfolio, injections)
    except CannotSlipError as error:
        raise Failure(str(error)) from None
    effect = next((each for each in found.effects if each.id == id_), None)
    if effect is None:
        answer_why(asked, id_, injections)
    elif asked.form is Format.json:
        from pmo_cli.formats.dependencies.json_data import money_data

        asked.print_json(money_data(found, effect))
    elif asked.form is Format.table:
        from pmo_cli.formats.dependencies.tables import print_money

        print_money(found, effect, asked.session)
    else:
        message = f"--why of money has no format {asked.form}"
        raise Failure(message, "leave --format out, or take json")


def answer_why(asked: Asked, id_: str, injections: Sequence[Injection] = ()) -> None:
    """Show why a date is what it is; a Failure for what has none."""
    from pmo_cli import console
    from portfolio.application.failure import Failure
    from portfolio.impact.movement import move
    from portfolio.network.driving_path import Dated, explain_date

    movement = move(asked.portfolio, injections)
    dated = Dated(movement.plan, movement.slip.after, movement.held)
    steps = explain_date(asked.portfolio, id_, dated)
    if not steps:
        kind = asked.portfolio.entities[id_].kind.replace("_", " ")
        if injections:
            message = f"{id_} is not hit by this slip"
            raise Failure(message)
        message = f"{id_} is a {kind} without a computed date"
        raise Failure(message, "ask for an activity or a milestone, or add --slip for its money")
    if asked.form is Format.json:
        from pmo_cli.formats.dependencies.json_data import reasons_data

        asked.print_json(reasons_data(steps))
    elif asked.form is Format.mermaid:
        from portfolio.exchange.graphs.mermaid import draw_reasons

        console.write(draw_reasons(steps))
    elif asked.form is Format.svg:
        from portfolio.report.charts.slip_gantt import reasons_gantt

        draw_gantt(reasons_gantt(asked.portfolio, steps))
    elif asked.form in GRAPHS:
        from portfolio.impact.dependencies.diagram import reasons_diagram

        write_graph(asked, reasons_diagram(asked.portfolio, steps))
    else:
        from pmo_cli.formats.dependencies.tables import print_reasons

        print_reasons(steps, asked.session)
