"""What a repository can do to whoever asks git about it, by name."""

from __future__ import annotations

from dataclasses import dataclass

from tests.history.planting import (
    Plant,
    alternates,
    attributes,
    bare_repository,
    bomb,
    both,
    committed_program,
    configuration,
    endless_head,
    endless_ref,
    hooked,
    hooked_elsewhere,
    included,
    led_by,
    led_elsewhere,
    linked,
    linked_inside,
    lying_graph,
    made_a_worktree,
    never_ending,
    piped,
    placed_elsewhere,
    promised,
    shares_elsewhere,
    signed,
    unpacked,
    waiting_ref,
)
from tests.history.scene import ATLAS, BASE


@dataclass(frozen=True)
class Attack:
    """How a scene is attacked, what git itself can be asked so that it falls for it, what we say.

    ``refused`` is the reason, as a pattern, that a command gives which cannot look into the past;
    where there is none, every answer is the one without the attack.
    """

    plant: Plant
    asked: tuple[str, ...] = ()
    refused: str = ""


def configured(text: str, *asked: str) -> Attack:
    """Return an attack by a configuration that came with the repository."""
    return Attack(configuration(text), asked)


def filtered(word: str, text: str, *asked: str) -> Attack:
    """Return an attack by attributes and what the configuration has them mean."""
    return Attack(both(attributes(word), configuration(text)), asked)


def missing_for(remote: str) -> Attack:
    """Return an attack by a file that git fetches when it is asked for it."""
    return Attack(promised(remote), ("cat-file", "-p", f"{BASE}:{ATLAS}"), "git fetch --refetch")


