"""What a repository can do to whoever asks git about it, by name."""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass

from tests.cli.repositories import git
from tests.history.scene import ATLAS, BASE, FORGED, MOVED, Scene


@dataclass(frozen=True)
class Attack:
    """How a scene is attacked, what git itself can be asked to fall for it, and what we say.

    Where we say nothing, every answer is the one without the attack. ``refused`` is what a command
    says that can then not look into the past; ``plainly`` those that can all the same.
    """

    plant: Callable[[Scene], object]
    asked: tuple[str, ...] = ()
    refused: str = ""


def configured(text: str, *asked: str) -> Attack:
    """Return an attack by a configuration that came with the repository."""
    return Attack(lambda scene: scene.configure(text), asked)


def attributes(word: str) -> Callable[[Scene], None]:
    """Return what gives all files an attribute, as an archive can, and has git look at them."""

    def plant(scene: Scene) -> None:
        (scene.git / "info").mkdir(exist_ok=True)
        (scene.git / "info" / "attributes").write_text(f"* {word}\n")
        (scene.top / ATLAS).touch()
        os.utime(scene.top / ATLAS, (1, 1))

    return plant


def filtered(word: str, text: str, *asked: str) -> Attack:
    """Return an attack by attributes and what the configuration has them mean."""
    return Attack(lambda scene: (attributes(word)(scene), scene.configure(text)), asked)


def bare_repository(scene: Scene) -> None:
    """Commit into the portfolio what git takes for a repository, with a filter of its own."""
    inside = scene.top.with_name("inside")
    shutil.copytree(scene.forged / ".git", inside)
    for name in ("hooks", "logs", "branches", "COMMIT_EDITMSG", "description"):
        target = inside / name
        shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
    (inside / "config").write_text(
        "[core]\nrepositoryformatversion = 0\nbare = false\nworktree = ..\n"
        f"fsmonitor = {scene.program}\n[filter \"x\"]\nclean = {scene.program}\n"
    )  # fmt: skip
    (inside / "info" / "attributes").write_text("* filter=x\n")
    scene.clone_of({"portfolio": inside})


def unpacked(scene: Scene, name: str) -> None:
    """Bring the objects and a commit of the forged repository into the attacked one."""
    shutil.copytree(scene.forged / ".git" / "objects", scene.git / "objects", dirs_exist_ok=True)
    forged = git(scene.forged, "rev-parse", "main")
    if name == "replace":
        (scene.git / "refs" / "replace").mkdir()
        true = git(scene.top, "rev-parse", BASE)
        (scene.git / "refs" / "replace" / true).write_text(f"{forged}\n")
    else:
        head = git(scene.top, "rev-parse", "HEAD")
        (scene.git / "info").mkdir(exist_ok=True)
        (scene.git / "info" / "grafts").write_text(f"{head} {forged}\n")


def alternates(scene: Scene) -> None:
    """Move the objects to another's repository, whose refs and settings are a trap."""
    other = scene.top.with_name("other")
    shutil.copytree(scene.forged / ".git", other)
    (other / "config").write_text(f"[core]\nfsmonitor = {scene.program}\n")
    shutil.copytree(scene.git / "objects", other / "objects", dirs_exist_ok=True)
    shutil.rmtree(scene.git / "objects")
    (scene.git / "objects" / "info").mkdir(parents=True)
    (scene.git / "objects" / "info" / "alternates").write_text(f"{other / 'objects'}\n")
    scene.configure("[core]\nalternateRefsCommand = PROGRAM\n")


def promised(remote: str) -> Callable[[Scene], None]:
    """Return what takes a file of the base away and promises that a remote has it."""

    def plant(scene: Scene) -> None:
        pack = next((scene.git / "objects" / "pack").glob("*.pack"), None)
        if pack is not None:
            moved = scene.top.with_name(pack.name)
            pack.rename(moved)
            pack.with_suffix(".idx").unlink()
            with moved.open("rb") as stream:
                git_unpack(scene, stream.read())
        blob = git(scene.top, "rev-parse", f"{BASE}:{ATLAS}")
        (scene.git / "objects" / blob[:2] / blob[2:]).unlink()
        (scene.git / "objects" / "pack" / "pack-0.promisor").touch()
        scene.configure(
            "[core]\nrepositoryformatversion = 1\n[extensions]\npartialClone = evil\n"
            f"[remote \"evil\"]\npromisor = true\n{remote}"
        )  # fmt: skip

    return plant


