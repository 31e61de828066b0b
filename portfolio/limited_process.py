"""A child process with limits, for work on what strangers wrote.

The child gets bytes and gives bytes. It has no environment, and once it has loaded its code it can
open no file and no connection, start no process, and write nothing but its answer. Time, memory
and the length of the answer are limited; whatever becomes of it, the parent only reads plain bytes.

Python on Windows sets no limits on a process: there the time and the length of the answer hold.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Timer
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

# `-I -S -B`: no variable, folder or customisation of the user's has a say in the child.
_BOOT = "import sys; sys.path[:] = sys.argv[1:]; import portfolio.limited_process as p; p.serve()"
_NEEDED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
"""What Python itself may need to start."""

_ANSWER, _REFUSAL, _MEMORY, _FAILURE = b"+", b"-", b"m", b"!"
_COMPLAINT = 4096
"""Of what a child says is wrong, which a stranger's file can make as long as it likes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take: seconds of time, bytes of memory and bytes of answer."""

    seconds: int = 30
    memory: int = 1 << 30
    answer: int = 64 << 20


class Refused(Exception):  # noqa: N818 - it is a fact about what was handed in
    """What the work says is wrong with what it was given, with a hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the sentence and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class Stopped(Exception):  # noqa: N818 - the limit did what it is for
    """How a child ended without an answer: at which limit, or of what else; in words."""

    def __init__(self, at: Literal["time", "memory", "answer", "failure"], words: str) -> None:
        """Keep the limit and the words, which continue a sentence: `it …`."""
        super().__init__(words)
        self.at = at
        self.words = words


def run_limited(module: str, payload: bytes, limits: Limits) -> bytes:
    """Return what a module's function ``answer`` makes of bytes, in a child of its own.

    Raise Refused for what it says of them, and Stopped where it came to no answer.
    """
    is_late = Event()

    def stop() -> None:
        is_late.set()
        _end(child)

    with _child() as child:
        assert child.stdin and child.stdout and child.stderr  # noqa: PT018, S101 - all are pipes
        timer = Timer(limits.seconds, stop)
        timer.start()
        try:
            # A child that ended before it had read all tells why by its status.
            with suppress(BrokenPipeError), child.stdin as request:
                pickle.dump((module, limits, payload), request)
            reply = child.stdout.read(limits.answer + 2)
            if len(reply) <= limits.answer + 1:
                child.wait()
        finally:
            timer.cancel()
            _end(child)
        complaint = child.stderr.read(_COMPLAINT).decode("utf-8", "replace")
        if is_late.is_set():
            raise _stopped("time", limits)
        if len(reply) > limits.answer + 1:
            raise _stopped("answer", limits)
        return _answer(child.wait(), reply, complaint, limits)


def _answer(status: int, reply: bytes, complaint: str, limits: Limits) -> bytes:
    """Return the answer that a child gave before it ended; raise what it gave instead."""
    kind, content = (reply[:1], reply[1:]) if status == 0 else (b"", b"")
    if kind == _ANSWER:
        return content
    if kind == _REFUSAL:
        raise Refused(*(str(text)[:_COMPLAINT] for text in json.loads(content)))
    if kind == _FAILURE:
        raise Stopped("failure", f"failed: {content.decode('utf-8', 'replace')[:_COMPLAINT]}")
    if kind == _MEMORY or "memory allocation" in complaint or "MemoryError" in complaint:
        raise _stopped("memory", limits)
    if status < 0 and signal.Signals(-status).name == "SIGXCPU":
        raise _stopped("time", limits)
    how = f"by {signal.Signals(-status).name}" if status < 0 else f"with exit status {status}"
    said = complaint.strip().rpartition("\n")[2]
    raise Stopped("failure", f"was ended {how}" + (f": {said}" if said else ""))


def _stopped(at: Literal["time", "memory", "answer"], limits: Limits) -> Stopped:
    words = {
        "time": f"took longer than {limits.seconds} second{'s' * (limits.seconds != 1)}",
        "memory": f"took more than {limits.memory >> 20:,} MiB of memory",
        "answer": f"gave more than {limits.answer >> 20:,} MiB",
    }
    return Stopped(at, words[at])


@contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    """Start a Python that knows where our code lies and nothing else; end it in any case."""
    paths = [os.path.abspath(path) for path in sys.path]  # noqa: PTH100 - "" is where we are
    child = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-I", "-S", "-B", "-c", _BOOT, *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={name: os.environ[name] for name in _NEEDED if name in os.environ},
        start_new_session=True,
    )
    with child:
        try:
            yield child
        finally:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill a child with whatever it may have started."""
    if child.poll() is None:
        with suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL) if os.name == "posix" else child.kill()


def serve() -> None:  # pragma: no cover - runs in the child, into which no measuring reaches
    """Answer the one request on standard input: the child's side."""
    module, limits, payload = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent
    _limit(limits)
    work = importlib.import_module(module).answer
    _lock()
    kind, content = _ANSWER, b""
    try:
        content = work(payload)
    except Refused as error:
        kind, content = _REFUSAL, json.dumps([error.message, error.hint]).encode()
    except MemoryError:
        kind = _MEMORY
    except BaseException as error:  # noqa: BLE001 - a panic of a library in Rust is not an Exception
        kind, content = _FAILURE, f"{type(error).__name__}: {error}".encode("utf-8", "replace")
    sys.stdout.buffer.write(kind)
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing is left that would have to be put in order


def _limit(limits: Limits) -> None:  # pragma: no cover - the same
    """Set what the kernel holds the child to, as far as this system knows it."""
    try:
        import resource
    except ImportError:
        return
    for name, soft, hard in (
        ("RLIMIT_AS", limits.memory, limits.memory),
        ("RLIMIT_CPU", limits.seconds, limits.seconds + 1),
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_NPROC", 0, 0),
    ):
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (soft, hard))


def _lock() -> None:  # pragma: no cover - the same
    """Let no file and no connection be opened from here on; those that are open stay."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
