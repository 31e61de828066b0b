"""`pmo explain`: the documentation of a rule, a kind, a field, a formula, the settings."""

from __future__ import annotations

from typing import Annotated

import typer

from pmo_cli.options import Session, shared


def complete(incomplete: str) -> list[str]:
    """Complete a topic for the shell."""
    from portfolio.application.explanation import topics

    return [topic for topic in topics() if topic.lower().startswith(incomplete.lower())]


@shared
def explain(
    _session: Session,
    topic: Annotated[
        str,
        typer.Argument(
            help="RSK-NO-RESPONSE, risk, project.bac, settings, kinds, rules, formulas.",
            autocompletion=complete,
        ),
    ],
) -> None:
    """Explain a rule, a kind, a field, a formula or the settings."""
    from pmo_cli import console
    from portfolio.application import explanation
    from portfolio.application.failure import Failure
    from portfolio.spelling import nearest

    text = explanation.explain(topic)
    if text is None:
        known = explanation.topics()
        near = nearest(topic, known) or [t for t in known if topic.lower() in t.lower()][:3]
        message = f"nothing is called {topic!r}"
        raise Failure(
            message,
            f"did you mean {' or '.join(near)}?"
            if near
            else "try `pmo explain kinds`, `rules`, `formulas` or `settings`",
        )
    console.write(text)
