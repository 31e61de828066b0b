"""How a repository is made to attack whoever asks git about it."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from collections.abc import Callable

from tests.cli.repositories import git
from tests.history.scene import ATLAS, BASE, Scene

Plant = Callable[[Scene], None]


def both(*plants: Plant) -> Plant:
    """Return what plants one thing after the other."""

    def plant(scene: Scene) -> None:
        for each in plants:
            each(scene)

    return plant


def configuration(text: str) -> Plant:
    """Return what adds to the configuration that came with the repository."""
    return lambda scene: scene.configure(text)


def attributes(word: str) -> Plant:
    """Return what gives all files an attribute, as an archive can, and has git look at them."""

    def plant(scene: Scene) -> None:
        (scene.git / "info").mkdir(exist_ok=True)
        (scene.git / "info" / "attributes").write_text(f"* {word}\n")
        (scene.top / ATLAS).touch()
        os.utime(scene.top / ATLAS, (1, 1))

    return plant


def bare_repository(scene: Scene) -> None:
    """Commit into the portfolio what git takes for a repository, with a filter of its own."""
    inside = scene.top.with_name("inside")
    shutil.copytree(scene.forged / ".git", inside)
    for name in ("hooks", "logs", "branches", "COMMIT_EDITMSG", "description"):
        target = inside / name
        shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
    (inside / "config").write_text(
        "[core]\nrepositoryformatversion = 0\nbare = false\nworktree = ..\n"
        f'fsmonitor = {scene.program}\n[filter "x"]\nclean = {scene.program}\n'
    )  # fmt: skip
    (inside / "info" / "attributes").write_text("* filter=x\n")
    scene.clone_of({"portfolio": inside})


def unpacked(name: str) -> Plant:
    """Return what brings in a forged commit, by a replacement or as a parent."""

    def plant(scene: Scene) -> None:
        shutil.copytree(
            scene.forged / ".git" / "objects", scene.git / "objects", dirs_exist_ok=True
        )
        forged = git(scene.forged, "rev-parse", "main")
        if name == "replace":
            (scene.git / "refs" / "replace").mkdir()
            true = git(scene.top, "rev-parse", BASE)
            (scene.git / "refs" / "replace" / true).write_text(f"{forged}\n")
        else:
            head = git(scene.top, "rev-parse", "HEAD")
            (scene.git / "info").mkdir(exist_ok=True)
            (scene.git / "info" / "grafts").write_text(f"{head} {forged}\n")

    return plant


def committed_program(scene: Scene) -> None:
    """Commit a program that is called like git."""
    scene.clone_of({"portfolio/git": scene.program.read_text()})


def placed_elsewhere(scene: Scene) -> None:
    """Let the work tree be another's."""
    scene.configure(f"[core]\nbare = false\nworktree = {scene.forged}\n")


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


def promised(remote: str) -> Plant:
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
            f'[remote "evil"]\npromisor = true\n{remote}'
        )  # fmt: skip

    return plant


def git_unpack(scene: Scene, pack: bytes) -> None:
    """Unpack objects, so that one of them can be taken away."""
    subprocess.run(
        ("git", "unpack-objects", "-q"), cwd=scene.top, input=pack, check=True, capture_output=True
    )


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


def hooked_elsewhere(scene: Scene) -> None:
    """Leave hooks where the configuration has git look for them."""
    hooked(scene)
    (scene.git / "hooks").rename(scene.git / "there")
    scene.configure("[core]\nhooksPath = .git/there\n")


def included(scene: Scene) -> None:
    """Include a file from the work tree, by its name and by a condition."""
    settings = scene.top.with_name("settings")
    settings.write_text(f"[core]\nfsmonitor = {scene.program}\n")
    scene.configure(f"[include]\npath = {settings}\n")
    scene.configure(f'[includeIf "gitdir:/"]\npath = {settings}\n')


def never_ending(scene: Scene) -> None:
    """Include what nobody ever writes into, and what never ends."""
    os.mkfifo(scene.git / "pipe")
    scene.configure("[include]\npath = /dev/zero\npath = pipe\n" + "# long\n" * 1_000_000)


def led_elsewhere(scene: Scene) -> None:
    """Let the `.git` be a file that names another's repository."""
    shutil.rmtree(scene.git)
    scene.git.write_text(f"gitdir: {scene.forged / '.git'}\n")


def led_by(content: bytes) -> Plant:
    """Return what lets the `.git` be a file of these bytes."""

    def plant(scene: Scene) -> None:
        shutil.rmtree(scene.git)
        scene.git.write_bytes(content)

    return plant


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


def linked_inside(name: str) -> Plant:
    """Return what lends a part of another's repository."""

    def plant(scene: Scene) -> None:
        shutil.rmtree(scene.git / name) if name != "HEAD" else (scene.git / name).unlink()
        (scene.git / name).symlink_to(scene.forged / ".git" / name)

    return plant


def piped(name: str) -> Plant:
    """Return what puts a pipe where git reads, into which nobody ever writes."""

    def plant(scene: Scene) -> None:
        target = scene.git / name
        target.unlink(missing_ok=True)
        os.mkfifo(target)

    return plant


def endless_head(scene: Scene) -> None:
    """Let HEAD have more bytes than a disk may hold, nearly all of them nowhere."""
    os.truncate(scene.git / "HEAD", 3 << 30)


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
    done = subprocess.run(
        ("git", "mktree"), cwd=scene.top, input=entries, text=True, check=True, capture_output=True
    )
    return done.stdout.strip()
