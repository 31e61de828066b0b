"""The portfolios of the table, each by a name from which it can be made again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

from tests.cli.running import contents
from tests.fuzzing.mutating import mutated
from tests.harness import extremes
from tests.hostile.attacks import ATTACKS
from tests.hostile.files import EXAMPLE, hostile_files
from tests.same_bytes.questions import BEGUN, PLACE

Files = Mapping[str, bytes]


def portfolio(name: str) -> Files:
    """Return the files of a portfolio: `example`, `damaged 17`, `one activity.duration 3`."""
    word, *rest = name.split(" ")
    if word == "one":
        place, _, number = name.removeprefix("one ").rpartition(" ")
        return extremes.one(place, int(number))
    return _MADE[word](*map(int, rest))


def kind_of(name: str) -> str:
    """Return the kind that a portfolio of one extreme is about, else nothing."""
    return name.removeprefix("one ").partition(".")[0] if name.startswith("one ") else ""


@cache
def _example() -> Files:
    return contents(EXAMPLE)


@cache
def _broken() -> Files:
    return contents(EXAMPLE.parent / "broken")


@cache
def started() -> Files:
    """Return what `pmo init` writes."""
    from pmo_cli.app import main

    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder, "p")
        with suppress(SystemExit):
            main([str(into) if word == PLACE else word for word in (*BEGUN, "-q")])
        return contents(into)


def _damaged(seed: int) -> Files:
    """Return one of the others after accidents to one or several of its files."""
    random = Random(seed)
    whole = random.choice((_example, _example, _example, started, _broken, hostile_files))()
    names = [name for name in whole if name.endswith((".yaml", ".csv"))]
    chosen = random.choices(names, k=random.choice((1, 1, 2, 5)))
    return {
        **whole,
        **{name: mutated(whole[name], whole[random.choice(names)], random) for name in chosen},
    }


_MADE: Mapping[str, Callable[..., Files]] = {
    "example": _example,
    "init": started,
    "broken": _broken,
    "hostile": hostile_files,
    "damaged": _damaged,
    "packed": extremes.packed,
}

_SHARES = {"example": 1, "init": 1, "broken": 1, "hostile": 3, "damaged": 6, "one": 6, "packed": 6}


def each_alone() -> Iterator[str]:
    """Yield the name of a portfolio for every value of every place."""
    for name, place in extremes.places().items():
        yield from (f"one {name} {number}" for number in range(len(extremes.values(place))))


def drawn(random: Random) -> str:
    """Return the name of a portfolio, at random."""
    (word,) = random.choices([*_SHARES], [*_SHARES.values()])
    match word:
        case "hostile":
            return f"hostile {random.randrange(len(ATTACKS))}"
        case "damaged" | "packed":
            return f"{word} {random.randrange(10**9)}"
        case "one":
            place = random.choice([*extremes.places().values()])
            return f"one {place} {random.randrange(len(extremes.values(place)))}"
    return word
