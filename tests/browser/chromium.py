"""Chromium over its debugging pipe: open a page, ask it questions, take its picture.

The pipe speaks JSON documents that end with a zero byte, on file descriptors 3 and 4: no port, no
websocket, nothing to install besides the browser.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

_SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--allow-file-access-from-files",
    "--remote-debugging-pipe",
)
# The browser expects its two ends of the pipes at 3 and 4; they are moved out of the way first,
# because either of them may stand there already.
_START = """
import fcntl, os, sys
reads, writes = (fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3])
os.dup2(reads, 3)
os.dup2(writes, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_ERRORS = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")


class Page:
    """One tab of one browser; it remembers what the console complained about."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        """Open a tab."""
        self._requests = requests
        self._answers = answers
        self._number = 0
        self._session = ""
        self._events: list[dict[str, Any]] = []
        target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        stated = {"targetId": target, "flatten": True}
        self._session = self._ask("Target.attachToTarget", stated)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._ask(f"{domain}.enable")

    def open(self, url: str, width: int, height: int = 900) -> None:
        """Load a page into a window of this size and wait until it stands."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < height}
        self._ask("Emulation.setDeviceMetricsOverride", size)
        self._events.clear()
        self._ask("Page.navigate", {"url": url})
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._read()

    def prefer(self, scheme: str) -> None:
        """Say from now on that the reader prefers a `light` or a `dark` page."""
        wanted = [{"name": "prefers-color-scheme", "value": scheme}]
        self._ask("Emulation.setEmulatedMedia", {"features": wanted})

    def value_of(self, expression: str) -> Any:  # noqa: ANN401 - what the page answers
        """Evaluate JavaScript in the page, await it, and return its value."""
        answer = self._ask(
            "Runtime.evaluate",
            {"expression": expression, "awaitPromise": True, "returnByValue": True},
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def complaints(self) -> list[str]:
        """Return what the console was told as an error or a warning since the page was opened."""
        return [
            json.dumps(event["params"])
            for event in self._events
            if event["method"] in _ERRORS and _is_bad(event)
        ]

    def picture(self, path: Path) -> None:
        """Write a picture of the whole page."""
        stated = {"format": "png", "captureBeyondViewport": True}
        data = self._ask("Page.captureScreenshot", stated)["data"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))

    def slices(self, width: int, scale: float, height: int) -> list[bytes]:
        """Return pictures of the whole page from top to bottom, each at most so high, scaled."""
        whole = self.value_of("document.documentElement.scrollHeight")
        pictures = []
        for top in range(0, whole, height):
            part = {"x": 0, "y": top, "width": width, "height": min(height, whole - top)}
            stated = {"format": "png", "captureBeyondViewport": True,
                      "clip": {**part, "scale": scale}}  # fmt: skip
            data = self._ask("Page.captureScreenshot", stated)["data"]
            pictures.append(base64.b64decode(data))
        return pictures

    def printed(self) -> bytes:
        """Return the page as the browser prints it, on the paper that its style asks for."""
        stated = {"preferCSSPageSize": True, "printBackground": True}
        return base64.b64decode(self._ask("Page.printToPDF", stated)["data"])

    def _ask(self, method: str, stated: Mapping[str, Any] = _NOTHING) -> dict[str, Any]:
        self._number += 1
        request = {"id": self._number, "method": method, "params": dict(stated)}
        if self._session:
            request["sessionId"] = self._session
        self._requests.write(json.dumps(request).encode() + b"\0")
        self._requests.flush()
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _read(self) -> dict[str, Any]:
        """Read one message; events are kept."""
        message = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("the browser has gone away")
            message += byte
        answer: dict[str, Any] = json.loads(message)
        if "method" in answer:
            self._events.append(answer)
        return answer


def _is_bad(event: dict[str, Any]) -> bool:
    stated = event["params"]
    level = stated.get("entry", {}).get("level") or stated.get("type") or "error"
    return level in {"error", "warning", "assert"}


@contextmanager
def opened(browser: str) -> Iterator[Page]:
    """Start a browser with a profile of its own; end it however the test ends."""
    from_us, to_browser = os.pipe()
    from_browser, to_us = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        start = (sys.executable, "-c", _START, str(from_us), str(to_us))
        process = subprocess.Popen(
            [*start, browser, *_SWITCHES, f"--user-data-dir={profile}"],
            pass_fds=(from_us, to_us),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(from_us)
        os.close(to_us)
        with open(to_browser, "wb") as requests, open(from_browser, "rb") as answers:  # noqa: PTH123
            try:
                yield Page(requests, answers)
            finally:
                process.terminate()
                process.wait(timeout=20)
