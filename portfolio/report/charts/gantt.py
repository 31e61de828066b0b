"""A Gantt chart of what moves: where it stood, where it stands, and which link carried it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from portfolio.report.charts.svg import (
    FILLS,
    SOFT,
    Svg,
    diamond,
    drawing,
    legible,
    line,
    number,
    shortened,
    small,
    words,
)
from portfolio.report.charts.timeline import scale

if TYPE_CHECKING:
    from portfolio.report.blocks import Colour

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP = 1180.0, 300.0, 130.0, 38.0, 52.0
_LONGEST_LABEL, _LONGEST_SUB = 38, 46
# Months between two names on the axis, by how many months there are at most.
_STEPS = ((16, 1), (48, 3))
_MONTHS = 12
_MOST_LINES = 1200
# As much room an arrow needs between two bars to turn twice.
_STRAIGHT = 15
_DAY = timedelta(days=1)

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the chart: a bar from first to last day, or a diamond where it is a point.

    ``old`` is where it stood; ``due`` the last day on which a contract asks for nothing.
    """

    id: str
    label: str
    new: Span
    old: Span | None = None
    is_point: bool = False
    colour: Colour = "blue"
    note: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Shade:
    """A time in which nothing may go live."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Gantt:
    """Everything that a Gantt chart shows; arrows lead between ids of rows, with the link's type.

    ``hit`` are the rows of those who are hit, which stand below a heading of their own.
    """

    title: str
    rows: tuple[Row, ...]
    arrows: tuple[tuple[str, str, str], ...]
    shades: tuple[Shade, ...]
    as_of: date
    left_out: int = 0
    hit: tuple[Row, ...] = ()

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """Return what moves and who is hit."""
        return (*self.rows, *self.hit)

    @property
    def description(self) -> str:
        """Return the chart in words, for whoever does not see it."""
        told = [f"{row.id}: {_said(row)}" for row in self.all_rows]
        if self.left_out:
            told.append(f"{self.left_out} more that move are left out")
        return "; ".join(told)


def _said(row: Row) -> str:
    old = f"{row.old[1]} → " if row.old and row.old[1] != row.new[1] else ""
    due = f", contract date {row.due}" if row.due else ""
    note = f", {row.note}" if row.note else ""
    return f"{old}{row.new[1]}{note}{due}"


def gantt_chart(gantt: Gantt) -> Svg:
    """Draw a Gantt chart: old bars faint, new ones solid, links as arrows, freezes shaded."""
    first, last = _span(gantt)
    at = scale(first, last, _LEFT, _WIDTH - _LEFT - _RIGHT)
    places = _places(gantt)
    bottom = max([_TOP, *(y + _ROW / 2 for y in places.values())])
    height = bottom + (58 if gantt.left_out else 38)
    shapes = [*_shades(gantt, at, bottom), *_axis(first, last, at, bottom)]
    shapes.append(line((at(gantt.as_of), 26), (at(gantt.as_of), bottom), name="ink-line"))
    shapes.append(words(at(gantt.as_of), 16, f"as of {gantt.as_of}", anchor="middle", bold=True))
    if gantt.hit:
        y = places[gantt.hit[0].id] - _ROW / 2
        shapes.append(line((8, y - 22), (_WIDTH - 8, y - 22)))
        shapes.append(words(8, y - 5, "Who is hit", bold=True))
    rows = {row.id: row for row in gantt.rows}
    for giver, waiter, type_ in gantt.arrows:
        leaves, meets = rows[giver], rows[waiter]
        x1 = at(leaves.new[0] if type_[0] == "S" else _end(leaves))
        x2 = at(meets.new[0] if type_[1] == "S" else _end(meets))
        gap = 8 if meets.is_point else 1
        shapes.append(_arrow((x1, places[giver]), (x2, places[waiter]), type_, gap))
    for row in gantt.all_rows:
        shapes.extend(_row(row, places[row.id], at))
    shapes.extend(_legend(bottom + 24))
    if gantt.left_out:
        more = f"{gantt.left_out} more that move are not shown"
        shapes.append(words(8, bottom + 48, more, bold=True))
    return drawing(_WIDTH, height, gantt.title, shapes)


def _places(gantt: Gantt) -> Mapping[str, float]:
    """Return where the middle of each row is; a heading stands above those who are hit."""
    places = {row.id: _TOP + _ROW * (index + 0.5) for index, row in enumerate(gantt.rows)}
    below = _TOP + _ROW * len(gantt.rows) + 26
    return {
        **places,
        **{row.id: below + _ROW * (index + 0.5) for index, row in enumerate(gantt.hit)},
    }


def _end(row: Row) -> date:
    """Return where a bar ends: a day is drawn with its whole width."""
    return row.new[1] if row.is_point else row.new[1] + _DAY


def _span(gantt: Gantt) -> Span:
    spans = [span for row in gantt.all_rows for span in (row.new, row.old or row.new)]
    dues = [row.due for row in gantt.all_rows if row.due]
    first = min([gantt.as_of, *dues, *(span[0] for span in spans)])
    last = max([gantt.as_of, *dues, *(span[1] for span in spans)])
    margin = timedelta(days=max(4, (last - first).days // 40))
    return first - margin, last + margin


def _axis(first: date, last: date, at: Callable[[date], float], bottom: float) -> Iterator[str]:
    """Draw the months, named at the first, or only quarters and years where there are many."""
    months = (last.year - first.year) * _MONTHS + last.month - first.month
    step = next((step for most, step in _STEPS if months <= most), _MONTHS)
    every = max(1, months // _MOST_LINES)
    named, free = "", 0.0
    for place in range(1, months + 1):
        year, month = divmod(first.year * _MONTHS + first.month - 1 + place, _MONTHS)
        if month % step or (step == _MONTHS and year % every):
            continue
        day = date(year, month + 1, 1)
        yield line((at(day), 32), (at(day), bottom))
        text = f"{day:%b}" if str(year) == named else f"{day:%b %Y}"
        if at(day) > free and at(day) + 7 * len(text) < _WIDTH - _RIGHT + 50:
            yield words(at(day) + 4, 42, text, soft=True)
            named, free = str(year), at(day) + 7 * len(text)


def _shades(gantt: Gantt, at: Callable[[date], float], bottom: float) -> Iterator[str]:
    """Shade the freeze windows, each with its name along its side."""
    first, last = _span(gantt)
    for shade in gantt.shades:
        start, end = max(shade.first, first), min(shade.last + _DAY, last)
        if start >= end:
            continue
        left, wide, high = at(start), at(end) - at(start), bottom - 48
        hint = legible(f"{shade.name}: nothing goes live {shade.first} to {shade.last}")
        yield (
            f'<rect x="{number(left)}" y="48" width="{number(wide)}" height="{number(high)}" '
            f'fill="#5b7fb5" fill-opacity="0.17"><title>{hint}</title></rect>'
        )
        name = words(left + wide / 2, bottom + 1, shortened(shade.name, 28), anchor="middle")
        yield small(name.replace("<text ", '<text dy="9" '))


def _row(row: Row, y: float, at: Callable[[date], float]) -> Iterator[str]:
    yield words(8, y - 2, shortened(row.id, _LONGEST_LABEL), bold=True)
    yield small(words(8, y + 12, shortened(row.label, _LONGEST_SUB), soft=True))
    hint = f"{row.label}: {_said(row)}"
    if row.is_point:
        if row.old is not None and row.old != row.new:
            yield line((at(row.old[1]), y), (at(row.new[1]), y), name="slip")
            yield diamond(at(row.old[1]), y, colour="grey", hollow=True)
        yield diamond(at(row.new[1]), y, colour=row.colour, hint=hint)
    else:
        if row.old is not None:
            yield _bar(at(row.old[0]), at(row.old[1] + _DAY), y + 5, 6, ("old", "#8a919a", 0.45))
        name = (f"fill-{row.colour}", FILLS[row.colour], 1.0)
        yield _bar(at(row.new[0]), at(_end(row)), y - 7, 11, name, hint)
    if row.due is not None:
        x = at(row.due)
        yield (
            f'<path class="due" d="M{number(x)} {number(y - 14)}V{number(y + 14)}" '
            f'stroke="{FILLS["amber"]}" stroke-width="3" stroke-dasharray="4 2">'
            f"<title>contract date {row.due}</title></path>"
        )
    yield words(_WIDTH - 8, y + 4, row.note, anchor="end", bold=row.colour == "red")


def _bar(
    x: float, end: float, y: float, height: float, look: tuple[str, str, float], hint: str = ""
) -> str:
    name, fill, opacity = look
    title = f"<title>{legible(hint)}</title>" if hint else ""
    return (
        f'<rect class="{name}" x="{number(x)}" y="{number(y)}" width="{number(max(end - x, 3))}" '
        f'height="{number(height)}" rx="2" fill="{fill}" fill-opacity="{opacity}">{title}</rect>'
    )


def _arrow(start: tuple[float, float], end: tuple[float, float], type_: str, gap: float) -> str:
    """Draw a link from a start or finish to a start or finish, around bars that are in the way.

    A finish is left and met from the right, a start from the left; ``gap`` stays before the end.
    """
    (x1, y1), (x2, y2) = start, end
    leaving, meeting = -1 if type_[0] == "S" else 1, 1 if type_[1] == "S" else -1
    x2 -= meeting * gap
    if leaving != meeting:
        side = leaving * 9 + (max(x1, x2) if leaving > 0 else min(x1, x2))
        way = f"H{number(side)}V{number(y2)}H{number(x2)}"
    elif (x2 - x1) * leaving >= _STRAIGHT:
        way = f"H{number(x1 + 5 * leaving)}V{number(y2)}H{number(x2)}"
    else:
        between = y2 - _ROW / 2 if y2 > y1 else y2 + _ROW / 2
        way = f"H{number(x1 + 9 * leaving)}V{number(between)}H{number(x2 - 9 * meeting)}"
        way += f"V{number(y2)}H{number(x2)}"
    back = number(x2 - 5 * meeting)
    head = f"M{back} {number(y2 - 3.5)}L{number(x2)} {number(y2)}L{back} {number(y2 + 3.5)}"
    return (
        f'<path class="arrow" d="M{number(x1)} {number(y1)}{way}{head}" '
        f'fill="none" stroke="{SOFT}" stroke-width="1.2"/>'
    )


def _legend(y: float) -> Iterator[str]:
    """Say what the shapes mean, left of the names of the freeze windows."""
    yield _bar(8, 30, y - 9, 10, ("fill-blue", FILLS["blue"], 1.0))
    yield small(words(36, y, "now"))
    yield _bar(70, 92, y - 7, 6, ("old", "#8a919a", 0.45))
    yield small(words(98, y, "before"))
    yield diamond(148, y - 4, colour="blue")
    yield small(words(160, y, "milestone, date"))
    yield f'<path d="M268 {number(y - 12)}v14" stroke="{FILLS["amber"]}" stroke-width="3"/>'
    yield small(words(275, y, "contract date"))


def cut(rows: Sequence[Row], wanted: Mapping[str, int], most: int) -> tuple[tuple[Row, ...], int]:
    """Return at most so many rows, in their order, and how many are left out.

    Those with the lowest rank in ``wanted`` stay; a row without a rank goes first.
    """
    if len(rows) <= most:
        return tuple(rows), 0
    ranked = sorted(range(len(rows)), key=lambda at: (wanted.get(rows[at].id, len(rows)), at))
    kept = sorted(ranked[:most])
    return tuple(rows[at] for at in kept), len(rows) - most
