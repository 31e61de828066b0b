"""What `pmo deps --stop` and `--without` print for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.listing import listed

if TYPE_CHECKING:
    from pmo_cli.options import Session
    from portfolio.impact.scenarios.departure import Leaving
    from portfolio.impact.scenarios.termination import Stopped

_OWNED = 6


def print_stopped(stopped: Stopped, session: Session) -> None:
    """Print what loses its case, and what becomes free."""
    from pmo_cli import console
    from portfolio.impact.scenarios.termination import in_words

    names = listed(stopped.projects)
    if stopped.losses:
        console.write(f"What loses its case if {names} stops, the dearest first")
        console.print_table(
            ("what", "what happens", "money"),
            [
                (each.id, f"{_short(each.kind)}: {each.what}", in_words(each.money))
                for each in stopped.losses
            ],
            numeric=(2,),
            session=session,
        )
        people = dict.fromkeys(each.owner for each in stopped.losses if each.owner)
        console.write_wrapped(f"To be asked: {listed(people, 20, last=', ')}.")
    else:
        console.write(f"Nothing in the portfolio needs {names}.")
    if stopped.releases:
        console.write("\nWhat becomes free; negative has to be paid all the same")
        console.print_table(
            ("what", "how", "money"),
            [(each.id, each.what, in_words(each.money)) for each in stopped.releases],
            numeric=(2,),
            session=session,
        )


def _short(kind: str) -> str:
    """Return the word for a kind where a table has little room."""
    short = {"business_dependency": "business", "change_event": "release"}
    return short.get(kind, kind.replace("_", " "))


def print_leaving(left: Leaving, session: Session) -> None:
    """Print what somebody leaves behind: what stands still first."""
    from pmo_cli import console

    console.write(f"If {left.person} leaves on {left.on}")
    if left.orphans:
        console.write("\nStands still until somebody takes over; nobody else is on it")
        console.print_table(
            ("work", "from", "to", "can wait", "could take over"),
            [
                (
                    each.activity,
                    each.start.isoformat(),
                    each.finish.isoformat(),
                    "-" if each.room is None else f"{each.room:f} working days",
                    ", ".join(each.candidates) or "nobody with the skill or the role",
                )
                for each in left.orphans
            ],
            session=session,
        )
    if left.continued:
        console.write("\nCarried on by the others, and longer")
        console.print_table(
            ("work", "share that leaves", "longer by"),
            [
                (each.activity, f"{each.share:.0%}", f"{each.longer.amount:.1f} hours")
                for each in left.continued
            ],
            numeric=(1, 2),
            session=session,
        )
    for line in _lines(left):
        console.write_wrapped(line)
    if not left.orphans and not left.continued:
        console.write("No unfinished activity names this person.")


def _lines(left: Leaving) -> list[str]:
    lines = []
    if left.skills:
        skills = ", ".join(f"{skill} {level}" for skill, level in left.skills)
        lines.append(f"Nobody else in post is assessed in: {skills}.")
    if left.owned:
        counted = [f"{number} {kind.replace('_', ' ')}" for kind, number in left.owned.items()]
        more = f" and {len(counted) - _OWNED} more kinds" if len(counted) > _OWNED else ""
        lines.append(f"Left without an owner: {', '.join(counted[:_OWNED])}{more}.")
    return lines
