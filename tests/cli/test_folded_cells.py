"""A table folds what is too wide for it: what then begins a line is text all the same."""

from __future__ import annotations

import pytest

from pmo_cli.console import print_table
from tests.harness.faults import obeyed


def test_a_cell_is_not_folded_into_a_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    print_table(("what",), [(f"{'x' * length}::error::forged",) for length in range(20, 40)])
    assert [*obeyed(capsys.readouterr().out, "table")] == []
