"""The reference pages, one function each: the lines of a page from what the code states."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import typer

from pmo_cli.app import build
from portfolio import bounds
from portfolio.application.explanation import formulas_by_module
from portfolio.field_description import field_lines
from portfolio.loading.codes.code import Code
from portfolio.loading.codes.registry import CODES
from portfolio.model import kinds
from portfolio.record import Record
from portfolio.rules.registry import all_rules
from portfolio.rules.rule import Rule, sections_of
from portfolio.settings import Settings

# The panel under which the help of each command lists the options of all commands.
_SHARED = "Options of every command"


def all_pages() -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the name and the lines of every page."""
    yield "kinds", kinds_page()
    yield "settings", settings_page()
    yield "formulas", formulas_page()
    yield "rules", rules_page()
    yield "commands", commands_page()


# --- kinds and settings ----------------------------------------------------------------------


def kinds_page() -> Iterator[str]:
    """Yield every kind of entity with its fields, theme by theme."""
    yield "# Kinds"
    yield ""
    yield (
        "What can be written in a portfolio. *Required*: the entity cannot exist without it. "
        "*Expected*: good practice wants it; its absence is information, never an error. Of a "
        "day, *planned* says that it is known before; *a fact*, that it is not; *of the record*, "
        "that the whole record is there from that day on."
    )
    yield from ("", bounds.in_words())
    for theme, members in groupby(kinds.kinds().values(), key=lambda kind: kind.THEME):
        yield from ("", f"## {theme.capitalize()}")
        for kind in members:
            yield from ("", f"### {kind.KIND}", "", _sentence(kind), "", _names(kind), "")
            yield from _field_table(kind)


def _names(kind: Any) -> str:  # noqa: ANN401 - a kind is a class of the model
    """Return the names a kind can be written by, and what its full id looks like."""
    aliases = "".join(f", or `{alias}`" for alias in kind.ALIASES)
    owned = f" Its full id is `{kind.OWNER}.{kind.KIND}`." if kind.OWNER else ""
    return f"Written as `{kind.KIND}` or `{kind.PLURAL}`{aliases}.{owned}"


def settings_page() -> Iterator[str]:
    """Yield everything that `pmo.yaml` can say, with its default."""
    yield from ("# Settings", "", "What `pmo.yaml` can say; everything else is a default.", "")
    yield from (bounds.in_words(), "")
    yield from _field_table(Settings)


def _field_table(record: type[Record]) -> Iterator[str]:
    yield "| field | type | need | meaning |"
    yield "|---|---|---|---|"
    for line in field_lines(record):
        yield f"| `{line.key}` | {_cell(line.type)} | {line.need} | {_cell(line.meaning)} |"


# --- formulas, rules, commands ---------------------------------------------------------------


def formulas_page() -> Iterator[str]:
    """Yield every formula with its docstring."""
    yield from ("# Formulas", "", "`pmo explain NAME` prints the same.")
    for module, functions in formulas_by_module():
        yield from ("", f"## {module.replace('_', ' ').capitalize()}")
        for name, function in functions.items():
            yield from ("", f"### {name}", "", "```text", inspect.getdoc(function) or "", "```")


def rules_page() -> Iterator[str]:
    """Yield every rule and every code of loading: first tables, then the documentation of each."""
    rules = all_rules()
    documented: list[tuple[str, Rule | Code]] = [*rules.items(), *sorted(CODES.items())]
    yield from ("# Rules", "", f"{len(rules)} rules; `pmo explain CODE` prints one.", "")
    yield from _code_table(rules.items())
    yield from ("", f"Reading the files reports {len(CODES)} codes more.", "")
    yield from _code_table(sorted(CODES.items()))
    for code, each in documented:
        yield from ("", f"## {code}", "", f"{each.severity.word.capitalize()}. {each.summary}")
        for heading, text in sections_of(each.documentation).items():
            yield from ("", f"**{heading}**", "", *_section(heading, text))


def _code_table(documented: Iterable[tuple[str, Rule | Code]]) -> Iterator[str]:
    yield from ("| code | severity | fires when |", "|---|---|---|")
    for code, each in documented:
        yield f"| [{code}](#{code.lower()}) | {each.severity.word} | {_cell(each.summary)} |"


def _section(heading: str, text: str) -> Iterator[str]:
    """Yield the text of a rule's section; examples are YAML."""
    if heading in {"Before", "Example", "Use instead"}:
        yield from ("```yaml", text.removeprefix("::").strip("\n"), "```")
    else:
        yield text


def commands_page() -> Iterator[str]:
    """Yield every command with its arguments and options, the shared options once."""
    group: Any = typer.main.get_command(build())
    yield from ("# Commands", "", "Every command accepts these, before its name and after it:", "")
    first = next(iter(group.commands.values()))
    yield from _option_table(each for each in first.params if _is_shared(each))
    for name, command in group.commands.items():
        own = [each for each in command.params if not _is_shared(each)]
        words = " ".join(["pmo", name, *(_placeholder(each) for each in own if _is_argument(each))])
        yield from ("", f"## {words}", "", inspect.cleandoc(command.help or ""), "")
        if own:
            yield from _option_table(own)


def _option_table(options: Iterable[Any]) -> Iterator[str]:
    yield "| option | meaning |"
    yield "|---|---|"
    for option in options:
        names = [_placeholder(option)] if _is_argument(option) else option.opts
        value = "" if _is_argument(option) or option.is_flag else f" {_placeholder(option)}"
        shown = ", ".join(f"`{name}{value}`" for name in names)
        meaning = " ".join((option.help or "").split())
        yield f"| {_cell(shown)} | {_cell(meaning)}{_fallback(option)} |"


def _fallback(option: Any) -> str:  # noqa: ANN401 - a parameter of Typer's own click
    """Return an option's default where that is a word or a number."""
    default = option.default
    shown = isinstance(default, str | int | float) and not isinstance(default, bool) and default
    return f" Default `{getattr(default, 'value', default)}`." if shown else ""


def _placeholder(option: Any) -> str:  # noqa: ANN401 - see above
    """Return what stands for the value: an argument's name, or the choices of an option."""
    if choices := getattr(option.type, "choices", ()):
        return "|".join(str(getattr(choice, "value", choice)) for choice in choices)
    name: str = option.metavar or option.name.upper()
    bare = name.strip("[]. ").replace("]", "")
    many = "..." if option.nargs == -1 else ""
    return f"{bare}{many}" if option.required or not _is_argument(option) else f"[{bare}{many}]"


def _is_argument(option: Any) -> bool:  # noqa: ANN401 - see above
    return bool(option.param_type_name == "argument")


def _is_shared(option: Any) -> bool:  # noqa: ANN401 - see above
    return getattr(option, "rich_help_panel", None) == _SHARED


def _sentence(documented: object) -> str:
    """Return the first sentence of a docstring."""
    return (inspect.getdoc(documented) or "").split("\n\n")[0].replace("\n", " ")


def _cell(text: str) -> str:
    """Return a text that a table cell can hold."""
    return text.replace("|", "\\|").replace("\n", " ")
