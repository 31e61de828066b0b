"""The codes about fields, their values, and the references between entities."""

from __future__ import annotations

from portfolio.diagnostic import Severity
from portfolio.loading.codes.code import Code

FIELD_CODES = (
    Code(
        "FLD-UNKNOWN",
        "An entity has a field that its kind does not know.",
        "Reports a key that is neither a field nor a kind that can be nested there, with the "
        "nearest name.",
        "A mistyped field is a value that nobody reads.",
        "person: {id: dario-lind, name: Dario Lind, rôle: Analyst}\n",
        "person: {id: dario-lind, name: Dario Lind, role: Analyst}\n",
    ),
    Code(
        "FLD-UNKNOWN-KIND",
        "A file starts a kind that does not exist.",
        "Reports a key at the top of a file that names no kind, with the nearest name.",
        "Everything below it would be left out.",
        "persones:\n  - {id: dario-lind, name: Dario Lind}\n",
        "people:\n  - {id: dario-lind, name: Dario Lind}\n",
    ),
    Code(
        "FLD-TYPE",
        "A value cannot be read as what its field holds.",
        "Reports a value of another form or type: a list where a text belongs, `31/03/2026` for a "
        "date, `yes` for true or false, a duration without its unit.",
        "Guessing would be right most of the time, and nobody would know when it was not.",
        "person: {id: dario-lind, name: Dario Lind, end_date: 31/03/2027}\n",
        "person: {id: dario-lind, name: Dario Lind, end_date: 2027-03-31}\n",
    ),
    Code(
        "FLD-HIDDEN",
        "A text holds a character that nobody sees and that changes what is seen.",
        "Reports a text with a control character, or with one that overrides or isolates the "
        "direction of writing. Pages and terminals show a mark instead of it.",
        "Who reviews the change sees something else than what the file says.",
        'person: {id: dario-lind, name: "Dario \\u202edniL", role: Analyst}\n',
        "person: {id: dario-lind, name: Dario Lind, role: Analyst}\n",
        severity=Severity.WARNING,
    ),
    Code(
        "FLD-RANGE",
        "A number is outside what its field allows.",
        "Reports a number below or above the limits of the field, with both.",
        "A probability of 1.4 is wrong in every sum that uses it.",
        "risk: {id: exit, event: The supplier leaves, effect: A slip, owner: ben-okafor,\n"
        "  probability: 1.4}\n",
        "risk: {id: exit, event: The supplier leaves, effect: A slip, owner: ben-okafor,\n"
        "  probability: 0.4}\n",
    ),
    Code(
        "FLD-CHOICE",
        "A word is not one of those that its field knows.",
        "Reports the word, all that are possible, and the nearest.",
        "A status that nobody knows is left out of every list.",
        "issue: {id: leak, title: The roof leaks, owner: ben-okafor, status: opened}\n",
        "issue: {id: leak, title: The roof leaks, owner: ben-okafor, status: open}\n",
    ),
    Code(
        "FLD-REQUIRED",
        "A field is missing without which the entity cannot exist.",
        "Reports the missing field: an id, a name, an owner, and what the kind is nothing without. "
        "The entity is left out; references to it are not reported again.",
        "Nobody could find it, or nobody would answer for it.",
        "issue: {id: leak, title: The roof leaks}\n",
        "issue: {id: leak, title: The roof leaks, owner: ben-okafor}\n",
    ),
    Code(
        "FLD-EXPECTED",
        "An entity does not state what good practice wants to know.",
        "Lists the expected fields that are missing, one line an entity. It counts in the data "
        "coverage and blocks nothing.",
        "What is missing reads 'not yet measured' in reports.",
        "issue: {id: leak, title: The roof leaks, owner: ben-okafor}\n",
        "issue: {id: leak, title: The roof leaks, owner: ben-okafor, type: problem,\n"
        "  project: atlas, raised_on: 2026-03-02, priority: low, severity: team,\n"
        "  target_date: 2026-04-30}\n",
        Severity.INFO,
    ),
    Code(
        "FLD-ORDER",
        "The id of an entity is not its first field.",
        "Reports a mapping over several lines that states something else before its `id`. "
        "`pmo validate --fix` moves the line, with its comment.",
        "Whoever looks for an id looks at the beginning.",
        "person:\n  name: Dario Lind\n  id: dario-lind\n  role: Analyst\n"
        "  start_date: 2025-01-06\n",
        "person:\n  id: dario-lind\n  name: Dario Lind\n  role: Analyst\n"
        "  start_date: 2025-01-06\n",
        Severity.INFO,
    ),
    Code(
        "FLD-ID",
        "An id is not a slug.",
        "Reports an id with other characters than small letters, digits and hyphens.",
        "Ids are typed, linked and completed; spaces and capitals get lost on the way.",
        "person: {id: Dario Lind, name: Dario Lind}\n",
        "person: {id: dario-lind, name: Dario Lind}\n",
    ),
    Code(
        "FLD-OWNER",
        "An entity is written inside one owner and names another.",
        "Reports the contradiction between the place and the field.",
        "Both cannot be true, and its full id depends on it.",
        "project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,\n"
        "  milestones: [{id: open, name: Open, project: atlas}]}\n",
        "project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,\n"
        "  milestones: [{id: open, name: Open}]}\n",
    ),
    Code(
        "REF-BROKEN",
        "A reference names nothing.",
        "Reports an id that no entity carries, with the nearest that exist.",
        "A silent join loses the row: the risk is in no list, the cost in no total.",
        "issue: {id: leak, title: The roof leaks, owner: ben-okafer}\n",
        "issue: {id: leak, title: The roof leaks, owner: ben-okafor}\n",
    ),
    Code(
        "REF-WRONG-KIND",
        "A reference names something of another kind.",
        "Reports an id that exists, but is not what the field refers to.",
        "An owner is a person: a team cannot be asked.",
        "issue: {id: leak, title: The roof leaks, owner: platform}\n",
        "issue: {id: leak, title: The roof leaks, owner: ben-okafor}\n",
    ),
    Code(
        "REF-DUPLICATE-ID",
        "One id is used twice.",
        "Reports the second of two entities with one full id, across all kinds, and shows the "
        "first.",
        "Totals double, and a reference could mean either.",
        "people:\n  - {id: ben-lind, name: Ben Lind}\n  - {id: ben-lind, name: Benedict Lind}\n",
        "people:\n  - {id: ben-lind, name: Ben Lind}\n  - {id: ben-a-lind, name: Benedict Lind}\n",
    ),
)
