"""The Pythons of a machine, and an environment of each with the versions of one list."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

WANTED = ("3.11", "3.12", "3.13")
ROOT = Path(__file__).resolve().parents[2]
_VERSION = "import sys; print('%d.%d' % sys.version_info[:2])"


def found_pythons() -> Mapping[str, Path]:
    """Return the first Python of each wanted version: this one, one of pyenv's, the PATH's."""
    found: dict[str, Path] = {}
    for path in _candidates():
        if set(WANTED) <= found.keys():
            break
        version = _version_of(path)
        if version in WANTED:
            found.setdefault(version, path)
    return dict(sorted(found.items()))


def _candidates() -> Iterator[Path]:
    yield Path(sys.executable)
    home = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for version in WANTED:
        yield from sorted(home.glob(f"versions/{version}.*/bin/python"), reverse=True)
        if on_path := shutil.which(f"python{version}"):
            yield Path(on_path)


def _version_of(path: Path) -> str | None:
    """Return the version of a Python; None where it does not run, as a shim of pyenv may not."""
    done = subprocess.run([path, "-c", _VERSION], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def environment_of(python: Path, folder: Path, constraints: Path | None) -> Path:
    """Return the Python of an environment with the package, made anew where its list changed."""
    stated = [ROOT / "pyproject.toml", *filter(None, [constraints])]
    state = hashlib.sha256(b"".join(path.read_bytes() for path in stated)).hexdigest()
    inside, stamp = folder / "bin" / "python", folder / "installed"
    if stamp.is_file() and stamp.read_text() == state:
        return inside
    subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
    listed = ["--constraint", str(constraints.resolve())] if constraints else []
    install = [str(inside), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*install, *listed, "--editable", ".[pdf]"], cwd=ROOT, check=True)
    stamp.write_text(state)
    return inside
