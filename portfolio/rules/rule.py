"""What a rule is: one function over one entity, documented in its docstring, found by its code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from portfolio.diagnostic import Diagnostic, Related, Severity, in_reading_order
from portfolio.model.entity import Entity
from portfolio.place import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from portfolio.diagnostic import Location
    from portfolio.model.index import Index
    from portfolio.model.portfolio import Portfolio
    from portfolio.record import Record
    from portfolio.settings import RuleSettings
    from portfolio.view.view import View

E = TypeVar("E", bound=Entity)
Check = Callable[[Any, Any], Iterable["Problem"]]

HEADINGS = ("What it does", "Why it matters", "Before", "Example", "Use instead", "Options")
"""`Before` is what a rule that compares with history finds at the earlier commit."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: the entity, the place in it, a sentence with value and limit, the fix.

    ``key`` is the field at fault; ``record`` the nested record that holds it, where that is not
    the entity itself, or where there is no entity, as for a waiver in `pmo.yaml`. ``severity`` is
    given only where it differs from the rule's own.
    """

    entity: Entity | None
    message: str
    key: str = ""
    hint: str = ""
    severity: Severity | None = None
    record: Record | None = None
    related: tuple[Related, ...] = ()

    @property
    def location(self) -> Location:
        """Return the field's place, or the record's where the field is absent."""
        holder = self.record or self.entity
        return NOWHERE.location() if holder is None else holder.where(self.key)


@dataclass(frozen=True)
class Rule:
    """A rule with its code, severity and documentation.

    ``kind`` is the class whose entities are checked one by one; None where the rule looks at the
    whole portfolio. What is ``written`` is checked in the portfolio as it was loaded, with its
    past; everything else in the view of it.
    """

    code: str
    severity: Severity
    kind: type[Entity] | None
    check: Check
    written: bool = False

    @cached_property
    def summary(self) -> str:
        """Return the first line of the documentation."""
        return self.documentation.partition("\n")[0]

    @property
    def documentation(self) -> str:
        """Return the whole docstring, unindented."""
        return inspect.getdoc(self.check) or ""

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """Return the documentation by heading: What it does, Why it matters, Example, and so on."""
        return sections_of(self.documentation)

    def apply(self, portfolio: Index, among: Collection[str] | None = None) -> Iterator[Diagnostic]:
        """Run the rule over a view, or over the portfolio as it is written.

        Of a rule about entities of a kind, only ``among`` these ids where they are given.
        """
        subjects: Iterable[Any] = (portfolio,) if self.kind is None else portfolio.all(self.kind)
        if self.kind is not None and among is not None:
            subjects = (entity for entity in subjects if entity.id in among)
        for subject in subjects:
            for problem in self.check(subject, portfolio):
                yield Diagnostic(
                    self.code,
                    self.severity if problem.severity is None else problem.severity,
                    problem.message,
                    problem.location,
                    problem.hint,
                    "" if problem.entity is None else problem.entity.id,
                    problem.related,
                )


_RULES: dict[str, Rule] = {}


def rule(
    severity: Severity, kind: type[Entity] | None = None, *, written: bool = False
) -> Callable[[Check], Check]:
    """Register a function as a rule; its name in capitals with hyphens is its code.

    With a kind the function is called for each entity of it as ``check(entity, view)``; without
    one it is called once as ``check(view, view)``. A rule about what is ``written`` is given the
    portfolio as it was loaded in place of the view.
    """

    def register(check: Check) -> Check:
        code = code_of(check.__name__)
        if code in _RULES:
            message = f"two rules are called {code}"
            raise ValueError(message)
        _RULES[code] = Rule(code, severity, kind, check, written)
        return check

    return register


def code_of(name: str) -> str:
    """Return the code of the rule that a function of this name is."""
    return name.upper().replace("_", "-")


def rules() -> dict[str, Rule]:
    """Return every registered rule by its code; ``portfolio.rules.registry`` registers them."""
    return dict(_RULES)


def sections_of(documentation: str) -> dict[str, str]:
    """Split a docstring at its headings; a heading is a line that ends with a colon-free title."""
    found: dict[str, str] = {}
    heading = ""
    lines: list[str] = []
    for line in [*documentation.splitlines()[1:], ""]:
        title = line.strip().removesuffix(":")
        if title in HEADINGS and not line.startswith(" "):
            if heading:
                found[heading] = _block(lines)
            heading, lines = title, []
        else:
            lines.append(line)
    if heading:
        found[heading] = _block(lines)
    return found


def _block(lines: Sequence[str]) -> str:
    return inspect.cleandoc("\n".join(["", *lines])).strip()


def check(
    view: View,
    portfolio: Portfolio,
    selected: Iterable[Rule],
    settings: RuleSettings | None = None,
    among: Collection[str] | None = None,
) -> tuple[Diagnostic, ...]:
    """Run rules over a view and the portfolio as it is written.

    Severities are as configured, waived findings are left out. Rules about entities of a kind look
    only ``among`` these ids where they are given.
    """
    settings = settings or view.settings.rules
    severities = settings.severity or {}
    waived = {
        (each.rule, each.object) for each in view.settings.waivers if each.until >= view.as_of
    }
    found: list[Diagnostic] = []
    for each in selected:
        own = severities.get(each.code)
        for diagnostic in each.apply(portfolio if each.written else view, among):
            if (diagnostic.code, diagnostic.entity) in waived:
                continue
            found.append(
                replace(diagnostic, severity=Severity.from_word(own)) if own else diagnostic
            )
    return in_reading_order(found)


def is_selected(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Tell whether a code runs: chosen by one of the prefixes, and by none that is ignored."""
    chosen = not select or any(_covers(prefix, code) for prefix in select)
    return chosen and not any(_covers(prefix, code) for prefix in ignore)


def _covers(prefix: str, code: str) -> bool:
    return re.fullmatch(re.escape(prefix.rstrip("-*")) + r"(-.*)?", code) is not None
