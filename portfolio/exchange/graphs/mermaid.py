"""Graphs as Mermaid text, which GitHub, GitLab and most wikis draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio.impact.dependencies.dependency_map import BusinessLink, ProjectLink
    from portfolio.impact.effect import Effect
    from portfolio.impact.ripple import Ripple
    from portfolio.network.driving_path import Step
    from portfolio.network.tree import Branch

# Dark text on a light fill, and never the colour alone: the label says the word as well.
_CLASSES: Mapping[str, str] = {
    "cause": "fill:#fff3cd,stroke:#8a6100,color:#1b1b1b,stroke-width:3px",
    "hit": "fill:#f8d7da,stroke:#b02a37,color:#1b1b1b",
    "point": "fill:#eef2f7,stroke:#45556b,color:#1b1b1b",
    "business": "fill:#e6f0ea,stroke:#2f6b4f,color:#1b1b1b",
}
_STROKES: Mapping[str, str] = {
    "red": "#b02a37",
    "amber": "#b36b00",
    "green": "#2f6b4f",
    "grey": "#6b7280",
    "blue": "#1f5fa8",
}
_ESCAPES = str.maketrans(
    {
        "#": "#35;",
        '"': "#quot;",
        "<": "#lt;",
        ">": "#gt;",
        "&": "#amp;",
        "`": "#96;",
        "\\": "#92;",
        "\n": " ",
        "\r": " ",
        "\t": " ",
    }
)


class _Diagram:
    """A flow chart as it is written: nodes get short names in the order in which they occur."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.lines: list[str] = []
        self.styles: list[str] = []
        self.edges: dict[tuple[str, str], None] = {}

    def node(self, id_: str, label: Iterable[str], style: str) -> str:
        if id_ not in self.names:
            self.names[id_] = f"n{len(self.names)}"
            text = "<br/>".join(part.translate(_ESCAPES) for part in label if part)
            self.lines.append(f'  {self.names[id_]}["{text}"]:::{style}')
        return self.names[id_]

    def edge(self, giver: str, waiter: str, label: str = "", colour: str = "") -> None:
        ends = self.names[giver], self.names[waiter]
        if ends in self.edges:
            return
        if colour:
            self.styles.append(f"  linkStyle {len(self.edges)} stroke:{_STROKES[colour]}")
        self.edges[ends] = None
        text = f'|"{label.translate(_ESCAPES)}"|' if label else ""
        self.lines.append(f"  {ends[0]} -->{text} {ends[1]}")

    def text(self) -> str:
        used = [
            name for name in _CLASSES if any(line.endswith(f":::{name}") for line in self.lines)
        ]
        classes = [f"  classDef {name} {_CLASSES[name]}" for name in used]
        return "\n".join(["flowchart LR", *self.lines, *classes, *self.styles, ""])


def draw_picture(links: Iterable[ProjectLink], business: Iterable[BusinessLink]) -> str:
    """Draw which project waits for which, and the contracts and benefits that wait for them."""
    diagram = _Diagram()
    for link in links:
        for end in (link.giver, link.receiver):
            diagram.node(end, [end], "point")
        margin = link.tightest.margin
        days = "" if margin.days is None else f"{margin.days} d, "
        diagram.edge(link.giver, link.receiver, f"{days}{margin.colour}", margin.colour)
    for each in business:
        if each.kind in {"contract", "benefit"}:
            diagram.node(each.project, [each.project], "point")
            diagram.node(each.id, [each.id, each.kind], "business")
            diagram.edge(each.project, each.id)
    return diagram.text()


def draw_surroundings(above: Branch, below: Branch) -> str:
    """Draw what one entity waits for, and what waits for it."""
    diagram = _Diagram()
    diagram.node(above.id, [above.id, above.kind], "cause")
    for giver, waiter, branch in (*_steps(above, up=True), *_steps(below, up=False)):
        diagram.node(branch.id, [branch.id, branch.kind], "point")
        diagram.edge(giver, waiter)
    return diagram.text()


def _steps(branch: Branch, *, up: bool) -> Iterator[tuple[str, str, Branch]]:
    for child in branch.children:
        ends = (child.id, branch.id) if up else (branch.id, child.id)
        yield (*ends, child)
        yield from _steps(child, up=up)


def draw_ripple(found: Ripple) -> str:
    """Draw the way of a slip: from what slips over what moves to who is hit."""
    diagram = _Diagram()
    for each in found.injected:
        diagram.node(each.id, [each.id, f"slips by {each.slip}"], "cause")
        for id_ in each.nodes:
            if id_ != each.id:
                diagram.node(id_, [id_], "point")
                diagram.edge(each.id, id_)
    dates = {item.id: f"{item.old} → {item.new}" for item in found.moved}
    hits = {effect.id: effect for effect in found.effects}
    chains = [item.through for item in found.moved if item.kind != "activity"]
    for chain in (*chains, *(effect.through for effect in found.effects)):
        for id_ in chain:
            label, style = _seen(id_, dates.get(id_, ""), hits.get(id_))
            diagram.node(id_, label, style)
        for before, after in pairwise(chain):
            diagram.edge(before, after)
    return diagram.text()


def draw_reasons(steps: Sequence[Step]) -> str:
    """Draw what decides a date, from where its chain starts."""
    diagram = _Diagram()
    for place, step in enumerate(steps):
        style = "point" if place else "cause"
        diagram.node(step.id, [step.id, str(step.finish), "" if step.tie else step.reason], style)
    known = diagram.names
    for step in steps:
        if step.waits_for in known:
            diagram.edge(step.waits_for, step.id, step.tie)
    return diagram.text()


def _seen(id_: str, dates: str, hit: Effect | None) -> tuple[list[str], str]:
    """Return the label and the style of something on the way of a slip."""
    if hit is None:
        return [id_, dates], "point"
    if hit.money.value is None:
        return [id_, hit.effect], "business"
    amount = f"{round(hit.money.value.amount):,} {hit.money.value.currency}"
    return [id_, hit.effect, amount], "hit"
