"""The programs that some tests need besides Python; `make test-all` installs them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

_NODE_MODULES = Path(__file__).resolve().parents[1] / "build" / "node" / "node_modules"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def are_promised() -> bool:
    """Tell whether all of them are said to be there, and what needs them is to be run."""
    return bool(os.environ.get("PMO_TEST_MORE"))


def browser() -> str:
    """Return the path of Chromium; PMO_CHROMIUM names another one."""
    names = (os.environ.get("PMO_CHROMIUM", ""), *_BROWSERS)
    found = next(filter(None, (shutil.which(name) for name in names if name)), None)
    return found or _missing("Chromium")


def java() -> str:
    """Return the path of the Java runtime."""
    return shutil.which("java") or _missing("Java")


def node() -> str:
    """Return the path of Node."""
    return shutil.which("node") or _missing("Node")


def node_file(*parts: str) -> Path:
    """Return a file of a package that npm has installed."""
    path = _NODE_MODULES.joinpath(*parts)
    if not path.is_file():
        _missing(f"the npm package {parts[0]}")
    return path


def python_tool(module: str) -> list[str]:
    """Return the command that runs a tool that is a Python package."""
    if importlib.util.find_spec(module) is None:
        _missing(module)
    return [sys.executable, "-m", module]


def package_index() -> None:
    """Need a package index: the network, or what pip is told to use instead."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--retries=1",
            "-d",
            folder,
        ]
        if subprocess.run([*command, "hatchling"], capture_output=True, check=False).returncode:
            _missing("a package index for pip")


def _missing(what: str) -> str:
    """Skip the test; fail it where everything was promised to be there."""
    if are_promised():
        pytest.fail(f"{what} is missing although PMO_TEST_MORE says it is installed")
    pytest.skip(f"needs {what}: make test-all installs it")
