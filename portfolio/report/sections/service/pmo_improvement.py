"""How the PMO grows: its improvements, its people, and what it commits to next."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.governance.status_reporting import speak_up_lag
from portfolio.analysis.resources.development import capability_uplift, coaching_rate
from portfolio.analysis.resources.engagement import (
    QUESTIONS,
    company_pulse,
    newest_pulses,
    pulse_result,
)
from portfolio.analysis.resources.retention import succession_cover, turnover
from portfolio.analysis.resources.utilisation import load_spread, overtime
from portfolio.analysis.resources.workload import month_load, months_ahead
from portfolio.analysis.service.pmo_performance import improvement_record, is_proven
from portfolio.model.resources import Person
from portfolio.model.service import Improvement
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Days,
    Metric,
    Metrics,
    Missing,
    Section,
    Share,
    Status,
    Subheading,
    Table,
    shown,
)
from portfolio.report.section import section
from portfolio.report.table_layout import cells_of

if TYPE_CHECKING:
    from portfolio.analysis.resources.engagement import PulseResult
    from portfolio.measure.measure import Measure
    from portfolio.model.resources import Pulse
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_COMMITMENTS = 3
_OVERTIME = (Decimal("0.10"), Decimal("0.15"))
_STEPS = {
    1: "identify", 2: "define", 3: "gather", 4: "process", 5: "analyse", 6: "present",
    7: "implement",
}  # fmt: skip


@section("service-review", order=50)
def improvements(pack: Pack) -> Section:
    """Show the register: what was improved, what is proven, and what can never be."""
    entries = pack.portfolio.all(Improvement)
    record = improvement_record(pack.portfolio, entries)
    rate = record.success_rate
    metrics = Metrics(
        Metric("In the register", record.entries, f"{record.running} running"),
        Metric("Done", len(record.done), f"{record.effort_days:f} days of effort"),
        Metric("Proven", len(record.proven), "target met, and held for two periods"),
        Metric("Success rate", Share.of(rate), f"{record.rejected} rejected"),
    )
    table = Table.of(
        Column("Improvement", wide=True),
        Column("From"),
        Column("Step of seven", formula="As stated."),
        Column.number("Before", "The baseline, measured before the change."),
        Column.number("Target", "As stated."),
        Column.number("After", "The newest value after the change."),
        Column("Result", formula="Proven when the target was met and held for two periods."),
        Column("Owner"),
        rows=(_entry(pack, each) for each in sorted(entries, key=_order)),
        caption="An entry without a number before it cannot be closed as a success.",
        empty="No improvement is registered.",
    )
    lead = ""
    if record.unprovable:
        lead = f"Done without a number before: {', '.join(e.title for e in record.unprovable)}."
    return Section("improvements", "Continual improvement", (metrics, table), lead)


def _order(entry: Improvement) -> tuple[bool, int, str]:
    return entry.status in {"done", "rejected"}, entry.priority or 99, entry.id


def _entry(pack: Pack, entry: Improvement) -> tuple[Cell, ...]:
    step = None if entry.step is None else f"{entry.step} {_STEPS[entry.step]}"
    return (
        entry.title,
        entry.source_ or Missing("not stated"),
        step or Missing("not stated"),
        *(_value(each) for each in (entry.baseline, entry.target, entry.result)),
        _result(pack, entry),
        pack.named(entry.owner),
    )


def _value(point: object) -> Cell:
    value = getattr(point, "value", None)
    return f"{value:f}" if value is not None else None


def _result(pack: Pack, entry: Improvement) -> Cell:
    if entry.status != "done":
        return entry.status.replace("_", " ")
    if is_proven(pack.portfolio, entry):
        return Status("green", "proven")
    return Status("amber", "done, not proven")


@section("service-review", order=70)
def team(pack: Pack) -> Section:
    """Show how healthy the organisation's people are, only ever as groups of four or more."""
    portfolio = pack.portfolio
    left, goals, pulse = turnover(portfolio), capability_uplift(portfolio), company_pulse(portfolio)
    attrition = left.value.attrition if left.value is not None else None
    over = overtime(portfolio, portfolio.all(Person))
    cover, coached = succession_cover(portfolio), coaching_rate(portfolio)
    lag, spread = speak_up_lag(portfolio, pack.seen), load_spread(_loads(pack))
    metrics = (
        Metric(
            "Attrition a year",
            Share.of(attrition) if attrition else Missing(left.reason),
        ),
        Metric("One-to-ones held", Share.of(coached), "of the last half year"),
        Metric("Key roles with a successor now", Share.of(cover)),
        Metric(
            "Development goals met",
            shown(goals.map(lambda met: Share(met.share))),
            None if goals.value is None else f"{goals.value.levels:+.2f} levels on average",
        ),
        Metric(
            "Staff who recommend us, eNPS",
            shown(pulse.map(lambda known: f"{known.score:+.0f}")),
            None
            if pulse.value is None
            else f"{pulse.value.low:+.0f} to {pulse.value.high:+.0f}, {pulse.value.count} answers",
        ),
        Metric("Overtime", Share.of(over), None, Status(_overtime(over))),
        Metric(
            "Days until amber is said",
            shown(lag.map(lambda days: Days(round(days)))),
            "median, from the first computed to the first declared",
        ),
        Metric(
            "Load, fullest less emptiest",
            Share.of(spread),
            "of those booked this month",
        ),
    )
    return Section("team", "The people behind it", (Metrics(*metrics), *_pulses(pack)))


