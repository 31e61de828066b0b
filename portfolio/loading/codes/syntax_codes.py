"""The codes about YAML itself."""

from __future__ import annotations

from portfolio.diagnostic import Severity
from portfolio.loading.codes.code import Code

_PEOPLE = "people:\n  - {id: dario-lind, name: Dario Lind}\n"

SYNTAX_CODES = (
    Code(
        "YML-SYNTAX",
        "A file is not YAML.",
        "Reports the first place at which a file cannot be read any further, with what usually "
        "causes it. The other files are read all the same.",
        "Nothing behind that place is seen, so nothing in it is checked.",
        "people:\n  - {id: dario-lind, name: Dario Lind\n",
        _PEOPLE,
    ),
    Code(
        "YML-TAB",
        "A line is indented with a tab.",
        "Reports a tab in the indentation.",
        "YAML counts spaces; a tab has no width that two editors agree on.",
        "people:\n\t- {id: dario-lind, name: Dario Lind}\n",
        _PEOPLE,
    ),
    Code(
        "YML-DUPLICATE-KEY",
        "A key is written twice in one mapping.",
        "Reports the second of two equal keys and shows the first.",
        "Most readers silently keep the last one; the other value is lost.",
        "person:\n  id: dario-lind\n  name: Dario Lind\n  name: Dario L.\n",
        "person:\n  id: dario-lind\n  name: Dario Lind\n",
    ),
    Code(
        "YML-KEY",
        "A key is not a text.",
        "Reports a list or a mapping where a key belongs, usually a value with braces that lacks "
        "quotes.",
        "Nobody can have meant it.",
        "person: {id: dario-lind, name: Dario Lind, {role}: Analyst}\n",
        "person: {id: dario-lind, name: Dario Lind, role: Analyst}\n",
    ),
    Code(
        "YML-TAG",
        "A value carries a YAML tag.",
        "Reports tags like `!secret` or `!!python/object`.",
        "Elsewhere a tag can run code; here it means nothing, and a portfolio runs no code.",
        "person: {id: dario-lind, name: !secret name}\n",
        "person: {id: dario-lind, name: Dario Lind}\n",
    ),
    Code(
        "YML-MERGE",
        "A mapping uses a merge key.",
        "Reports `<<`.",
        "A merged value has two places, and no message could point at the one that is wrong.",
        "people:\n  - &one {id: dario-lind, name: Dario Lind}\n"
        "  - {<<: *one, id: eva-lind, name: Eva Lind}\n",
        "people:\n  - {id: dario-lind, name: Dario Lind}\n  - {id: eva-lind, name: Eva Lind}\n",
    ),
    Code(
        "YML-ALIAS",
        "Aliases contain themselves, or expand without measure.",
        "Reports a file whose aliases together stand for more than 100,000 values, or an alias "
        "inside what it names.",
        "A few lines could fill the memory of every machine that checks them.",
        "person: &me {id: dario-lind, name: Dario Lind, tags: [*me]}\n",
        "person: {id: dario-lind, name: Dario Lind, tags: [me]}\n",
    ),
    Code(
        "YML-DEPTH",
        "Values are nested too deeply.",
        "Reports more than 64 levels of lists and mappings.",
        "No portfolio needs them; a bracket is missing, or somebody tries to exhaust the reader.",
        "A list in a list in a list, and so on, thousands of times.",
        "Close the brackets.",
    ),
    Code(
        "YML-DOCUMENTS",
        "A file holds a second document.",
        "Reports a `---` behind the first document.",
        "Only one document of a file is read; the rest would be lost silently.",
        "person: {id: dario-lind, name: Dario Lind}\n---\nperson: {id: eva-lind, name: Eva Lind}\n",
        "people:\n  - {id: dario-lind, name: Dario Lind}\n  - {id: eva-lind, name: Eva Lind}\n",
    ),
    Code(
        "YML-ENCODING",
        "A file is not UTF-8.",
        "Reports the first byte that is not UTF-8.",
        "Names with accents come out as somebody else.",
        "A file that an old editor has saved as Latin-1 or Windows-1252.",
        "Save the file as UTF-8.",
    ),
    Code(
        "YML-CHARACTER",
        "A file contains a control character.",
        "Reports characters that YAML does not allow, with their number.",
        "Nobody sees them, and two programs read them differently.",
        "A name copied from another program with an invisible bell in it.",
        "Delete the character; the finding names its place.",
    ),
    Code(
        "YML-ROOT",
        "A file is not a mapping from kinds to entities.",
        "Reports a file that is a list or a single value.",
        "Without a kind nobody knows what the entries are.",
        "- {id: dario-lind, name: Dario Lind}\n",
        _PEOPLE,
    ),
    Code(
        "YML-EMPTY",
        "A file has no content.",
        "Reports a YAML file without anything but comments.",
        "Somebody wanted to write something there.",
        "# people come here\n",
        _PEOPLE,
        Severity.WARNING,
    ),
)
