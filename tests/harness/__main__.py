"""Run the table from a command line: some runs of it at random, all of it, or one run again.

``python -m tests.harness --runs 3000 --seed 7`` draws; ``--each`` takes every extreme of every
field alone; ``python -m tests.harness --again "damaged 17" deps --format json`` repeats a run, and
``--keep DIR`` writes its portfolio. Exit status 1 tells that something was wrong.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.harness.runs import Batch, Run

_OF_A_DRAWN, _OF_EACH = 10, 2
"""Commands on a portfolio: reading it costs as much as two of them."""
_SLOWEST = 5
_ENVIRONMENT = {"NO_COLOR": "1", "COLUMNS": "100", "OPENBLAS_NUM_THREADS": "1"}


def main() -> int:
    """Run what the command line asks for, and tell what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300, help="how many, at random")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--each", action="store_true", help="every extreme of every field, first")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--keep", type=Path, metavar="DIR", help="of --again: write its portfolio")
    parser.add_argument("--again", nargs=argparse.REMAINDER, metavar="PORTFOLIO COMMAND")
    given = parser.parse_args()
    os.environ |= _ENVIRONMENT
    import tests.cli.warmed  # noqa: F401 - before anything is forked
    from tests.harness.portfolios import portfolio, started
    from tests.harness.runs import Batch, run_all, write

    if given.again:
        name, *words = given.again
        if given.keep:
            write(portfolio(name), given.keep)
        batches: Iterator[Batch] = iter([Batch(name, words=(tuple(words),))])
    else:
        started()
        batches = _drawn(given.runs, given.seed, each=given.each)
    return _tell(run_all(batches, given.processes), given.seed)


def _drawn(runs: int, seed: str, *, each: bool) -> Iterator[Batch]:
    from tests.harness.portfolios import drawn, each_alone
    from tests.harness.runs import Batch

    random = Random(seed)
    if each:
        alone = [*each_alone()]
        yield from (Batch(name, number=_OF_EACH, seed=seed) for name in alone)
        runs -= len(alone) * _OF_EACH
    for _ in range(runs // _OF_A_DRAWN):
        yield Batch(drawn(random), number=_OF_A_DRAWN, seed=seed)


def _tell(runs: Iterable[Run], seed: str) -> int:
    """Tell each fault when it is first seen, with how to repeat the run; then how often each is."""
    seen: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    number, before = 0, time.perf_counter()
    for run in runs:
        number += 1
        slowest = sorted([*slowest, (run.seconds, _again(run))])[-_SLOWEST:]
        for fault in run.faults:
            if fault not in seen:
                _say(f"{fault}\n  repeat it: {_again(run)}")
            seen[fault] += 1
    each = 1000 * (time.perf_counter() - before) / number
    _say(f"{number} runs, seed {seed}, {each:.0f} ms each; the slowest:")
    for seconds, again in slowest:
        _say(f"  {seconds:.1f} s: {again}")
    for fault, times in seen.most_common():
        _say(f"{times} times: {fault}")
    return int(bool(seen))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _again(run: Run) -> str:
    return f"python -m tests.harness --again {shlex.join([run.portfolio, *run.words])}"


if __name__ == "__main__":
    sys.exit(main())
