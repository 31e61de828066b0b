"""What `pmo init` writes for editors drives the YAML language server that they run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from portfolio.application.starters.portfolio_files import starter_files
from portfolio.model.kinds import kinds
from tests.editor.language_server import Editor, editor


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new portfolio, as `pmo init` writes it."""
    root = tmp_path_factory.mktemp("editor")
    for path, text in starter_files("Meridian", "GBP", date(2026, 3, 31), "0.1.0").items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def opened(folder: Path) -> Iterator[Editor]:
    """Return the portfolio opened in an editor, with the settings that lie in it."""
    stated = json.loads((folder / ".vscode/settings.json").read_text(encoding="utf-8"))
    settings = {
        "yaml": {
            "schemas": stated["yaml.schemas"],
            "schemaStore": {"enable": False},  # it would ask the network
            "validate": True,
            "hover": True,
            "completion": True,
        }
    }
    with editor(folder, settings) as running:
        yield running


def messages(opened: Editor, text: str, path: str = "any.yaml") -> list[str]:
    return [found["message"] for found in opened.underlined(path, text)]


class TestUnderlined:
    """Faults that the editor shows while they are typed."""

    def test_nothing_in_a_new_portfolio(self, opened: Editor, folder: Path) -> None:
        files = sorted({*folder.rglob("*.yaml"), *folder.rglob("*.yml")})
        assert len(files) > 6
        for file in files:
            path = str(file.relative_to(folder))
            assert messages(opened, file.read_text(encoding="utf-8"), path) == [], path

    def test_a_wrong_choice_at_its_place_with_the_right_ones(self, opened: Editor) -> None:
        text = "project:\n  id: a\n  name: A\n  sponsor: x\n  status: deliverin\n"
        (found,) = opened.underlined("any.yaml", text)
        assert found["range"] == {
            "start": {"line": 4, "character": 10},
            "end": {"line": 4, "character": 19},
        }
        assert '"delivering"' in found["message"]

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("riskz: []\n", "Property riskz is not allowed"),
            ("person: {id: a, nmae: A}\n", "Property nmae is not allowed"),
            ("project: {id: a, name: A}\n", 'Missing property "sponsor"'),
            ("person: {id: a, name: A, start_date: 31/12/2026}\n", "date"),
            (
                "contract: {id: a, name: A, milestones: [{id: m, name: M, type: end}]}\n",
                '"go_live"',
            ),
        ],
    )
    def test_other_faults(self, opened: Editor, text: str, told: str) -> None:
        assert any(told in message for message in messages(opened, text))

    def test_settings_have_a_schema_of_their_own(self, opened: Editor) -> None:
        text = "organisation: {name: A, currency: GBP}\nrulez: {}\n"
        assert messages(opened, text, "pmo.yaml") == ["Property rulez is not allowed."]


class TestCompleted:
    """What the editor offers at the cursor."""

    def test_all_kinds_at_the_top_of_a_file(self, opened: Editor) -> None:
        offered = opened.completed("any.yaml", "|\n")
        assert {name for kind in kinds().values() for name in (kind.KIND, kind.PLURAL)} <= {
            *offered
        }
        assert "threat" in offered["risks"]["documentation"]

    @pytest.mark.parametrize(
        ("text", "fields"),
        [
            ("project:\n  id: a\n  sp|\n", {"sponsor", "bac", "milestones", "risks"}),
            ("risks:\n  - id: a\n    |\n", {"owner", "cause", "event", "effect", "response"}),
            ("project:\n  id: a\n  activities:\n    - id: b\n      |\n", {"duration", "calendar"}),
            (
                "activities:\n  - id: b\n    predecessors:\n      - id: c\n        |\n",
                {"type", "lag"},
            ),
            ("project:\n  id: a\n  declared_rag:\n    |\n", {"overall", "comment"}),
        ],
        ids=["entity", "list", "nested entity", "nested record", "short or long form"],
    )
    def test_the_fields_of_what_the_cursor_is_in(
        self, opened: Editor, text: str, fields: set[str]
    ) -> None:
        offered = opened.completed("any.yaml", text)
        assert fields <= {*offered}
        assert "portfolios" not in offered

    def test_the_choices_of_a_field(self, opened: Editor) -> None:
        assert {"delivering", "on_hold"} <= {
            *opened.completed("any.yaml", "project:\n  id: a\n  status: |\n")
        }

    def test_a_new_entity_with_what_it_cannot_do_without(self, opened: Editor) -> None:
        offered = opened.completed("any.yaml", "milestones:\n  - |\n")
        assert offered["milestone"]["insertText"] == "id: $1\n  name: $2"

    def test_the_settings(self, opened: Editor) -> None:
        assert {"calendars", "rules", "thresholds"} <= {*opened.completed("pmo.yaml", "|\n")}
        assert {"week", "holidays"} <= {*opened.completed("pmo.yaml", "calendars:\n  uk:\n    |\n")}

    def test_no_example_of_a_mapping_is_inserted_as_a_text(self, opened: Editor) -> None:
        offered = opened.completed("pmo.yaml", "rules:\n  |\n")["severity"]
        assert offered["insertText"] == "severity:\n  "
        assert "RSK-STALE: error" in offered["documentation"]


class TestHovered:
    """What the editor shows of a word."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("ri|sks:\n  - id: a\n", ["#### risk", "An uncertain event"]),
            (
                "project:\n  id: a\n  spon|sor: x\n",
                ["sponsor (→ person, required)", "The executive who answers for the case."],
            ),
            (
                "project:\n  id: a\n  milestones:\n    - {id: m, fore|cast: 2026-01-01}\n",
                ["forecast (date)", "The date as expected now"],
            ),
            ("risks:\n  - id: a\n    response: red|uce\n", ["The strategy", "`avoid`"]),
        ],
        ids=["kind", "field", "nested field", "choice"],
    )
    def test_what_it_means(self, opened: Editor, text: str, told: list[str]) -> None:
        shown = opened.hovered("any.yaml", text)
        assert [part for part in told if part not in shown] == []