def _loads(pack: Pack) -> list[Decimal]:
    """Return the planned utilisation of everybody who is booked in the month ahead."""
    (month,) = months_ahead(pack.as_of, 1)
    loads = (month_load(pack.portfolio, each, month) for each in pack.portfolio.all(Person))
    return [
        share for each in loads if each.demand and (share := each.utilisation.value) is not None
    ]


def _overtime(share: Measure[Decimal]) -> Colour:
    amber, red = _OVERTIME
    if share.value is None:
        return "grey"
    return "red" if share.value > red else "amber" if share.value > amber else "green"


def _pulses(pack: Pack) -> tuple[Block, ...]:
    pulses = newest_pulses(pack.portfolio)
    if not pulses:
        return ()
    table = Table.of(
        Column("Team"),
        Column("Asked"),
        Column.number(
            "Answers", "Answers received; those of fewer than four people are not shown."
        ),
        *(
            Column.number(question.capitalize(), "Mean answer of the team.")
            for question in QUESTIONS
        ),
        Column.number("eNPS", "Share of promoters (9 and 10) - share of detractors (0 to 6)."),
        rows=(_pulse(pack, each) for each in pulses),
        caption="Means of 1 to 5; workload: 5 is fine. Of fewer than four people nothing is shown, "
        "not even how many answered.",
    )
    return Subheading("How teams feel"), table


def _pulse(pack: Pack, pulse: Pulse) -> tuple[Cell, ...]:
    def told(known: PulseResult) -> tuple[Cell, ...]:
        means = (known.means.get(question) for question in QUESTIONS)
        recommend = shown(known.recommend.map(lambda answered: f"{answered.score:+.0f}"))
        return known.count, *(f"{m:.1f}" if m is not None else None for m in means), recommend

    answers = cells_of(pulse_result(pulse), told, len(QUESTIONS) + 2)
    return pack.name(pulse.team), pulse.on, *answers


@section("service-review", order=90)
def commitments(pack: Pack) -> Section:
    """Name the three things that the PMO commits to next: what, by when, who."""
    ahead = [
        each
        for each in pack.portfolio.all(Improvement)
        if each.status in {"approved", "in_progress"}
    ]
    chosen = sorted(ahead, key=lambda each: (each.priority or 99, each.id))[:_COMMITMENTS]
    table = Table.of(
        Column("Commitment", wide=True),
        Column.number("Target", "As stated."),
        Column("By", formula="As stated."),
        Column("Brings", wide=True),
        Column("Owner"),
        rows=(
            (
                each.title,
                _value(each.target),
                each.target.by if each.target is not None and each.target.by else Missing("no day"),
                each.benefit or Missing("not stated"),
                pack.named(each.owner),
            )
            for each in chosen
        ),
        empty="Nothing is approved for the next quarter.",
    )
    return Section("next", "Three commitments for the next quarter", (table,))
