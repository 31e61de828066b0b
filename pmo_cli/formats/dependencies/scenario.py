"""`pmo deps --stop` and `--without`: what they print, for people and for scripts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_cli.formats.dependencies.answers import Asked
    from portfolio.impact.scenarios.departure import Leaving
    from portfolio.impact.scenarios.scenario import Supposition
    from portfolio.impact.scenarios.termination import Stopped
    from portfolio.impact.supposed_slip import Injection
    from portfolio.measure.measure import Measure
    from portfolio.model.portfolio import Portfolio
    from portfolio.values import Money

_OWNED = 6


def supposition(
    asked: Asked,
    chosen: Sequence[str],
    injections: Sequence[Injection],
    options: tuple[Sequence[str], Sequence[str], date | None],
) -> Supposition | None:
    """Return what is supposed beyond slips, by option or by a single chosen scenario; else None.

    ``options`` are the projects that stop, the people who leave, and the day. A Failure for what
    is no project, or no person.
    """
    from portfolio.application.failure import Failure
    from portfolio.impact.scenarios.scenario import suppose, suppose_scenario
    from portfolio.model.delivery.projects import Project
    from portfolio.model.resources import Person
    from portfolio.model.strategy import Scenario

    portfolio = asked.portfolio
    stops, leaving, on = options
    if not stops and not leaving:
        if on is not None:
            message = "--from says when somebody leaves"
            raise Failure(message, "--without PERSON --from DATE")
        found = portfolio.find(chosen[0], Scenario) if len(chosen) == 1 else None
        supposed = suppose_scenario(portfolio, found) if found is not None else None
        return None if supposed is None or supposed.is_slip_only else supposed
    projects = [_the(portfolio, id_, Project, "--stop", "project") for id_ in stops]
    people = [_the(portfolio, id_, Person, "--without", "person") for id_ in leaving]
    return suppose(
        portfolio,
        " and ".join([*stops, *leaving]),
        injections,
        [project.id for project in projects],
        [(person, on or portfolio.as_of) for person in people],
    )


def _the(portfolio: Portfolio, id_: str, kind: Any, option: str, word: str) -> Any:  # noqa: ANN401
    from portfolio.application.failure import Failure
    from portfolio.spelling import nearest

    found = portfolio.find(id_, kind)
    if found is None:
        near = nearest(id_, (each.id for each in portfolio.all(kind)))
        hint = f"did you mean {' or '.join(near)}?" if near else f"`pmo show {word}` lists them"
        message = f"{option} {id_}: there is no such {word}"
        raise Failure(message, hint)
    return found


def answer_supposition(asked: Asked, supposed: Supposition) -> None:
    """Show what loses its case, what stands still, and whom the delays hit."""
    from pmo_cli.formats.dependencies.answers import Format, answer_ripple
    from portfolio.application.failure import Failure

    if asked.form is Format.json:
        asked.print_json(_supposition_data(asked, supposed))
        return
    if asked.form is not Format.table:
        message = f"--format {asked.form.value} draws slips only"
        raise Failure(message, "use table or json")
    if supposed.stopped is not None:
        print_stopped(asked, supposed.stopped)
    for left in supposed.leaving:
        print_leaving(asked, left)
    if supposed.injections:
        answer_ripple(asked, supposed.injections, include_soft=supposed.include_soft)


def print_stopped(asked: Asked, stopped: Stopped) -> None:
    """Print what loses its case, and what becomes free."""
    from pmo_cli import console
    from portfolio.impact.scenarios.termination import in_words

    names = " and ".join(stopped.projects)
    if stopped.losses:
        console.write(f"What loses its case if {names} stops, the dearest first")
        console.print_table(
            ("what", "what happens", "money"),
            [
                (each.id, f"{_short(each.kind)}: {each.what}", in_words(each.money))
                for each in stopped.losses
            ],
            numeric=(2,),
            session=asked.session,
        )
        people = dict.fromkeys(each.owner for each in stopped.losses if each.owner)
        console.write_wrapped(f"To be asked: {', '.join(people)}.")
    else:
        console.write(f"Nothing in the portfolio needs {names}.")
    if stopped.releases:
        console.write("\nWhat becomes free; negative has to be paid all the same")
        console.print_table(
            ("what", "how", "money"),
            [(each.id, each.what, in_words(each.money)) for each in stopped.releases],
            numeric=(2,),
            session=asked.session,
        )


def _short(kind: str) -> str:
    """Return the word for a kind where a table has little room."""
    short = {"business_dependency": "business", "change_event": "release"}
    return short.get(kind, kind.replace("_", " "))


def print_leaving(asked: Asked, left: Leaving) -> None:
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
            session=asked.session,
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
            session=asked.session,
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


def _supposition_data(asked: Asked, supposed: Supposition) -> dict[str, Any]:
    from pmo_cli.formats.dependencies.json_data import ripple_data
    from portfolio.impact.ripple import ripple
    from portfolio.impact.slack import look_ahead

    data: dict[str, Any] = {}
    if supposed.stopped is not None:
        data["stopped"] = {
            "projects": list(supposed.stopped.projects),
            "losses": [
                {"id": e.id, "kind": e.kind, "owner": e.owner or None, "what": e.what}
                | money_data(e.money)
                for e in supposed.stopped.losses
            ],
            "releases": [
                {"id": e.id, "what": e.what} | money_data(e.money)
                for e in supposed.stopped.releases
            ],
        }
    if supposed.leaving:
        data["leaving"] = [_leaving_data(left) for left in supposed.leaving]
    if supposed.injections:
        soft = supposed.include_soft
        found = ripple(asked.portfolio, supposed.injections, include_soft=soft)
        data |= ripple_data(found, look_ahead(asked.portfolio, found))
    return data


def _leaving_data(left: Leaving) -> dict[str, Any]:
    return {
        "person": left.person,
        "on": left.on,
        "continued": [
            {"id": e.activity, "share": e.share, "longer": str(e.longer)} for e in left.continued
        ],
        "orphans": [
            {
                "id": e.activity,
                "start": e.start,
                "finish": e.finish,
                "total_float": e.room,
                "candidates": list(e.candidates),
            }
            for e in left.orphans
        ],
        "skills": [{"skill": skill, "level": level} for skill, level in left.skills],
        "owned": dict(left.owned),
    }


def money_data(money: Measure[Money]) -> dict[str, Any]:
    """Return an amount with its currency, or the reason why there is none."""
    if money.value is None:
        return {"money": None, "money_reason": money.reason, "currency": None}
    return {"money": str(money.value.amount), "currency": money.value.currency}
