"""The house's figures: how large, how annotated, how tangled; exit 1 where a limit is broken.

Run it as ``python -m benchmarks.house``; ``--quiet`` prints what breaks a limit and nothing else.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

from benchmarks.only_tested import only_tested
from benchmarks.themes import misplaced, refused_names

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("pmo_cli", "portfolio")
HOUSE = (*PRODUCT, "benchmarks", "docs", "tests")

MODULE_LINES = 300
FUNCTION_LINES = 60


@dataclass(frozen=True, slots=True)
class Function:
    """One function: where it stands, how long it is, and how many of its slots are annotated."""

    path: Path
    line: int
    name: str
    lines: int
    slots: int
    annotated: int


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its length, its functions, the modules of ours that it imports."""

    path: Path
    name: str
    lines: int
    functions: tuple[Function, ...]
    imports: frozenset[str]


def modules(packages: Iterable[str], root: Path = ROOT) -> tuple[Module, ...]:
    """Read every module of the packages, in the order of their paths."""
    return _modules(tuple(packages), root)


@cache
def _modules(packages: tuple[str, ...], root: Path) -> tuple[Module, ...]:
    paths = [path for package in packages for path in sorted((root / package).rglob("*.py"))]
    names = frozenset(_dotted(path, root) for path in paths)
    return tuple(_module(path, root, names) for path in paths)


def _module(path: Path, root: Path, ours: frozenset[str]) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, filename=str(path))
    return Module(
        path=path.relative_to(root),
        name=_dotted(path, root),
        lines=text.count("\n"),
        functions=tuple(_functions(tree, path.relative_to(root))),
        imports=frozenset(_imports(tree, ours)) - {_dotted(path, root)},
    )


def _dotted(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _functions(tree: ast.AST, path: Path) -> Iterator[Function]:
    """Yield every function; a decorator counts to its function's length, a docstring does too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
            slots = [*_annotations(node), node.returns]
            yield Function(
                path=path,
                line=node.lineno,
                name=node.name,
                lines=(node.end_lineno or node.lineno) - first + 1,
                slots=len(slots),
                annotated=sum(slot is not None for slot in slots),
            )


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr | None]:
    """Return each parameter's annotation; ``self`` and ``cls`` need none."""
    stated = node.args
    plain = [*stated.posonlyargs, *stated.args]
    if plain and plain[0].arg in {"self", "cls"}:
        plain = plain[1:]
    variadic = [argument for argument in (stated.vararg, stated.kwarg) if argument]
    return [argument.annotation for argument in (*plain, *stated.kwonlyargs, *variadic)]


def _imports(tree: ast.AST, ours: frozenset[str]) -> Iterator[str]:
    """Yield our modules that a module imports, under TYPE_CHECKING and in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in ours)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & ours
            yield from inner
            if node.module in ours and len(inner) < len(node.names):
                yield node.module


def cycle(found: Iterable[Module]) -> tuple[str, ...]:
    """Return one import cycle as a path, or nothing where imports form no cycle."""
    try:
        TopologicalSorter({module.name: module.imports for module in found}).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def broken_limits(found: Iterable[Module]) -> Iterator[str]:
    """Yield one sentence for each limit that a module or a function of it breaks."""
    found, refused = tuple(found), refused_names()
    for module in found:
        if module.lines > MODULE_LINES:
            yield f"{module.path}: {module.lines} lines; a module has at most {MODULE_LINES}"
        for word in sorted(refused.intersection(module.name.split("."))):
            yield f"{module.path}: {word!r} says nothing; name what it holds"
        yield from _broken_by_functions(module.functions)
    yield from misplaced(module.name for module in found)
    if path := cycle(found):
        yield f"import cycle: {' → '.join(path)}"


def _broken_by_functions(functions: Iterable[Function]) -> Iterator[str]:
    for function in functions:
        place = f"{function.path}:{function.line}: {function.name}()"
        if function.lines > FUNCTION_LINES:
            yield f"{place}: {function.lines} lines; a function has at most {FUNCTION_LINES}"
        if function.annotated < function.slots:
            yield f"{place}: {function.slots - function.annotated} parameters or results untyped"


def figures(name: str, found: tuple[Module, ...]) -> Iterator[str]:
    """Yield the lines of one package's figures."""
    functions = [function for module in found for function in module.functions]
    if not functions:
        return
    slots = sum(function.slots for function in functions)
    annotated = sum(function.annotated for function in functions)
    longest = max(functions, key=lambda function: function.lines)
    largest = max(found, key=lambda module: module.lines)
    yield name
    yield f"  modules    {len(found):6}   lines {sum(module.lines for module in found)}"
    yield f"  module     {median(module.lines for module in found):6.0f}   median lines"
    yield f"             {largest.lines:6}   most, {largest.path}"
    yield f"  functions  {len(functions):6}"
    yield f"  function   {median(function.lines for function in functions):6.0f}   median lines"
    yield f"             {longest.lines:6}   most, {longest.path}:{longest.line} {longest.name}()"
    yield f"  annotated  {annotated / slots:6.1%}   of {slots} parameters and results"


def figures_of_product(found: tuple[Module, ...]) -> Iterator[str]:
    """Yield the lines of what is counted over the product as one, tests and tools left out."""
    widest = max(found, key=lambda module: len(module.imports))
    unused = only_tested(PRODUCT, ROOT)
    yield "product"
    yield f"  lines      {sum(module.lines for module in found):6}   outside tests and tools"
    yield f"  fan-out    {len(widest.imports):6}   most imports of ours, {widest.path}"
    yield f"  unused     {len(unused):6}   public functions that only tests use"
    yield from (f"             {each}" for each in unused)


def main(arguments: list[str] | None = None) -> int:
    """Print the figures, then what breaks a limit; return 1 where anything does."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--quiet", action="store_true", help="only what breaks a limit")
    quiet = options.parse_args(arguments).quiet
    if not quiet:
        for package in HOUSE:
            print(*figures(package, modules([package])), sep="\n")
        print(*figures_of_product(modules(PRODUCT)), sep="\n")
    broken = tuple(broken_limits(modules(HOUSE)))
    print(*broken, sep="\n", end="\n" if broken else "")
    if not quiet:
        print(f"limits broken: {len(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
