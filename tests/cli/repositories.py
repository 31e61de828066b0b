"""Real git repositories with a portfolio in them, as CI finds them."""

from __future__ import annotations

import subprocess
from pathlib import Path

SETTINGS = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
PEOPLE = "people:\n  - {id: anna, name: Anna Sample}\n"
PROJECT = """\
project:
  id: atlas
  name: Atlas
  sponsor: anna
  status: approved
  start: 2026-01-05
  bac: 1000
  baseline_finish: 2026-06-30
"""
OVERDUE = "actions:\n  - {id: ask, text: Ask, owner: nobody, due: 2026-03-02}\n"

FILES = {
    "portfolio/pmo.yaml": SETTINGS,
    "portfolio/people.yaml": PEOPLE,
    "portfolio/atlas.yaml": PROJECT,
}


def write_files(folder: Path) -> None:
    """Write the portfolio of one project into its folder below this one."""
    for path, text in FILES.items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text)


def git(folder: Path, *arguments: str) -> str:
    """Run git and return what it prints."""
    done = subprocess.run(
        ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def commit(folder: Path, files: dict[str, str]) -> None:
    """Write files and commit everything that lies there."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "Change")


def new_repository(folder: Path, files: dict[str, str]) -> Path:
    """Make a repository whose main branch holds these files."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, files)
    return folder


def copied_checkout(source: Path, target: Path) -> Path:
    """Copy a checkout as its files are now, committed or not, into a repository of its own."""
    target.mkdir()
    listed = git(source, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (source / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((source / name).read_bytes())
    git(target, "init", "-q", "-b", "main")
    commit(target, {})
    return target


def proposed(upstream: Path, files: dict[str, str]) -> None:
    """Open a pull request with these files: the service merges it for the check, nowhere else."""
    git(upstream, "checkout", "-q", "-b", "change")
    commit(upstream, files)
    git(upstream, "checkout", "-q", "--detach", "main")
    git(upstream, "merge", "-q", "--no-ff", "-m", "Merge", "change")
    git(upstream, "update-ref", "refs/pull/1/merge", "HEAD")
    git(upstream, "checkout", "-q", "main")
