"""The tools that people check YAML with today, on the same files: in the long run only.

They look at one file after the other and know no reference and no rule of the trade; what they do
is a part of what `pmo validate` does.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks import corpus
from benchmarks.house import ROOT
from benchmarks.measuring import Figure, pmo, python, race, table

ENTITIES = 29_000
TARGET = 1.0

_PLACE = ROOT / "build" / "peers"
_PINNED = ("yamllint==1.38.0", "check-jsonschema==0.39.0")

# Any key, any value: the least that a schema can ask, so that the checker's own work is measured.
_SCHEMA = '{"type": "object", "additionalProperties": {"type": ["object", "array"]}}'


def measure(place: Path) -> tuple[str, tuple[Figure, ...]]:
    """Return the table of times, and how much of each peer's time `pmo validate` takes."""
    tools = _installed()
    folder = place / "peers"
    corpus.write(folder, ENTITIES)
    schema = place / "schema.json"
    schema.write_text(_SCHEMA, encoding="utf-8")
    pages = [str(path) for path in sorted((folder / "projects").rglob("*.yaml"))]
    runs = race(
        {
            "pmo validate": pmo("-C", str(folder), "validate", "--quiet"),
            "check-jsonschema": (
                str(tools / "check-jsonschema"),
                "--schemafile",
                str(schema),
                *pages,
            ),
            "yamllint": (str(tools / "yamllint"), "-d", "{rules: {}}", str(folder)),
        },
        turns=1,
    )
    ours = runs["pmo validate"]
    rows = [
        (run.name, f"{run.seconds:.1f}", f"{run.megabytes:.0f}", f"{run.times(ours):.1f}")
        for run in runs.values()
    ]
    figures = tuple(
        Figure(f"`pmo validate` beside {name}", ours.times(run), TARGET)
        for name, run in runs.items()
        if run is not ours
    )
    return table(("tool", "s", "MB", "× pmo validate"), rows), figures


def _installed() -> Path:
    """Return the folder of the peers' commands, in an environment of their own."""
    if not _PLACE.exists():
        subprocess.run(python("-m", "venv", str(_PLACE)), check=True)
        pip = (str(_PLACE / "bin" / "python"), "-m", "pip", "install", "--quiet")
        subprocess.run((*pip, *_PINNED), check=True)
    return _PLACE / "bin"
