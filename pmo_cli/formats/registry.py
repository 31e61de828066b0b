from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmo_cli.formats.findings import Findings


def ci_formats() -> Mapping[str, Callable[[Findings], str]]:
    """Return the formats of other programs by their names, imported only where one is asked for."""
    from pmo_cli.formats.github import github
    from pmo_cli.formats.gitlab import gitlab
    from pmo_cli.formats.junit import junit
    from pmo_cli.formats.sarif import sarif

    return {each.__name__: each for each in (github, gitlab, sarif, junit)}
