"""A go-live that falls into a freeze window waits for its end."""

from __future__ import annotations

from datetime import date

import pytest

from tests.impact.rippling import moved, one, slipped


class TestFreezes:
    """The go-live of 13 March slips to the 20th, into a window that ends on Sunday the 22nd."""

    WINDOW = (
        "freeze_window: {id: peak, name: Peak, from: 2026-03-19, to: 2026-03-22, scope: SCOPE}\n"
    )
    THINGS = (
        "business_unit: {id: shop, name: Shop, owner: anna}\n"
        "stakeholder_group: {id: clerks, name: Clerks, business_unit: shop}\n"
        "services: [{id: till, name: Till, owner: anna}, {id: other, name: O, owner: anna}]\n"
        "change_event: {id: release, milestone: p.m, go_live: 2026-03-13, services: [till],"
        " groups: [{group: clerks}]}\n"
    )

    @pytest.mark.parametrize(
        ("scope", "kind", "new"),
        [
            ("{all: true}", "go_live", 23),
            ("{services: [till]}", "go_live", 23),
            ("{business_units: [shop]}", "go_live", 23),
            ("{services: [other]}", "go_live", 20),
            ("{all: true}", "external", 20),
            ("{all: true}, exceptions: [release]", "go_live", 20),
        ],
    )
    def test_a_go_live_waits_for_the_end_of_a_window_that_covers_it(
        self, scope: str, kind: str, new: int
    ) -> None:
        text = (self.THINGS + self.WINDOW).replace("SCOPE", scope)
        item = moved(slipped(one(f"type: {kind}", text), "p.b=5d"))["p.m"]
        assert item.new == date(2026, 3, new)
        assert item.held_by == ("peak" if new == 23 else "")

    def test_what_follows_a_held_go_live_waits_with_it(self) -> None:
        text = self.WINDOW.replace("SCOPE", "{all: true}")
        after = "activity: {id: p.care, duration: 1d, predecessors: [m], project: p}\n"
        found = moved(
            slipped(one("type: go_live", text, after.replace("p.care", "care")), "p.b=5d")
        )
        assert found["p.care"].new == date(2026, 3, 24)

    def test_windows_in_a_row_hold_it_until_the_last_has_ended(self) -> None:
        text = self.WINDOW.replace("SCOPE", "{all: true}") + (
            "freeze_windows: [{id: next, name: Next, from: 2026-03-23, to: 2026-03-29,"
            " scope: {all: true}}]\n"
        )
        item = moved(slipped(one("type: go_live", text), "p.b=5d"))["p.m"]
        assert (item.new, item.held_by) == (date(2026, 3, 30), "next")

    def test_a_go_live_that_was_held_before_moves_only_by_the_difference(self) -> None:
        text = self.WINDOW.replace("SCOPE", "{all: true}").replace("03-19", "03-12")
        portfolio = one("type: go_live", text)
        assert "p.m" not in moved(slipped(portfolio, "p.b=5d"))  # it waits for the 23rd anyway
        item = moved(slipped(portfolio, "p.b=7d"))["p.m"]
        assert (item.old, item.new) == (date(2026, 3, 23), date(2026, 3, 24))
