"""What the trade works with: which kinds there are, and what each cannot exist without."""

from __future__ import annotations

import inspect
import re
from itertools import groupby
from pathlib import Path

import pytest

from portfolio.model.entity import Entity, kind_named, kind_names
from portfolio.model.kinds import kinds

REQUIRED = {
    "delivery": {
        "portfolio": "id name owner",
        "programme": "id name sro",
        "project": "id name sponsor",
        "milestone": "id project name",
        "activity": "id project duration",
        "dependency": "id project from",
        "status_report": "id project period_end",
        "iteration": "id project start end",
    },
    "governance": {
        "board": "id name",
        "decision": "id title needed_by",
        "action": "id text owner",
        "gate": "id project name",
        "lesson": "id what",
        "assurance_review": "id project date",
        "tier": "id",
        "change_request": "id project title",
        "baseline": "id project version",
        "exception_report": "id project raised_on",
    },
    "finance": {
        "funding": "id source amount",
        "budget_line": "id project periods",
        "actual": "id project period amount",
        "commitment": "id project amount",
        "forecast": "id project as_of periods",
        "contingency_draw": "id project amount on",
        "ev_snapshot": "project as_of pv ev ac",
        "benefit": "id title owner",
    },
    "risk": {
        "risk": "id owner",
        "appetite": "category",
        "issue": "id title owner",
        "assumption": "id text owner",
    },
    "resources": {
        "business_unit": "id name owner",
        "person": "id name",
        "team": "id name",
        "assignment": "id work from to",
        "role_demand": "id project role",
        "timesheet": "person period work hours",
        "development_plan": "person",
        "one_to_one": "person planned",
        "pulse": "team on",
        "succession": "role",
        "recognition": "person on",
    },
    "commercial": {
        "customer": "id name",
        "supplier": "id name",
        "contract": "id title",
        "obligation": "id contract text",
        "variation": "id contract",
        "invoice": "id contract amount",
        "opportunity": "id customer",
        "survey": "id subject type",
        "response": "id survey score",
        "complaint": "id customer owner",
        "touchpoint": "customer date",
    },
    "operations": {
        "service": "id name owner",
        "change_event": "id go_live",
        "freeze_window": "id name from to",
        "readiness": "id change",
        "early_life_support": "change",
        "run_cost": "service from monthly",
        "stakeholder_group": "id name",
        "business_change": "id name",
        "adkar_survey": "id group change on",
        "training": "id change",
        "usage": "change period",
    },
    "service": {
        "sla": "id service target direction",
        "kpi": "id name owner",
        "measurement": "period",
        "outage": "id service from",
        "incident": "id service opened",
        "pmo_service": "id name owner",
        "service_request": "id service raised_on",
        "improvement": "id title owner",
        "maturity_assessment": "id model on scores",
    },
    "strategy": {
        "objective": "id name owner",
        "roadmap_item": "id name",
        "criterion": "id name",
        "proposal": "id project",
        "scenario": "id name inject",
        "business_dependency": "id from to",
        "business_event": "id name date owner",
    },
}

OWNERS = {
    "milestone": "project",
    "activity": "project",
    "dependency": "project",
    "iteration": "project",
    "gate": "project",
    "baseline": "project",
    "sla": "service",
    "outage": "service",
    "response": "survey",
    "obligation": "contract",
    "variation": "contract",
}

IRREGULAR_PLURALS = {
    "person": "people",
    "criterion": "criteria",
    "activity": "activities",
    "dependency": "dependencies",
    "business_dependency": "business_dependencies",
    "opportunity": "opportunities",
    "readiness": "readiness_reviews",
}

ONE_OF = {
    "risk": (("title", "event"),),
    "contract": (("customer", "supplier"),),
    "assignment": (("person", "role"), ("pct", "days", "fte")),
    "measurement": (("sla", "kpi"),),
}


def every_kind() -> list[type[Entity]]:
    return list(kinds().values())


def test_the_nine_themes_hold_the_kinds_of_the_trade() -> None:
    stated = {kind.KIND: kind.THEME for kind in every_kind()}
    known = {kind: theme for theme, required in REQUIRED.items() for kind in required}
    assert {kind: stated.get(kind) for kind in known} == known


def test_every_class_that_a_module_of_the_model_derives_from_entity_is_a_kind() -> None:
    sources = Path(inspect.getfile(Entity)).parent.rglob("*.py")
    derived = re.compile(r"^class (\w+)\(Entity\b", re.MULTILINE)
    stated = {name for path in sources for name in derived.findall(path.read_text("utf-8"))}
    assert stated == {kind.__name__ for kind in every_kind()}


def test_kinds_come_theme_by_theme() -> None:
    # Listings follow this order, so it must not depend on which module was imported first.
    themes = [theme for theme, _ in groupby(every_kind(), key=lambda kind: kind.THEME)]
    assert themes == list(REQUIRED)
    modules = [module for module, _ in groupby(every_kind(), key=lambda kind: kind.__module__)]
    assert len(modules) == len(set(modules))


@pytest.mark.parametrize(
    ("kind", "required"), [pair for theme in REQUIRED.values() for pair in theme.items()]
)
def test_a_kind_requires_only_what_it_cannot_exist_without(kind: str, required: str) -> None:
    fields = kinds()[kind].FIELDS.values()
    assert " ".join(stated.key for stated in fields if stated.required) == required


def test_the_kinds_inside_an_owner_have_it_in_their_full_id() -> None:
    assert {kind.KIND: kind.OWNER for kind in every_kind() if kind.OWNER} == OWNERS


@pytest.mark.parametrize(("kind", "owner"), OWNERS.items())
def test_an_owner_field_refers_to_the_owner(kind: str, owner: str) -> None:
    assert kinds()[kind].FIELDS[owner].to == (owner,)


def test_plurals_are_english() -> None:
    expected = {kind: f"{kind}s" for kind in kinds()} | IRREGULAR_PLURALS
    assert {kind.KIND: kind.PLURAL for kind in every_kind()} == expected


def test_a_name_means_one_kind() -> None:
    names = [
        name
        for kind in every_kind()
        for name in (kind.KIND, kind.PLURAL, *kind.ALIASES, *(f"{a}s" for a in kind.ALIASES))
    ]
    assert {name for name in names if names.count(name) > 1} <= {"readiness_reviews"}
    assert set(names) == set(kind_names())


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("task", "activity"),
        ("tasks", "activity"),
        ("service_levels", "sla"),
        ("people", "person"),
        ("criteria", "criterion"),
        ("readiness_review", "readiness"),
    ],
)
def test_a_kind_is_known_by_its_other_names(written: str, kind: str) -> None:
    found = kind_named(written)
    assert found is not None
    assert kind == found.KIND


def test_rows_of_long_tables_are_known_by_their_values() -> None:
    rows = {kind.KIND: kind.IDENTITY for kind in every_kind() if kind.IDENTITY}
    without_id = {
        kind for theme in REQUIRED.values() for kind, keys in theme.items() if "id" not in keys
    }
    assert set(rows) == {kind for kind in without_id if not kinds()[kind].FIELDS["id"].required}
    for kind, names in rows.items():
        assert set(names) <= {stated.name for stated in kinds()[kind].FIELDS.values()}


def test_some_kinds_need_one_of_several_fields() -> None:
    assert {kind.KIND: kind.ONE_OF for kind in every_kind() if kind.ONE_OF} == ONE_OF
    for kind, groups in ONE_OF.items():
        assert {key for group in groups for key in group} <= kinds()[kind].FIELDS.keys()
