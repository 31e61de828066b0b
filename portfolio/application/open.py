"""From where a portfolio lies to what was loaded: what every answer stands on."""

from __future__ import annotations

import gc
import shlex
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.application.failure import Failure
from portfolio.application.journal import reading
from portfolio.view.audience import EVERYBODY, Audience
from portfolio.view.view import view_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from portfolio.application.validation.concealment import Secrets
    from portfolio.diagnostic import Diagnostic
    from portfolio.loading.loader import Loaded
    from portfolio.view.view import View

_THEM = {False: "it", True: "them"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a portfolio lies, and the day on which it is judged.

    ``folder`` holds the `pmo.yaml`; where it is not ``exact``, the nearest one upwards counts.
    ``as_of`` goes before the day in `pmo.yaml`, ``today`` behind it. ``environment`` is what git
    sees; ``overlays`` are folders whose files are laid over the portfolio. ``audience`` is who
    looks.
    """

    folder: Path
    today: date
    as_of: date | None = None
    overlays: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict, hash=False)
    exact: bool = True
    audience: Audience = EVERYBODY

    @property
    def root(self) -> Path:
        """Return the portfolio's folder; a Failure where there is none."""
        from portfolio.loading.discovery import find_root

        try:
            if not self.exact:
                root = find_root(self.folder.resolve())
            else:
                root = self.folder if (self.folder / "pmo.yaml").is_file() else None
        except OSError:  # what stands there may not be looked at
            root = None
        if root is None:
            from portfolio.application.wrong_folder import not_a_portfolio

            raise not_a_portfolio(self.folder)
        return root

    @property
    def folders(self) -> Mapping[str, Path]:
        """Return the folders by the beginning of the paths that findings in them have."""
        return {"": self.root} | {f"{each.as_posix()}/": each for each in self.overlays}


@dataclass(frozen=True, slots=True)
class Opened:
    """A portfolio that was loaded, with all that was found on the way, and what to say of it."""

    origin: Origin
    root: Path
    view: View
    loaded: Loaded
    notes: tuple[str, ...] = ()

    @property
    def hidden_files(self) -> frozenset[str]:
        """Return the paths of files that hold only what those who look do not see."""
        return self._secrets.files if self._secrets is not None else frozenset()

    def shown_texts(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        """Return the texts of files, without the lines that those who look do not see."""
        texts, secrets = self.loaded.texts, self._secrets
        known = (path for path in paths if path in texts)
        return {path: texts[path] if secrets is None else secrets.shown(path) for path in known}

    @property
    def _secrets(self) -> Secrets | None:
        from portfolio.application.validation.concealment import Secrets

        if self.loaded.portfolio is None or not self.view.hidden:
            return None
        return Secrets(self.loaded.portfolio, self.loaded.texts, self.view.hidden)

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Return every finding, as those who look may know it."""
        from portfolio.application.validation.findings import judge

        return judge(self.loaded, audience=self.view.audience)


def open_portfolio(origin: Origin, *, checks: bool = False) -> Opened:
    """Load the portfolio; a Failure with the findings where its `pmo.yaml` cannot be used.

    The notes tell that it is empty, but where the caller ``checks`` and shows all findings.
    """
    for overlay in origin.overlays:
        if not overlay.is_dir():
            message = f"--with {overlay}: there is no such folder"
            raise Failure(message)
    root = origin.root
    with ExitStack() as held:
        for folder in (root, *origin.overlays):
            held.enter_context(reading(folder, finishing(root, origin.overlays)))
        loaded = _load(root, origin)
    if loaded.portfolio is None:
        message = "pmo.yaml cannot be used"
        raise Failure(message, "", loaded.diagnostics, loaded.texts)
    view = view_of(loaded.portfolio, origin.audience)
    notes = tuple(_of_empty(loaded, checks=checks)) if loaded.is_empty else ()
    if view.confidential and not checks:
        notes = (*notes, _left_out(view))
    return Opened(origin, root, view, loaded, notes)


def _left_out(view: View) -> str:
    from portfolio.rules.phrases import counted

    left_out = counted(view.confidential, "confidential project")
    return f"without {left_out}; --include-confidential shows {_THEM[view.confidential > 1]}"


def finishing(root: Path, overlays: Iterable[Path]) -> str:
    """Return the command that finishes what a writer left behind in one of these folders."""
    words = ["pmo", "-C", str(root), *(word for each in overlays for word in ("--with", str(each)))]
    return shlex.join([*words, "validate", "--fix"])


def _load(root: Path, origin: Origin) -> Loaded:
    from portfolio.loading.loader import load

    # Loading makes millions of objects and no garbage; collecting would double its time.
    gc.disable()
    try:
        return load(root, today=origin.today, as_of=origin.as_of, overlays=origin.overlays)
    finally:
        gc.freeze()  # what was loaded stays; the rules need not have it walked again
        gc.enable()


def _of_empty(loaded: Loaded, *, checks: bool) -> Iterator[str]:
    """Say what an empty portfolio lacks, before a report of nothing looks like a good one."""
    found = next((each for each in loaded.diagnostics if each.code == "CFG-EMPTY"), None)
    if found and checks:
        return
    yield f"warning: {found.message}" if found else "the portfolio is empty: only its pmo.yaml"
    yield f"hint: {found.hint if found else '`pmo new project` prints what a project needs'}"
