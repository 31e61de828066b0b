"""The one JSON document that `--format json` prints."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from portfolio.characters import escaped_in_json
from portfolio.measure.measure import Measure
from portfolio.measure.table import rounded
from portfolio.record import Record, Ref
from portfolio.values import Duration, Money, Period

if TYPE_CHECKING:
    from portfolio.measure.table import Rows
    from portfolio.view.view import View

FORMAT_VERSION = 1


def envelope(command: str, portfolio: View, commit: str | None, data: Any) -> str:  # noqa: ANN401
    """Wrap a command's data in the document that scripts rely on."""
    document: dict[str, Any] = {
        "version": FORMAT_VERSION,
        "command": command,
        "portfolio": portfolio.settings.organisation.name,
        "as_of": portfolio.as_of.isoformat(),
        "commit": commit,
    }
    if commit is None:
        document["commit_reason"] = "no git history"
    document["data"] = data
    return escaped_in_json(json.dumps(document, indent=2, ensure_ascii=False, default=plain)) + "\n"


def rows_as_records(table: Rows) -> list[dict[str, Any]]:
    """Turn rows into records: dotted columns nested, money as a decimal text with its currency."""
    records: list[dict[str, Any]] = []
    for row in table.rows:
        record: dict[str, Any] = {}
        for name, value in zip(table.columns, row, strict=True):
            *outer, last = name.split(".")
            place = record
            for part in outer:
                place = place.setdefault(part, {})
            known = value.value if isinstance(value, Measure) else value
            if isinstance(known, Money):
                place[last] = str(rounded(known).amount)
                place[f"{last}_currency"] = known.currency
            elif isinstance(value, Measure):
                place[last] = known
                if known is None:
                    place[f"{last}_reason"] = value.reason
            else:
                place[last] = value
        records.append(record)
    return records


def plain(value: object) -> Any:  # noqa: ANN401
    """Turn a value of the model into what JSON can hold; money is an amount as text."""
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": value.currency}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Duration | Period):
        return str(value)
    if isinstance(value, Record):
        return {f.key: getattr(value, f.name) for f in value.FIELDS.values()}
    if hasattr(value, "items"):
        return dict(value.items())
    message = f"{type(value).__name__} has no JSON form"
    raise TypeError(message)
