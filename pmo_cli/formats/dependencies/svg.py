"""The answers of `pmo deps` as drawings: dates as a Gantt chart, all else as a network."""

from __future__ import annotations

from pmo_cli import console
from pmo_cli.options import Session
from portfolio.application.dependency_answers import DRAWN, DateReasons, Drawn, Slip
from portfolio.report.charts.gantt import gantt_chart
from portfolio.report.charts.network_diagram import describe, network_chart
from portfolio.report.charts.slip_gantt import reasons_gantt, ripple_gantt
from portfolio.report.charts.svg import standalone

ENDINGS = (".svg",)
COMMENT = "<!-- {} -->"
FORMS = DRAWN


def write(answer: Drawn, _: Session) -> None:
    """Print an answer."""
    if isinstance(answer, Slip):
        gantt = ripple_gantt(answer.portfolio, answer.injections, answer.found)
    elif isinstance(answer, DateReasons):
        gantt = reasons_gantt(answer.portfolio, answer.steps)
    else:
        diagram = answer.diagram
        console.write(standalone(network_chart(diagram), describe(diagram)), "markup")
        return
    console.write(standalone(gantt_chart(gantt), gantt.description), "markup")
