"""The house keeps its own rules, and these tests can tell when it does not."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks import house
from benchmarks.only_tested import only_tested
from portfolio.rules.registry import all_rules

ROOT = house.ROOT

# Each heavy library is known to one place, so that replacing it is a change of one file, and so
# that a command which does not need it does not pay for it.
OWNERS = {
    "rich": ("pmo_cli/console.py",),
    "yaml": ("portfolio/loading/document.py",),
    "networkx": ("portfolio/network/graph.py",),
    "pandas": ("portfolio/exchange/tables/workbook.py",),
    "jinja2": ("portfolio/report/rendering.py",),
    "icalendar": ("portfolio/exchange/calendars/icalendar.py",),
    "highspy": ("portfolio/analysis/strategy/optimisation.py",),
    "typer": ("pmo_cli/app.py", "pmo_cli/options.py", "pmo_cli/console.py", "pmo_cli/commands/"),
    "numpy": ("portfolio/network/", "portfolio/measure/", "portfolio/analysis/"),
    "click": (),
}


@pytest.fixture(scope="module")
def product() -> Sequence[house.Module]:
    """Return every module of the product, read once."""
    return house.modules(house.PRODUCT)


@pytest.fixture(scope="module")
def imported(product: Sequence[house.Module]) -> Mapping[Path, set[str]]:
    """Return the top-level packages that each file of the product imports, anywhere in it."""
    found: defaultdict[Path, set[str]] = defaultdict(set)
    for module in product:
        for node in ast.walk(ast.parse((ROOT / module.path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found[module.path] |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found[module.path].add(node.module.split(".")[0])
    return found


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a fresh interpreter holds after a statement."""
    script = f"{statement}\nimport sys\nprint()\nprint(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(ran.stdout.splitlines()[-1].split())


def imported_from(names: Iterable[str], product: Sequence[house.Module]) -> set[str]:
    """Return the modules that some modules import, and these import in their turn, with packages.

    An import inside a function counts.
    """
    imports = {module.name: module.imports for module in product}
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [*imports[name], *filter(None, [name.rpartition(".")[0]])]
    return found


def running(*words: str) -> str:
    """Return the statement that runs a command to its end and swallows its exit."""
    return (
        f"import sys\nsys.argv = ['pmo', *{list(words)!r}]\nfrom pmo_cli.app import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )


def test_no_limit_of_the_house_is_broken() -> None:
    assert list(house.broken_limits(house.modules(house.HOUSE))) == []


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_heavy_library_has_one_owner(imported: Mapping[Path, set[str]], library: str) -> None:
    strangers = [
        str(path)
        for path, libraries in imported.items()
        if library in libraries and not str(path).startswith(OWNERS[library] or ("nobody",))
    ]
    assert strangers == []


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_no_domain(option: str) -> None:
    loaded = loaded_by(running(option))
    assert "pmo_cli" in loaded
    assert loaded.isdisjoint({"portfolio", "yaml", "pandas", "numpy", "networkx", "jinja2"})


def test_validate_does_not_pay_for_pandas_numpy_networkx_or_jinja(repository: Path) -> None:
    loaded = loaded_by(running("-C", str(repository / "examples" / "meridian"), "validate"))
    assert "yaml" in loaded
    assert loaded.isdisjoint({"pandas", "numpy", "networkx", "jinja2"})


def test_validate_imports_only_the_rules_that_are_selected_and_what_they_need(
    repository: Path, product: Sequence[house.Module]
) -> None:
    folder = str(repository / "examples" / "meridian")
    loaded = loaded_by(running("-C", folder, "validate", "--select", "RSK"))
    modules = {code: rule.check.__module__ for code, rule in all_rules().items()}
    stating = {module for code, module in modules.items() if code.startswith("RSK-")}
    needed = imported_from(stating, product)
    assert stating <= loaded & set(modules.values()) <= needed
    assert {each for each in loaded if each.startswith("portfolio.analysis.")} <= needed


def test_show_imports_only_the_columns_of_the_kind(repository: Path) -> None:
    folder = str(repository / "examples" / "meridian")
    loaded = loaded_by(running("-C", folder, "show", "objective"))
    columns = {each for each in loaded if each.endswith("columns") and "analysis." in each}
    assert columns == {"portfolio.analysis.columns", "portfolio.analysis.strategy.columns"}


def test_no_date_is_written_in_a_way_that_only_some_systems_know(
    product: Sequence[house.Module],
) -> None:
    """`%-d` is not in the standard: it fails on Windows."""
    paths = [ROOT / module.path for module in product]
    assert [str(path) for path in paths if "%-" + "d" in path.read_text(encoding="utf-8")] == []


def test_importing_any_module_has_no_side_effect_that_warns(
    product: Sequence[house.Module],
) -> None:
    names = [m.name for m in product if not m.name.endswith("__main__")]
    script = "import importlib, sys\nfor name in sys.argv[1:]:\n    importlib.import_module(name)"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *names],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (ran.stdout, ran.stderr) == ("", "")


