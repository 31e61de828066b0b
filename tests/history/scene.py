"""A pull request as it arrives in a clone, the repository that attacks want to be asked, a trap."""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

from typer.main import get_command

from pmo_cli import app
from pmo_cli.app import build
from tests.cli.repositories import FILES, PROJECT, commit, git, new_repository

BASE = "origin/main"
PLAN = {
    "portfolio/plan.yaml": "milestone: {id: live, project: atlas, name: Go, baseline: 2026-06-01}\n"
    "activity: {id: build, project: atlas, duration: 10d}\n"
}
FORGED = "FORGED"
ATLAS = "portfolio/atlas.yaml"
MOVED = PROJECT.replace("baseline_finish: 2026-06-30", "baseline_finish: 2026-09-30")
"""What the pull request does: it moves an approved baseline, which a comparison finds."""


@dataclass(frozen=True)
class Said:
    """What a command said."""

    status: int
    out: str
    err: str


def pmo(folder: Path, *words: str) -> Said:
    """Run a command on a portfolio, in this process: a hundred of them take seconds."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err), patch.object(app, "build", _built):
        try:
            app.main(["-C", str(folder), *words])
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Said(status, out.getvalue(), err.getvalue())


@cache
def _built() -> object:
    """Return the commands, put together once: that takes longer than most of them do."""
    return get_command(build())


@dataclass(frozen=True)
class Scene:
    """A copy of a clone to attack, and what an attack can use; all else lies outside of it."""

    top: Path
    upstream: Path
    forged: Path
    program: Path
    """Touches ``fired`` when it runs."""
    fired: Path
    listener: socket.socket

    @property
    def portfolio(self) -> Path:
        return self.top / "portfolio"

    @property
    def git(self) -> Path:
        return self.top / ".git"

    @property
    def url(self) -> str:
        """Return the address of somebody who notices being called."""
        return f"127.0.0.1:{self.listener.getsockname()[1]}"

    def configure(self, text: str) -> None:
        """Write into the repository's configuration; PROGRAM and URL are the trap's."""
        text = text.replace("PROGRAM", str(self.program)).replace("URL", self.url)
        with (self.git / "config").open("a", encoding="utf-8") as stream:
            stream.write(text)

    def clone_of(self, files: dict[str, str | Path]) -> None:
        """Commit files on the branch of the pull request, and clone what that gives."""
        source = self.top.with_name("attacker")
        git(self.top.parent, "clone", "-q", str(self.upstream), str(source))
        git(source, "branch", "-q", "main", BASE)
        for name, content in files.items():
            if isinstance(content, Path):
                shutil.copytree(content, source / name, dirs_exist_ok=True)
            else:
                (source / name).write_text(content)
                (source / name).chmod(0o755)
        commit(source, {})
        shutil.rmtree(self.top)
        git(self.top.parent, "clone", "-q", str(source), str(self.top))

    @property
    def is_sprung(self) -> bool:
        """Tell whether a program ran or anybody was called."""
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return self.fired.exists()
        return True


@dataclass(frozen=True)
class Stage:
    """Where scenes are set: the repositories that all of them start from."""

    place: Path
    upstream: Path
    clone: Path
    forged: Path

    def scene(self, folder: Path) -> Iterator[Scene]:
        """Copy the clone for one attack, and set the trap."""
        shutil.copytree(self.clone, folder / "clone", symlinks=True)
        program, fired = folder / "program.sh", folder / "fired"
        program.write_text(f"#!/bin/sh\ntouch '{fired}'\n")
        program.chmod(0o755)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.setblocking(False)
            yield Scene(folder / "clone", self.upstream, self.forged, program, fired, listener)


def new_stage(place: Path) -> Stage:
    """Make the repositories: a pull request with its report, its clone, and a forged one."""
    upstream = new_repository(place / "upstream", FILES | PLAN)
    git(upstream, "checkout", "-q", "-b", "change")
    commit(upstream, {ATLAS: MOVED})
    page = pmo(upstream / "portfolio", "report", "board")
    commit(upstream, {"portfolio/board.md": page.out})
    git(place, "clone", "-q", str(upstream), "clone")

    forged = new_repository(
        place / "forged", FILES | PLAN | {ATLAS: MOVED.replace("Atlas", FORGED)}
    )
    git(forged, "checkout", "-q", "-b", "change")
    git(forged, "update-ref", f"refs/remotes/{BASE}", "main")
    return Stage(place, upstream, place / "clone", forged)


def asked_of_git(folder: Path, *words: str) -> str:
    """Return what git itself answers in a folder, whatever comes of it."""
    try:
        return subprocess.run(
            ("git", *words),
            cwd=folder,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            input="url=http://example.invalid\n\n",
            timeout=3,
        ).stdout
    except subprocess.TimeoutExpired:  # it waits for whoever was called
        return ""
