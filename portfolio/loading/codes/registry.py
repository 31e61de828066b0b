"""Every code that loading can report, documented: `pmo explain YML-TAB`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.loading.codes.field_codes import FIELD_CODES
from portfolio.loading.codes.file_codes import FILE_CODES
from portfolio.loading.codes.syntax_codes import SYNTAX_CODES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.loading.codes.code import Code

CODES: Mapping[str, Code] = {each.code: each for each in (*SYNTAX_CODES, *FIELD_CODES, *FILE_CODES)}
