"""What is wrong with an answer, whatever was asked: nothing here knows what it should have said."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.hostile.attacks import CONTROLS
from tests.same_bytes.questions import Words


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended, what it said, what it wrote, and what it left beside the portfolio."""

    words: Words
    status: int
    out: bytes
    err: bytes
    written: Mapping[str, bytes]
    left: tuple[str, ...]
    seconds: float
    """Of processor time, which does not depend on what else runs."""


_COMMAND = re.compile(r"\s*::|.*?##\w*\[")
"""What the logs of CI services obey, in a line that ends as they end it: also at a lone return."""
_OURS = re.compile(r"::(error|warning|notice) ((\w+=[^,:]*)(,\w+=[^,:]*)*)::.+")
_STEERING = re.compile(f"[{re.escape(''.join(CONTROLS))}]|\r(?!\n)")
_WARNING = re.compile(r"^.*\.py:\d+: \w*Warning: .*", re.MULTILINE)


def faults(answer: Answer) -> Iterator[str]:
    """Yield what is wrong, each in a few words that are the same for the same fault."""
    err = answer.err.decode("utf-8", "replace")
    yield from _ended(answer, err)
    if warned := _WARNING.search(err):
        yield f"Python warns: {warned[0]}"
    form = _format_of(answer.words)
    is_text = form != "xlsx"
    if is_text:
        out = answer.out.decode("utf-8", "replace")
        yield from obeyed(out, form or "text")
        yield from _steered(out, "stdout")
    yield from obeyed(err, "stderr")
    yield from _steered(err, "stderr")
    if answer.left and "--write-baseline" not in answer.words:
        yield f"left in the portfolio: {answer.left}"
    if answer.status in {0, 1}:
        yield from _incomplete(answer, form)
    elif answer.status == 2 and (answer.out or answer.written):
        yield f"refused, and half an answer: {answer.out[:80]!r} {[*answer.written]}"


def _ended(answer: Answer, err: str) -> Iterator[str]:
    if "Traceback (most recent call last)" in err:
        yield f"traceback: {_last_of(err)}"
    elif answer.status < 0:
        yield f"ended by {signal.Signals(-answer.status).name}"
    elif answer.status not in {0, 1, 2}:
        yield f"exit status {answer.status}: {err[-300:]}"


def _last_of(err: str) -> str:
    """Return where the traceback ends, and the error without what is the user's."""
    places = re.findall(r'File "[^"]*?((?:portfolio|pmo_cli)/[^"]+)", line (\d+)', err)
    where = ":".join(places[-1]) if places else "?"
    named = re.search(
        r"^(?:error: a bug in pmo: )?(\w+(?:Error|Exception|Failure)\b.{,60})", err, re.MULTILINE
    )
    return f"{named[1] if named else '?'} at {where}"


def obeyed(text: str, form: str) -> Iterator[str]:
    """Yield what CI obeys in a text."""
    for line in re.split("[\r\n]", text):
        if (found := _COMMAND.match(line)) and not (form == "github" and _OURS.fullmatch(line)):
            yield f"{form}: CI obeys {found[0].strip()[-12:]!r}"
            return


def _steered(text: str, where: str) -> Iterator[str]:
    if found := _STEERING.search(text):
        yield f"{found[0]!r} in {where}"


# --- whole answers ----------------------------------------------------------------------------


def _format_of(words: Words) -> str:
    if "--format" in words:
        return words[words.index("--format") + 1]
    return words[1] if words[0] == "export" else ""


def _incomplete(answer: Answer, form: str) -> Iterator[str]:
    """Yield why an answer is not one whole document of its format."""
    read = _READERS.get((answer.words[0], form)) or _READERS.get(("", form))
    for content in [*answer.written.values()] or [answer.out]:
        try:
            if read is not None:
                read(content)
        except (ValueError, ET.ParseError, AssertionError, zipfile.BadZipFile, csv.Error) as error:
            yield f"no whole {form}: {type(error).__name__} {error!s:.60}"
            return


def _csv(content: bytes) -> None:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1, "rows differ in length"


def _workbook(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.testzip() is None


def _xml(content: bytes) -> None:
    ET.fromstring(content)  # noqa: S314 - our own words


def _ending(*endings: bytes) -> Callable[[bytes], None]:
    def read(content: bytes) -> None:
        assert content.rstrip().endswith(endings), "it ends in the middle"

    return read


_READERS: Mapping[tuple[str, str], Callable[[bytes], None]] = {
    ("", "json"): lambda content: void(json.loads(content)),
    ("", "sarif"): lambda content: void(json.loads(content)),
    ("", "gitlab"): lambda content: void(json.loads(content)),
    ("", "junit"): _xml,
    ("", "mspdi"): _xml,
    ("", "svg"): _xml,
    ("", "graphml"): _xml,
    ("", "csv"): _csv,
    ("", "xlsx"): _workbook,
    ("", "html"): _ending(b"</html>", b"-->"),
    ("", "ics"): _ending(b"END:VCALENDAR"),
}


def void(_: object) -> None:
    """Forget a value."""
