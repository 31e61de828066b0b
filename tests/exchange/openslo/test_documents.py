"""OpenSLO documents as service levels: what a level states is kept, the rest is listed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from portfolio.analysis.service.error_budget import alert_burn_rate
from portfolio.exchange.drafts.source_file import Unreadable
from portfolio.exchange.openslo.documents import Levels, read_openslo
from portfolio.loading.loader import load
from portfolio.model.service import Sla
from tests.cli.running import pmo
from tests.portfolios import DAY
from tests.real_data import real_data

if TYPE_CHECKING:
    from pathlib import Path

LEVEL = """
apiVersion: openslo/v1
kind: SLO
metadata: {name: Search Speed, displayName: Speed}
spec:
  service: web
  indicatorRef: fast
  budgetingMethod: Occurrences
  timeWindow: [{duration: 28d, isRolling: true}]
  objectives: [{target: 0.999}]
"""


def read(*texts: str) -> Levels:
    levels = Levels()
    for text in texts:
        read_openslo(text.encode(), "levels.yaml", levels)
    return levels


def left_out(levels: Levels) -> dict[str, tuple[str, ...]]:
    return {each.what.partition(":")[0]: each.names for each in levels.account.left_out()}


def test_a_level_keeps_its_service_name_target_and_window() -> None:
    found = read(LEVEL)
    assert found.services == {"web": "web"}
    assert found.slas["web"] == [
        {
            "id": "search-speed",
            "name": "Speed",
            "measure": "quality",
            "target": "99.9",
            "unit": "%",
            "direction": "higher",
            "window": "rolling_28d",
        }
    ]
    assert left_out(found) == {"indicators with their queries": ("Search Speed",)}


@pytest.mark.parametrize(
    ("stated", "window", "listed"),
    [
        ("{duration: 1w, isRolling: true}", "rolling_7d", False),
        ("{duration: 2w, isRolling: true}", "rolling_14d", False),
        ("{duration: 4w, isRolling: true}", "rolling_28d", False),
        ("{duration: 720h, isRolling: true}", "rolling_30d", False),
        ("{duration: 1w}", "week", False),
        ("{duration: 1M, isRolling: false}", "month", False),
        ("{duration: 1Q}", "quarter", False),
        ("{duration: 90d, isRolling: true}", None, True),
        ("{duration: 1M, isRolling: true}", None, True),
        ("{duration: 5h, isRolling: true}", None, True),
        ("{duration: 1Y}", None, True),
        ("{}", None, True),
    ],
)
def test_a_window_is_kept_or_listed(stated: str, window: str | None, *, listed: bool) -> None:
    found = read(LEVEL.replace("{duration: 28d, isRolling: true}", stated))
    assert found.slas["web"][0].get("window") == window
    assert ("time windows of another length" in left_out(found)) is listed


def test_without_a_window_a_month_is_taken_and_said() -> None:
    found = read(LEVEL.replace("  timeWindow: [{duration: 28d, isRolling: true}]\n", ""))
    assert "window" not in found.slas["web"][0]
    assert left_out(found)["no time window"] == ("Search Speed",)


def test_several_objectives_are_several_levels() -> None:
    two = "[{target: 0.9, displayName: Most}, {targetPercent: 99.5}]"
    found = read(LEVEL.replace("[{target: 0.999}]", two))
    assert [(each["id"], each["name"], each["target"]) for each in found.slas["web"]] == [
        ("search-speed-1", "Speed, Most", "90"),
        ("search-speed-2", "Speed, 2", "99.5"),
    ]


@pytest.mark.parametrize("target", ["1", "1.0", "0", "high", "100.5", ""])
def test_a_target_without_an_error_budget_is_refused_and_listed(target: str) -> None:
    found = read(LEVEL.replace("0.999", target or '""'))
    assert found.count == 0
    what = "targets that leave no error budget, or are no share"
    assert left_out(found)[what] == (f"Search Speed: {target or 'none'}",)


def test_what_a_portfolio_has_no_place_for_is_listed() -> None:
    text = """
    apiVersion: openslo/v1
    kind: SLO
    metadata: {name: up}
    spec:
      service: web
      description: Always there
      budgetingMethod: Guessing
      indicator: {spec: {}}
      timeWindow: [{duration: 1w, isRolling: false, calendar: {startTime: 2022-01-01, timeZone: UTC}}]
      objectives: [{target: 0.99, op: lt, value: 500, timeSliceTarget: 0.95, timeSliceWindow: 1m}]
      alertPolicies: [page]
    """  # noqa: E501 - as such documents are
    found = left_out(read(text))
    assert found["thresholds of the indicator"] == ("up: lt 500",)
    assert found["timeSliceTarget"] == ("up: 0.95",)
    assert found["beginnings of calendar windows"] == ("up: 2022-01-01 UTC",)
    for what in ("budgeting methods that are not known", "alert policies", "descriptions"):
        assert found[what] == ("up",)


def test_services_name_themselves_and_other_kinds_have_no_place() -> None:
    found = read(
        "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: web, displayName: Web shop}\n"
        "spec: {description: Sells}\n---\n" + LEVEL.lstrip() + "---\napiVersion: openslo/v1\n"
        "kind: DataSource\n---\n\n---\n- a list\n"
    )
    assert found.services == {"web": "Web shop"}
    assert found.count == 1
    assert left_out(found)["DataSource"] == ("levels.yaml",)
    assert left_out(found)["descriptions"] == ("web",)


def test_a_level_without_a_service_or_an_objective_is_listed() -> None:
    found = read(LEVEL.replace("  service: web\n", ""))
    assert left_out(found)["levels without a name or a service"] == ("Search Speed",)
    found = read(LEVEL.replace("  objectives: [{target: 0.999}]\n", ""))
    assert left_out(found)["levels without an objective"] == ("Search Speed",)


@pytest.mark.parametrize("content", [b"a: [", b"kind: Pod\n", b"\xff", b"", b"- x\n"])
def test_a_file_that_is_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_openslo(content, "x.yaml", Levels())


# Burn rates


@pytest.mark.parametrize(
    ("share", "days", "hours", "burn"),
    [("2", 30, 1, "14.4"), ("5", 30, 6, "6"), ("10", 30, 24, "3"), ("10", 30, 72, "1"),
     ("2", 28, 1, "13.44"), ("5", 28, 6, "5.6"), ("10", 28, 24, "2.8"), ("10", 28, 72, "0.933")],
)  # fmt: skip
def test_the_published_windows_burn_as_published(
    share: str, days: int, hours: int, burn: str
) -> None:
    found = alert_burn_rate(Decimal(share) / 100, Decimal(24 * days), Decimal(hours)).value
    assert found is not None
    assert round(found, 3) == Decimal(burn)


def test_a_window_without_a_look_back_has_no_burn() -> None:
    assert alert_burn_rate(Decimal("0.1"), Decimal(1), Decimal(0)).code == "zero_denominator"


WINDOWS = """
apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 28d
  page: {quick: {errorBudgetPercent: 2, shortWindow: 5m, longWindow: 1h}, odd: text}
  ticket: {slow: {errorBudgetPercent: much, longWindow: 1d}, never: {errorBudgetPercent: 2}}