def test_every_layer_of_the_contract_exists_and_every_package_is_in_it(
    product: Sequence[house.Module],
) -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = stated["tool"]["importlinter"]["contracts"][0]
    layers = {name.strip(" ()") for line in contract["layers"] for name in line.split("|")}
    present = {
        ".".join(module.name.split(".")[:2])
        for module in product
        if module.name.startswith("portfolio.")
    }
    assert present | {"pmo_cli"} == layers


class TestTheFiguresThemselves:
    """A limit that cannot be seen broken is no limit."""

    @pytest.fixture
    def sinner(self, tmp_path: Path) -> house.Module:
        """Return one module that breaks what it can."""
        body = "\n".join(f"    x = {number}" for number in range(house.FUNCTION_LINES))
        (tmp_path / "area").mkdir()
        path = tmp_path / "area" / "utils.py"
        path.write_text(f"def long(a, b: int) -> int:\n{body}\n    return a\n" + "\n" * 300)
        return house.modules(["area"], tmp_path)[0]

    def test_a_long_module_a_long_function_and_a_missing_annotation_are_told(
        self, sinner: house.Module
    ) -> None:
        assert list(house.broken_limits([sinner])) == [
            "area/utils.py: 362 lines; a module has at most 300",
            "area/utils.py: 'utils' says nothing; name what it holds",
            "area/utils.py:1: long(): 62 lines; a function has at most 60",
            "area/utils.py:1: long(): 1 parameters or results untyped",
        ]

    def test_a_cycle_is_told_with_its_path(self, tmp_path: Path) -> None:
        (tmp_path / "area").mkdir()
        (tmp_path / "area" / "one.py").write_text("from area import two\n")
        (tmp_path / "area" / "two.py").write_text(
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from area.one import x\n"
        )
        found = list(house.broken_limits(house.modules(["area"], tmp_path)))
        assert len(found) == 1
        assert found[0].startswith("import cycle: area.")
        assert {"area.one", "area.two"} <= set(found[0].split(": ")[1].split(" → "))


def test_no_public_function_is_there_for_its_tests_alone() -> None:
    """It is to be used, or to go: `make figures` names it."""
    assert only_tested(house.PRODUCT, ROOT) == ()


@pytest.mark.parametrize(
    ("caller", "unused"),
    [
        ("", ["forgotten", "area"]),
        ("from portfolio.sums import forgotten\n", ["area"]),
        ("from portfolio import sums\nsums.forgotten()\n", ["area"]),
        ("def forgotten(square):\n    return square.area\n", ["forgotten"]),
    ],
)
def test_a_function_of_the_same_name_elsewhere_does_not_hide_one_that_nothing_uses(
    tmp_path: Path, caller: str, unused: list[str]
) -> None:
    (tmp_path / "portfolio").mkdir()
    (tmp_path / "portfolio" / "sums.py").write_text(
        "def forgotten(n):\n    return forgotten(n - 1)\n\n\n"
        "class Square:\n    @property\n    def area(self):\n        return 1\n\n\n"
        "@column(Square)\ndef shown(square):\n    return 1\n"
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "caller.py").write_text(caller)
    found = only_tested(["portfolio"], tmp_path)
    assert [each.rpartition(" ")[2].removesuffix("()") for each in found] == unused
