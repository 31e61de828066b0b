"""Texts that would like to be more than text, one sort for each place that a text may reach."""

from __future__ import annotations

ATTACKS = (
    # HTML: elements, the ends of elements, attributes, addresses
    "<script>document.title='ran'</script>",
    '"><img src=x onerror="document.title=\'ran\'">',
    "'><svg onload=document.title='ran'>",
    "<iframe srcdoc=\"<script>top.document.title='ran'</script>\"></iframe>",
    "]]> --> </script></style></title></textarea><b>out</b>",
    "<svg><foreignObject><body onload=document.title='ran'></body></foreignObject></svg>",
    "</text></svg><image href=http://127.0.0.1:9/x.png>",
    "<a href=javascript:document.title='ran'>here</a>",
    "javascript:document.title='ran'",
    "<link rel=stylesheet href=http://127.0.0.1:9/x.css><base href=http://127.0.0.1:9/>",
    "&lt;b&gt; &amp; &#60;script&#62;",
    # Markdown: links, pictures, comments, definitions, tables, code, headings
    "[click](javascript:document.title='ran')",
    "![picture](http://127.0.0.1:9/x.png)",
    "<http://127.0.0.1:9/> http://127.0.0.1:9/ www.127.example x@example.org",
    "[ref]: http://127.0.0.1:9/ 'title'\n[ref]",
    "| a | b |\n|---|---|\n\n# Heading\n\n```mermaid\ngraph TD\n```",
    "`code` **bold** _em_ ~~gone~~ ``` ~~~",
    "<!-- hidden --> <details><summary>x</summary>",
    "- item\n1. first\n> quote\n***\n===\n    indented",
    "ends with a backslash \\",
    # templates
    "{{ 7*7 }} {% raw %} {%- endraw %} {# #} ${7*7} <%= 7*7 %> \\u003cscript\\u003e",
    # spreadsheets
    '=HYPERLINK("http://example.org";"x")',
    "@SUM(1)",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\uff1d1+1",
    # diagrams
    '"] end\n  click n0 "javascript:document.title=\'ran\'"',
    "%%{init: {'theme': 'dark'}}%% ; n9[x] --> n8 :::hit",
    '\\" ]; evil [label="x"]; \\N \\G',
    # other files: calendars, workflow commands
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged",
    "x\n::error file=pmo.yaml,line=1::forged\r::set-output name=a::b",
    "::error::forged",
    " \u3000::add-mask::forged",
    "##[error]forged ##vso[task.complete]x ##teamcity[x] ##[endgroup]",
    # terminals and eyes
    "null\x00byte",
    "Long" * 70,
    "\x1b[2J\x1b[31mred\x1b]0;title\x07\x1b]8;;http://127.0.0.1:9/\x1b\\link",
    "\x9b31m c1 \x84 \x7f\x08\x08\x0b\x0c",
    "\u202egnp.exe\u202c \u2066\u2067isolated \u2069 \u200b\u200d\ufeff",
    "line\u2028separator\u2029paragraph\x85next",
)
"""What the first characters of a cell, the middle of a sentence and the end of a line can do."""

CONTROLS = tuple(
    chr(code)
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(code) not in "\t\n\r"
)
"""Characters that steer a terminal, or turn the words around them."""


def attack(number: int) -> str:
    """Return one of the attacks, made different from every other of its sort."""
    return f"{ATTACKS[number % len(ATTACKS)]} {number}"
