from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from ssot_lint.changed import changes_since, touches
from ssot_lint.errors import UsageError
from ssot_lint.findings import Finding, Frame, Span, Violation


def git(directory: Path, *arguments: str) -> None:
    identity = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(
        ["git", *arguments],
        cwd=directory,
        env=os.environ | identity | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two files in a folder below the root of a repository, committed."""
    root = tmp_path / "service"
    root.mkdir()
    git(tmp_path, "init", "-q")
    (root / "a.py").write_text("1\n2\n3\n4\n5\n")
    (root / 'odd "name" é.py').write_text("1\n2\n")
    (root / "gone.py").write_text("1\n")
    (tmp_path / "outside.py").write_text("1\n")
    (tmp_path / ".gitignore").write_text("ignored.py\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    return root


def test_changed_added_and_new_lines_count(repository: Path) -> None:
    (repository / "a.py").write_text("1\nchanged\n3\n4\n5\nadded\nadded\n")
    (repository / 'odd "name" é.py').write_text("1\ndiff --git a/x b/x\n@@ -1 +7 @@\n")
    (repository / "new.py").write_text("")
    (repository / "ignored.py").write_text("1\n")
    (repository / "gone.py").unlink()
    (repository.parent / "outside.py").write_text("2\n")
    changes = changes_since("HEAD", repository)
    assert changes.keys() == {"a.py", 'odd "name" é.py', "new.py"}
    assert changes["a.py"] == [range(2, 3), range(6, 8)]
    assert changes['odd "name" é.py'] == [range(2, 4)]
    assert 10**6 in changes["new.py"][0]


def test_what_is_committed_since_counts_too(repository: Path) -> None:
    (repository / "a.py").write_text("0\n1\n2\n3\n4\n5\n")
    git(repository, "commit", "-qam", "second")
    assert changes_since("HEAD", repository) == {}
    assert changes_since("HEAD~1", repository) == {"a.py": [range(1, 2)]}


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_an_unknown_revision(repository: Path, revision: str) -> None:
    with pytest.raises(UsageError, match=rf"^--changed-since: git has no revision `{re.escape(revision)}` here$"):
        changes_since(revision, repository)
    assert not (repository / "x").exists()


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a git repository"):
        changes_since("HEAD", tmp_path)


def _finding(line: int, *, hop: Span | None = None, related: Span | None = None) -> Finding:
    span = Span("a.py", line, 1, line + 1, 2)
    return Finding(
        Violation("SSOT101", "error", "m", span),
        "n",
        span,
        "f",
        chain=(Frame("a", "b", "call", "certain", hop, ""),) if hop else (),
        related=((related, "m"),) if related else (),
    )


def test_a_finding_is_touched_at_its_place_its_chain_or_what_it_compares() -> None:
    changes = {"a.py": [range(5, 7)], "b.py": [range(1, 2)]}
    assert [line for line in range(1, 10) if touches(changes, _finding(line))] == [4, 5, 6]
    assert touches(changes, _finding(1, hop=Span("b.py", 1, 1, 1, 2)))
    assert touches(changes, _finding(1, related=Span("b.py", 1, 1, 1, 2)))
    assert not touches(changes, _finding(1, hop=Span("b.py", 2, 1, 2, 2)))
