"""`pmo deps --why`: a date by what decided it and what came next, a cost term by term."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import pmo

MERIDIAN = Path(__file__).resolve().parents[2] / "examples" / "meridian"
SLIP = ("atlas.build", "--slip", "10d")


def answer(*words: str) -> Any:  # noqa: ANN401
    done = pmo("-C", MERIDIAN, "deps", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["data"]


@pytest.fixture(scope="module")
def found() -> Any:  # noqa: ANN401
    return answer(*SLIP)


class TestTheRichExample:
    """One command shows how far a slip of one activity reaches."""

    def test_it_goes_through_the_activity_of_another_project(self, found: Any) -> None:  # noqa: ANN401
        release = next(item for item in found["moved"] if item["id"] == "portal.release")
        assert release["kind"] == "activity"
        assert release["through"][0] == "atlas.build"
        assert "portal.billing-live" in release["through"]

    def test_it_waits_for_a_freeze_window_to_end(self, found: Any) -> None:  # noqa: ANN401
        live = next(item for item in found["moved"] if item["id"] == "atlas.go-live")
        assert (live["new"], live["held_by"]) == ("2026-06-22", "summer-freeze")

    def test_it_reaches_contract_customer_and_objective(self, found: Any) -> None:  # noqa: ANN401
        kinds = {effect["kind"] for effect in found["effects"]}
        assert {"contract", "customer", "objective", "service", "benefit", "team", "kpi"} <= kinds

    def test_every_amount_is_explained_and_their_sum_is_the_total(self, found: Any) -> None:  # noqa: ANN401
        priced = [effect for effect in found["effects"] if effect["money"] is not None]
        assert sum(Decimal(effect["money"]) for effect in priced) == pytest.approx(
            Decimal(found["totals"]["money"]), abs=Decimal("0.05")
        )
        for effect in priced:
            assert effect["terms"], effect["id"]
            assert effect["inputs"], effect["id"]

    def test_an_input_stands_where_it_says(self, found: Any) -> None:  # noqa: ANN401
        contract = next(effect for effect in found["effects"] if effect["kind"] == "contract")
        rate = next(each for each in contract["inputs"] if each["key"] == "damages.rate")
        line = (MERIDIAN / rate["path"]).read_text().splitlines()[rate["line"] - 1]
        assert line[rate["column"] - 1 :].startswith("5000")

    def test_the_stakes_grow_with_the_slip(self, found: Any) -> None:  # noqa: ANN401
        stakes = found["value_at_stake"]
        assert [stake["working_days"] for stake in stakes] == [1, 5, 10, 20]
        amounts = [Decimal(stake["money"]) for stake in stakes]
        assert amounts == sorted(amounts, reverse=True)
        assert amounts[2] == Decimal(found["totals"]["money"])


class TestMoney:
    def test_the_damages_are_told_term_by_term(self) -> None:
        done = pmo("-q", "-C", MERIDIAN, "deps", *SLIP, "--why", "acme-managed")
        assert "acme-managed (contract, Managed billing for Acme) if atlas.build" in done.stdout
        assert "17 days at 5,000 GBP per day, 85,000 instead of 0" in done.stdout
        assert "damages.rate" in done.stdout
        assert "commercial/contracts.yaml:" in done.stdout
        assert done.stdout.rstrip().endswith("atlas.go-live → acme-managed")

    def test_it_is_data_too(self) -> None:
        found = answer(*SLIP, "--why", "billing-team")
        assert (found["id"], found["money"]) == ("billing-team", "-14500.00")
        assert found["injected"][0]["id"] == "atlas.build"
        assert found["inputs"][0]["key"] == "day_cost"

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            ((*SLIP, "--why", "northwind-meters"), "northwind-meters is not hit by this slip"),
            ((*SLIP, "--why", "acme-managed", "--format", "dot"), "has no format dot"),
            (("--why", "acme-managed"), "add --slip for its money"),
            (("--why", "atlas+"), "--why is about one, and atlas+ selects 31"),
            (("atlas", "--why", "atlas.go-liv"), "did you mean atlas.go-live"),
            ((*SLIP, "--why", "tag:none"), "tag:none selects nothing"),
        ],
    )
    def test_what_cannot_be_told_exits_with_2(self, words: tuple[str, ...], message: str) -> None:
        done = pmo("-C", MERIDIAN, "deps", *words)
        assert done.returncode == 2
        assert message in " ".join(done.stderr.split())


class TestDates:
    def test_a_date_says_what_came_next_and_how_far_behind(self) -> None:
        steps = {step["id"]: step for step in answer("--why", "portal.go-live")["why"]}
        cutover = steps["atlas.cutover"]
        assert (cutover["beat"], cutover["beat_by_working_days"]) == ("atlas.rehearsal", 7)
        assert cutover["reason"] == "waits for atlas.uat (FS); next atlas.rehearsal, 7d earlier"
        assert steps["atlas.go-live"]["reason"].endswith("; its own date says the same")
        assert steps["atlas.build"]["beat"] is None

    def test_after_a_slip_the_date_is_the_one_that_it_leads_to(self) -> None:
        found = answer(*SLIP, "--why", "portal.go-live")
        steps = {step["id"]: step for step in found["why"]}
        assert found["date"] == "2026-06-29"
        assert "then until summer-freeze ends" in steps["atlas.go-live"]["reason"]
        assert steps["atlas.build"]["reason"] == "it was told to slip"