ATTACKS = {
    "a bare repository in the portfolio": Attack(bare_repository, ("show", f"{BASE}:{ATLAS}")),
    "a committed git program": Attack(committed_program),
    "a filter that cleans": filtered(
        "filter=x", '[filter "x"]\nclean = PROGRAM\nsmudge = PROGRAM\n', "status"),
    "a filter that stays": filtered(
        "filter=x", '[filter "x"]\nprocess = PROGRAM\nrequired = true\n', "status"),
    "a conversion to text": filtered(
        "diff=x", '[diff "x"]\ntextconv = PROGRAM\n', "log", "-p", "-2", "--", "."),
    "a diff of its own": filtered(
        "diff=x", '[diff "x"]\ncommand = PROGRAM\n', "diff", "HEAD~1"),
    "a diff for all": configured("[diff]\nexternal = PROGRAM\n", "diff", "HEAD~1"),
    "a merge driver": filtered(
        "merge=x", '[merge "x"]\ndriver = PROGRAM\n'),
    "a monitor of files": configured("[core]\nfsmonitor = PROGRAM\n", "status"),
    "hooks": Attack(hooked, ("hook", "run", "pre-commit")),
    "hooks elsewhere": Attack(
        hooked_elsewhere, ("-C", "..", "hook", "run", "pre-commit")),
    "an included configuration": Attack(included, ("status",)),
    "a configuration that never ends": Attack(never_ending),
    "a pager": configured("[core]\npager = PROGRAM\n[pager]\nlog = PROGRAM\nrev-list = PROGRAM\n"),
    "an alias": configured(
        "[alias]\nx = !PROGRAM\nrev-parse = !PROGRAM\nrev-list = !PROGRAM\n"
        "cat-file = !PROGRAM\nmerge-base = !PROGRAM\n", "x"),
    "an editor and a browser": configured(
        "[core]\neditor = PROGRAM\n[sequence]\neditor = PROGRAM\n", "config", "--edit"),
    "a keeper of passwords": configured("[credential]\nhelper = !PROGRAM\n", "credential", "fill"),
    "a question for a password": configured("[core]\naskPass = PROGRAM\n", "credential", "fill"),
    "a checker of signatures": Attack(signed, ("log", "-1")),
    "a lazy fetch by ext": missing_for(
        'url = ext::PROGRAM\n[protocol]\nallow = always\n[protocol "ext"]\nallow = always\n'),
    "a lazy fetch by ssh": missing_for("url = ssh://x/y\n[core]\nsshCommand = PROGRAM\n"),
    "a lazy fetch by a proxy": missing_for("url = git://x/y\n[core]\ngitProxy = PROGRAM\n"),
    "a lazy fetch over the network": missing_for("url = http://URL/\n"),
    "a lazy fetch by another program": missing_for("url = .\nuploadpack = PROGRAM\n"),
    "a lazy fetch by a foreign system": missing_for("vcs = ext\nurl = PROGRAM\n"
        '[protocol "ext"]\nallow = always\n'),
    "a replaced commit": Attack(unpacked("replace"),
        ("show", f"{BASE}:{ATLAS}")),
    "a replaced commit, insisting": Attack(
        both(unpacked("replace"), configuration("[core]\nuseReplaceRefs = true\n")),
        ("show", f"{BASE}:{ATLAS}")),
    "grafts": Attack(unpacked("grafts"), ("rev-list", "HEAD")),
    "alternates": Attack(alternates, ("fetch", "-q")),
    "a lying commit-graph": Attack(lying_graph, ("rev-list", "HEAD")),
    "a work tree elsewhere": Attack(
        placed_elsewhere, ("rev-parse", "--show-toplevel")),
    "a bare work tree": configured("[core]\nbare = true\n", "rev-parse", "--is-bare-repository"),
    "unheard-of extensions": configured(
        "[core]\nrepositoryformatversion = 1\n[extensions]\nunheardOf = true\n", "log"),
    "odd output": configured(
        "[core]\nabbrev = 5\nquotePath = true\n[i18n]\nlogOutputEncoding = UTF-16\n"
        "[log]\ndate = format:never\n", "log", "-1", "--format=%h"),
    "a .git file that leads elsewhere": Attack(
        led_elsewhere, ("show", f"{BASE}:{ATLAS}"), "does not point back"),
    "a work tree of another's": Attack(
        made_a_worktree, ("show", f"{BASE}:{ATLAS}"), "does not point back"),
    "a work tree that shares another's refs": Attack(
        shares_elsewhere, ("show", f"{BASE}:{ATLAS}"), "does not point back"),
    "a linked .git": Attack(linked, ("show", f"{BASE}:{ATLAS}"), "is a link"),
    "linked refs": Attack(
        linked_inside("refs"), ("for-each-ref",), "no repository to rely on"),
    "linked objects": Attack(
        linked_inside("objects"), ("cat-file", "-t", "HEAD"), "no repository to rely on"),
    "a linked HEAD": Attack(linked_inside("HEAD"), (), "no repository to rely on"),
    "a pipe for a HEAD": Attack(piped("HEAD"), (), "no repository to rely on"),
    "a pipe for packed refs": Attack(piped("packed-refs"), (), "no repository to rely on"),
    "a pipe for the shallow": Attack(piped("shallow"), (), "no repository to rely on"),
    "a pipe for alternates": Attack(
        piped("objects/info/alternates"), (), "no repository to rely on"),
    "a HEAD of gigabytes": Attack(endless_head, (), "no repository to rely on"),
    "a .git file of empty lines": Attack(
        led_by(b"gitdir: " + b"\n" * 60_000 + b"x"), (), "leads nowhere"),
    "a .git file that is no UTF-8": Attack(led_by(b"gitdir: g\xff"), (), "leads nowhere"),
    "a .git file with a zero": Attack(led_by(b"gitdir: a\0b"), (), "leads nowhere"),
    "a ref that waits": Attack(waiting_ref, (), "git did not answer"),
    "a ref that never ends": Attack(endless_ref, (), "there is no commit|git did not answer"),
    "more files than there are": Attack(bomb, (), "holds more than a folder would"),
}  # fmt: skip
