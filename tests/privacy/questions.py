"""Every command in every format, about what is known and lies around what is hidden."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.model.kinds import kinds
from tests.hostile.files import example
from tests.privacy.planting import KNOWN
from tests.same_bytes.questions import (
    DATA,
    FINDINGS,
    GRAPHS,
    LISTINGS,
    PLACE,
    Words,
)
from tests.same_bytes.questions import (
    questions as everything,
)
from tests.tools import are_promised


def questions() -> dict[str, Words]:
    """Return every question by its name; of each kind's lists one format, or all if promised."""
    asked = {**everything(example()), **_around(), **_skeletons()}
    if not are_promised():
        for number, kind in enumerate(kinds().values()):
            chosen = LISTINGS[number % len(LISTINGS)]
            for form in set(LISTINGS) - {chosen}:
                del asked[f"show {kind.PLURAL} {form}"]
    return asked


def _around() -> Mapping[str, Words]:
    """Return what concerns known work whose dates and load go through hidden work."""
    near: dict[str, tuple[Words, Words]] = {
        "deps neighbour": (("deps", f"{KNOWN}.open-activity"), GRAPHS),
        "deps neighbour why": (("deps", "--why", f"{KNOWN}.open-milestone"), GRAPHS),
        "deps slip through": (("deps", "--slip", "data-hub.api-build=30d"), GRAPHS),
        "deps cost through": (
            ("deps", "--slip", "data-hub.api-build=30d", "--why", f"{KNOWN}.open-milestone"),
            DATA,
        ),
        "deps stop giver": (("deps", "--stop", "data-hub", "--include-soft"), DATA),
        "deps without worker": (("deps", "--without", "greta-nyman"), DATA),
        "deps without owner": (("deps", "--without", "edith-vance"), DATA),
        "deps service": (("deps", "billing-run"), GRAPHS),
        "deps scenario": (("deps", "open-scenario"), DATA),
        "deps person": (("deps", "owner:edith-vance"), GRAPHS),
        "validate all": (("validate", "--fail-on", "info", "--no-fold", "-v"), FINDINGS),
        "validate person": (("validate", "-v", "owner:greta-nyman"), FINDINGS),
        "simulate neighbour": (("risk", "simulate", KNOWN), DATA),
    }
    found = {
        f"{name} {form}": (*words, "--format", form)
        for name, (words, forms) in near.items()
        for form in forms
    }
    return {
        **found,
        "export mspdi one": ("export", "mspdi", KNOWN, "-o", f"{PLACE}.xml"),
        "export ics one": ("export", "ics", "owner:edith-vance", "-o", f"{PLACE}.ics"),
        "report person": ("report", "board", "owner:edith-vance"),
    }


def _skeletons() -> Mapping[str, Words]:
    return {f"new {name}": ("new", name, "--all") for name in kinds()}


def about(id_: str) -> dict[str, Words]:
    """Return every command that takes an id or a selector, about this one."""
    selecting: dict[str, Words] = {
        "deps": ("deps", id_),
        "deps json": ("deps", id_, "--format", "json"),
        "deps why": ("deps", "--why", id_),
        "deps slip": ("deps", "--slip", f"{id_}=10d"),
        "deps slip one": ("deps", id_, "--slip", "10d"),
        "deps stop": ("deps", "--stop", id_),
        "deps without": ("deps", "--without", id_),
        "deps around": ("deps", f"{id_}+"),
        "deps exclude": ("deps", "--exclude", id_),
        "show": ("show", "projects", id_),
        "show parts": ("show", "milestones", id_),
        "show exclude": ("show", "projects", "--exclude", id_),
        "report": ("report", "board", id_),
        "report exclude": ("report", "board", "--exclude", id_),
        "report project": ("report", "project", id_),
        "report site": ("report", "all", id_, "-o", PLACE),
        "risk simulate": ("risk", "simulate", id_),
        "resources level": ("resources", "level", id_),
        "prioritise": ("prioritise", id_),
        "export mspdi": ("export", "mspdi", id_),
        "export ics": ("export", "ics", id_),
        "export exclude": ("export", "ics", "--exclude", id_),
        "validate": ("validate", id_),
        "validate exclude": ("validate", "--exclude", id_),
        "explain": ("explain", id_),
        "new": ("new", id_),
    }
    return selecting | {
        f"show {word}": ("show", "projects", f"{word}:{id_}")
        for word in ("tag", "owner", "path", "kind", "programme", "rag")
    }
