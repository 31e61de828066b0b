"""What an overlay holds is told to whom it is laid over for, and never to a customer."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.model.resources import Person
from tests.hostile.files import EXAMPLE, Plain, example, yaml_of
from tests.privacy.asking import answers
from tests.privacy.secrets import leaks
from tests.same_bytes.questions import PLACE, Words

WORD, DIGITS = "narwhalsong", "846173"


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """Return a folder of rates, answers and what a contract costs us, beside the portfolio."""
    text = f"{WORD.title()} said"
    tagged: dict[str, Plain] = {"tags": [WORD]}
    people: list[Plain] = [
        {
            "id": each.id,
            "cost_rate_per_day": f"{DIGITS}{n:02}",
            "charge_rate_per_day": f"{DIGITS}99",
        }
        for n, each in enumerate(example().all(Person))
    ]
    customers: list[Plain] = [
        {"id": name, "health_override": {"colour": "red", "reason": text}, **tagged}
        for name in ("acme", "harbourline", "northwind")
    ]
    contracts: list[Plain] = [
        {
            "id": "acme-managed",
            "eac_cost": f"{DIGITS}01",
            "cost_to_date": f"{DIGITS}02",
            "provision": f"{DIGITS}03",
            "bid": {"cost": f"{DIGITS}04"},
            **tagged,
        }
    ]
    answers_: list[Plain] = [
        {
            "id": f"{WORD}-{n}",
            "survey": "acme-2026-q1",
            "respondent_role": "user",
            "score": "1",
            "on": "2026-03-20",
            "comment": text,
        }
        for n in range(4)
    ]
    folder = tmp_path / "over"
    folder.mkdir()
    files = {
        "people": people, "customers": customers, "contracts": contracts, "responses": answers_,
    }  # fmt: skip
    for name, rows in files.items():
        (folder / f"{name}.yaml").write_bytes(yaml_of({name: rows}))
    return folder


def test_an_account_review_for_the_customer_has_none_of_it(overlay: Path) -> None:
    asked: dict[str, Words] = {
        f"{customer} {form}": (
            *("report", "customer", customer, "--edition", "customer"),
            *("--format", form, "--with", str(overlay)),
        )
        for customer in ("acme", "harbourline", "northwind")
        for form in ("markdown", "html")
    }
    for name, answer in answers(EXAMPLE, asked).items():
        assert answer["exit code"] == b"0", answer["stderr"].decode()
        for content in answer.values():
            assert leaks(content, WORD, DIGITS) == [], name


def test_without_it_being_laid_over_nothing_tells_it(overlay: Path) -> None:
    asked: dict[str, Words] = {
        "people": ("show", "people", "--format", "json"),
        "site": ("report", "all", "-o", PLACE),
        "validate": ("validate", "--format", "json"),
    }
    for name, answer in answers(EXAMPLE, asked).items():
        for content in answer.values():
            assert leaks(content, WORD, DIGITS) == [], name


def test_who_lays_it_over_is_told(overlay: Path) -> None:
    words = ("show", "people", "--format", "json", "--with", str(overlay))
    answer = answers(EXAMPLE, {"people": words})["people"]
    assert leaks(answer["stdout"], WORD, DIGITS)
