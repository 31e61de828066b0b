"""Which public functions of the product only its tests use: they are to be used, or to go.

A function is used where other code of the house imports it or asks its module for it; methods are
told apart by their names alone, which templates and strings may say too. What a decorator registers
is used by whoever asks the registry.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

USERS = ("pmo_cli", "portfolio", "benchmarks", "docs")
_REGISTERING = frozenset({"callback", "column", "page", "rule", "section", "shared", "withholding"})
_ASKED_BY_NAME = frozenset({"answer", "ascend_resolver", "descend_resolver", "doctype", "serve"})
"""What libraries call by its name, and what is asked of a module that is found at run time."""
_FOUND_BY_NAME = re.compile(
    r"pmo_cli/formats/(answers|findings|dependencies|rows)/|portfolio/application/imports/sources/"
)
"""Modules that a registry finds: what they offer is asked of whichever is chosen."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class _Source:
    """One module: its functions and methods, and what it asks of itself and of others."""

    path: Path
    name: str
    functions: tuple[_Function, ...]
    methods: tuple[_Function, ...]
    asked: frozenset[tuple[str, str]]
    words: frozenset[str]


def only_tested(packages: Iterable[str], root: Path) -> tuple[str, ...]:
    """Return the public functions and methods of packages that nothing but tests uses."""
    sources = [
        _source(path, root) for user in USERS for path in sorted((root / user).rglob("*.py"))
    ]
    asked = {each for source in sources for each in source.asked}
    words = {each for source in sources for each in source.words}
    for path in (root / "templates").rglob("*.jinja"):
        words.update(re.findall(r"\.(\w+)", path.read_text(encoding="utf-8")))
    chosen = tuple(packages)
    return tuple(
        f"{source.path}:{function.lineno}: {function.name}()"
        for source in sources
        if source.path.parts[0] in chosen and not _FOUND_BY_NAME.match(source.path.as_posix())
        for function in (
            *(each for each in source.functions if (source.name, each.name) not in asked),
            *(each for each in source.methods if each.name not in words),
        )
        if _is_public(function)
    )


def _source(path: Path, root: Path) -> _Source:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    nodes = list(ast.walk(tree))
    return _Source(
        path.relative_to(root),
        name,
        tuple(node for node in tree.body if isinstance(node, _Function)),
        tuple(node for each in classes for node in each.body if isinstance(node, _Function)),
        frozenset((*_of_others(nodes), *((name, own) for own in _of_itself(tree)))),
        frozenset(
            node.attr if isinstance(node, ast.Attribute) else str(node.value)
            for node in nodes
            if isinstance(node, ast.Attribute | ast.Constant)
        ),
    )


def _of_others(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield module and name of what is imported, and of what an imported module is asked for."""
    modules: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield node.module or "", alias.name
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield modules.get(node.value.id, ""), node.attr


def _of_itself(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module uses; a function that calls itself does not use itself."""
    for each in tree.body:
        own = each.name if isinstance(each, _Function) else ""
        names = (node.id for node in ast.walk(each) if isinstance(node, ast.Name))
        yield from (name for name in names if name != own)


def _is_public(function: _Function) -> bool:
    marks = {word for m in function.decorator_list for word in re.findall(r"\w+", ast.unparse(m))}
    return not (
        function.name.startswith("_") or function.name in _ASKED_BY_NAME or marks & _REGISTERING
    )