def git_unpack(scene: Scene, pack: bytes) -> None:
    """Unpack objects, so that one of them can be taken away."""
    import subprocess

    subprocess.run(
        ("git", "unpack-objects", "-q"), cwd=scene.top, input=pack, check=True, capture_output=True
    )


def missing_for(remote: str) -> Attack:
    """Return an attack by a file that git fetches when it is asked for it."""
    return Attack(promised(remote), ("cat-file", "-p", f"{BASE}:{ATLAS}"), "git fetch --refetch")


def signed(scene: Scene) -> None:
    """Put a commit with a signature on top, which a program of the repository checks."""
    text = git(scene.top, "cat-file", "-p", "HEAD")
    head, _, message = text.partition("\n\n")
    lines = [line for line in head.splitlines() if not line.startswith("parent ")]
    lines.insert(1, f"parent {git(scene.top, 'rev-parse', 'HEAD')}")
    lines.append("gpgsig -----BEGIN PGP SIGNATURE-----\n \n wsB=\n -----END PGP SIGNATURE-----")
    file = scene.top.with_name("commit")
    file.write_text("\n".join(lines) + f"\n\n{message}\n")
    made = git(scene.top, "hash-object", "-t", "commit", "-w", str(file))
    git(scene.top, "update-ref", "HEAD", made)
    scene.configure("[log]\nshowSignature = true\n[gpg]\nprogram = PROGRAM\n")


def hooked(scene: Scene) -> None:
    """Leave hooks where git looks for them."""
    for name in ("pre-commit", "post-index-change", "reference-transaction"):
        shutil.copy(scene.program, scene.git / "hooks" / name)


def included(scene: Scene) -> None:
    """Include a file from the work tree, by its name and by a condition."""
    settings = scene.top.with_name("settings")
    settings.write_text(f"[core]\nfsmonitor = {scene.program}\n")
    scene.configure(f"[include]\npath = {settings}\n[includeIf \"gitdir:/\"]\npath = {settings}\n")  # fmt: skip


def never_ending(scene: Scene) -> None:
    """Include what nobody ever writes into, and what never ends."""
    os.mkfifo(scene.git / "pipe")
    scene.configure("[include]\npath = /dev/zero\npath = pipe\n" + "# long\n" * 1_000_000)


def led_elsewhere(scene: Scene) -> None:
    """Let the `.git` be a file that names another's repository."""
    shutil.rmtree(scene.git)
    scene.git.write_text(f"gitdir: {scene.forged / '.git'}\n")


def made_a_worktree(scene: Scene) -> None:
    """Let the `.git` be a file that names another's work tree."""
    git(scene.forged, "worktree", "add", "-q", "--detach", str(scene.top.with_name("theirs")))
    shutil.rmtree(scene.git)
    (scene.top.with_name("theirs") / ".git").rename(scene.git)


def shares_elsewhere(scene: Scene) -> None:
    """Let a work tree that points back share the objects and refs of another's repository."""
    folder = scene.top / "worktrees" / "x"
    folder.mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "commondir").write_text(f"{scene.forged / '.git'}\n")
    (folder / "gitdir").write_text(f"{scene.git}\n")
    shutil.rmtree(scene.git)
    scene.git.write_text("gitdir: worktrees/x\n")


def linked(scene: Scene) -> None:
    """Let the `.git` be a link to another's repository."""
    shutil.rmtree(scene.git)
    scene.git.symlink_to(scene.forged / ".git")


def linked_inside(name: str) -> Callable[[Scene], None]:
    """Return what lends a part of another's repository."""

    def plant(scene: Scene) -> None:
        shutil.rmtree(scene.git / name) if name != "HEAD" else (scene.git / name).unlink()
        (scene.git / name).symlink_to(scene.forged / ".git" / name)

    return plant


def piped(name: str) -> Callable[[Scene], None]:
    """Return what puts a pipe where git reads, into which nobody ever writes."""

    def plant(scene: Scene) -> None:
        target = scene.git / name
        target.unlink(missing_ok=True)
        os.mkfifo(target)

    return plant


def endless_ref(scene: Scene) -> None:
    """Let a ref be read from what never ends."""
    (scene.git / "packed-refs").unlink()
    ref = scene.git / "refs" / "remotes" / "origin" / "main"
    ref.symlink_to("/dev/zero")


