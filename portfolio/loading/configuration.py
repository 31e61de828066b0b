"""`pmo.yaml` to settings: a mistake here stops every command, so all are reported at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portfolio.bounds import quoted
from portfolio.calendar import hours_from_text, week_from_text
from portfolio.conditions.operations import ConditionError
from portfolio.loading.document import MappingNode, SyntaxProblem, compose, place_of
from portfolio.loading.findings import INVALID, form_of
from portfolio.loading.records import read_record
from portfolio.model.kinds import kind_named, kind_names
from portfolio.place import packed
from portfolio.settings import Settings
from portfolio.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.loading.findings import Findings
    from portfolio.settings import CalendarSettings, OwnRule

_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_OWN_CODE = re.compile(r"OWN(-[A-Z0-9]+)+\Z")


def read_settings(content: bytes, findings: Findings) -> Settings | None:
    """Read and check `pmo.yaml`; None where a mistake makes it unusable."""
    root = compose(content)
    if isinstance(root, SyntaxProblem):
        findings.add(root.code, root.message, root.place, hint=root.hint)
        return None
    if not isinstance(root, MappingNode):
        found = form_of(root) if root is not None else "empty"
        place = place_of(root) if root is not None else packed(1, 1)
        findings.add(
            "CFG-ROOT",
            f"pmo.yaml is {found}; it must be a mapping of settings",
            place,
            hint="start with `organisation: {name: …, currency: …}`",
        )
        return None
    settings = read_record(Settings, root, findings)
    if settings is INVALID:
        return None
    _check(settings, findings)
    return None if findings.found else settings


def _check(settings: Settings, findings: Findings) -> None:
    organisation = settings.organisation
    if not _CURRENCY.match(organisation.currency):
        findings.add(
            "CFG-CURRENCY",
            f"currency {quoted(organisation.currency)} is no ISO 4217 code",
            organisation.source.fields["currency"],
            hint="write three capitals, like GBP",
        )
    calendars = settings.calendars or {}
    if organisation.calendar is not None and organisation.calendar not in calendars:
        findings.add(
            "CFG-CALENDAR",
            f"there is no calendar {quoted(organisation.calendar)}",
            organisation.source.fields["calendar"],
            hint="add it below `calendars:`",
        )
    for name, calendar in calendars.items():
        _check_hours(name, calendar, findings)
    _check_own_rules(settings.rules.own, findings)


def _check_own_rules(rules: Sequence[OwnRule], findings: Findings) -> None:
    codes = [each.code for each in rules]
    for own in rules:
        if not _OWN_CODE.match(own.code) or codes.count(own.code) > 1:
            findings.add(
                "CFG-OWN-RULE",
                f"the code {quoted(own.code)} is not a code of your own, once used",
                own.source.fields["code"],
                hint="write OWN- and words in capitals, like OWN-BIG-WITHOUT-RISK",
            )
        for key, problem, hint in _problems_of(own):
            place = own.source.fields.get(key, own.source.place)
            findings.add("CFG-OWN-RULE", f"{own.code}: {problem}", place, hint=hint)


def _problems_of(own: OwnRule) -> Iterator[tuple[str, str, str]]:
    """Yield the key, the sentence and the hint of what is wrong with a rule of the user's own."""
    # Only who has such rules pays for knowing what they can say.
    from portfolio.conditions.entity_scope import condition_about, unknown_in_message

    kind = kind_named(own.kind)
    if kind is None:
        near = did_you_mean(own.kind, kind_names())
        yield "kind", f"{quoted(own.kind)} is not a kind", f"did you mean {near}?" if near else ""
        return
    try:
        condition_about(kind, own.when)
    except ConditionError as error:
        yield "when", f"{error} (column {error.column} of the condition)", error.hint
    unknown = unknown_in_message(kind, own.message or "")
    if unknown:
        yield "message", f"{kind.KIND} has no field or figure {quoted(unknown)}", ""
    if own.key not in kind.FIELDS:
        near = did_you_mean(own.key, kind.FIELDS)
        hint = f"did you mean {near}?" if near else f"`pmo explain {kind.KIND}` lists its fields"
        yield "key", f"{kind.KIND} has no field {quoted(own.key)}", hint


def _check_hours(name: str, calendar: CalendarSettings, findings: Findings) -> None:
    try:
        if calendar.week is not None:
            week_from_text(calendar.week)
    except ValueError as error:
        place = calendar.source.fields.get("week", calendar.source.place)
        findings.add("CFG-CALENDAR", f"calendar {name}: {error}", place)
    for exception in calendar.exceptions:
        try:
            hours_from_text(exception.hours)
        except ValueError as error:
            findings.add("CFG-CALENDAR", f"calendar {name}: {error}", exception.source.place)
