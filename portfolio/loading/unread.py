"""What could not be read: entities that lack something, and files with broken syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.loading.findings import Findings
    from portfolio.model.entity import Entity

_CONFIDENTIAL = re.compile(rb"\bconfidential[\"']?\s*:\s*(?!false\b|no\b|off\b)")
_IDS = re.compile(rb"\bid[\"']?\s*:\s*[\"']?([a-z0-9][a-z0-9-]*)")


@dataclass
class Unread:
    """Incomplete entities, and the texts of files with broken syntax."""

    entities: list[Entity] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    texts: list[bytes] = field(default_factory=list)
    confidential: set[str] = field(default_factory=set)
    """The ids in files of which nothing could be read and that speak of confidential work."""

    def note(self, findings: Findings, content: bytes, *, is_read: bool) -> None:
        """Add what one file left unread; ``is_read`` tells whether anything of it was not."""
        self.entities.extend(findings.incomplete)
        self.ids.update(entity.id for entity in findings.incomplete)
        if any(found.code.startswith("YML-") for found in findings.found):
            self.texts.append(content)
            if not is_read and speaks_of_confidential(content):
                self.confidential.update(id_.decode() for id_ in _IDS.findall(content))

    def holds(self, full_id: str) -> bool:
        """Tell whether an id stands in what could not be read."""
        if full_id in self.ids:
            return True
        if not self.texts:
            return False
        local = re.escape(full_id.rpartition(".")[2].encode())
        pattern = re.compile(rb"\bid:\s*[\"']?" + local + rb"(?![\w-])")
        return any(pattern.search(text) for text in self.texts)


def speaks_of_confidential(content: bytes) -> bool:
    """Tell whether a text that cannot be read calls something confidential."""
    return _CONFIDENTIAL.search(content) is not None
