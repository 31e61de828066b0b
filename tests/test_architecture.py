"""`docs/architecture.md` names rooms that are there."""

from __future__ import annotations

import importlib
import re
from operator import attrgetter
from pathlib import Path


def test_every_room_on_the_way_of_a_parameter_is_there(repository: Path) -> None:
    page = (repository / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = re.findall(r"^\| `([\w/]+)\.py`: `([\w.]+)` \|", page, re.MULTILINE)
    assert len(rooms) > 6
    for path, name in rooms:
        assert attrgetter(name)(importlib.import_module(path.replace("/", "."))), name
