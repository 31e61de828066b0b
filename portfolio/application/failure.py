"""What stops an answer because of what the user asked for or configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from portfolio.diagnostic import Diagnostic


class Failure(Exception):  # noqa: N818 - it is the user's word on the screen, not a program error
    """A message for the user, a hint, and the findings where a file cannot be used.

    ``texts`` are the files that the findings are in, by path.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        findings: Sequence[Diagnostic] = (),
        texts: Mapping[str, bytes] | None = None,
    ) -> None:
        """Keep message, hint and findings."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.findings = findings
        self.texts = texts or {}


def misnamed(word: str, known: Iterable[str], message: str, otherwise: str) -> Failure:
    """Return the failure of who names what there is not, with the nearest that there is."""
    from portfolio.spelling import did_you_mean

    near = did_you_mean(word, known)
    return Failure(message, f"did you mean {near}?" if near else otherwise)
