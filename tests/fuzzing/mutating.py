"""Damage to files: what editors, merges, exports and bad intentions do to bytes."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

# Words that mean something to one of the readers, and values at the edge of their types.
_SCRAPS = (
    b"\t", b"- ", b": ", b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!str ", b"\xff", b"\x00",
    b"---\n", b"...\n", b"null", b"~", b"'", b'"', b"#", b"\n", b"\r\n", b"\r", b"  ", b"? ",
    b"<<: *a", b"|\n", b">-\n", b"%", b"@", b"`", b",", b";", b'""', b"=1+1", b"\xef\xbb\xbf",
    b"\xc2\x85", b"\xe2\x80\xa8", b"9" * 400, b"-1", b"0", b"1e999", b"NaN", b".inf", b"1_000",
    b"0x1F", b"2026-02-30", b"0001-01-01", b"9999-12-31", b"31/12/2026", b"2026-W54", b"24:00",
    b"10d", b"-5d", b"99999999d", b"1y", b"5m", b"1000000000000 GBP", b"12,500", b"yes", b"atlas",
    b"atlas.build", b"id: x\n", b"id: ", b"../..", b"# pmo: ignore",
    b"# pmo: ignore RSK-NONE because\n", b"# pmo: ignore TIM x # pmo: ignore", b"<<<<<<< HEAD\n",
    b"<!ENTITY a 'b'>", b"<", b"</Task>", b"<![CDATA[", b"&#0;", b"&lt;", b"PT9H", b"%T\tTASK\n",
    b"%R\t", b"(0||1()())", b"predecessors: [a]\n", b"when: ", b"count(", b" and ",
)  # fmt: skip
_SIZE_LIMIT = 40_000


def mutated(content: bytes, other: bytes, random: Random) -> bytes:
    """Return a file after one to six accidents; ``other`` is where a wrong paste comes from."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        content = random.choice(_ACCIDENTS)(content, other, random)[:_SIZE_LIMIT]
    return content


def _place(content: bytes, random: Random) -> int:
    return random.randint(0, len(content))


def _insert(content: bytes, _: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.choice(_SCRAPS) + content[at:]


def _replace(content: bytes, _: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.choice(_SCRAPS) + content[at + random.choice((1, 4, 12)) :]


def _value(content: bytes, _: bytes, random: Random) -> bytes:
    """Replace what stands behind a colon or between commas."""
    at = content.find(random.choice((b": ", b", ", b">")), _place(content, random))
    if at < 0:
        return content
    ends = [
        end for end in (content.find(mark, at + 2) for mark in (b",", b"\n", b"}", b"<")) if end > 0
    ]
    return content[: at + 2] + random.choice(_SCRAPS) + content[min(ends, default=len(content)) :]


def _bit(content: bytes, _: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]


def _delete(content: bytes, _: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + content[at + random.choice((1, 2, 10, 100)) :]


def _repeat(content: bytes, _: bytes, random: Random) -> bytes:
    at = _place(content, random)
    part = content[at : at + random.choice((1, 5, 60, 400))]
    return content[:at] + part * random.choice((2, 2, 3, 50)) + content[at + len(part) :]


def _paste(content: bytes, other: bytes, random: Random) -> bytes:
    at, start = _place(content, random), _place(other, random)
    return content[:at] + other[start : start + random.choice((10, 100, 1000))] + content[at:]


def _lines(content: bytes, _: bytes, random: Random) -> bytes:
    """Move, double, drop or indent a line."""
    lines = content.split(b"\n")
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            lines[one], lines[two] = lines[two], lines[one]
        case 1:
            lines.insert(two, lines[one])
        case 2:
            del lines[one]
        case _:
            lines[one] = b" " * random.randrange(1, 9) + lines[one].lstrip()
    return b"\n".join(lines)


def _cut(content: bytes, _: bytes, random: Random) -> bytes:
    return content[: _place(content, random)]


def _encode(content: bytes, _: bytes, random: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    if random.randrange(3) == 0:
        return content.replace(b"\n", b"\r\n")
    return text.encode(random.choice(("utf-16", "utf-16-le", "cp1252", "utf-8-sig")), "replace")


_Accident = Callable[[bytes, bytes, Random], bytes]
_ACCIDENTS: tuple[_Accident, ...] = (
    *(_insert, _replace, _value, _value, _value, _bit, _delete, _repeat, _paste, _lines, _lines),
    *(_insert, _replace, _delete, _cut, _encode),
)
