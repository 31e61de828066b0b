"""The YAML language server that editors run, asked as an editor asks it: JSON-RPC over stdio."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import tools

Message = dict[str, Any]

_PATIENCE = 60.0  # seconds; a test on a busy machine may not fail for being slow


@dataclass
class Editor:
    """A folder opened in an editor: what it sends to the server, and what comes back."""

    process: subprocess.Popen[bytes]
    folder: Path
    settings: Mapping[str, Any]
    arrived: queue.Queue[Message | None] = field(default_factory=queue.Queue)
    diagnostics: dict[str, list[Message]] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    last: int = 0

    def underlined(self, path: str, text: str) -> list[Message]:
        """Open a file with this text and return what the server finds in it."""
        uri = self._open(path, text)
        while uri not in self.diagnostics:
            self._take()
        return self.diagnostics[uri]

    def completed(self, path: str, text: str) -> dict[str, Message]:
        """Return what is offered where the text has its cursor (`|`), by label."""
        found = self._at_cursor("textDocument/completion", path, text)
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: item for item in items}

    def hovered(self, path: str, text: str) -> str:
        """Return what is shown where the text has its cursor (`|`)."""
        found = self._at_cursor("textDocument/hover", path, text)
        return str(found["contents"]["value"]) if found else ""

    def _at_cursor(self, method: str, path: str, text: str) -> Any:  # noqa: ANN401
        before, _, after = text.partition("|")
        uri = self._open(path, before + after)
        line, column = before.count("\n"), len(before.rpartition("\n")[2])
        position = {"line": line, "character": column}
        return self.ask(method, {"textDocument": {"uri": uri}, "position": position})

    def _open(self, path: str, text: str) -> str:
        """Open a file that does not lie there; a second of that name stands in a folder."""
        again = str(len(self.opened)) if (self.folder / path).as_uri() in self.opened else ""
        uri = (self.folder / again / path).as_uri()
        self.opened.add(uri)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def tell(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: object) -> Any:  # noqa: ANN401
        """Send a request and return the result of its answer."""
        self.last += 1
        number = self.last
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _take(self) -> Message:
        """Take the next message; answer what the server asks, keep what it underlines."""
        message = self.arrived.get(timeout=_PATIENCE)
        assert message is not None, "the language server has ended"
        method, params = message.get("method"), message.get("params", {})
        if method == "textDocument/publishDiagnostics":
            self.diagnostics[params["uri"]] = params["diagnostics"]
        elif method == "workspace/configuration":
            sections = [self.settings.get(item["section"]) for item in params["items"]]
            self._send({"id": message["id"], "result": sections})
        elif method and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def listen(self) -> None:
        """Put what arrives into the queue until the server ends."""
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self.arrived.put(json.loads(stream.read(length)))
        self.arrived.put(None)


@contextmanager
def editor(folder: Path, settings: Mapping[str, Any]) -> Iterator[Editor]:
    """Open a folder in an editor with these settings; close it at the end."""
    server = tools.node_file("yaml-language-server", "bin", "yaml-language-server")
    command = [tools.node(), str(server), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        opened = Editor(process, folder, settings)
        listener = threading.Thread(target=opened.listen, daemon=True)
        listener.start()
        try:
            _begin(opened)
            yield opened
            opened.ask("shutdown", None)
            opened.tell("exit", None)
            process.wait(timeout=_PATIENCE)
        finally:
            process.kill()
            listener.join(timeout=_PATIENCE)


def _begin(opened: Editor) -> None:
    root = opened.folder.as_uri()
    capabilities = {
        "workspace": {"configuration": True, "workspaceFolders": True},
        "textDocument": {
            "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
            "hover": {"contentFormat": ["markdown"]},
        },
    }
    opened.ask(
        "initialize",
        {
            "processId": None,
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": opened.folder.name}],
            "capabilities": capabilities,
        },
    )
    opened.tell("initialized", {})
    opened.tell("workspace/didChangeConfiguration", {"settings": opened.settings})
