"""An answer as the one JSON document."""

from __future__ import annotations

from pmo_cli import console
from pmo_cli.formats.answer_data import DATA, Answer
from pmo_cli.options import Session
from pmo_cli.session import document


def write(answer: Answer, command: str, session: Session) -> None:
    """Print an answer."""
    data = DATA[type(answer)](answer)
    console.write(document(session, command, answer.opened, data))
