"""What `pmo resources level` prints: one set of data, as tables or as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmo_cli import console

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_cli.options import Session
    from portfolio.application.levelling import Levelling


def levelling_data(found: Levelling) -> dict[str, Any]:
    """Return everything that is told about a proposal; days are working days."""
    proposal, portfolio = found.proposal, found.opened.view
    money = proposal.money
    return {
        "shifts": [
            {
                "work": each.activity.id,
                "for": sorted({b.person.id for b in each.bookings if b.person is not None}),
                "reason": "waits" if each.waits else "follows",
                "start": each.start,
                "proposed_start": each.moved,
                "days": each.days,
                "days_beyond_float": each.beyond,
            }
            for each in proposal.shifts
        ],
        "projects": [
            {"project": each.project.id, "finish": each.before, "proposed_finish": each.after}
            for each in proposal.ends
        ],
        "cost": None if money.value is None else round(money.value.amount, 2),
        "cost_unknown": money.reason or None,
        "currency": portfolio.settings.organisation.currency,
        "weeks_beyond_capacity": proposal.before,
        "weeks_beyond_capacity_after": len(proposal.crowded),
        "remaining": [
            {
                "person": each.person.id,
                "week": each.load.start,
                "demand_days": round(each.load.demand, 2),
                "capacity_days": round(each.load.capacity, 2),
                "provable": each.is_provable,
            }
            for each in proposal.crowded
        ],
    }


def write_tables(data: Mapping[str, Any], session: Session) -> None:
    """Print the proposal for people."""
    before, after = data["weeks_beyond_capacity"], data["weeks_beyond_capacity_after"]
    if not before:
        console.write("Nobody is booked beyond capacity.")
        return
    console.write_wrapped(
        f"Weeks of people beyond capacity: {before} now, {after} with this proposal. "
        "A heuristic: work waits day by day until whoever is booked on it has the time.",
        "",
    )
    _write_shifts(data["shifts"], session)
    for each in data["projects"]:
        console.write(
            f"{each['project']} finishes {each['proposed_finish']} instead of {each['finish']}."
        )
    if data["shifts"]:
        console.write_wrapped(_priced(data))
    _write_remaining(data["remaining"], session)


def _write_shifts(shifts: Sequence[Mapping[str, Any]], session: Session) -> None:
    if not shifts:
        console.write("No shift of booked work makes it better.")
        return
    console.print_table(
        ["work", "of", "why", "start", "proposed", "days", "beyond float"],
        [
            [
                each["work"],
                ", ".join(each["for"]),
                each["reason"],
                str(each["start"]),
                str(each["proposed_start"]),
                str(each["days"]),
                str(each["days_beyond_float"]),
            ]
            for each in shifts
        ],
        numeric=(5, 6),
        session=session,
    )


def _priced(data: Mapping[str, Any]) -> str:
    if data["cost"] is None:
        return f"What the waiting costs is not known: {data['cost_unknown']}."
    if not data["cost"]:
        return "The waiting costs nothing that is stated in the portfolio."
    word = "costs" if data["cost"] < 0 else "brings"
    return f"The waiting {word} {abs(data['cost']):,.0f} {data['currency']} through every link."


def _write_remaining(remaining: Sequence[Mapping[str, Any]], session: Session) -> None:
    if not remaining:
        return
    console.print_table(
        ["person", "week of", "asked", "there is", "proven"],
        [
            [
                each["person"],
                str(each["week"]),
                f"{each['demand_days']:.1f} d",
                f"{each['capacity_days']:.1f} d",
                "no shift inside float helps" if each["provable"] else "a peak",
            ]
            for each in remaining
        ],
        title="Still too much",
        numeric=(2, 3),
        session=session,
    )
