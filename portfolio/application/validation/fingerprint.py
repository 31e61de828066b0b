"""The mark by which a finding is known again after its line has moved."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from portfolio.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# A number or a date that stands alone changes from day to day, and a commit with the branch; the
# digits of an id do not.
_NUMBER = re.compile(r"\b[0-9a-f]{12}\b|(?<![\w-])[-+−]?\d[\d.,:-]*")


def fingerprinted(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Yield each finding with a mark that stays when its line moves or its numbers change.

    The mark is a hash of code, entity, path and message without numbers; findings that are equal
    in all of these are counted, so that none of them hides another.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for found in diagnostics:
        words = (
            found.code,
            found.entity,
            found.location.path,
            _NUMBER.sub("#", found.message),
        )
        text = "\0".join((*words, str(seen[words])))
        seen[words] += 1
        yield found, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
