"""The example with one project in it that few may know of, and that touches everything.

Of every kind that can be part of a project there is one with all of its fields, and of every kind
that can name one there is a known one that does: the registry of kinds says which, so that a new
kind or field is planted without anybody adding it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

from portfolio.field_description import inner_record
from portfolio.model.entity import Entity
from portfolio.model.kinds import kinds
from portfolio.record import Either, Many, Record, Reference, Shape, Table
from tests.hostile.files import EXAMPLE, Plain, example, yaml_of
from tests.privacy.complete_entities import Filler
from tests.privacy.secrets import Plain as PlainWords
from tests.privacy.secrets import Secrets

_PARTS = ("project", "work", "change", "survey", "subject", "from_")
"""Fields besides the owner that say what an entity is part of."""
KNOWN = "atlas"
"""The project that stands beside the hidden one, and is known to all."""


def planted(secrets: Secrets) -> dict[str, bytes]:
    """Return the files of the portfolio by path."""
    folder = secrets.id("folder")
    return {
        **_example_files(),
        f"{folder}/{secrets.id('file')}.yaml": yaml_of(_grouped(hidden_entities(secrets))),
        "beside.yaml": yaml_of(_grouped(known_entities(secrets))),
    }


def written(files: dict[str, bytes], folder: Path) -> Path:
    """Write files into a folder."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


@cache
def _example_files() -> dict[str, bytes]:
    return {
        path.relative_to(EXAMPLE).as_posix(): path.read_bytes()
        for path in EXAMPLE.rglob("*")
        if path.is_file()
    }


# --- what is hidden ---------------------------------------------------------------------------


@cache
def hidden_kinds() -> tuple[str, ...]:
    """Return the kinds that can be part of a project, however indirectly."""
    found = {"project"}
    while True:
        more = {
            name
            for name, kind in kinds().items()
            if any(found.intersection(kind.FIELDS[part].to) for part in _parts(kind))
        }
        if more <= found:
            return tuple(name for name in kinds() if name in found)
        found |= more


def _parts(kind: type[Entity]) -> tuple[str, ...]:
    named = dict.fromkeys((kind.OWNER, *_PARTS))
    return tuple(name for name in named if name in kind.FIELDS and kind.FIELDS[name].to)


def hidden_id(secrets: Secrets, kind: str) -> str:
    """Return the full id of the hidden entity of a kind."""
    owner = kinds()[kind].OWNER
    own = secrets.id(kind.replace("_", "-"))
    return f"{hidden_id(secrets, owner)}.{own}" if owner else own


def hidden_entities(secrets: Secrets) -> Iterator[tuple[type[Entity], dict[str, Plain]]]:
    """Yield everything that is part of the hidden project, each with all of its fields."""
    filler = Filler(secrets, partial(_reference, secrets))
    hidden = partial(hidden_id, secrets)
    special = _special(secrets, hidden)
    for name in hidden_kinds():
        kind = kinds()[name]
        given: dict[str, Plain] = {"id": secrets.id(name.replace("_", "-"))}
        yield kind, filler.filled(kind, given | special.get(name, {}))
    yield from _network(secrets, hidden)


def _special(secrets: Secrets, hidden: Callable[[str], str]) -> dict[str, dict[str, Plain]]:
    """Return what must differ from any value, lest something waits for itself."""
    return {
        "project": {
            "confidential": "true",
            "status": "delivering",
            "start": "2026-01-05",
            "baseline_finish": "2026-09-30",
            "forecast_finish": "2026-10-30",
            "priority": "1",
        },
        "milestone": {
            "type": "go_live",
            "key": "true",
            "baseline": "2026-05-15",
            "forecast": "2026-05-29",
            "actual": "",
            "constraint": {},
            "predecessors": [hidden("activity")],
        },
        "activity": {
            "duration": "40d",
            "duration_3pt": {"min": "30d", "likely": "40d", "max": "80d"},
            "predecessors": [f"{KNOWN}.design", {"id": "data-hub.api-ready", "lag": "2d"}],
            "constraint": {},
            "pct_complete": "10",
            "remaining": "36d",
            "actual_start": "2026-03-05",
            "actual_finish": "",
            "resources": [{"person": "greta-nyman", "units": "1"}],
        },
        "dependency": {
            "from": hidden("milestone"),
            "to": f"{KNOWN}.cutover",
            "agreement": "agreed",
            "delivered": "",
        },
        "assignment": {
            "person": "greta-nyman",
            "from": "2026-04-01",
            "to": "2026-06-30",
            "pct": "80",
            "days": "",
            "fte": "",
        },
        "risk": {"status": "open", "correlated_with": [], "impact_time": "10d"},
        "proposal": {"requires": [], "excludes": []},
        "benefit": {"depends_on": []},
        "decision": {"supersedes": "", "status": "open"},
        "action": {"owner": "ben-okafor", "due": "2026-03-20", "done_on": ""},
        "survey": {"scale": ["1", "5"]},
    }


