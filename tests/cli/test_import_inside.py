"""`pmo import` writes inside its folder alone, whatever its options, links and names say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import contents, pmo
from tests.exchange.mspdi import file, link, task

MAPPING = """\
pmo: {organisation: {name: Test, currency: GBP}}
tables:
  - kind: project
    id: name
    fields: {name: name, sponsor: {value: ida}}
entities: {people: [{id: ida, name: Ida Berg}]}
"""
LEVEL = """\
apiVersion: openslo/v1
kind: SLO
metadata: {name: fast}
spec:
  service: shop
  budgetingMethod: Occurrences
  timeWindow: [{duration: 28d, isRolling: true}]
  objectives: [{target: 0.999}]
"""
WORDS = {
    "csv": ("p.csv", "-m", "m.yaml"),
    "mspdi": ("plan.xml",),
    "openslo": ("level.slo",),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "m.yaml").write_text(MAPPING)
    (tmp_path / "p.csv").write_text("name\nAtlas\n")
    (tmp_path / "plan.xml").write_bytes(file(task(1), task(2, link(1))))
    (tmp_path / "level.slo").write_text(LEVEL)
    (tmp_path / "in").mkdir()
    return tmp_path


@pytest.mark.parametrize("source", WORDS)
@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_linked_subfolder_leads_no_file_out(
    folder: Path, source: str, more: tuple[str, ...]
) -> None:
    (folder / "elsewhere").mkdir()
    for name in ("projects", "services", "people"):
        (folder / "in" / name).symlink_to(folder / "elsewhere")
    before = contents(folder)
    ran = pmo("import", source, *WORDS[source], "--into", "in", *more, cwd=folder)
    assert ran.returncode == 2
    assert "would be written outside in: into " in ran.stderr
    assert "replace the link" in ran.stderr
    assert contents(folder) == before


def test_a_file_that_an_import_wrote_beyond_a_link_is_not_replaced(folder: Path) -> None:
    words = ("import", "csv", "p.csv", "-m", "m.yaml", "--into", "in")
    assert pmo(*words, cwd=folder).returncode == 0
    (folder / "in" / "projects").rename(folder / "elsewhere")
    (folder / "in" / "projects").symlink_to(folder / "elsewhere")
    before = contents(folder)
    (folder / "p.csv").write_text(changed := "name\nATLAS\n")
    assert pmo(*words, cwd=folder).returncode == 2
    assert contents(folder) == before | {"p.csv": changed.encode()}


def test_a_link_that_stays_inside_is_followed(folder: Path) -> None:
    (folder / "in" / "plans").mkdir()
    (folder / "in" / "projects").symlink_to("plans")
    ran = pmo("import", "csv", "p.csv", "-m", "m.yaml", "--into", "in", cwd=folder)
    assert ran.returncode == 0, ran.stderr
    assert (folder / "in" / "plans" / "atlas.yaml").is_file()


@pytest.mark.parametrize("id_", ["../../esc", "a/b", "Wall", "wall.one", "wall\n"])
def test_the_project_is_an_id(folder: Path, id_: str) -> None:
    before = contents(folder)
    ran = pmo("import", "mspdi", "plan.xml", "--into", "in", "--project", id_, cwd=folder)
    assert ran.returncode == 2
    assert "is no id\nhint: write lower-case letters" in ran.stderr
    assert contents(folder) == before
