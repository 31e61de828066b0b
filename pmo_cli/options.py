"""The options that every command accepts, before its name and after it, stated once."""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pmo_cli.formats.registry import choice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


if TYPE_CHECKING:
    Format = StrEnum
else:
    Format = choice("answers")
TABLE = Format.__members__["table"]


@dataclass(frozen=True, slots=True)
class Session:
    """What the shared options say."""

    directory: Path | None = None
    as_of: str | None = None
    overlays: tuple[Path, ...] = ()
    include_confidential: bool = False
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False
    debug: bool = False

    @property
    def day(self) -> date | None:
        """Return the date of ``--as-of``; a Failure where it is none."""
        from portfolio.application.failure import Failure

        if self.as_of is None:
            return None
        from portfolio.values import read_date

        try:
            return read_date(self.as_of)
        except ValueError as error:
            message = f"--as-of {error}"
            raise Failure(message, "write it as YYYY-MM-DD") from None


Excluded = Annotated[
    list[str] | None, typer.Option(help="Leave out what this selects.", metavar="SELECTOR")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into a file.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite any file.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if there is an error.")]
Form = Annotated[Format, typer.Option("--format", help="table for people.")]
"""Options that several commands have; what each accepts besides stands at the command."""

_PANEL = "Options of every command"
_SHARED: dict[str, Any] = {
    "directory": Annotated[
        Path | None,
        typer.Option(
            "-C",
            "--directory",
            metavar="DIR",
            rich_help_panel=_PANEL,
            help="The portfolio's folder (default: the nearest pmo.yaml upwards)",
        ),
    ],
    "as_of": Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            rich_help_panel=_PANEL,
            help="Judge the portfolio on this day (default: as_of in pmo.yaml, or today)",
        ),
    ],
    "overlays": Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            metavar="DIR",
            rich_help_panel=_PANEL,
            help="Lay the files of a second folder over the portfolio",
        ),
    ],
    "include_confidential": Annotated[
        bool,
        typer.Option(
            "--include-confidential",
            rich_help_panel=_PANEL,
            help="Show confidential projects too",
        ),
    ],
    "quiet": Annotated[
        bool, typer.Option("-q", "--quiet", rich_help_panel=_PANEL, help="Print the result only")
    ],
    "verbose": Annotated[
        bool, typer.Option("-v", "--verbose", rich_help_panel=_PANEL, help="Print more")
    ],
    "no_color": Annotated[
        bool, typer.Option("--no-color", rich_help_panel=_PANEL, help="Print without colours")
    ],
    "debug": Annotated[
        bool,
        typer.Option("--debug", rich_help_panel=_PANEL, help="Show the trace of a bug of ours"),
    ],
}
_DEFAULTS = {field.name: field.default for field in fields(Session)} | {"overlays": None}
_FLAGS = {"-q", "--quiet", "-v", "--verbose", "--no-color", "--debug", "--include-confidential"}
_GROUPS = {"risk", "resources"}  # whose second word is the command
_WITH_VALUE = {"-C", "--directory", "--as-of", "--with"}


def shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the shared options; it receives them as its first argument, a Session."""
    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    extra = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS[name], annotation=a
        )
        for name, a in _SHARED.items()
    ]

    @functools.wraps(command)
    def run(**values: Any) -> Any:  # noqa: ANN401
        given = {name: values.pop(name) for name in _SHARED}
        given["overlays"] = tuple(given["overlays"] or ())
        return command(Session(**given), **values)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own] + extra
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    del run.__wrapped__  # Typer would look through to the original
    return run


def moved_behind_command(arguments: Sequence[str]) -> list[str]:
    """Move shared options that stand before the command's name behind it."""
    before, rest = _leading_options(arguments)
    words, rest = rest[:1], rest[1:]
    if words and words[0] in _GROUPS:
        between, rest = _leading_options(rest)
        before, words, rest = [*before, *between], [*words, *rest[:1]], rest[1:]
    return [*words, *before, *rest]


def _leading_options(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split off the shared options that arguments begin with, with their values."""
    options: list[str] = []
    rest = list(arguments)
    while rest:
        name = rest[0].partition("=")[0]
        attached = len(rest[0]) > 2 and rest[0].startswith("-C")  # noqa: PLR2004 - `-Cdir`
        if rest[0] in _WITH_VALUE and len(rest) > 1:
            options += [rest.pop(0), rest.pop(0)]
        elif name in _FLAGS | _WITH_VALUE or attached:
            options.append(rest.pop(0))
        else:
            break
    return options, rest
