"""What a folder is that holds no portfolio, and which one is meant."""

from __future__ import annotations

import os
from pathlib import Path

from portfolio.application.failure import Failure

SETTINGS = "pmo.yaml"


def not_a_portfolio(folder: Path) -> Failure:
    """Say what stands at a path where a portfolio was expected, and what to do."""
    known = _obstacle(folder) or another_meant(folder, "-C")
    if known is not None:
        return known
    if not any(folder.iterdir()):
        name = _short(folder)
        here = "" if name == Path() else f" {name}"
        return Failure(f"{folder} is empty", f"`pmo init{here}` starts a portfolio in it")
    message = f"no pmo.yaml in {folder} or above it"
    return Failure(message, "`pmo init` starts a portfolio; -C DIR names one")


def another_meant(folder: Path, option: str) -> Failure | None:
    """Say which portfolio lies below or above a folder that is none; None where there is none."""
    from portfolio.loading.discovery import find_root, in_words, portfolios_below

    below = portfolios_below(folder)
    if below:
        message = f"{folder} is no portfolio, but holds {in_words(below)}"
        return Failure(message, f"name one with {option} {_short(folder / below[0])}")
    root = find_root(folder.resolve())
    if root is not None:
        message = f"{folder} is a folder inside the portfolio {_short(root)}"
        return Failure(message, f"name that with {option} {_short(root)}")
    return None


def _obstacle(folder: Path) -> Failure | None:
    """Return what keeps anybody from looking into a folder, if anything does."""
    if folder.is_file():
        hint = f"-C {_short(folder.parent)} names its folder" if folder.name == SETTINGS else ""
        return Failure(f"{folder} is a file, no folder", hint or "-C names a portfolio's folder")
    if not folder.is_dir():
        return Failure(f"there is no folder {folder}", "-C names a portfolio's folder")
    try:
        settings = folder / SETTINGS
        os.scandir(folder).close()
        if settings.is_dir():
            return Failure(
                f"{settings} is a folder; a portfolio's settings are a file of that name"
            )
        if settings.is_symlink():
            return Failure(f"{settings} is a link that leads nowhere")
    except OSError as error:
        return Failure(f"{folder} cannot be read: {error.strerror}", "may you read the folder?")
    return None


def _short(path: Path) -> Path:
    """Return a path as one would type it here."""
    full, here = path.absolute(), Path.cwd()
    return (
        path
        if not path.is_absolute() or not full.is_relative_to(here)
        else (full.relative_to(here))
    )
