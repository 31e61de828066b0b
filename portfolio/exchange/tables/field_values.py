"""The fields of an entity from one row: values, lists, records inside, references by key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portfolio.exchange.drafts.draft import Draft, Link
from portfolio.exchange.tables.cells import CellReader, Outcome
from portfolio.exchange.tables.register import Register
from portfolio.exchange.tables.tally import Problem, TableTally, Tally
from portfolio.listing import listed
from portfolio.loading.findings import with_article
from portfolio.record import Many, Nested, Record, Reference, Scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.exchange.drafts.draft import Tree
    from portfolio.exchange.tables.mapping import Cell
    from portfolio.exchange.tables.resolved_mapping import FieldPlan, TablePlan
    from portfolio.exchange.tables.rows import SourceRow


@dataclass(frozen=True, slots=True)
class Work:
    """What filling works with: the reader of cells, the entities so far, the counts."""

    reader: CellReader
    register: Register
    tally: Tally

    def report(
        self,
        plan: TablePlan,
        row: SourceRow,
        outcome: Outcome,
        field: str,
        *,
        expected: str,
        effect: str,
    ) -> None:
        """List one thing that was not understood."""
        self.tally.problems.append(
            Problem(
                plan.sheet.file, row.place, outcome.column, field, outcome.written, expected, effect
            )
        )


def fill(
    work: Work,
    plan: TablePlan,
    row: SourceRow,
    fields: Sequence[FieldPlan],
    *,
    counts: TableTally,
    before: str = "",
) -> tuple[dict[str, Tree], bool]:
    """Read the fields of a row into a tree; tell also whether any cell held a value."""
    values: dict[str, Tree] = {}
    found = False
    items: dict[tuple[str, ...], dict[str, Tree]] = {}
    for wanted in fields:
        name = before + wanted.name
        texts, held = _texts(work, plan, row, wanted, counts=counts, name=name)
        found = found or held
        if not texts:
            continue
        value: Tree = [*texts] if wanted.listed else texts[0]
        if wanted.items:
            item = items.setdefault(wanted.path[: wanted.items], {})
            _put(item, wanted.path[wanted.items :], value)
        else:
            _put(values, wanted.path, value)
    for path, item in items.items():
        record = _item_record(plan, path, fields)
        if record is not None and all(f.key in item for f in record.FIELDS.values() if f.required):
            is_short = set(item) == {record.SHORTHAND}
            _put(values, path, [item[record.SHORTHAND] if is_short else item])
    return values, found


def _put(tree: dict[str, Tree], path: Sequence[str], value: Tree) -> None:
    for key in path[:-1]:
        inner = tree.setdefault(key, {})
        assert isinstance(inner, dict)  # noqa: S101 - the plan knows the shapes
        tree = inner
    tree[path[-1]] = value


def _item_record(
    plan: TablePlan, path: tuple[str, ...], fields: Sequence[FieldPlan]
) -> type[Record] | None:
    """Return the class of the records in the list that a path leads to."""
    record: type[Record] = next((c.kind for c in plan.children if c.fields is fields), plan.kind)
    for key in path:
        shape = record.FIELDS[key].shape
        shape = shape.item if isinstance(shape, Many) else shape
        if not isinstance(shape, Nested):
            return None
        record = shape.record
    return record


def _texts(
    work: Work, plan: TablePlan, row: SourceRow, wanted: FieldPlan, *, counts: TableTally, name: str
) -> tuple[list[str], bool]:
    """Read every cell of one field; count what became of each, list what was not understood."""
    texts: list[str] = []
    held = False
    chosen = isinstance(wanted.shape, Scalar) and bool(wanted.shape.choices)
    for number, cell in enumerate(wanted.cells, 1):
        counted = f"{name}[{number}]" if len(wanted.cells) > 1 else name
        for outcome in work.reader.outcomes(plan, wanted, cell, row):
            final = resolved(work, wanted, cell, outcome)
            _count(counts, counted, final, chosen=bool(cell.map) or chosen)
            if final.state == "not_understood":
                work.report(
                    plan, row, final, name, expected=final.expected, effect="the field is left out"
                )
            elif final.state in {"converted", "constant"}:
                texts.append(final.text)
                held = held or final.state == "converted"
    return list(dict.fromkeys(texts)), held


def _count(counts: TableTally, name: str, outcome: Outcome, *, chosen: bool) -> None:
    """Count what became of a cell; ``chosen`` tells that its words are worth counting, too."""
    if outcome.state == "constant" or not outcome.column:
        return
    tally = counts.of(name)
    tally.columns[outcome.column] = None
    setattr(tally, outcome.state, getattr(tally, outcome.state) + 1)
    if outcome.state == "converted" and chosen:
        tally.values[outcome.written, outcome.text] += 1


def resolved(work: Work, wanted: FieldPlan, cell: Cell, outcome: Outcome) -> Outcome:
    """Turn the key that a reference's cell holds into the id of the entity that it means."""
    refers = isinstance(wanted.shape, Reference)
    if not refers or cell.as_written or outcome.state != "converted":
        return outcome
    targets = (cell.kind,) if cell.kind else wanted.stated.to
    drafts = work.register.find(targets, outcome.text)
    if not drafts and cell.create is not None and targets:
        made = work.register.create(targets[0], outcome.text, cell.prefix or "", cell.create)
        if made is not None:
            return replace(outcome, text=Link(made.full_id))
        taken = "an id of its own; another kind has it already, `prefix:` makes another"
        return replace(outcome, state="not_understood", expected=taken)
    if len(drafts) == 1:
        if drafts[0].place:
            work.tally.found[drafts[0].full_id] = drafts[0].kind.KIND
        return replace(outcome, text=Link(drafts[0].full_id))
    what = " or ".join(targets) or "entity"
    expected = (
        f"the key of {with_article(what)} in this import, or the id or name of one that is there"
        if not drafts
        else f"the key of one entity; it is that of {listed(d.full_id for d in drafts)}"
    )
    return replace(outcome, state="not_understood", expected=expected)


def add_to(
    work: Work, draft: Draft, values: dict[str, Tree], plan: TablePlan, row: SourceRow
) -> None:
    """Add the fields of a row to an entity that another row made: lists grow, values must agree."""
    for key, value in values.items():
        known = draft.values.get(key)
        if known is None:
            draft.values[key] = value
        elif isinstance(known, list) and isinstance(value, list):
            known += [item for item in value if item not in known]
        elif isinstance(known, dict) and isinstance(value, dict):
            known.update(value)
        elif known != value:
            work.report(
                plan,
                row,
                Outcome("not_understood", written=str(value)),
                key,
                expected=f"one value; {draft.full_id} has {known} already",
                effect="the first value stays",
            )
