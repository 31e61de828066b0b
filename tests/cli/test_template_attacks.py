"""What a hostile template tries, by name; each attempt ends in its own process, and is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portfolio.application.failure import Failure
from portfolio.application.reports.own_templates import LIMITS, MOST_BYTES, own_files, render_with
from portfolio.limited_process import Limits, Refused
from portfolio.report.blocks import Report
from portfolio.report.composition import compose
from portfolio.report.own_page import answer, pages, request
from portfolio.report.pack import Pack
from portfolio.report.rendering import render, template_files
from tests.portfolios import portfolio_of

PEOPLE = "people: [{id: anna, name: Anna Sample}]\n"
NESTED = "{% for a in range(99999) %}"
UNSAFE = r"markdown/section-glance.jinja:1: access to attribute '.*' of '.*' object is unsafe"
MEMORY = "section-glance.jinja:1: this takes more memory than a page may have"
ENDLESS = "section-glance.jinja:1: this calls itself without end"
MISSING = "section-glance.jinja:1: there is no template"
LATE = "took longer than 1 second"
TOO_MUCH = "gave more than 1 MiB"
DEEP = "section-glance.jinja:1: this is nested deeper, or longer, than a template may be"

WALKS = {
    "a class": "{{ ''.__class__.__mro__ }}",
    "a class by its name in brackets": "{{ report['__class__'] }}",
    "a class by a name put together": "{{ report['__cl' ~ 'ass__'] }}",
    "a class by a filter": "{{ report|attr('__class__') }}",
    "the globals of a method": "{{ report.sections[0].__init__.__globals__ }}",
    "the globals of what is given": "{{ source.__globals__ }}",
    "the object behind a method": "{{ has.__self__ }}",
    "the function behind a method": "{{ footnotes.number.__func__ }}",
    "the inside of the notes": "{{ footnotes._numbers }}",
    "the frame of a generator": "{{ ([1]|map('abs')).gi_frame }}",
    "the environment of a macro": "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "the function of a macro": "{% macro m() %}{% endmacro %}{{ m._func }}",
    "the caller": "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "the page itself": "{{ self._TemplateReference__context }}",
    "the loop": "{% for a in [1] %}{{ loop._iterator }}{% endfor %}",
    "what is undefined": "{{ nope.__class__ }}",
    "a cycler": "{{ cycler.__init__.__globals__ }}",
    "a joiner": "{{ joiner.__init__.__globals__ }}",
    "a namespace": "{{ namespace.__init__.__globals__ }}",
    "writing into a namespace": "{% set n = namespace() %}{% set n.x = 1 %}{{ n.__class__ }}",
    "the range": "{{ range.__globals__ }}",
    "a built-in": "{{ dict.fromkeys.__self__ }}",
    "a format string": "{{ '{0.__class__}'.format(report) }}",
    "a format string kept": "{% set f = '{0.__class__}'.format %}{{ f(report) }}",
    "a format string by a filter": "{{ ('{0.__class__}'|attr('format'))(report) }}",
    "a format string by map": "{{ (['{0.__class__}']|map('attr', 'format')|first)(report) }}",
    "a format string with names": "{{ '{r.__class__}'.format_map({'r': report}) }}",
    "sorting by a class": "{{ [report, report]|sort(attribute='__class__.__name__') }}",
    "adding up classes": "{{ [report]|sum(attribute='__class__') }}",
    "choosing by a class": "{{ [report]|selectattr('__class__')|list }}",
    "uniqueness by a class": "{{ [report]|unique(attribute='__class__.__mro__')|list }}",
    "the largest class": "{{ [report]|max(attribute='__class__.__name__') }}",
    "changing the colours of later pages": "{{ shapes.update({'red': 'fine'}) }}",
    "emptying the colours": "{{ shapes.clear() }}",
    "changing a list": "{{ [].append(1) }}",
    "today": "{{ report.as_of.today() }}",
}
REFUSED = {
    "the first words of a dummy text": ("{{ lipsum.__globals__ }}", "'lipsum' is undefined"),
    "chance": ("{{ [1, 2]|random }}", "No filter named 'random'"),
    "a drawing of one's own": ("{{ '<script>'|drawing }}", "only a chart's own drawing"),
    "a file above": ("{% include '../../people.yaml' %}", MISSING),
    "a file by its whole path": ("{% include '/etc/passwd' %}", MISSING),
    "a file to import": ("{% import '../people.yaml' as x %}", MISSING),
    "a file to import from": ("{% from '/etc/passwd' import x %}", MISSING),
    "a file to extend": ("{% extends '/etc/passwd' %}", MISSING),
    "a file as a source": ("{{ source('/etc/passwd') }}", MISSING),
    "a file as a picture": ("{{ data_address('../../logo.png') }}", MISSING),
    "a device": ("{% include '/dev/zero' %}", MISSING),
    "code as a picture": ("{{ data_address('report.jinja') }}", "is no picture"),
    "a library that is not loaded": ("{{ 'a'.encode('idna') }}", "a page can open nothing"),
    "a long range": ("{{ range(10**9)|list }}", "Range too big"),
    "a long text": ("{{ 'a' * 10**10 }}", MEMORY),
    "a long list": ("{{ [0] * 10**10 }}", MEMORY),
    "a wide number": ("{{ '%999999999d'|format(1) }}", MEMORY),
    "a wide number by an operator": ("{{ '%9999999999d' % 1 }}", MEMORY),
    "a wide format": ("{{ '{:>9999999999}'.format(1) }}", MEMORY),
    "a wide line": ("{{ 'a'|center(10**10) }}", MEMORY),
    "a wide margin": ("{{ 'a'.ljust(10**10) }}", MEMORY),
    "many zeros": ("{{ '1'.zfill(10**10) }}", MEMORY),
    "many bytes": ("{{ (1).to_bytes(10**10, 'big') }}", MEMORY),
    "growth by replacing": ("{{ ('a' * 10**5)|replace('a', 'a' * 10**5) }}", MEMORY),
    "much memory in small pieces": ("{{ [1]|batch(10**9, 0)|list }}", MEMORY),
    "a macro without end": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", ENDLESS),
    "an inclusion without end": ("{% include 'section-glance.jinja' %}", ENDLESS),
    "a loop without end": ("{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}", ENDLESS),
    "many brackets": ("{{ " + "[" * 9999 + "]" * 9999 + " }}", DEEP),
    "many blocks": ("{% if 1 %}" * 3000 + "{% endif %}" * 3000, DEEP),
    "loops in loops": (NESTED * 4 + "{% endfor %}" * 4, LATE),
    "a large power": ("{{ 7 ** (10 ** 9) }}", LATE),
    "many slices": ("{{ range(10)|slice(10**9)|list }}", f"{LATE}|{MEMORY}"),
    "a long page": ("{% for a in range(99) %}{{ 'a' * 99999 }}{% endfor %}", TOO_MUCH),
    "a message without end": ("{{ report['a' * 10**6] }}", "has no attribute 'aaa"),
    "text that is not UTF-8": ("\udcff", "section-glance.jinja is not UTF-8"),
}
HARMLESS = {
    "a class by map": ("{{ [report]|map(attribute='__class__')|list }}", "[Undefined]"),
    "a file that may be missing": ("{% include ['/etc/passwd'] ignore missing %}", "\n"),
    "half a character": (r"{{ '\ud800' }}", "?"),
    "a screen's control": ("{{ '\x1b[2J' }}", "\ufffd"),
    "everything of a report": ("{{ report|pprint }}", "Report(name="),
}


@pytest.fixture(scope="module")
def report() -> Report:
    return compose("board", Pack(portfolio_of(PEOPLE)))


def attempt(folder: Path, report: Report, template: str, limits: Limits = LIMITS) -> str:
    (folder / "markdown").mkdir(exist_ok=True)
    content = template.encode(errors="surrogateescape")
    (folder / "markdown" / "section-glance.jinja").write_bytes(content)
    [page] = render_with([report], "markdown", folder, limits)
    return page


@pytest.mark.parametrize("name", WALKS)
def test_no_walk_along_attributes_leaves_the_page(
    tmp_path: Path, report: Report, name: str
) -> None:
    with pytest.raises(Failure, match=UNSAFE):
        attempt(tmp_path, report, WALKS[name])


@pytest.mark.parametrize("name", REFUSED)
def test_what_reaches_or_takes_too_much_is_refused_and_told(
    tmp_path: Path, report: Report, name: str
) -> None:
    template, told = REFUSED[name]
    small = Limits(seconds=1 if told.startswith(LATE) else 20, memory=256 << 20, answer=1 << 20)
    with pytest.raises(Failure, match=told) as failed:
        attempt(tmp_path, report, template, small)
    assert len(failed.value.message) < 600
    assert str(tmp_path) not in failed.value.message
    assert ".py" not in failed.value.message


@pytest.mark.parametrize("name", HARMLESS)
def test_what_can_be_asked_gives_nothing_away(tmp_path: Path, report: Report, name: str) -> None:
    template, shown = HARMLESS[name]
    page = attempt(tmp_path, report, template)
    assert shown in page.partition("## At a glance")[2].partition("##")[0]
    assert str(tmp_path) not in page
    assert "root:" not in page


@pytest.mark.parametrize("name", ["a file above", "a macro without end", "many blocks", "chance"])
def test_a_mistake_has_its_place_before_any_limit_is_met(report: Report, name: str) -> None:
    template, told = REFUSED[name]
    files = {**template_files("markdown"), "section-glance.jinja": template.encode()}
    with pytest.raises(Refused, match=told):
        answer(request([report], "markdown", files))


def test_an_answer_is_the_pages_as_text(report: Report) -> None:
    asked = request([report, report], "markdown", template_files("markdown"))
    assert pages(answer(asked)) == [render(report, "markdown")] * 2


def test_a_folder_is_read_as_plain_files_inside_it(tmp_path: Path) -> None:
    outside = tmp_path / "secret.jinja"
    outside.write_text("Anna's salary")
    look = tmp_path / "look"
    (look / "markdown" / "parts").mkdir(parents=True)
    (look / "markdown" / "parts" / "head.jinja").write_text("Head")
    (look / "markdown" / "top.jinja").symlink_to(look / "markdown" / "parts" / "head.jinja")
    assert own_files(look, "markdown") == {"parts/head.jinja": b"Head", "top.jinja": b"Head"}
    assert own_files(look, "html") == {}


@pytest.mark.parametrize(
    "kind",
    ["a link out", "a linked folder", "a linked format", "a pipe", "a device", "a dead link"],
)
def test_what_is_no_plain_file_inside_the_folder_is_refused(tmp_path: Path, kind: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jinja").write_text("Anna's salary")
    look = tmp_path / "look"
    look.mkdir()
    place = look / "markdown" / "section-glance.jinja"
    if kind == "a linked format":
        (look / "markdown").symlink_to(outside)
    else:
        place.parent.mkdir()
    if kind == "a link out":
        place.symlink_to(outside / "secret.jinja")
    elif kind == "a linked folder":
        place.symlink_to(outside)
    elif kind == "a pipe":
        os.mkfifo(place)
    elif kind == "a device":
        place.symlink_to("/dev/zero")
    elif kind == "a dead link":
        place.symlink_to("gone.jinja")
    with pytest.raises(Failure, match=r"look/markdown/.* is no plain file inside look") as failed:
        own_files(look, "markdown")
    assert str(tmp_path) not in failed.value.message


def test_a_folder_that_holds_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    with (tmp_path / "html" / "large.css").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(Failure, match="html holds more than templates may") as failed:
        own_files(tmp_path, "html")
    assert failed.value.hint == "at most 1,000 files and 16 MiB are read"


def test_text_of_the_portfolio_stays_text_unless_a_template_says_otherwise(
    tmp_path: Path,
) -> None:
    """In HTML our blocks and `{{ }}` escape; `safe` is the template's own word."""
    settings = "organisation: {name: <b>, currency: GBP}\n"
    hostile = compose("board", Pack(portfolio_of(PEOPLE, settings)))
    (tmp_path / "html").mkdir()
    glance = tmp_path / "html" / "section-glance.jinja"
    for template, shown in (
        ("<p>{{ report.subtitle }}</p>", "<p>&lt;b&gt;</p>"),
        ("<p>{{ report.subtitle|safe }}</p>", "<p><b></p>"),
    ):
        glance.write_text(template)
        [page] = render_with([hostile], "html", tmp_path)
        assert shown in page
        assert "script-src 'sha256-" in page, "what is let through still runs nothing"
