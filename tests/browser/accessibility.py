"""What checkers of accessibility and of HTML have against pages, in words."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests import tools
from tests.browser.chromium import Page

_STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true; })"


def violations(page: Page) -> list[str]:
    """Return what axe finds on the open page, everything on it unfolded.

    The rules are those of WCAG 2.2 A and AA that a machine can check, and good practice: headings
    in order, everything inside a landmark.
    """
    rules = tools.node_file("axe-core", "axe.min.js").read_text(encoding="utf-8")
    page.value_of(f"{_UNFOLD}; {rules}; 0")
    found: list[str] = page.value_of(
        f"axe.run({{runOnly: {json.dumps(_STANDARDS)}}}).then(result => result.violations.map("
        "each => `${each.id}: ${each.help}: ${each.nodes.slice(0, 3).map("
        "node => node.html.slice(0, 200)).join(' ')}`))"
    )
    return found


def faults(pages: Iterable[Path]) -> list[str]:
    """Return what the checker of the HTML standard's own community has against pages."""
    checker = tools.node_file("vnu-jar", "build", "dist", "vnu.jar")
    words = [tools.java(), "-jar", str(checker), "--errors-only", "--format", "json"]
    ran = subprocess.run([*words, *map(str, pages)], capture_output=True, text=True, check=False)
    return [
        f"{Path(found['url']).name}:{found.get('lastLine')}: {found['message']}"
        for found in json.loads(ran.stderr)["messages"]
    ]
