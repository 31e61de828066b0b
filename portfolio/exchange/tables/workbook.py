"""Rows and DataFrames: the only place that knows pandas."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from portfolio.characters import neutral
from portfolio.measure.measure import Measure
from portfolio.values import Money

if TYPE_CHECKING:
    import pandas as pd

    from portfolio.measure.table import Rows
_WIDEST = 60
_NARROWEST = 8
_LONGEST = 32_767
"""Characters of a cell, beyond which no spreadsheet goes."""


def frame(table: Rows) -> pd.DataFrame:
    """Turn rows into a DataFrame; money takes two columns, its amount and its currency."""
    import pandas as pd

    columns: dict[str, list[Any]] = {}
    for index, name in enumerate(table.columns):
        values = [known(row[index]) for row in table.rows]
        columns[name] = [_cell(value) for value in values]
        if any(isinstance(value, Money) for value in values):
            columns[f"{name}.currency"] = [
                value.currency if isinstance(value, Money) else None for value in values
            ]
    return pd.DataFrame(columns, dtype=object)


def known(value: Any) -> Any:  # noqa: ANN401
    """Return the value of a measure, and any other value as it is."""
    return value.value if isinstance(value, Measure) else value


def _cell(value: Any) -> Any:  # noqa: ANN401
    from datetime import date

    from portfolio.measure.table import cell_text

    if isinstance(value, Money):
        return float(value.amount)
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, int | float | date):
        return value
    text = neutral(cell_text(value))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def write_xlsx(tables: dict[str, Rows], target: BinaryIO) -> None:
    """Write one sheet a table, as a table with filters, dates as dates and a frozen heading."""
    import pandas as pd

    with pd.ExcelWriter(
        target,
        engine="xlsxwriter",
        date_format="yyyy-mm-dd",
        datetime_format="yyyy-mm-dd hh:mm",
        engine_kwargs={"options": {"strings_to_formulas": False, "strings_to_urls": False}},
    ) as writer:
        # A fixed date keeps the bytes equal for equal rows.
        writer.book.set_properties({"created": _EPOCH()})
        for name, table in tables.items():
            data = frame(table)
            data.to_excel(writer, sheet_name=name[:31], index=False, header=True)
            _dress(writer.sheets[name[:31]], data)


def _EPOCH() -> Any:  # noqa: ANN401, N802
    from datetime import datetime

    return datetime(2000, 1, 1)  # noqa: DTZ001


def _dress(sheet: Any, data: pd.DataFrame) -> None:  # noqa: ANN401
    """Freeze the heading, fit the columns and make the range a table."""
    rows, columns = data.shape
    sheet.freeze_panes(1, 1)
    for index, name in enumerate(data.columns):
        longest = max(
            [len(str(name)), *(len(str(v)) for v in data[name].head(200) if v is not None)]
        )
        sheet.set_column(index, index, min(max(longest + 2, _NARROWEST), _WIDEST))
    if rows and columns:
        sheet.add_table(
            0,
            0,
            rows,
            columns - 1,
            {
                "columns": [{"header": str(name)} for name in data.columns],
                "style": "Table Style Light 1",
            },
        )
