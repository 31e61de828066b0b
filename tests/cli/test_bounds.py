"""What one value can be: beyond it a finding with the limit, within it every command answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import pmo

SETTINGS = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
PEOPLE = "people: [{id: anna, name: Anna Sample}]\n"
PROJECT = """\
project: {{id: atlas, name: Atlas, sponsor: anna, project_manager: anna, status: delivering,
  start: {start}, baseline_finish: {finish}, bac: {bac},
  activities: [{{id: a, name: A, duration: {duration}}},
    {{id: b, name: B, duration: 5d, predecessors: [{{id: a, lag: {lag}}}]}}],
  milestones: [{{id: live, name: Live, key: true, baseline: {finish}, forecast: {finish},
    predecessors: [b]}}]}}
contract: {{id: deal, name: Deal, customer: acme, type: managed_service, start: 2020-01-01,
  end: {end}, renewal: {{notice: 3mo}}}}
customer: {{id: acme, name: Acme}}
"""
USUAL = {
    "start": "2026-01-01", "finish": "2026-12-31", "bac": "1000", "duration": "10d", "lag": "5d",
    "end": "2026-12-31",
}  # fmt: skip
COMMANDS = (
    ("deps",),
    ("deps", "atlas.a", "--slip", "10d"),
    ("deps", "atlas.a", "--slip", "10d", "--format", "svg"),
    ("show", "activity"),
    ("show", "contract"),
    ("export", "mspdi"),
    ("risk", "simulate", "--iterations", "100"),
    ("resources", "level"),
    ("report", "board"),
    ("report", "renewals"),
    ("report", "project", "atlas", "--format", "html"),
)


def portfolio(folder: Path, **stated: str) -> Path:
    (folder / "pmo.yaml").write_text(SETTINGS)
    (folder / "a.yaml").write_text(PEOPLE + PROJECT.format(**USUAL | stated))
    return folder


@pytest.mark.parametrize(
    ("field", "value", "limit"),
    [
        ("start", "0001-01-01", "years from 1900 to 2200"),
        ("finish", "9999-12-31", "years from 1900 to 2200"),
        ("end", "0001-01-01", "years from 1900 to 2200"),
        ("start", "1899-12-31", "years from 1900 to 2200"),
        ("finish", "2201-01-01", "years from 1900 to 2200"),
        ("duration", "9999y", "at most 100 years"),
        ("duration", "36526d", "at most 100 years"),
        ("lag", "9999y", "at most 100 years"),
        ("lag", "-101y", "at most 100 years"),
        ("bac", "1000000000000001", "at most 1,000,000,000,000,000"),
        ("bac", "-99999999999999999999999", "at most 1,000,000,000,000,000"),
        ("bac", "0.0000000000000000001", "at most 18"),
    ],
)
def test_a_value_beyond_is_a_finding_with_the_limit(
    tmp_path: Path, field: str, value: str, limit: str
) -> None:
    ran = pmo("-C", portfolio(tmp_path, **{field: value}), "validate")
    assert ran.returncode == 1, ran.stderr
    assert limit in ran.stdout
    assert "FLD-TYPE" in ran.stdout


@pytest.mark.parametrize(
    ("entity", "limit"),
    [
        ("lesson: {id: l, what: LONG}", "at most 32,767"),
        ("person: {id: l, name: LONG}", "at most 300"),
        ("lesson: {id: long-LONG, what: W}", "at most 100"),
        ("lesson: {id: l, what: W, tags: [LONG]}", "at most 32,767"),
        ("baseline: {id: b, project: atlas, version: 1000000001}", "between 1 and 1,000,000,000"),
        ("contract: {id: k, name: K, renewal: {term_months: 1201}}", "between 1 and 1,200"),
    ],
)
def test_texts_and_counts_have_limits_too(tmp_path: Path, entity: str, limit: str) -> None:
    portfolio(tmp_path)
    (tmp_path / "b.yaml").write_text(entity.replace("LONG", "x" * 33_000) + "\n")
    ran = pmo("-C", tmp_path, "validate")
    assert ran.returncode == 1, ran.stderr
    assert "FLD-RANGE" in ran.stdout
    assert limit in ran.stdout


@pytest.mark.parametrize(
    "entity",
    [
        "lesson: {id: l, what: W, recorded_on: LONG}",
        "lesson: {id: l, what: W, KEY: 1}",
        "lesson: {id: l, what: W, project: LONG}",
        "KEY: {id: l}",
        "lesson: LONG",
        "risk: {id: r, title: R, category: LONG}",
        "risk: {id: r, title: R, inherent: {p: LONG, i: 1}}",
    ],
)
def test_a_message_shows_the_beginning_of_a_value(tmp_path: Path, entity: str) -> None:
    portfolio(tmp_path)
    entity = entity.replace("LONG", "x" * 33_000).replace("KEY", "x" * 900)
    (tmp_path / "b.yaml").write_text(f"{entity}\n")
    for form in ("text", "json"):
        ran = pmo("-C", tmp_path, "validate", "--format", form)
        assert ran.returncode in {0, 1}, ran.stderr
        assert "xxxxx" in ran.stdout
        assert "x" * 200 not in ran.stdout


@pytest.mark.parametrize(
    "stated",
    [
        {"start": "1900-01-01", "finish": "2200-12-31", "end": "2200-12-31"},
        {"duration": "36525d", "lag": "36525ed", "finish": "1900-01-01"},
        {"lag": "-100y", "end": "1900-01-01", "bac": "1000000000000000"},
    ],
)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_within_every_command_answers(
    tmp_path: Path, stated: dict[str, str], words: tuple[str, ...]
) -> None:
    ran = pmo("-C", portfolio(tmp_path, **stated), *words)
    assert ran.returncode in {0, 1, 2}, ran.stderr


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_chain_of_the_longest_lags_stays_in_the_calendar(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    portfolio(tmp_path)
    rows = [
        f"  - {{id: c{n}, name: C, project: atlas, duration: 36525d, "
        f"predecessors: [{{id: {f'atlas.c{n - 1}' if n else 'atlas.b'}, lag: 36525ed}}]}}"
        for n in range(120)
    ]
    (tmp_path / "b.yaml").write_text("activities:\n" + "\n".join(rows) + "\n")
    ran = pmo("-C", tmp_path, *words)
    assert ran.returncode in {0, 1, 2}, ran.stderr


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_day_to_judge_on_has_the_same_limits(tmp_path: Path, day: str) -> None:
    portfolio(tmp_path)
    for words in (("validate",), ("report", "board"), ("report", "board", "--since", "HEAD")):
        ran = pmo("-C", tmp_path, "--as-of", day, *words)
        assert ran.returncode == 2
        assert "outside the years from 1900 to 2200" in ran.stderr
    (tmp_path / "pmo.yaml").write_text(SETTINGS.replace("2026-03-31", day))
    ran = pmo("-C", tmp_path, "validate")
    assert ran.returncode == 2
    assert "outside the years from 1900 to 2200" in ran.stderr


@pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
@pytest.mark.parametrize("words", [("validate",), *COMMANDS], ids=" ".join)
def test_on_the_first_and_the_last_day_every_command_answers(
    tmp_path: Path, day: str, words: tuple[str, ...]
) -> None:
    ran = pmo("-C", portfolio(tmp_path), "--as-of", day, *words)
    assert ran.returncode in {0, 1, 2}, ran.stderr


def test_a_condition_has_a_size(tmp_path: Path) -> None:
    portfolio(tmp_path)
    when = " or ".join(["bac > 5"] * 500)
    (tmp_path / "pmo.yaml").write_text(
        f"{SETTINGS}rules:\n  own:\n    - code: OWN-LONG\n      kind: project\n"
        f"      when: {when}\n      message: m\n"
    )
    ran = pmo("-C", tmp_path, "validate")
    assert ran.returncode == 2, ran.stderr
    assert "at most 1,000" in ran.stderr


@pytest.mark.parametrize("name", ["me", "me.yaml", "me.csv"])
def test_a_link_to_itself_among_the_files_is_a_finding(tmp_path: Path, name: str) -> None:
    (portfolio(tmp_path) / name).symlink_to(tmp_path / name)
    ran = pmo("-C", tmp_path, "validate")
    assert ran.returncode in {0, 1}, ran.stderr
    assert ("YML-UNREADABLE" in ran.stdout) == ("." in name)


class TestEqualFindings:
    """A thousand rows with one mistake are one mistake."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Return a portfolio whose hundred risks name a person whom nobody knows."""
        portfolio(tmp_path)
        rows = [
            f"- {{id: r{n}, title: R, project: atlas, owner: bob, raised_on: 2026-01-01}}"
            for n in range(100)
        ]
        (tmp_path / "b.yaml").write_text("risks:\n" + "\n".join(rows) + "\n")
        return tmp_path

    def test_they_are_told_once_with_their_number_and_the_first_places(self, folder: Path) -> None:
        ran = pmo("-C", folder, "validate", "--select", "REF")
        assert ran.stdout.count("REF-BROKEN") == 1
        said = "100 times, also b.yaml:3:45, b.yaml:4:45 and 97 more; --no-fold shows all"
        assert said in ran.stdout
        assert "100 errors" in ran.stderr

    def test_one_by_one_where_somebody_asks(self, folder: Path) -> None:
        ran = pmo("-C", folder, "validate", "--select", "REF", "--no-fold")
        assert ran.stdout.count("REF-BROKEN") == 100

    @pytest.mark.parametrize("form", ["json", "github", "gitlab", "sarif", "junit"])
    def test_programs_get_all_of_them(self, folder: Path, form: str) -> None:
        ran = pmo("-C", folder, "validate", "--select", "REF", "--format", form)
        assert ran.stdout.count("there is no such person") >= 100
