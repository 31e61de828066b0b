"""The example with every text that a user can write replaced by what would like to run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from portfolio.loading.loader import load
from portfolio.model.portfolio import Portfolio
from portfolio.record import Many, Nested, Record, Scalar, Table
from portfolio.report.composing import compose
from portfolio.report.outline import outlines
from portfolio.report.pack import Pack
from portfolio.report.report import Report
from portfolio.settings import Organisation, Settings
from tests.portfolios import DAY

R = TypeVar("R", bound=Record)
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "meridian"
ATTACKS = (
    "<script>document.title='ran'</script>",
    '"><img src=x onerror="document.title=\'ran\'">',
    "[click](javascript:document.title='ran')",
    '=HYPERLINK("http://example.org";"x")',
    "| a | b |\n\n# Heading\n\n```mermaid\ngraph TD\n```",
    "`code` **bold** _em_ <svg onload=document.title='ran'>",
    "{{ 7*7 }} {% raw %} ${7*7} \\u003cscript\\u003e",
    "@SUM(1) -2+3 +cmd|' /C calc'!A0 ]]> --> </script></style></title>",
)
"""Markup, script, Markdown, formulas, templates, and the ends of whatever a text may stand in."""
_MEANT = {"calendar", "currency", "unit"}
"""Texts that name something in the settings, or that a measure is converted by."""


@cache
def hostile_portfolio() -> Portfolio:
    """Return the example, everybody's and everything's words replaced; ids and figures stay."""
    loaded = load(EXAMPLE, today=DAY)
    assert loaded.portfolio is not None
    entities = [
        _poisoned_record(each, number)
        for number, each in enumerate(loaded.portfolio.entities.values())
    ]
    before = loaded.portfolio.settings
    organisation = Organisation.build(
        before.organisation.stated() | {"name": attack(0)}, before.organisation.source
    )
    settings = Settings.build(before.stated() | {"organisation": organisation}, before.source)
    return Portfolio(settings, loaded.portfolio.as_of, entities, loaded.portfolio.files)


def attack(number: int) -> str:
    """Return one of the attacks, made different from every other of its sort."""
    return f"{ATTACKS[number % len(ATTACKS)]} {number}"


def _poisoned_record(record: R, number: int) -> R:
    values = record.stated()
    for place, stated in enumerate(record.FIELDS.values()):
        value = values.get(stated.name)
        if value is None or stated.name in {"id", *_MEANT} or stated.words:
            continue
        values[stated.name] = _poisoned(value, stated.shape, number * 7 + place)
    return record.build(values, record.source)


def _poisoned(value: Any, shape: object, number: int) -> Any:  # noqa: ANN401
    if isinstance(shape, Scalar):
        return attack(number) if shape.name == "text" and isinstance(value, str) else value
    if isinstance(shape, Many):
        return tuple(_poisoned(each, shape.item, number + n) for n, each in enumerate(value))
    if isinstance(shape, Table):
        return {key: _poisoned(each, shape.item, number) for key, each in value.items()}
    if isinstance(shape, Nested) and isinstance(value, Record):
        return _poisoned_record(value, number)
    return value


def hostile_reports() -> list[tuple[str, Report]]:
    """Return every report of the hostile portfolio, those about an entity once."""
    portfolio = hostile_portfolio()
    subjects = {"project": "atlas", "customer": "acme", "change_event": "atlas-release-1",
                "board": "portfolio-board"}  # fmt: skip
    found = []
    for name, outline in outlines().items():
        subject = portfolio.entities[subjects[outline.subject]] if outline.subject else None
        found.append((name, compose(name, Pack(portfolio, (), None, subject=subject))))
    return found