def _network(
    secrets: Secrets, hidden: Callable[[str], str]
) -> Iterator[tuple[type[Entity], dict[str, Plain]]]:
    """Yield hidden work between two pieces of known work."""
    activity = kinds()["activity"]
    yield (
        activity,
        {
            "id": secrets.id("dig"),
            "project": hidden("project"),
            "name": secrets.text(),
            "duration": "30d",
            "predecessors": [hidden("milestone"), f"{KNOWN}.build-done"],
            "budget": f"{secrets.amount()} GBP",
            "resources": ["greta-nyman"],
        },
    )


def _reference(secrets: Secrets, to: tuple[str, ...]) -> str:
    """Return something hidden where a field can name it, else what is known."""
    for kind in to or ("project",):
        if kind in hidden_kinds():
            return hidden_id(secrets, kind)
    return _known(to)


def _known(to: tuple[str, ...]) -> str:
    """Return an entity of the example of one of these kinds, or nothing where it has none."""
    ids = (each.id for kind in to for each in example().all(kinds()[kind]))
    return KNOWN if "project" in to else next(ids, "")


# --- what is known and names what is hidden ---------------------------------------------------


def known_entities(secrets: Secrets) -> Iterator[tuple[type[Entity], dict[str, Plain]]]:
    """Yield one known entity of every kind that can name something hidden, naming it."""
    filler = Filler(PlainWords(), partial(_reference, secrets))
    for name, kind in kinds().items():
        if name == "project" or not _names_hidden(kind):
            continue
        given: dict[str, Plain] = {"id": f"open-{name.replace('_', '-')}"}
        for part in _parts(kind):
            given[kind.FIELDS[part].key] = _known(kind.FIELDS[part].to)
        yield kind, filler.filled(kind, given | _known_special(secrets).get(name, {}))


def _known_special(secrets: Secrets) -> dict[str, dict[str, Plain]]:
    hidden = partial(hidden_id, secrets)
    return {
        "milestone": {
            "baseline": "2026-05-15",
            "forecast": "2026-05-29",
            "actual": "",
            "constraint": {},
            "predecessors": [{"id": f"{hidden('project')}.{secrets.id('dig')}", "lag": "2d"}],
        },
        "activity": {
            "duration": "5d",
            "duration_3pt": {},
            "predecessors": [hidden("milestone"), f"{hidden('project')}.{secrets.id('dig')}"],
            "constraint": {},
            "pct_complete": "0",
            "remaining": "",
            "actual_start": "",
            "actual_finish": "",
            "resources": ["greta-nyman"],
        },
        "dependency": {
            "from": hidden("milestone"),
            "to": f"{KNOWN}.open-activity",
            "agreement": "agreed",
            "delivered": "",
        },
        "decision": {"status": "open"},
        "business_dependency": {"from": hidden("project")},
    }


def _names_hidden(record: type[Record]) -> bool:
    return any(_can_name(stated.shape) for stated in record.FIELDS.values())


def _can_name(shape: Shape) -> bool:
    match shape:
        case Reference(to=to):
            return not to or bool(set(to) & set(hidden_kinds()))
        case Many(item=item) | Table(item=item):
            return _can_name(item)
        case Either(options=options):
            return any(map(_can_name, options))
        case _:
            inner = inner_record(shape)
            return inner is not None and _names_hidden(inner)


def _grouped(
    entities: Iterator[tuple[type[Entity], dict[str, Plain]]],
) -> dict[str, Plain]:
    listed: dict[str, list[Plain]] = {}
    for kind, fields in entities:
        listed.setdefault(kind.PLURAL, []).append(dict(fields))
    return dict(listed)
