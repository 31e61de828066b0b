"""Selectors on the command line: what they choose, and a failure that names the nearest word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.application.open import Opened
    from portfolio.diagnostic import Diagnostic
    from portfolio.view.view import View


def chosen_ids(
    portfolio: View, selectors: Sequence[str], exclude: Sequence[str] = ()
) -> frozenset[str]:
    """Return the ids that selectors choose; a Failure for one that cannot be read."""
    from portfolio.application.selector import SelectorError, select
    from portfolio.spelling import nearest

    try:
        return frozenset(select(portfolio, selectors, exclude))
    except SelectorError as error:
        near = nearest(error.unknown, error.known) if error.unknown else []
        hint = f"did you mean {' or '.join(near)}?" if near else ""
        raise Failure(str(error), hint) from None


def chosen_parts(portfolio: View, selectors: Sequence[str] | None) -> frozenset[str] | None:
    """Return the ids that selectors choose and all that belongs to them; None for no selector."""
    from portfolio.view.parts import belonging

    return belonging(portfolio, chosen_ids(portfolio, selectors)) if selectors else None


def limited(
    opened: Opened,
    findings: Sequence[Diagnostic],
    words: Sequence[str],
    exclude: Sequence[str] = (),
) -> tuple[Diagnostic, ...]:
    """Keep the findings in files and on entities that are meant.

    A word that is the path of a file or folder means what is in it, any other is a selector and
    means what it selects and what belongs to that. ``exclude`` holds selectors. With a selector,
    a file that cannot be read stays: nobody knows whether it holds what is meant.
    """
    from portfolio.view.parts import belonging

    portfolio = opened.view
    paths = [_seen_path(word, opened) for word in words]
    selectors = [word for word, path in zip(words, paths, strict=True) if path is None]
    wanted = belonging(portfolio, _chosen(portfolio, selectors)) if selectors else ()
    left_out = belonging(portfolio, chosen_ids(portfolio, exclude)) if exclude else ()
    return tuple(
        found
        for found in findings
        if (
            not words
            or found.entity in wanted
            or _lies_in(found, paths)
            or (selectors and found.severity is Severity.ERROR and found.code.startswith("YML-"))
        )
        and found.entity not in left_out
    )


def _chosen(portfolio: View, selectors: Sequence[str]) -> frozenset[str]:
    """Return what selectors choose; one that looks like a path fails as a path."""
    for word in selectors:
        if ":" not in word and (any(sign in word for sign in "/\\") or _is_file_name(word)):
            message = f"there is no file or folder {word} in the portfolio"
            raise Failure(message)
    return chosen_ids(portfolio, selectors)


def _is_file_name(word: str) -> bool:
    return word.endswith((".yaml", ".yml", ".csv"))


def _seen_path(word: str, opened: Opened) -> str | None:
    """Return the path of a word inside the portfolio; None for none, and where all is hidden."""
    path, hidden = _inside(word, opened.root), opened.hidden_files
    if path is None or not hidden:
        return path
    inside = [each for each in opened.loaded.texts if each == path or each.startswith(f"{path}/")]
    return None if inside and hidden.issuperset(inside) else path


def _inside(word: str, root: Path) -> str | None:
    """Return the path of a word inside the portfolio; None where there is no such file."""
    path = Path(word)
    try:
        absolute = path.resolve() if path.exists() else (root / path).resolve()
        if absolute.exists() and absolute.is_relative_to(root.resolve()):
            return absolute.relative_to(root.resolve()).as_posix()
    except OSError:  # too long for a name, say
        return None
    return None


def _lies_in(found: Diagnostic, paths: Sequence[str | None]) -> bool:
    place = found.location.path
    return any(
        path is not None and (path in {".", place} or place.startswith(f"{path}/"))
        for path in paths
    )
