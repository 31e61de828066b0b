"""What a page tells a reader to type, typed: block by block, from an empty folder.

Every block of ``bash``, ``sh`` or ``console`` is run in the order of the page, ``cd`` included. A
comment in front of a place says what else there is to it:

``<!-- output: [lines=N] pmo … -->`` to ``<!-- end -->``
    shows what a command prints here, the first N lines of it; ``make docs`` writes it again.
``<!-- file: NAME -->``
    the block that follows is the text of a file, which the reader copies.
``<!-- given: PATH [as NAME] -->``
    a file or folder of the repository, which the reader copies too.
``<!-- in an empty folder -->``
    what follows starts anew.
``<!-- not run: REASON -->``
    the block that follows cannot be run by itself.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from pmo_cli.app import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
WIDTH = 94
NOT_FOUND = 127
_INSTALLERS = {"pip", "make"}
_TOKEN = re.compile(
    r"<!-- (?P<word>output|file|given|not run|in an empty folder)(?:: (?P<rest>[^>]*?))? -->\n"
    r"|^```(?P<language>\w*)\n(?P<body>.*?)^```\n",
    re.DOTALL | re.MULTILINE,
)
_OUTPUT = re.compile(r"(?:lines=(?P<lines>\d+) )?(?P<command>pmo .*)")
_END = "<!-- end -->"


@dataclass(frozen=True, slots=True)
class Ran:
    """A line that was typed, its exit status and what it printed."""

    line: str
    status: int
    printed: str


@dataclass(slots=True)
class Played:
    """What became of a page: its text with the outputs of now, and what was run or was not."""

    text: str = ""
    ran: list[Ran] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)


def with_outputs(text: str) -> str:
    """Return a page with the outputs of its commands as they are now."""
    return play(text).text if "<!-- output:" in text else text


def play(text: str) -> Played:
    """Type everything that a page shows, in a folder that is empty at first."""
    played = Played()
    with tempfile.TemporaryDirectory() as folder:
        _play(text, _Desk(Path(folder)), played)
    return played


def _play(text: str, desk: _Desk, played: Played) -> None:
    position, word, rest = 0, "", ""
    while token := _TOKEN.search(text, position):
        played.text += text[position : token.end()]
        position = token.end()
        if token["word"] == "output":
            end = text.index(_END, position)
            played.text += _shown(token["rest"], desk, played)
            position = end
        elif token["word"]:
            word, rest = token["word"], token["rest"] or ""
            desk.prepare(word, rest)
        else:
            if word == "file":
                (desk.here / rest).write_text(token["body"], encoding="utf-8")
            elif word == "not run":
                played.not_run.append(rest)
            elif token["language"] in {"bash", "sh", "console"}:
                _run_block(token["body"], desk, played)
            word = ""
    played.text += text[position:]


def _run_block(body: str, desk: _Desk, played: Played) -> None:
    for line in body.replace("\\\n", " ").splitlines():
        typed = line.removeprefix("$ ")
        words = shlex.split(typed, comments=True)
        if words and words[0] in _INSTALLERS:
            played.not_run.append(shlex.join(words))
            words = words[words.index("&&") + 1 :] if "&&" in words else []
        if words:
            played.ran.append(desk.run(typed, words))


def _shown(rest: str, desk: _Desk, played: Played) -> str:
    """Return a block with a command and what it prints, without the time that it took."""
    wanted = _OUTPUT.fullmatch(rest)
    if wanted is None:
        raise ValueError(rest)
    command = wanted["command"]
    ran = desk.run(command, shlex.split(command))
    # A page that shows findings (1) is fine; one that shows a usage error or a bug of ours is not.
    played.ran.append(Ran(command, 0 if ran.status == 1 else ran.status, ran.printed))
    timeless = re.sub(r"\d+\.\d\d s, ", "", ran.printed)
    shown = [line.rstrip() for line in timeless.strip("\n").splitlines()]
    if wanted["lines"] and len(shown) > int(wanted["lines"]):
        shown = [*shown[: int(wanted["lines"])], "…"]
    return "\n".join(["```text", f"$ {command}", *shown, "```"]) + "\n"


@dataclass(slots=True)
class _Desk:
    """Where a reader sits: an empty folder, and the folder in it that they are in."""

    home: Path
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        self.prepare("in an empty folder", "")

    def prepare(self, word: str, rest: str) -> None:
        """Start anew, or put a file of the repository on the desk."""
        if word == "in an empty folder":
            self.here = Path(tempfile.mkdtemp(dir=self.home))
        elif word == "given":
            path, _, name = rest.partition(" as ")
            source, target = ROOT / path, self.here / (name or Path(path).name)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)

    def run(self, line: str, words: list[str]) -> Ran:
        """Run the commands of a line until one fails."""
        printed, status = "", 0
        while words and status == 0:
            end = words.index("&&") if "&&" in words else len(words)
            status, more = self._run(words[:end])
            printed, words = printed + more, words[end + 1 :]
        return Ran(line, status, printed)

    def _run(self, words: list[str]) -> tuple[int, str]:
        into = ""
        if ">" in words:
            words, into = words[: words.index(">")], words[words.index(">") + 1]
        if words[0] == "cd":
            there = (self.here / words[1]).resolve()
            self.here = there if there.is_dir() else self.here
            return (0, "") if self.here == there else (1, f"cd: no such folder: {words[1]}\n")
        if words[0] == "git":
            done = subprocess.run(words, cwd=self.here, capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr
        if words[0] != "pmo":
            return NOT_FOUND, f"{words[0]}: not found"
        status, printed = _pmo(words[1:], self.here)
        if into:
            (self.here / into).write_text(printed, encoding="utf-8")
        return status, "" if into else printed


def _pmo(words: list[str], folder: Path) -> tuple[int, str]:
    """Run `pmo` in this process: a page has many commands, and most of a short one is starting."""
    screen = StringIO()
    with (
        patch.dict(os.environ, {"COLUMNS": str(WIDTH), "NO_COLOR": "1"}),
        chdir(folder),
        redirect_stdout(screen),
        redirect_stderr(screen),
    ):
        try:
            status: object = main(words)
        except SystemExit as done:
            status = done.code or 0
    return status if isinstance(status, int) else 1, screen.getvalue()
