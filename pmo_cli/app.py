"""`pmo`: the commands in the order of the help, and the place where failures become words."""

from __future__ import annotations

import errno
import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

COMMANDS = {
    "Every week": ("validate", "deps", "risk", "resources", "prioritise", "report"),
    "Look things up": ("show", "explain"),
    "Write files": ("init", "new", "import", "export"),
}
REFUSED, OUR_BUG, INTERRUPTED = 2, 3, 130


def build() -> typer.Typer:
    """Build the application: every command of ``COMMANDS``, each a module of its own.

    The module has a function of the same name; that of a group has its ``HELP`` and ``COMMANDS``.
    """
    from importlib import import_module

    import typer

    app = typer.Typer(
        name="pmo",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="A portfolio in text: checked like code, analysed as one graph, reported as the board "
        "wants to read it.",
    )
    for panel, names in COMMANDS.items():
        for name in names:
            word = name.replace("import", "import_")
            module = import_module(f"pmo_cli.commands.{word}")
            if not hasattr(module, "COMMANDS"):
                app.command(name, rich_help_panel=panel)(getattr(module, word))
                continue
            group = typer.Typer(no_args_is_help=True, help=module.HELP)
            group.callback()(lambda: None)
            for command in module.COMMANDS:
                group.command(command)(getattr(module, command))
            app.add_typer(group, name=name, rich_help_panel=panel)

    @app.callback()
    def options(
        version: bool = typer.Option(False, "--version", help="Print the version."),  # noqa: FBT001
    ) -> None:
        if version:  # pragma: no cover - answered in main() without this import
            raise typer.Exit

    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `pmo`; return never, exit with 0 clean, 1 findings, 2 usage, 3 our bug, 130 Ctrl-C."""
    _speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        from importlib.metadata import version

        sys.stdout.write(f"pmo {version('pmo-cli')}\n")
        sys.exit(0)
    from pmo_cli.options import moved_behind_command

    try:
        build()(args=moved_behind_command(given), prog_name="pmo")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the one place that turns a bug into words
        sys.exit(_explained(error, given))
    return 0


def _speak_utf8() -> None:
    """Write files and pipes alike on every machine; a terminal keeps what it understands."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _explained(error: Exception, given: Sequence[str]) -> int:
    """Print what went wrong and return the exit code."""
    from portfolio.application.failure import Failure
    from portfolio.characters import inert, on_one_screen

    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG and error.filename:
        # Only what the user gave makes a path so long; whatever looks at it first, stumbles.
        error = Failure(f"{error.strerror}: {error.filename}", "give a shorter one")
    if isinstance(error, Failure):
        from pmo_cli.console import words_of

        hint = f"\nhint: {error.hint}" if error.hint else ""
        sys.stderr.write(inert(on_one_screen(f"error: {words_of(error)}{hint}\n")))
        return REFUSED
    if "--debug" in given:
        import traceback

        traceback.print_exc()
    sys.stderr.write(
        on_one_screen(f"error: a bug in pmo: {type(error).__name__}: {error}\n")
        + "hint: nothing was changed; run again with --debug and report the trace\n"
    )
    return OUR_BUG


if __name__ == "__main__":
    main()
