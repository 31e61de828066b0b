"""How a code of loading is documented: with the same headings as a rule."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from portfolio.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A code that reading files can report, and what a user should know about it.

    The example is the text of a file; a first line like ``# actions.csv`` names the file where it
    is not a YAML file of the portfolio. Where no text can show it, it is a sentence.
    """

    code: str
    summary: str
    does: str
    matters: str
    example: str
    instead: str
    severity: Severity = Severity.ERROR

    @property
    def documentation(self) -> str:
        """Return the documentation as one text, as a rule's docstring has it."""
        parts = {
            "What it does": textwrap.fill(self.does, 90),
            "Why it matters": textwrap.fill(self.matters, 90),
            "Example": self.example.rstrip("\n"),
            "Use instead": self.instead.rstrip("\n"),
        }
        blocks = (f"{title}:\n{textwrap.indent(text, '    ')}" for title, text in parts.items())
        return "\n\n".join([self.summary, *blocks])
