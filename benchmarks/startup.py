"""What `pmo --help` and `pmo --version` cost beside a bare Typer application of the same size."""

from __future__ import annotations

import subprocess

from benchmarks.measuring import Figure, pmo, python, race, table

# A Typer application that does nothing but have commands.
_BARE = """
import typer

app = typer.Typer(no_args_is_help=True)


def command() -> None:
    "Do nothing."


for number in range({commands}):
    app.command(name=f"command-{{number}}")(command)

app()
"""

TARGET = 2.0


def _commands() -> int:
    """Return how many commands `pmo --help` lists."""
    script = (
        "import typer; from pmo_cli.app import build; "
        "print(len(typer.main.get_command(build()).commands))"
    )
    ran = subprocess.run(python("-c", script), capture_output=True, text=True, check=True)
    return int(ran.stdout)


def measure(turns: int) -> tuple[str, tuple[Figure, ...]]:
    """Return the table of the start-up times and their ratios to the bare application."""
    bare = _BARE.format(commands=_commands())
    runs = race(
        {
            "bare Typer --help": python("-c", bare, "--help"),
            "pmo --help": pmo("--help"),
            "pmo --version": pmo("--version"),
            "python -c pass": python("-c", "pass"),
        },
        turns,
    )
    floor = runs["bare Typer --help"]
    rows = [
        (run.name, f"{run.seconds * 1000:.0f}", f"{run.times(floor):.2f}") for run in runs.values()
    ]
    figures = tuple(
        Figure(f"`{name}`", runs[name].times(floor), TARGET)
        for name in ("pmo --help", "pmo --version")
    )
    return table(("command", "ms", "× bare Typer"), rows), figures
