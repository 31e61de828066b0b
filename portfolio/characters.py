"""Characters that are no text: those that steer a terminal, or turn the words around them."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
# The control characters but for tab and line ends, and what overrides or isolates a direction of
# writing. Joiners and direction marks stay: scripts and emoji need them, and they move nothing far.
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONE_RETURN = re.compile("\r(?!\n)")


def visible(text: str) -> str:
    r"""Return a text in which what would steer its reader's screen is a mark that can be seen.

    The text stays as long as it was, so that a caret below it still points at the same place.

    >>> visible("\x1b[2J cleared \u202e") == "\ufffd[2J cleared \ufffd"
    True
    """
    return _STEERING.sub(REPLACEMENT, text)


def steering(text: str) -> str:
    """Return the first character of a text that would steer its reader's screen, if any."""
    found = _STEERING.search(text)
    return found[0] if found else ""


def on_one_screen(text: str) -> str:
    """Return a text that a terminal shows from its first line to its last, none written over."""
    return _LONE_RETURN.sub(REPLACEMENT, visible(text))


# What the logs of CI services take for a command: a line that begins with `::`, blanks or not, and
# `##[`, `##vso[` or `##teamcity[` anywhere in one.
_COMMAND = re.compile(r"^([^\S\n]*)::|(##\w*)\[", re.MULTILINE)
_BRACKET = re.compile(r"(##\w*)\[")


def inert(text: str) -> str:
    r"""Return a text in which no line is a command of a CI service: a backslash takes its power.

    >>> inert("::error::forged") == r"\::error::forged"
    True
    >>> inert("a ##vso[task.complete]") == r"a ##vso\[task.complete]"
    True
    """
    return _COMMAND.sub(
        lambda found: f"{found[1]}\\::" if found[2] is None else f"{found[2]}\\[", text
    )


def inert_markup(text: str) -> str:
    r"""Return a document of markup in which no line is a command: references say the same.

    >>> inert_markup("<td>##[error]forged</td>") == "<td>##&#91;error]forged</td>"
    True
    """
    return _COMMAND.sub(
        lambda found: f"{found[1]}&#58;:" if found[2] is None else f"{found[2]}&#91;", text
    )


def escaped_in_json(document: str) -> str:
    """Return a JSON document in which such characters are escapes, so that none of it is lost."""
    document = _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", document)
    return inert_json(document)


def inert_json(document: str) -> str:
    """Return a JSON document in which no line is a command, whatever stands around it."""
    return _BRACKET.sub(r"\1\\u005b", document)


# Some programs drop blanks before they look, and some read the wide forms as the narrow ones.
_RISKY = re.compile(r"\s*(?:[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]|::)")
_RETURN = re.compile("\r\n?")


def neutral(text: str) -> str:
    r"""Return a text for a cell: an apostrophe stands before what a spreadsheet or CI would run.

    A return becomes a line end: not every Python quotes it, and unquoted it ends the row.

    >>> neutral("=1+1"), neutral("a\r=1")
    ("'=1+1", 'a\n=1')
    """
    text = _RETURN.sub("\n", text)
    return f"'{text}" if _RISKY.match(text) else text
