"""OpenSLO documents to service levels: what a level states is kept, everything else is listed.

https://openslo.com describes the format. An indicator's query belongs to the monitoring system;
here a level has a target, a window, and values that somebody writes down or a clock counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from portfolio.analysis.service.error_budget import alert_burn_rate
from portfolio.exchange.drafts.account import Account
from portfolio.exchange.drafts.draft import tree_of
from portfolio.exchange.drafts.source_file import Unreadable
from portfolio.loading.document import SyntaxProblem, compose
from portfolio.values import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portfolio.exchange.drafts.draft import Tree

_BETWEEN_DOCUMENTS = re.compile(r"^---.*$", re.MULTILINE)
_LENGTH = re.compile(r"(\d+)\s*([mhdwMQY])\Z")
_MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10080}
_ROLLING = {7: "rolling_7d", 14: "rolling_14d", 28: "rolling_28d", 30: "rolling_30d"}
_CALENDAR = {"1w": "week", "7d": "week", "1M": "month", "1Q": "quarter", "3M": "quarter"}
_MEASURES = {
    "occurrences": "quality",
    "timeslices": "availability",
    "ratiotimeslices": "availability",
}
_OPENSLO, _SLOTH = "openslo/", "sloth.slok.dev/"
_LONGEST = 60


@dataclass(slots=True)
class Levels:
    """What was read: the names of services, their levels as written, alerts in words, the rest."""

    services: dict[str, str] = field(default_factory=dict)
    slas: dict[str, list[dict[str, Tree]]] = field(default_factory=dict)
    alerts: list[str] = field(default_factory=list)
    account: Account = field(default_factory=Account)

    @property
    def count(self) -> int:
        """Return how many levels were read."""
        return sum(map(len, self.slas.values()))


def read_openslo(content: bytes, name: str, levels: Levels) -> None:
    """Read the documents of one file into what was read before.

    Raises Unreadable for a file that is no YAML, or holds no document of OpenSLO or Sloth.
    """
    known = False
    for text in _documents(content):
        root = compose(text.encode())
        if isinstance(root, SyntaxProblem):
            raise Unreadable(root.message, root.hint)
        tree = tree_of(root) if root is not None else {}
        if not isinstance(tree, dict) or not tree:
            continue
        version, kind = _text(tree, "apiVersion"), _text(tree, "kind")
        if not version.startswith((_OPENSLO, _SLOTH)):
            continue
        known = True
        if version.startswith(_SLOTH) and kind == "AlertWindows":
            _read_alert_windows(tree, name, levels)
        elif version.startswith(_OPENSLO) and kind == "Service":
            _read_service(tree, levels)
        elif version.startswith(_OPENSLO) and kind == "SLO":
            _read_level(tree, levels)
        else:
            levels.account.note(f"{kind or 'documents without a kind'}: has no place", name)
    if not known:
        message = "no document of OpenSLO is in it"
        raise Unreadable(message, "each starts with apiVersion: openslo/v1 and a kind")


def _documents(content: bytes) -> list[str]:
    try:
        return _BETWEEN_DOCUMENTS.split(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        message = "it is not UTF-8"
        raise Unreadable(message) from None


def _read_service(tree: Mapping[str, Tree], levels: Levels) -> None:
    about = _mapping(tree, "metadata")
    id_ = slug(_text(about, "name"), _LONGEST)
    if id_:
        levels.services[id_] = _text(about, "displayName") or _text(about, "name")
    if _text(_mapping(tree, "spec"), "description"):
        levels.account.note("descriptions: left out", id_)


def _read_level(tree: Mapping[str, Tree], levels: Levels) -> None:
    about, spec = _mapping(tree, "metadata"), _mapping(tree, "spec")
    name, service = _text(about, "name"), slug(_text(spec, "service"), _LONGEST)
    if not name or not service:
        levels.account.note("levels without a name or a service: left out", name or "no name")
        return
    objectives = [each for each in _list(spec, "objectives") if isinstance(each, dict)]
    title = _text(about, "displayName") or name
    several = len(objectives) > 1
    for number, objective in enumerate(objectives, 1):
        target = _target(objective)
        if target is None or not 0 < target < 100:  # noqa: PLR2004 - percent
            stated = _text(objective, "target") or _text(objective, "targetPercent") or "none"
            what = "targets that leave no error budget, or are no share: the level is left out"
            levels.account.note(what, f"{name}: {stated}")
            continue
        goal = _text(objective, "displayName") or str(number)
        level: dict[str, Tree] = {
            "id": slug(f"{name}-{number}" if several else name, _LONGEST),
            "name": f"{title}, {goal}" if several else title,
            **_measure(spec, levels, name),
            "target": f"{target.normalize():f}",
            "unit": "%",
            "direction": "higher",
            **_window(spec, levels, name),
        }
        levels.services.setdefault(service, _text(spec, "service"))
        levels.slas.setdefault(service, []).append(level)
        _note_objective(objective, levels, name)
    if not objectives:
        levels.account.note("levels without an objective: left out", name)
    _note_rest(spec, levels, name)


def _target(objective: Mapping[str, Tree]) -> Decimal | None:
    """Return the promised share in percent."""
    try:
        if "targetPercent" in objective:
            return Decimal(_text(objective, "targetPercent"))
        return 100 * Decimal(_text(objective, "target"))
    except InvalidOperation:
        return None


def _measure(spec: Mapping[str, Tree], levels: Levels, name: str) -> dict[str, Tree]:
    """Return what a budget counts: time is an availability, single events are quality."""
    method = _text(spec, "budgetingMethod")
    measure = _MEASURES.get(method.lower())
    if measure is None:
        levels.account.note("budgeting methods that are not known: no measure is stated", name)
        return {}
    return {"measure": measure}


def _window(spec: Mapping[str, Tree], levels: Levels, name: str) -> dict[str, Tree]:
    """Return the window, where there is one of its length."""
    stated = next((each for each in _list(spec, "timeWindow") if isinstance(each, dict)), None)
    if stated is None:
        levels.account.note("no time window: a month is taken", name)
        return {}
    length = _text(stated, "duration")
    if _text(stated, "isRolling").lower() == "true":
        minutes = _minutes(length)
        found = _ROLLING.get(minutes // 1440) if minutes and not minutes % 1440 else None
    else:
        found = _CALENDAR.get(length)
        calendar = _mapping(stated, "calendar")
        if calendar:
            begin = f"{_text(calendar, 'startTime')} {_text(calendar, 'timeZone')}".strip()
            what = "beginnings of calendar windows: a week begins on Monday, a month on its first"
            levels.account.note(what, f"{name}: {begin}")
    if found is None:
        levels.account.note("time windows of another length: a month is taken", f"{name}: {length}")
        return {}
    return {"window": found}


def _note_objective(objective: Mapping[str, Tree], levels: Levels, name: str) -> None:
    if _text(objective, "value"):
        limit = f"{_text(objective, 'op')} {_text(objective, 'value')}".strip()
        levels.account.note("thresholds of the indicator: left out", f"{name}: {limit}")
    for key in ("timeSliceTarget", "timeSliceWindow"):
        if _text(objective, key):
            what = f"{key}: left out, minutes count as they are"
            levels.account.note(what, f"{name}: {_text(objective, key)}")


def _note_rest(spec: Mapping[str, Tree], levels: Levels, name: str) -> None:
    if spec.get("indicator") or spec.get("indicatorRef"):
        levels.account.note("indicators with their queries: they stay with the monitoring", name)
    if spec.get("alertPolicies"):
        levels.account.note("alert policies: left out", name)
    if _text(spec, "description"):
        levels.account.note("descriptions: left out", name)


def _read_alert_windows(tree: Mapping[str, Tree], name: str, levels: Levels) -> None:
    """Tell the burn rate behind each pair of windows; a portfolio calls nobody at night."""
    spec = _mapping(tree, "spec")
    period = _text(spec, "sloPeriod")
    levels.account.note("alert windows: told above, a portfolio calls nobody", name)
    for severity, speed, pair in _pairs(spec):
        share, long = _text(pair, "errorBudgetPercent"), _text(pair, "longWindow")
        whole, back = _minutes(period), _minutes(long)
        try:
            burn = alert_burn_rate(Decimal(share) / 100, Decimal(whole), Decimal(back)).value
        except InvalidOperation:
            burn = None
        if burn is None:
            levels.account.note("alert windows that cannot be read", f"{name}: {severity} {speed}")
            continue
        levels.alerts.append(
            f"{severity} {speed}: {share} % of {period} in {long} is a burn of "
            f"{round(burn, 3).normalize():f}"
        )


def _pairs(spec: Mapping[str, Tree]) -> Iterator[tuple[str, str, Mapping[str, Tree]]]:
    for severity in ("page", "ticket"):
        for speed, pair in _mapping(spec, severity).items():
            if isinstance(pair, dict):
                yield severity, speed, pair


def _minutes(length: str) -> int:
    """Return the minutes of a duration such as 5m, 6h, 28d or 2w; 0 for another."""
    match = _LENGTH.match(length.strip())
    return int(match[1]) * _MINUTES.get(match[2], 0) if match else 0


def _text(tree: Mapping[str, Tree], key: str) -> str:
    found = tree.get(key, "")
    return found.strip() if isinstance(found, str) else ""


def _mapping(tree: Mapping[str, Tree], key: str) -> Mapping[str, Tree]:
    found = tree.get(key)
    return found if isinstance(found, dict) else {}


def _list(tree: Mapping[str, Tree], key: str) -> list[Tree]:
    found = tree.get(key)
    return found if isinstance(found, list) else []
