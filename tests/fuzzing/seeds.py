"""Whole files that are damaged, beside those of the examples, and conditions made of words."""

from __future__ import annotations

from random import Random

from tests.exchange import mspdi
from tests.exchange.schedules.primavera.test_reader import activity, export

OWN = """\
organisation: {name: X, currency: GBP}
as_of: 2026-03-31
rules:
  ignore: [FLD-EXPECTED]
  severity: {RSK-STALE: error}
  paths: [{path: "programmes/*", ignore: [TIM]}]
  own:
    - code: OWN-BIG
      kind: project
      when: bac > 500000 GBP and status in ['delivering'] and count(risks, current.p >= 3) = 0
      message: "{name} has {bac} and {computed_rag}"
      key: bac
    - {code: OWN-LATE, kind: milestone, when: "key = true and forecast > baseline + 10d"}
waivers:
  - {rule: GOV-NO-TOLERANCE, object: atlas, reason: set, approved_by: anna-reyes, until: 2026-04-30}
selectors: {mine: "tag:billing atlas+"}
"""
MAPPING = """\
pmo: {organisation: {name: Test, currency: GBP}}
missing: ["n/a", "to be *"]
exempt: ["exempt under *"]
dates: [DD/MM/YYYY, YYYY-MM-DD]
money: {strip: ["£"], thousands: ",", scale: million}
tables:
  - kind: project
    id: Project name
    fields:
      name: Project name
      sponsor: {value: unknown}
      start: Start
      bac: {column: [Budget*, Cost]}
      declared_rag.overall: {column: Rating, map: {Amber/Green: amber, Green: green}}
entities: {people: [{id: unknown, name: Not stated}]}
"""
TABLE = """\
Project name,Start,Budget (£m),Rating
"Queen’s Café, phase 2",31/03/2022,"£1,234.5",amber/green
Bridge,2026-01-05,n/a,Green
Tunnel,,exempt under section 43,red
"""
PLAN = mspdi.file(
    mspdi.task(1, Name="Phase", Summary=1),
    mspdi.task(2, mspdi.link(1, LinkLag=4800, LagFormat=7), OutlineLevel=2, PercentComplete=40),
    mspdi.task(3, mspdi.link(2, Type=3), OutlineLevel=2, Milestone=1, Duration="PT0H0M0S"),
    more=mspdi.people(
        mspdi.fields(UID=1, Name="Ada Sample", Type=1),
        assignments=(mspdi.fields(UID=1, TaskUID=2, ResourceUID=1, Work="PT8H0M0S"),),
    ),
)
PRIMAVERA = export(
    activity(1, "A1", act_start_date="2026-03-30 08:00", phys_complete_pct="50"),
    activity(2, "A2", cstr_type="CS_MSOA", cstr_date="2026-04-13 08:00"),
    activity(3, "B1", project=2, task_type="TT_FinMile", target_drtn_hr_cnt="0"),
    links=("2¦1¦1¦1¦PR_FS¦8", "3¦2¦2¦1¦PR_SS¦-4"),
)
CONDITIONS = (
    b"bac > 500000 GBP and status = 'delivering' and count(risks, current.p * current.i >= 9) = 0",
    b"forecast_finish > baseline_finish + 10d or not (start is missing) and days(start, as_of) < 5",
    b"name in ['A', 'B'] and size(tags) >= 1 / 0 - -3 * (2 + bac)",
    b"computed_rag is stated and working_days(start, baseline_finish) != 2026-03-31",
)

_TERMS = ("bac", "status", "start", "name", "tags", "as_of", "computed_rag", "declared_rag.overall",
          "500000", "0", "1e30", "-5", "500000 GBP", "1 EUR", "2026-03-31", "10d", "3mo", "true",
          "'delivering'", "['A', 'B']", "count(risks)", "size(tags)", "sponsor", "id")  # fmt: skip


def phrase(_: bytes, __: bytes, random: Random) -> bytes:
    """Return a condition: a sentence of the language, whether or not it means anything."""
    return _sentence(random, random.randrange(4)).encode()


def _sentence(random: Random, depth: int) -> str:
    if depth == 0:
        compared = random.choice(("=", "!=", "<", "<=", ">", ">=", "in", "not in"))
        stated = f"{random.choice(_TERMS)} is {random.choice(('missing', 'stated'))}"
        comparison = f"{_term(random, 2)} {compared} {_term(random, 2)}"
        return random.choice((stated, comparison, comparison, _term(random, 1)))
    one, two = _sentence(random, depth - 1), _sentence(random, depth - 1)
    return random.choice(
        (f"not ({one})", f"{one} and {two}", f"({one}) or {two}", f"count(risks, {one}) > 0")
    )


def _term(random: Random, depth: int) -> str:
    if depth == 0 or random.randrange(2):
        return random.choice(_TERMS)
    one, two = _term(random, depth - 1), _term(random, depth - 1)
    form = random.choice(("{} + {}", "{} - {}", "{} * {}", "{} / {}", "days({}, {})", "({} - {})"))
    return form.format(one, two)
