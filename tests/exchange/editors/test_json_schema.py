"""The schema for editors accepts what the loader accepts, and says where they would disagree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from portfolio.exchange.editors.json_schema import portfolio_schema, settings_schema
from tests.plain_yaml import plain


def validator() -> Draft7Validator:
    schema = portfolio_schema()
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def test_the_example_has_no_squiggle(repository: Path) -> None:
    check = validator()
    root = repository / "examples/meridian"
    found = [
        f"{path.relative_to(root)}: {error.json_path}: {error.message[:120]}"
        for path in sorted(root.rglob("*.yaml"))
        if path.name != "pmo.yaml"
        for error in check.iter_errors(plain(path.read_bytes()))
    ]
    assert found == []


def test_its_settings_have_no_squiggle(repository: Path) -> None:
    settings = plain((repository / "examples/meridian/pmo.yaml").read_bytes())
    assert list(Draft7Validator(settings_schema()).iter_errors(settings)) == []


@pytest.mark.parametrize(
    "document",
    [
        {"projets": []},
        {"project": {"id": "a", "name": "A", "sponsor": "x", "sttus": "delivering"}},
        {"project": {"id": "a", "name": "A"}},
        {"project": {"id": "a", "name": "A", "sponsor": "x", "priority": 9}},
        {"project": {"id": "a", "name": "A", "sponsor": "x", "status": "deliverin"}},
        {"project": {"id": "a", "name": "A", "sponsor": "x", "activities": [{"id": "b"}]}},
        {"activity": {"id": "a", "project": "p", "duration": "10"}},
    ],
)
def test_a_fault_is_underlined(document: dict[str, Any]) -> None:
    assert list(validator().iter_errors(document))


def test_a_nested_entity_need_not_name_its_owner() -> None:
    document = {
        "project": {
            "id": "a",
            "name": "A",
            "sponsor": "x",
            "milestones": [{"id": "m", "name": "M", "predecessors": ["b", {"id": "c"}]}],
        }
    }
    assert list(validator().iter_errors(document)) == []