"""


def test_alert_windows_are_told_as_burn_rates_and_what_is_unreadable_is_listed() -> None:
    found = read(WINDOWS)
    assert found.alerts == ["page quick: 2 % of 28d in 1h is a burn of 13.44"]
    unread = ("levels.yaml: ticket slow", "levels.yaml: ticket never")
    assert left_out(found)["alert windows that cannot be read"] == unread


# The command


def test_real_documents_become_a_portfolio_that_validates(tmp_path: Path) -> None:
    files = sorted(real_data("slo").glob("*.yaml"))
    done = pmo("import", "openslo", *files, "--into", tmp_path)
    assert "2 services, 3 service levels" in done.stderr
    for burn in ("14.4", "6", "3", "1", "13.44", "5.6", "2.8", "0.933"):
        assert f"is a burn of {burn}\n" in done.stderr
    assert "search-slo: lt 500" in done.stderr
    loaded = load(tmp_path, today=DAY)
    assert loaded.portfolio is not None
    levels = {each.id: (each.target, each.window) for each in loaded.portfolio.all(Sla)}
    assert levels == {
        "web-shop.search-slo": (99, "rolling_14d"),
        "web-shop.main-page": (99, "rolling_14d"),
        "web-availability.service-availability": (Decimal("99.95"), "week"),
    }
    assert pmo("-C", tmp_path, "validate", "--strict").returncode == 0


def test_levels_join_a_service_that_is_there_and_a_second_import_changes_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "pmo.yaml").write_text("organisation: {name: Mine, currency: EUR}\n")
    (tmp_path / "own.yaml").write_text(
        "people: [{id: anna, name: Anna}]\nservice: {id: web, name: Web, owner: anna}\n"
    )
    (tmp_path / "levels.slo").write_text(
        LEVEL + "---" + LEVEL.replace("service: web", "service: new")
    )
    command = ("-C", tmp_path, "import", "openslo", tmp_path / "levels.slo", "--owner", "anna")
    assert pmo(*command).returncode == 0
    first = (tmp_path / "services" / "openslo.yaml").read_text()
    assert "service: web" in first
    assert "owner: anna" in first
    assert "people" not in first
    assert pmo(*command).returncode == 0
    assert (tmp_path / "services" / "openslo.yaml").read_text() == first
    assert pmo("-C", tmp_path, "validate").returncode == 0


def test_an_id_that_is_taken_or_a_file_that_is_no_level_is_a_plain_message(tmp_path: Path) -> None:
    (tmp_path / "pmo.yaml").write_text("organisation: {name: Mine, currency: EUR}\n")
    (tmp_path / "own.yaml").write_text("people: [{id: web, name: Web}]\n")
    (tmp_path / "levels.slo").write_text(LEVEL)
    done = pmo("-C", tmp_path, "import", "openslo", tmp_path / "levels.slo")
    assert done.returncode == 2
    assert "the id web is taken: it is a person in own.yaml" in done.stderr
    done = pmo("-C", tmp_path, "import", "openslo", tmp_path / "own.yaml")
    assert done.returncode == 2
    assert "no document of OpenSLO is in it" in done.stderr
    (tmp_path / "pmo.yaml").write_text("organisation: 3\n")
    done = pmo("-C", tmp_path, "import", "openslo", tmp_path / "levels.slo")
    assert done.returncode == 2
