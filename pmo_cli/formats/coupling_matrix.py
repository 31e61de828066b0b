"""The coupling of projects as `pmo deps` shows it: a matrix on the terminal, and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_cli import console

if TYPE_CHECKING:
    from pmo_cli.options import Session
    from portfolio.impact.dependencies.dependency_map import Coupling, Hold

# What a table puts around the words of a column.
_PADDING = 3


def print_coupling(found: Coupling, session: Session) -> None:
    """Print givers by receivers where that fits the terminal, and the density."""
    if not found.holds:
        return
    givers = [id_ for id_ in found.projects if any(giver == id_ for giver, _ in found.holds)]
    receivers = [id_ for id_ in found.projects if any(id_ == end for _, end in found.holds)]
    rows = [
        (giver, *(_cell(found.holds.get((giver, receiver))) for receiver in receivers))
        for giver in givers
    ]
    headings = ("gives ↓  receives →", *receivers)
    columns = zip(headings, *rows, strict=True)
    needed = sum(max(map(len, column)) + _PADDING for column in columns)
    if needed <= console.width():
        console.write("Coupling: open hard dependencies, and their least margin in working days")
        console.print_table(headings, rows, numeric=tuple(range(1, len(headings))), session=session)
    console.write_wrapped(_density(found, fits=needed <= console.width()), "")


def _cell(hold: Hold | None) -> str:
    if hold is None:
        return ""
    return f"{hold.count}, {'-' if hold.margin is None else f'{hold.margin} d'}"


def _density(found: Coupling, *, fits: bool) -> str:
    count = len(found.projects)
    share = "n/a" if found.density.value is None else f"{found.density.value:.1%}"
    wide = "" if fits else " The matrix is wider than this terminal: --format json has it."
    return (
        f"{len(found.holds)} of {count * (count - 1)} possible links between {count} projects "
        f"are in use: a density of {share}.{wide}\n"
    )


def coupling_data(found: Coupling) -> dict[str, Any]:
    """Return the cells of the matrix in which one project holds another, and the density."""
    density = found.density
    reason = {} if density.value is not None else {"density_reason": density.reason}
    return {
        "projects": list(found.projects),
        "cells": [
            {"giver": giver, "receiver": receiver, "open_hard": hold.count, "margin": hold.margin}
            for (giver, receiver), hold in sorted(found.holds.items())
        ],
        "links": len(found.holds),
        "density": None if density.value is None else round(density.value, 4),
        **reason,
    }
