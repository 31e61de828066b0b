"""The codes about tables, about `pmo.yaml`, and about files that cannot be read."""

from __future__ import annotations

from portfolio.diagnostic import Severity
from portfolio.loading.codes.code import Code

_ACTIONS = "# actions.csv\nid,text,owner\ncall-acme,Call Acme,ben-okafor\n"
_SETTINGS = "# pmo.yaml\norganisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"

FILE_CODES = (
    Code(
        "CSV-UNKNOWN-KIND",
        "The name of a table names no kind.",
        "Reports a CSV file whose name, up to its first dot, is not a kind. It is not read.",
        "A table that nobody reads looks like data.",
        "# todos.csv\nid,text,owner\ncall-acme,Call Acme,ben-okafor\n",
        _ACTIONS,
        Severity.WARNING,
    ),
    Code(
        "CSV-UNKNOWN-FIELD",
        "A column names no field.",
        "Reports a name in the header that is no field of the kind, with the nearest.",
        "Nobody reads the column.",
        "# actions.csv\nid,text,owner,deu\ncall-acme,Call Acme,ben-okafor,2026-04-30\n",
        "# actions.csv\nid,text,owner,due\ncall-acme,Call Acme,ben-okafor,2026-04-30\n",
    ),
    Code(
        "CSV-DUPLICATE-FIELD",
        "A column is there twice.",
        "Reports the second of two columns with one name.",
        "A row could mean either.",
        "# actions.csv\nid,text,owner,text\ncall-acme,Call Acme,ben-okafor,Call\n",
        _ACTIONS,
    ),
    Code(
        "CSV-CELLS",
        "A row has more cells than the header.",
        "Reports the first cell too many, usually a text with the separator in it.",
        "Everything behind that separator stands in the wrong column.",
        "# actions.csv\nid,text,owner\ncall-acme,Call Acme, now,ben-okafor\n",
        '# actions.csv\nid,text,owner\ncall-acme,"Call Acme, now",ben-okafor\n',
    ),
    Code(
        "CSV-FIELD",
        "A column names a field that no cell can hold.",
        "Reports a field that is a mapping without a short form.",
        "One cell holds one value; the parts have columns of their own, or are written in YAML.",
        "# issues.csv\nid,title,owner,impact\nleak,The roof leaks,ben-okafor,5000\n",
        "# issues.csv\nid,title,owner,impact.cost\nleak,The roof leaks,ben-okafor,5000\n",
    ),
    Code(
        "CSV-ENCODING",
        "A table is not UTF-8.",
        "Reports the first byte that is not UTF-8.",
        "Names with accents come out as somebody else.",
        "A table that a spreadsheet has saved as Windows-1252.",
        "Save it as CSV UTF-8, or import it with `pmo import csv`.",
    ),
    Code(
        "CSV-EMPTY",
        "A table has no header.",
        "Reports a CSV file without any line.",
        "Somebody wanted to write something there.",
        "# actions.csv\n",
        _ACTIONS,
        Severity.WARNING,
    ),
    Code(
        "CFG-MISSING",
        "The portfolio has no settings.",
        "Reports a folder whose `pmo.yaml` cannot be read.",
        "Without it there is no portfolio, and no currency for its money.",
        "A folder without a `pmo.yaml`.",
        _SETTINGS,
    ),
    Code(
        "CFG-EMPTY",
        "A portfolio is empty, and others lie below it.",
        "Reports a `pmo.yaml` in whose folder all that is there belongs to portfolios below it.",
        "Each of those is a portfolio of its own, and nothing in them is checked or reported here.",
        "A folder with a `pmo.yaml` and two portfolios, `a` and `b`.",
        "Name one of them with `-C`, and delete the `pmo.yaml` above them.",
        Severity.WARNING,
    ),
    Code(
        "CFG-ROOT",
        "The settings are not a mapping.",
        "Reports a `pmo.yaml` that is empty, a list or a single value.",
        "No command can work without settings.",
        "# pmo.yaml\n- organisation\n",
        _SETTINGS,
    ),
    Code(
        "CFG-CURRENCY",
        "The organisation's currency is no currency code.",
        "Reports anything but three capitals.",
        "Plain amounts are in that currency, and every total is.",
        "# pmo.yaml\norganisation: {name: Test, currency: pounds}\n",
        _SETTINGS,
    ),
    Code(
        "CFG-CALENDAR",
        "A calendar does not exist, or its hours are no hours.",
        "Reports `organisation.calendar` that names no entry of `calendars`, and shifts that end "
        "before they begin, overlap, or are no times of day.",
        "Every duration is counted on a calendar.",
        "# pmo.yaml\norganisation: {name: Test, currency: GBP}\n"
        "calendars: {uk: {week: {mon-fri: ['17:00-09:00']}}}\n",
        "# pmo.yaml\norganisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
        "calendars: {uk: {week: {mon-fri: ['09:00-17:00']}}}\n",
    ),
    Code(
        "CFG-OWN-RULE",
        "A rule of your own cannot be understood.",
        "Reports a code that does not begin with `OWN-` or is used twice, a kind, field or figure "
        "that does not exist, and a condition that makes no sense, with the column.",
        "A rule that is never judged protects nobody.",
        "# pmo.yaml\norganisation: {name: Test, currency: GBP}\n"
        "rules: {own: [{code: OWN-BIG, kind: project, when: budget > 500000}]}\n",
        "# pmo.yaml\norganisation: {name: Test, currency: GBP}\nas_of: 2026-03-31\n"
        "rules: {own: [{code: OWN-BIG, kind: project, when: bac > 500000}]}\n",
    ),
    Code(
        "YML-IGNORE",
        "A comment that ignores a finding does not say which, or why, or ignores nothing.",
        "Reports `# pmo: ignore` without a code and a reason behind it, and one on a line, or "
        "above a line, without such a finding.",
        "Nobody dares to remove an exception that nobody can explain.",
        "# pmo: ignore FLD-EXPECTED\nperson: {id: dario-lind, name: Dario Lind}\n",
        "person: {id: dario-lind, name: Dario Lind, role: Analyst, start_date: 2025-01-06}\n",
        severity=Severity.WARNING,
    ),
    Code(
        "YML-UNREADABLE",
        "A file or folder cannot be read.",
        "Reports what the operating system says: no permission, or gone.",
        "What it holds is not checked.",
        "A file that you may not read, or a link that leads nowhere.",
        "Give yourself the permission, or remove the link.",
    ),
    Code(
        "YML-OUTSIDE",
        "A link leads out of the portfolio.",
        "Reports a symbolic link to a file or folder outside the portfolio's own; it is not "
        "followed.",
        "A pull request must not read files of the machine that checks it.",
        "A link `people.yaml` to `/etc/people.yaml`.",
        "Copy the file, or lay its folder over with `--with DIR`.",
    ),
    Code(
        "YML-SIZE",
        "A file is larger than 64 MiB.",
        "Reports the file and leaves it out.",
        "Nobody reviews such a file, and it could exhaust the machine.",
        "One file with all time sheets of ten years.",
        "Split it by year: timesheets.2025.csv, timesheets.2026.csv.",
    ),
)
