"""The YAML of an import reads back as what was put in, and looks as a person writes it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portfolio.exchange.drafts.draft import Tree, tree_of
from portfolio.exchange.drafts.yaml_text import WIDTH, yaml_text
from portfolio.loading.document import Node, compose

TEXTS = st.one_of(
    st.text(max_size=200),
    st.text("ab:#-,[]{}'\" \n~!&*%@`?|>=.", max_size=160),
    st.sampled_from(
        ["null", "~", "", "a: b", "a #b", "- a", "---", "...", "? a", "=", "<<", "12:30"]
    ),
)
KEYS = st.one_of(
    st.from_regex(r"[a-z_]{1,12}", fullmatch=True), st.sampled_from(["no", "a b", "x: y"])
)
TREES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4)
        | st.dictionaries(KEYS, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_what_is_written_reads_back_the_same(tree: dict[str, object]) -> None:
    node = compose(yaml_text(tree, "a comment").encode())  # type: ignore[arg-type]
    assert isinstance(node, Node)
    assert tree_of(node) == tree


def test_short_mappings_stand_on_one_line_each_and_values_without_needless_quotes() -> None:
    milestones: Tree = [
        {"id": "go-live", "name": "Go-live: all users", "baseline": "2026-05-22"},
        {"id": "close", "name": "Closing, and handing over"},
    ]
    assert yaml_text(
        {
            "project": {
                "id": "atlas",
                "tags": ["billing", "2026"],
                "name": "O’Hara & Sons #1",
                "bac": "12300000",
                "start": "2026-03-31",
                "milestones": milestones,
            }
        }
    ) == (
        "project:\n"
        "  id: atlas\n"
        "  tags: [billing, 2026]\n"
        "  name: 'O’Hara & Sons #1'\n"
        "  bac: 12300000\n"
        "  start: 2026-03-31\n"
        "  milestones:\n"
        "    - {id: go-live, name: 'Go-live: all users', baseline: 2026-05-22}\n"
        "    - {id: close, name: 'Closing, and handing over'}\n"
    )


def test_a_long_text_is_folded_and_keeps_its_paragraphs() -> None:
    text = f"{'seven words stand here once more again ' * 4}end.\n- the second paragraph: short"
    written = yaml_text({"risk": {"cause": text}})
    assert max(map(len, written.splitlines())) <= WIDTH
    assert written.startswith("risk:\n  cause: >-\n    seven words")
    assert "\n\n    - the second paragraph: short\n" in written
