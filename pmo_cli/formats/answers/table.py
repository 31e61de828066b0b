"""An answer for people."""

from __future__ import annotations

from pmo_cli.formats.answer_data import DATA, TABLES, Answer
from pmo_cli.options import Session


def write(answer: Answer, _: str, session: Session) -> None:
    """Print an answer."""
    TABLES[type(answer)](DATA[type(answer)](answer), session)
