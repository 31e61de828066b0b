"""What `pmo explain` says about a rule, a kind, a field, a formula or the settings, as text."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from portfolio.model.entity import Entity
    from portfolio.record import Record

WIDTH = 78
LISTS = ("kinds", "rules", "formulas", "settings", "conditions")

_SOURCE = "Source:"
"""What the documentation of a formula states: who defined it, so that it can be looked up there."""


def explain(topic: str) -> str | None:
    """Return the text about a topic, None where nothing is called that."""
    found = next((text for attempt in _ATTEMPTS if (text := attempt(topic))), None)
    return None if found is None else "\n".join(found) + "\n"


def topics() -> tuple[str, ...]:
    """Return everything that can be explained, for completion and for near misses."""
    from portfolio.model.kinds import kinds

    fields = {f"{kind.KIND}.{key}" for kind in kinds().values() for key in kind.FIELDS}
    fields |= {f"{kind}.{name}" for kind, name, _ in _computed()}
    return (*LISTS, *kinds(), *documented_codes(), *formulas(), *sorted(fields))


def _computed() -> Iterator[tuple[str, str, Callable[..., object]]]:
    """Yield kind, name and function of every computed column."""
    from portfolio.analysis.columns import register_columns
    from portfolio.measure.figure import computed_columns
    from portfolio.model.kinds import kinds

    register_columns()
    for kind in kinds().values():
        for name, function in computed_columns(kind).items():
            yield kind.KIND, name, function


def formulas() -> dict[str, Callable[..., object]]:
    """Return every formula by its name: a function of the analysis that states its source."""
    found: dict[str, Callable[..., object]] = {}
    for _, functions in formulas_by_module():
        found |= functions
    return found


def formulas_by_module() -> Iterator[tuple[str, dict[str, Callable[..., object]]]]:
    """Yield every module with formulas by its own name, with them by theirs."""
    names: list[str] = []
    for root in ("portfolio.analysis", "portfolio.measure"):
        package = importlib.import_module(root)
        found = pkgutil.walk_packages(package.__path__, f"{root}.")
        names += [each.name for each in found if not each.ispkg]
    for path in sorted(names, key=lambda each: each.rpartition(".")[2]):
        module = importlib.import_module(path)
        functions: dict[str, Callable[..., object]] = {
            name: function
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == path
            and not name.startswith("_")
            and _SOURCE in (function.__doc__ or "")
        }
        if functions:
            yield path.rpartition(".")[2], functions


def documented_codes() -> dict[str, tuple[str, str]]:
    """Return severity and documentation by code, of loading and of the rules."""
    from portfolio.loading.codes.registry import CODES
    from portfolio.rules.registry import all_rules

    loading = {code: (c.severity.word, c.documentation) for code, c in CODES.items()}
    rules = {code: (r.severity.word, r.documentation) for code, r in all_rules().items()}
    return dict(sorted((loading | rules).items()))


def _list(topic: str) -> list[str] | None:
    if topic == "kinds":
        from portfolio.model.kinds import kinds

        return [f"{k.KIND:24} {_first_sentence(k)}" for k in kinds().values()]
    if topic == "rules":
        return [
            f"{code:30} {severity:8} {text.partition(chr(10))[0]}"
            for code, (severity, text) in documented_codes().items()
        ]
    if topic == "formulas":
        return [f"{name:30} {_first_sentence(f)}" for name, f in sorted(formulas().items())]
    return None


def _settings(topic: str) -> list[str] | None:
    if topic not in {"settings", "pmo.yaml"}:
        return None
    from portfolio.settings import Settings

    return ["What pmo.yaml can say; only organisation is required.", "", *_fields(Settings)]


def _conditions(topic: str) -> list[str] | None:
    if topic not in {"condition", "conditions"}:
        return None
    from portfolio.conditions import language

    return (inspect.getdoc(language) or "").splitlines()


def _code(topic: str) -> list[str] | None:
    known = documented_codes().get(topic.upper())
    if known is None:
        return None
    severity, documentation = known
    return [f"{topic.upper()} ({severity})", "", *documentation.splitlines()]


def _kind(topic: str) -> list[str] | None:
    from portfolio.model.kinds import kind_named

    kind = kind_named(topic.replace("-", "_"))
    if kind is None:
        return None
    names = ", ".join((kind.PLURAL, *kind.ALIASES))
    owned = (
        [f"Part of a {kind.OWNER}; its full id is {kind.OWNER}.{kind.KIND}."] if kind.OWNER else []
    )
    nested = _nested_in(kind)
    return [
        f"{kind.KIND} (also {names}; theme {kind.THEME})",
        "",
        *textwrap.wrap(inspect.getdoc(kind) or "", WIDTH),
        *owned,
        *([f"May be written inside: {', '.join(nested)}."] if nested else []),
        "",
        *_fields(kind),
    ]


def _nested_in(kind: type[Entity]) -> list[str]:
    from portfolio.model.kinds import kinds, owner_field

    return [parent.KIND for parent in kinds().values() if owner_field(kind, parent) is not None]


def _field(topic: str) -> list[str] | None:
    """Explain `project.bac`, or a field name alone in every kind that has it."""
    from portfolio.field_description import field_lines
    from portfolio.model.kinds import kind_named, kinds

    head, _, key = topic.partition(".")
    kind = kind_named(head)
    searched = [kind] if kind and key else list(kinds().values())
    wanted = key if kind and key else topic
    found: list[str] = []
    for each in searched:
        for line in field_lines(each):
            if line.key == wanted:
                need = f", {line.need}" if line.need else ""
                found += [
                    f"{each.KIND}.{line.key} ({line.type.replace('`', '')}{need})",
                    *textwrap.wrap(
                        line.meaning, WIDTH, initial_indent="  ", subsequent_indent="  "
                    ),
                ]
    return (found + _columns(head if kind and key else "", wanted)) or None


def _columns(kind: str, name: str) -> list[str]:
    """Explain a computed column of one kind, or of every kind that has it."""
    found: list[str] = []
    for of_kind, column, function in _computed():
        if column == name and kind in {"", of_kind}:
            text = textwrap.wrap(
                inspect.getdoc(function) or "", WIDTH, initial_indent="  ", subsequent_indent="  "
            )
            found += [f"{of_kind}.{column} (computed, pmo show {of_kind})", *text]
    return found


def _formula(topic: str) -> list[str] | None:
    function = formulas().get(topic.replace("-", "_").lower())
    if function is None:
        return None
    return [f"{topic} (formula)", "", *(inspect.getdoc(function) or "").splitlines()]


def _fields(record: type[Record]) -> Iterator[str]:
    from portfolio.field_description import field_lines

    for line in field_lines(record):
        need = f"  {line.need}" if line.need else ""
        kind = line.type.replace("`", "")
        head = f"{line.key}{need}"
        if len(head) + len(kind) + 4 > WIDTH:
            yield head
            yield from textwrap.wrap(kind, WIDTH, initial_indent="    ", subsequent_indent="    ")
        else:
            yield f"{head}  ({kind})"
        yield from textwrap.wrap(
            line.meaning.replace("`", ""), WIDTH, initial_indent="    ", subsequent_indent="    "
        )


def _first_sentence(documented: object) -> str:
    return (inspect.getdoc(documented) or "").partition("\n")[0]


_ATTEMPTS: Iterable[Callable[[str], list[str] | None]] = (
    _list,
    _settings,
    _conditions,
    _code,
    _kind,
    _formula,
    _field,
)
