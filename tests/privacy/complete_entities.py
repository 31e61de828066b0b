"""One complete entity of any kind: a value for every field that the registry of kinds states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portfolio.record import (
    Either,
    Field,
    Many,
    Nested,
    Record,
    Reference,
    Scalar,
    Shape,
    Table,
)
from tests.hostile.files import Plain
from tests.privacy.secrets import Secrets

_NAMED_ELSEWHERE = {"calendar": "", "currency": "GBP", "unit": "%"}
"""Texts that name something in the settings, or that a measure is converted by."""
_KEYS = {"capacity": "PRMG", "cost_by_period": "2026-04", "scores": "value"}
"""Tables whose keys name something: a skill, a period, a criterion."""
_TEXTS = {
    "true or false": "false",
    "date and time": "2026-03-02 10:00",
    "day of the year": "04-01",
    "duration": "10d",
    "period": "2026-03",
}
_DAYS = {"happened": "2026-03-02", "recorded": "2026-03-02"}


@dataclass(frozen=True, slots=True)
class Filler:
    """Where the values of the fields come from; ``refer`` gives an id for kinds, or nothing."""

    secrets: Secrets
    refer: Callable[[tuple[str, ...]], str]

    def filled(self, record: type[Record], given: Mapping[str, Plain]) -> dict[str, Plain]:
        """Return a value for every field; what is given stands as it is, and nothing stays out."""
        values = {
            stated.key: given[stated.key]
            if stated.key in given
            else self._value(stated, stated.shape)
            for stated in record.FIELDS.values()
        }
        return {key: value for key, value in values.items() if value not in ("", [], {})}

    def _value(self, stated: Field, shape: Shape) -> Plain:
        match shape:
            case Scalar():
                return self._scalar(stated, shape)
            case Reference(to=to):
                return self.refer(to)
            case Many(item=item, count=wanted):
                items = [self._value(stated, item) for _ in range(wanted or 1)]
                return [each for each in items if each]
            case Table(item=item):
                key = _KEYS.get(stated.name) or self.secrets.text()
                return {key: self._value(stated, item)}
            case Nested(record=record):
                return dict(self.filled(record, {}))
            case Either(options=options):
                return self._value(stated, options[0])

    def _scalar(self, stated: Field, shape: Scalar) -> str:
        if shape.choices:
            return shape.choices[0]
        if shape.name == "text":
            return _NAMED_ELSEWHERE.get(stated.name, self.secrets.text())
        if shape.name == "money":
            return f"{self.secrets.amount()} GBP"
        if "number" in shape.name:
            return str(stated.minimum if stated.minimum is not None else 1)
        if shape.name == "date":
            return _DAYS.get(stated.time, "2026-06-30")
        return _TEXTS[shape.name]
