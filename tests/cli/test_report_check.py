"""`pmo report … --check`: a committed page says how it was made, and is made again to compare."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portfolio.application.reports.stamp import Stamp, read_stamp
from tests.cli.conftest import MERIDIAN
from tests.cli.repositories import PROJECT, git, write_files
from tests.cli.running import pmo


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a portfolio with two commits, so that there is a past to compare with."""
    write_files(tmp_path)
    git(tmp_path, "init", "-q")
    commit(tmp_path, "First")
    change(tmp_path, "1300")
    commit(tmp_path, "Second")
    return tmp_path / "portfolio"


def commit(root: Path, subject: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", subject)


def change(root: Path, bac: str) -> None:
    (root / "portfolio" / "atlas.yaml").write_text(PROJECT.replace("bac: 1000", f"bac: {bac}"))


class TestOnePage:
    @pytest.fixture(
        params=[
            ("board",),
            ("board", "--since", "HEAD~1"),
            ("board", "--since", "2001-01-01"),
            ("board", "--since", "no-such-ref"),
            ("board", "atlas"),
            ("board", "--exclude", "kind:risk"),
            ("project", "atlas", "--since", "HEAD~1"),
            ("board", "--include-confidential"),
        ],
        ids=" ".join,
    )
    def words(self, request: pytest.FixtureRequest) -> tuple[str, ...]:
        found: tuple[str, ...] = request.param
        return found

    def test_nothing_needs_to_be_repeated(
        self, folder: Path, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        page = tmp_path / "page.html"
        assert pmo("-C", folder, "report", *words, "-o", page).returncode == 0
        commit(tmp_path, "Third")  # HEAD~1 is another commit by now
        done = pmo("-C", folder, "report", "--check", "-o", page)
        assert (done.returncode, "is up to date" in done.stderr) == (0, True), done.stderr
        change(tmp_path, "1700")
        done = pmo("-C", folder, "report", "--check", "-o", page)
        assert done.returncode == 1
        assert f"{page} is stale: `pmo report {words[0]}" in done.stderr
        assert f"-o {page}` writes it again" in done.stderr

    def test_a_page_that_is_committed_together_with_what_it_is_about_is_up_to_date(
        self, folder: Path, tmp_path: Path
    ) -> None:
        """It says `+changes` of the commit before, and nothing of it is stale."""
        page = tmp_path / "portfolio" / "reports" / "board.md"
        change(tmp_path, "1500")
        assert pmo("-C", folder, "report", "-o", page).returncode == 0
        commit(tmp_path, "Third, with its report")
        assert "+changes" in page.read_text()
        assert pmo("-C", folder, "report", "--check", "-o", page).returncode == 0
        change(tmp_path, "1600")
        assert pmo("-C", folder, "report", "--check", "-o", page).returncode == 1

    def test_a_page_from_a_copy_without_history_can_be_checked_in_one_with_it(
        self, folder: Path, tmp_path: Path
    ) -> None:
        page = tmp_path / "page.md"
        copy = shutil.copytree(folder, tmp_path.parent / f"{tmp_path.name}-copy")
        assert pmo("-C", copy, "report", "-o", page).returncode == 0
        assert "no git history" in page.read_text()
        assert pmo("-C", folder, "report", "--check", "-o", page).returncode == 0

    def test_another_comparison_than_the_page_has_is_told(
        self, folder: Path, tmp_path: Path
    ) -> None:
        page = tmp_path / "page.md"
        pmo("-C", folder, "report", "-o", page)
        done = pmo("-C", folder, "report", "--since", "HEAD~1", "--check", "-o", page)
        assert done.returncode == 1
        assert "it was written by `pmo report board`;" in done.stderr

    def test_it_is_checked_at_its_own_day(self, folder: Path, tmp_path: Path) -> None:
        page = tmp_path / "page.md"
        pmo("-C", folder, "--as-of", "2026-05-01", "report", "-o", page)
        assert pmo("-C", folder, "report", "--check", "-o", page).returncode == 0

    def test_overlays_are_named_by_who_checks(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "people").mkdir()
        page = tmp_path / "page.md"
        overlay = ("--with", tmp_path / "people")
        pmo("-C", folder, *overlay, "report", "-o", page)
        done = pmo("-C", folder, "report", "--check", "-o", page)
        assert done.returncode == 2
        assert "it was written by `pmo report board --with DIR`; repeat that" in done.stderr
        assert pmo("-C", folder, *overlay, "report", "--check", "-o", page).returncode == 0

    def test_what_cannot_be_checked_says_why(self, folder: Path, tmp_path: Path) -> None:
        page, mine = tmp_path / "page.md", tmp_path / "mine.md"
        pmo("-C", folder, "report", "-o", page)
        mine.write_text("# Mine\n")
        for words, message in (
            (("--check",), "--check needs the file to check"),
            (("--check", "-o", mine), "was not written by `pmo report`"),
            (("--check", "-o", tmp_path / "none.md"), "cannot be read"),
            (("--check", "-o", tmp_path), "checks a whole site"),
            (("renewals", "--check", "-o", page), "is the report 'board', not 'renewals'"),
        ):
            done = pmo("-C", folder, "report", *words)
            assert (done.returncode, message in done.stderr) == (2, True), done.stderr


def check(portfolio: Path, site: Path) -> tuple[int, str]:
    done = pmo("-q", "-C", portfolio, "report", "all", "--check", "-o", site)
    return done.returncode, done.stderr


def test_the_site_of_the_example_is_up_to_date_and_stays_as_it_is(site: Path) -> None:
    before = {path: path.read_bytes() for path in site.iterdir()}
    assert check(MERIDIAN, site) == (0, "")
    assert {path: path.read_bytes() for path in site.iterdir()} == before


class TestWholeSite:
    @pytest.fixture
    def site(self, folder: Path, tmp_path: Path) -> Path:
        written = tmp_path / "site"
        assert pmo("-C", folder, "report", "all", "-o", written).returncode == 0
        return written

    def test_missing_stale_and_left_over_pages_are_listed(self, folder: Path, site: Path) -> None:
        (site / "board.html").unlink()
        shutil.copy(site / "project-atlas.html", site / "project-gone.html")
        with (site / "service-review.html").open("a") as page:
            page.write("<!-- -->")
        (site / "mine.html").write_text("<p>Mine</p>")
        status, said = check(folder, site)
        assert status == 1
        assert said.splitlines() == [
            f"missing: {site / 'board.html'}",
            f"stale: {site / 'service-review.html'}",
            f"about nothing any more: {site / 'project-gone.html'}",
            f"{site} is stale: `pmo report all -o {site}` writes it again",
        ]

    def test_without_its_index_it_is_still_known(self, folder: Path, site: Path) -> None:
        (site / "index.html").unlink()
        status, said = check(folder, site)
        assert (status, said.splitlines()[0]) == (1, f"missing: {site / 'index.html'}")

    def test_a_page_of_it_is_not_checked_alone(self, folder: Path, site: Path) -> None:
        done = pmo("-C", folder, "report", "--check", "-o", site / "board.html")
        assert done.returncode == 2
        assert f"`pmo report all --check -o {site}` checks all of it" in done.stderr

    def test_a_folder_without_a_site_says_so(self, folder: Path, tmp_path: Path) -> None:
        status, said = check(folder, tmp_path)
        assert (status, "holds no site" in said) == (2, True)

    def test_a_site_in_markdown_is_found_by_its_pages(self, folder: Path, tmp_path: Path) -> None:
        site = tmp_path / "site"
        words = ("-C", folder, "report", "all", "-o", site)
        assert pmo(*words, "--format", "markdown").returncode == 0
        assert pmo(*words, "--check").returncode == 0
        (site / "board.md").unlink()
        assert f"missing: {site / 'board.md'}" in pmo(*words, "--check").stderr


def test_a_pdf_is_compared_by_the_page_it_was_printed_from(tmp_path: Path) -> None:
    """Fonts and the library decide its bytes; the page behind it they do not touch."""
    pytest.importorskip("weasyprint", exc_type=ImportError)
    page = tmp_path / "renewals.pdf"
    words = ("-C", MERIDIAN, "report", "renewals", "-o", page)
    assert pmo(*words).returncode == 0
    page.write_bytes(page.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6"))  # as by another library
    assert pmo(*words, "--check").returncode == 0
    stamp = read_stamp(page.read_bytes())
    assert stamp is not None
    page.write_bytes(page.read_bytes().replace(stamp.page.encode(), b"0" * 32))
    assert pmo(*words, "--check").returncode == 1


@pytest.mark.parametrize(
    "stamp",
    [
        Stamp("board", "2026-03-31"),
        Stamp("board", "2026-03-31", ("a b", "tag:x(y)", "--> <script>"), ("--!>", "ü%")),
        Stamp("customer", "2026-03-31", ("acme",), edition="customer", overlaid=True),
        Stamp("all", "2026-03-31", since="HEAD~1 (x)", confidential=True, site=True, page="0f"),
    ],
)
def test_a_stamp_is_read_as_it_was_written_and_ends_no_comment(stamp: Stamp) -> None:
    assert read_stamp(f"<!-- {stamp} -->\n".encode()) == stamp
    assert not {"--", "<", ">"} & {
        str(stamp)[i : i + n] for i in range(len(str(stamp))) for n in (1, 2)
    }


def test_a_text_on_the_page_is_no_stamp() -> None:
    forged = b"<p>generated by pmo: report renewals as of 2020-01-01</p>\n"
    stamp = Stamp("board", "2026-03-31")
    assert read_stamp(forged + f"<!-- {stamp} -->\n".encode()) == stamp
