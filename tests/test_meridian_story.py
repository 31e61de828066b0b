"""What the board of the rich example has to see, and where `pmo validate` says it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.cli.running import pmo

MERIDIAN = Path(__file__).resolve().parents[1] / "examples" / "meridian"


@cache
def diagnostics() -> dict[str, list[dict[str, Any]]]:
    """Return the findings of the example by code."""
    done = pmo("-C", MERIDIAN, "validate", "--format", "json")
    found: dict[str, list[dict[str, Any]]] = {}
    for each in json.loads(done.stdout)["data"]["diagnostics"]:
        found.setdefault(each["code"], []).append(each)
    return found


@cache
def board() -> str:
    return pmo("-C", MERIDIAN, "report", "board").stdout


def line_of(finding: dict[str, Any]) -> str:
    lines = (MERIDIAN / str(finding["path"])).read_text(encoding="utf-8").splitlines()
    return lines[int(finding["line"]) - 1]


def test_a_service_is_green_and_its_customer_is_not() -> None:
    (finding,) = diagnostics()["SVC-WATERMELON"]
    assert finding["path"] == "commercial/customers.yaml"
    assert "id: harbourline-2026-q1" in line_of(finding)
    assert "25% of 12 answers from 'Harbourline Energy'" in finding["message"]
    assert "field-dispatch.first-visit 96.76 in 2026-03" in finding["message"]
    assert {each["path"] for each in finding["related"]} == {"services/services.yaml"}
    assert (
        "Harbourline Energy is not satisfied although every promised service level is kept."
        in board()
    )


def test_a_notice_date_passes_within_thirty_days_and_nobody_was_asked() -> None:
    (finding,) = diagnostics()["COM-NOTICE-SOON"]
    assert finding["path"] == "commercial/contracts.yaml"
    assert "notice: 3mo, delivery_lead: 3cd" in line_of(finding)
    assert finding["entity"] == "papyrus-print"
    assert "notice is due by 2026-04-27" in finding["message"]
    assert "Notice for Printing and posting of bills is due by 27 Apr 2026, in 27 days." in board()
    assert "renews for 24 months, 420,000 GBP" in board()


def test_a_team_is_saturated_in_a_month_with_a_freeze() -> None:
    (finding,) = diagnostics()["BAU-SATURATED"]
    assert finding["path"] == "teams.yaml"
    assert "id: customer-care" in line_of(finding)
    assert "125 % of what 'Customer care' can absorb lands in 2026-06" in finding["message"]
    assert {each["path"] for each in finding["related"]} == {"services/changes.yaml"}
    assert (
        "Customer care is saturated in June 2026: 125% of what it can absorb, a month with a "
        "freeze (Half-yearly bill run)." in board()
    )


def test_early_life_support_is_overdue() -> None:
    (finding,) = diagnostics()["BAU-ELS-OVERDUE"]
    assert finding["path"] == "services/changes.yaml"
    assert "change: dispatch-pilot" in line_of(finding)
    assert "Early life support is overdue" in board()
