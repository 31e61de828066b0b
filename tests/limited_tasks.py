"""What the children of the tests do: each word is an errand, most of them forbidden."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from portfolio.limited_process import Refused


def answer(payload: bytes) -> bytes:
    """Do one errand and give back what came of it."""
    word, _, rest = payload.partition(b" ")
    return _ERRANDS[word.decode()](rest)


def _refuse(rest: bytes) -> bytes:
    raise Refused("holds no sheet", rest.decode())


def _fail(rest: bytes) -> bytes:
    raise KeyError(rest.decode())


def _panic(rest: bytes) -> bytes:
    raise BaseException(rest.decode())  # noqa: TRY002 - a library in Rust does just that


def _environment(_: bytes) -> bytes:
    return ",".join(sorted(os.environ)).encode()


def _loop(_: bytes) -> bytes:
    return str(sum(itertools.count())).encode()


def _sleep(_: bytes) -> bytes:
    time.sleep(600)
    return b""


def _killed(_: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def _exit(rest: bytes) -> bytes:
    sys.stderr.write("first\nthe last word\n")
    sys.stderr.flush()
    os._exit(int(rest))


def _babble(_: bytes) -> bytes:
    while True:
        sys.stdout.buffer.write(b"+" * 100_000)


def _complain(_: bytes) -> bytes:
    while True:
        sys.stderr.write("!" * 100_000)


_ERRANDS: dict[str, Callable[[bytes], bytes]] = {
    "turn": lambda rest: rest[::-1],
    "refuse": _refuse,
    "fail": _fail,
    "panic": _panic,
    "environment": _environment,
    "loop": _loop,
    "sleep": _sleep,
    "fill": lambda rest: b"x" * int(rest),
    "babble": _babble,
    "complain": _complain,
    "killed": _killed,
    "exit": _exit,
    "read": lambda rest: Path(rest.decode()).read_bytes(),
    "write": lambda rest: bytes(Path(rest.decode()).write_bytes(b"x")),
    "list": lambda rest: b",".join(os.listdir(rest)),  # noqa: PTH208
    "connect": lambda _: bytes(socket.create_connection(("127.0.0.1", 9)).fileno()),
    "listen": lambda _: bytes(socket.socket().fileno()),
    "start": lambda rest: subprocess.run([rest], capture_output=True, check=True).stdout,
    "ask": lambda _: sys.stdin.read().encode(),
}
