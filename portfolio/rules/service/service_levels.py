"""Rules about services: indicators that mean something, levels that are kept, improvements."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.service.service_performance import (
    is_missed,
    measured_value,
    measured_values,
)
from portfolio.diagnostic import Severity
from portfolio.model.service import Improvement, Kpi, Measurement, Sla
from portfolio.rules.phrases import ago, counted, figure, listed
from portfolio.rules.rule import Problem, rule
from portfolio.settings import CADENCE_DAYS

if TYPE_CHECKING:
    from portfolio.view.view import View

_WINDOWS = 6
_MISSES = 3
_YEAR = 12
_ALWAYS = 0.95


@rule(Severity.ERROR, Kpi)
def svc_kpi_no_owner_or_target(kpi: Kpi, _: View) -> Iterator[Problem]:
    """An indicator has no target or direction, or its target is its red line.

    What it does:
        Reports an indicator without `target` or `direction`, and one whose `target` equals `red`.
        The owner is required when the file is read.

    Why it matters:
        A number without a direction cannot be good or bad, and between equal edges there is no
        amber.

    Example:
        kpi: {id: calls, name: Calls, owner: cleo-marsh, direction: lower, target: 100, red: 100}
        measurement: {kpi: calls, period: 2026-03, value: 120}

    Use instead:
        kpi: {id: calls, name: Calls, owner: cleo-marsh, direction: lower, target: 100, red: 140}
        measurement: {kpi: calls, period: 2026-03, value: 120}
    """
    missing = [key for key in ("direction", "target") if getattr(kpi, key) is None]
    if missing:
        yield Problem(
            kpi,
            f"{kpi.label!r} has no {' and no '.join(missing)}",
            "name",
            f"add {missing[0]}: {kpi.FIELDS[missing[0]].doc}",
        )
    elif kpi.target == kpi.red:
        yield Problem(
            kpi,
            f"target and red of {kpi.label!r} are both {_shown(kpi.target)}",
            "red",
            "put red further away, on the bad side of the target",
        )


def _shown(value: Decimal | tuple[Decimal, Decimal] | None) -> str:
    return " to ".join(str(v) for v in value) if isinstance(value, tuple) else str(value)


@rule(Severity.WARNING, Kpi)
def svc_kpi_no_data(kpi: Kpi, portfolio: View) -> Iterator[Problem]:
    """An indicator has no value for its last period.

    What it does:
        Compares the end of the last period with a value with the status date: more than one
        `frequency` and the days of grace are reported, two are an error. One that was never
        measured is a warning, where anything is measured at all.

    Why it matters:
        Who steers by an indicator that is not measured steers blind.

    Example:
        kpi: {id: calls, name: Calls, owner: cleo-marsh, direction: lower, target: 100, red: 140}
        measurement: {kpi: calls, period: 2026-01, value: 120}

    Use instead:
        kpi: {id: calls, name: Calls, owner: cleo-marsh, direction: lower, target: 100, red: 140}
        measurement: {kpi: calls, period: 2026-03, value: 120}

    Options:
        `thresholds: {report_grace_days: 3}` in pmo.yaml.
    """
    if not portfolio.all(Measurement):
        return
    ends = [
        each.period.end
        for each in portfolio.related(kpi, Measurement, "kpi")
        if measured_value(each) is not None
    ]
    if not ends:
        message = f"{kpi.label!r} has never been measured"
        yield Problem(kpi, message, "id", "add a measurement, or drop the indicator")
        return
    last, cadence = max(ends), CADENCE_DAYS[kpi.frequency]
    age, grace = (portfolio.as_of - last).days, portfolio.settings.thresholds.report_grace_days
    if age > cadence + grace:
        yield Problem(
            kpi,
            f"{kpi.label!r} has no value since {last}, {ago(last, portfolio.as_of)}; "
            f"{kpi.frequency} allows {counted(cadence, 'day')} and {grace} of grace",
            "frequency" if kpi.wrote("frequency") else "id",
            "add the measurement that is missing",
            Severity.ERROR if age > 2 * cadence + grace else None,
        )


@rule(Severity.ERROR, Sla)
def svc_sla_breach_repeat(level: Sla, portfolio: View) -> Iterator[Problem]:
    """A service level was missed in three of its last six periods, and nobody improves it.

    What it does:
        Counts the misses among the last six measured periods. Three or more need an improvement
        that names the level in `sla` and is not rejected.

    Why it matters:
        Repeated breaches are what contracts are ended for.

    Example:
        measurements:
          - {sla: billing.on-time, period: 2026-01, value: 97}
          - {sla: billing.on-time, period: 2026-02, value: 96.5}
          - {sla: billing.on-time, period: 2026-03, value: 97.2}

    Use instead:
        measurements:
          - {sla: billing.on-time, period: 2026-01, value: 97}
          - {sla: billing.on-time, period: 2026-02, value: 96.5}
          - {sla: billing.on-time, period: 2026-03, value: 97.2}
        improvement: {id: earlier-run, title: Start the run earlier, owner: cleo-marsh,
          sla: billing.on-time, baseline: {value: 97}, status: in_progress}
    """
    recent = measured_values(portfolio, level)[-_WINDOWS:]
    missed = [(period, value) for period, value in recent if is_missed(level, value)]
    work = portfolio.related(level, Improvement, "sla")
    if len(missed) < _MISSES or any(each.status != "rejected" for each in work):
        return
    values = listed((f"{period} {figure(value)}" for period, value in missed), _WINDOWS)
    yield Problem(
        level,
        f"missed in {len(missed)} of the last {counted(len(recent), 'period')} (target "
        f"{level.target}): {values}; no improvement names it",
        "target",
        f"add an improvement with sla: {level.id}",
    )


@rule(Severity.WARNING, Improvement)
def imp_no_baseline(improvement: Improvement, _: View) -> Iterator[Problem]:
    """An improvement is under way, and nobody has measured where it starts.

    What it does:
        Reports an improvement in progress or done without a value in `baseline`.

    Why it matters:
        Without a number before there is no proof after.

    Example:
        improvement: {id: earlier-run, title: Start the run earlier, owner: cleo-marsh,
          status: in_progress}

    Use instead:
        improvement: {id: earlier-run, title: Start the run earlier, owner: cleo-marsh,
          status: in_progress, baseline: {kpi: churn, value: 4.8}}
    """
    known = improvement.baseline is not None and improvement.baseline.value is not None
    if improvement.status in {"in_progress", "done"} and not known:
        yield Problem(
            improvement,
            f"{improvement.label!r} is {improvement.status.replace('_', ' ')} without a baseline "
            "value",
            "baseline" if improvement.baseline is not None else "status",
            "measure it now: baseline: {kpi: …, value: …}",
        )


@rule(Severity.INFO, Kpi)
def svc_target_soft(kpi: Kpi, portfolio: View) -> Iterator[Problem]:
    """An indicator has reached its target in every period for a year.

    What it does:
        Looks at the last twelve measured periods, at least six, of an indicator with one target
        value; more than 95 % at or beyond it are reported.

    Why it matters:
        A target that is always met steers nothing.

    Example:
        kpi: {id: calls, name: Calls, owner: cleo-marsh, direction: lower, target: 100, red: 140}
        measurements:
          - {kpi: calls, period: 2025-10, value: 40}
          - {kpi: calls, period: 2025-11, value: 41}
          - {kpi: calls, period: 2025-12, value: 38}
          - {kpi: calls, period: 2026-01, value: 42}
          - {kpi: calls, period: 2026-02, value: 39}
          - {kpi: calls, period: 2026-03, value: 40}

    Use instead:
        kpi: {id: calls, name: Calls, owner: cleo-marsh, direction: lower, target: 40, red: 60}
        measurements:
          - {kpi: calls, period: 2025-10, value: 40}
          - {kpi: calls, period: 2025-11, value: 41}
          - {kpi: calls, period: 2025-12, value: 38}
          - {kpi: calls, period: 2026-01, value: 42}
          - {kpi: calls, period: 2026-02, value: 39}
          - {kpi: calls, period: 2026-03, value: 40}
    """
    target = kpi.target
    if not isinstance(target, Decimal) or kpi.direction not in {"higher", "lower"}:
        return
    recent = [value for _, value in measured_values(portfolio, kpi)[-_YEAR:]]
    sign = 1 if kpi.direction == "higher" else -1
    met = sum(sign * value >= sign * target for value in recent)
    if len(recent) >= _WINDOWS and met > _ALWAYS * len(recent):
        yield Problem(
            kpi,
            f"{kpi.label!r} has met its target {target} in {met} of {len(recent)} periods",
            "target",
            "ask for more, or measure something that still moves",
        )
