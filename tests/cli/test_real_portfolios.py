"""Real portfolios from their tables to a checked portfolio and a board report, without any code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import pmo
from tests.real_data import real_data

SOURCES = {
    "uk-gmpp 2014": ("uk-gmpp", "2013-09-30", 200, ("uk-gmpp", "raw", "gmpp_2014.csv")),
    "uk-gmpp 2019": ("uk-gmpp", "2018-09-30", 133, ("uk-gmpp", "raw", "gmpp_2019.csv")),
    "uk-gmpp 2020": ("uk-gmpp", "2019-09-30", 125, ("uk-gmpp", "raw", "gmpp_2020.csv")),
    "uk-gmpp 2021": ("uk-gmpp", "2021-03-31", 184, ("uk-gmpp", "raw", "gmpp_2021.csv")),
    "uk-gmpp 2022": ("uk-gmpp", "2022-03-31", 235, ("uk-gmpp", "raw", "gmpp_2022.csv")),
    "us-itdashboard": (
        "us-itdashboard", "2012-11-05", 385, ("us-itdashboard", "projects_2013_part.csv")
    ),
    "melbourne-water": (
        "melbourne-water", "2024-03-01", 445,
        ("melbourne-water", "capital_delivery_deidentified.csv"),
    ),
}  # fmt: skip

LIKE_ANOTHER = {"uk-gmpp 2019", "uk-gmpp 2020", "uk-gmpp 2021"}
"""Written as that of 2022, which is read whenever tests are run."""


@pytest.mark.parametrize(
    ("mapping", "day", "count", "path"),
    [
        pytest.param(*source, id=name, marks=[pytest.mark.more] if name in LIKE_ANOTHER else [])
        for name, source in SOURCES.items()
    ],
)
def test_a_published_table_is_imported_checked_and_reported(
    tmp_path: Path, mapping: str, day: str, count: int, path: tuple[str, ...]
) -> None:
    folder = tmp_path / "portfolio"
    source = real_data(*path)
    ran = pmo("import", "csv", source, "-m", mapping, "--as-of", day, "--into", folder)
    assert ran.returncode == 0, ran.stderr

    ran = pmo("-C", folder, "validate", "--format", "json")
    assert ran.returncode in {0, 1}, ran.stderr
    found = json.loads(ran.stdout)
    assert found["as_of"] == day
    codes = {diagnostic["code"][:3] for diagnostic in found["data"]["diagnostics"]}
    assert codes.isdisjoint({"YML", "REF", "CFG"})

    ran = pmo("-C", folder, "show", "projects", "--format", "json")
    assert len(json.loads(ran.stdout)["data"]["rows"]) == count

    for form in ("markdown", "html"):
        ran = pmo("-C", folder, "report", "board", "--format", form)
        assert ran.returncode == 0, ran.stderr
        assert day in ran.stdout