def waiting_ref(scene: Scene) -> None:
    """Let a ref be read from a pipe."""
    (scene.git / "packed-refs").unlink()
    os.mkfifo(scene.git / "refs" / "remotes" / "origin" / "main")


def lying_graph(scene: Scene) -> None:
    """Let a commit-graph say that no commit has a parent."""
    git(scene.top, "commit-graph", "write", "--reachable")
    path = scene.git / "objects" / "info" / "commit-graph"
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    chunks = {bytes(content[p : p + 4]): p for p in range(8, 8 + 12 * content[6], 12)}
    (start,) = struct.unpack(">Q", content[chunks[b"CDAT"] + 4 : chunks[b"CDAT"] + 12])
    for number in range(3):
        content[start + 36 * number + 20 : start + 36 * number + 28] = b"\x70\0\0\0" * 2
    path.write_bytes(content)


def bomb(scene: Scene) -> None:
    """Let the base hold ten thousand million files in a dozen objects."""
    blob = git(scene.top, "rev-parse", f"{BASE}:{ATLAS}")
    entries = "".join(f"100644 blob {blob}\t{number}.yaml\n" for number in range(10))
    for _ in range(10):
        tree = made_tree(scene, entries)
        entries = "".join(f"040000 tree {tree}\t{number}\n" for number in range(10))
    top = made_tree(scene, f"040000 tree {tree}\tportfolio\n")
    base = git(scene.top, "rev-parse", BASE)
    made = git(scene.top, "commit-tree", top, "-p", base, "-m", "Bomb")
    git(scene.top, "update-ref", f"refs/remotes/{BASE}", made)
    both = git(scene.top, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-p", made, "-m", "Merge")
    git(scene.top, "update-ref", "HEAD", both)


def made_tree(scene: Scene, entries: str) -> str:
    """Write a tree and return its id."""
    import subprocess

    done = subprocess.run(
        ("git", "mktree"), cwd=scene.top, input=entries, text=True, check=True, capture_output=True
    )
    return done.stdout.strip()


ATTACKS = {
    "a bare repository in the portfolio": Attack(bare_repository, ("show", f"{BASE}:{ATLAS}")),
    "a committed git program": Attack(lambda scene: scene.clone_of(
        {"portfolio/git": scene.program.read_text()})),
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
        lambda scene: (hooked(scene), (scene.git / "hooks").rename(scene.git / "there"),
                       scene.configure("[core]\nhooksPath = .git/there\n")),
        ("-C", "..", "hook", "run", "pre-commit")),
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
        "url = ext::PROGRAM\n[protocol]\nallow = always\n[protocol \"ext\"]\nallow = always\n"),
    "a lazy fetch by ssh": missing_for("url = ssh://x/y\n[core]\nsshCommand = PROGRAM\n"),
    "a lazy fetch by a proxy": missing_for("url = git://x/y\n[core]\ngitProxy = PROGRAM\n"),
    "a lazy fetch over the network": missing_for("url = http://URL/\n"),
    "a lazy fetch by another program": missing_for("url = .\nuploadpack = PROGRAM\n"),
    "a lazy fetch by a foreign system": missing_for("vcs = ext\nurl = PROGRAM\n"
        "[protocol \"ext\"]\nallow = always\n"),
    "a replaced commit": Attack(lambda scene: unpacked(scene, "replace"),
        ("show", f"{BASE}:{ATLAS}")),
    "a replaced commit, insisting": Attack(lambda scene: (unpacked(scene, "replace"),
        scene.configure("[core]\nuseReplaceRefs = true\n")), ("show", f"{BASE}:{ATLAS}")),
    "grafts": Attack(lambda scene: unpacked(scene, "grafts"), ("rev-list", "HEAD")),
    "alternates": Attack(alternates, ("fetch", "-q")),
    "a lying commit-graph": Attack(lying_graph, ("rev-list", "HEAD")),
    "a work tree elsewhere": Attack(lambda scene: scene.configure(
        f"[core]\nbare = false\nworktree = {scene.forged}\n"), ("rev-parse", "--show-toplevel")),
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
    "a ref that waits": Attack(waiting_ref, (), "git did not answer"),
    "a ref that never ends": Attack(endless_ref, (), "there is no commit|git did not answer"),
    "more files than there are": Attack(bomb, (), "holds more than a folder would"),
}  # fmt: skip
