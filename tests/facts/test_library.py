"""Facts on demand: what gets loaded, from where, and that nothing stops it."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint.errors import ChangedFileError
from ssot_lint.facts import pool
from ssot_lint.facts.cache import FactsCache
from ssot_lint.facts.encoding import decode, encode
from ssot_lint.facts.library import Library
from ssot_lint.facts.model import ModuleFacts, Operation, Return, Unreadable
from ssot_lint.facts.pool import ParserPool
from ssot_lint.project.discover import discover
from tests.facts.programs import facts_of

Files = dict[str, str]
FILES: Files = {
    "app/__init__.py": "",
    "app/main.py": "from . import core, absent\nfrom .core.db import connect\n",
    "app/core/__init__.py": "from app.core import late_cycle",
    "app/core/db.py": "import os, lone\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING: import typed\n",
    "app/core/late_cycle.py": "import app.main\ndef f():\n    import deferred\n",
    "app/other.py": "x = 1",
    "lone.py": "",
    "typed.py": "",
    "deferred.py": "import broken",
    "broken.py": "x = (",
}
CLOSURE = {"app", "app.main", "app.core", "app.core.db", "app.core.late_cycle", "lone"}


@pytest.fixture
def library(tmp_path: Path) -> Callable[..., Library]:
    """Writes files, and opens the library of their project."""

    def build(files: Files = FILES, **options: object) -> Library:
        for path, text in files.items():
            file = tmp_path / "project" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return Library(discover(tmp_path / "project"), jobs=2, **options)  # type: ignore[arg-type]

    return build


@pytest.fixture
def pooled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Uses processes however little there is to do."""
    monkeypatch.setattr(pool, "_INLINE_BYTES", -1)


def test_gets_modules_by_name(library: Callable[..., Library]) -> None:
    with library() as facts:
        assert facts.get("app.other") == facts_of("x = 1")
        assert facts.get("broken") == Unreadable(1, "'(' was never closed")
        assert facts.get("nowhere") is None
        assert facts.unreadable == {"broken": Unreadable(1, "'(' was never closed")}
        assert facts.get("app.other") is facts.get("app.other")
        assert (facts.parsed, facts.cached) == (2, 0)


def test_loads_what_importing_imports(library: Callable[..., Library]) -> None:
    with library() as facts:
        facts.load_closure(["app.main"])
        assert set(facts.loaded) == CLOSURE
        assert facts.parsed == len(CLOSURE)
        facts.load_closure(["app.main"], deferred=True)
        assert set(facts.loaded) == CLOSURE | {"deferred"}
        assert set(facts.unreadable) == {"broken"}


def test_processes_give_the_same_facts(library: Callable[..., Library], monkeypatch: pytest.MonkeyPatch) -> None:
    with library() as facts, library() as inline:
        with monkeypatch.context() as pooled:
            pooled.setattr(pool, "_INLINE_BYTES", -1)
            facts.load_closure(["app.main"], deferred=True)
        inline.load_closure(["app.main"], deferred=True)
        assert facts.loaded == inline.loaded
        assert facts.unreadable == inline.unreadable


def test_the_second_run_parses_nothing_and_imports_no_parser(library: Callable[..., Library], tmp_path: Path) -> None:
    with FactsCache(tmp_path / "cache", warn=pytest.fail) as cache, library(cache=cache) as facts:
        facts.load_closure(["app.main"])
    script = (
        "import sys; from pathlib import Path\n"
        "from ssot_lint.facts.cache import FactsCache; from ssot_lint.facts.library import Library\n"
        "from ssot_lint.project.discover import discover\n"
        "project = discover(Path('project'))\n"
        "with FactsCache(Path('cache'), warn=print) as cache, Library(project, cache=cache) as facts:\n"
        "    facts.load_closure(['app.main'])\n"
        "print(facts.parsed, facts.cached, {'libcst', 'multiprocessing'} & {*sys.modules})\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"0 {len(CLOSURE)} set()\n"


def test_a_changed_file_is_parsed_anew(library: Callable[..., Library], tmp_path: Path) -> None:
    with FactsCache(tmp_path / "cache", warn=pytest.fail) as cache:
        library(cache=cache).load_closure(["app.main"])
        changed = library({"lone.py": "x = 1\n"}, cache=cache)
        changed.load_closure(["app.main"])
        assert (changed.parsed, changed.cached) == (1, len(CLOSURE) - 1)
        assert changed.get("lone") == facts_of("x = 1\n")


def test_overrides_stand_in_for_files(library: Callable[..., Library], tmp_path: Path) -> None:
    with FactsCache(tmp_path / "cache", warn=pytest.fail) as cache:
        facts = library(overrides={"lone": b"import typed"}, cache=cache)
        facts.load_closure(["lone"])
        assert set(facts.loaded) == {"lone", "typed"}
        assert library(cache=cache).get("lone") == facts_of("")


def test_a_file_that_is_gone_is_unreadable(library: Callable[..., Library], tmp_path: Path) -> None:
    facts = library()
    (tmp_path / "project/lone.py").unlink()
    assert facts.get("lone") == Unreadable(1, "can't be read: No such file or directory")


@pytest.mark.usefixtures("pooled")
def test_processes_end_when_nothing_is_left_to_parse(library: Callable[..., Library]) -> None:
    with library() as facts:
        facts.load_closure(["app.main"])
        assert not multiprocessing.active_children()
        assert isinstance(facts.get("app.other"), ModuleFacts)


def test_a_name_that_stands_in_many_files_is_one_string() -> None:
    text = "class Often:\n    def ask(self, question: Often): pass\n"
    one, two = (decode(encode(facts_of(text))) for _ in range(2))
    assert isinstance(one, ModuleFacts)
    assert isinstance(two, ModuleFacts)
    assert one.scopes[0].bound[0] is two.scopes[0].bound[0]
    assert one.scopes[2].parameters[1].name is two.scopes[2].parameters[1].name


def test_a_method_of_an_annotation_is_one_string_too() -> None:
    facts = decode(encode(facts_of("def f(a: int | None, b: str | None): ...\n")))
    assert isinstance(facts, ModuleFacts)
    annotations = [each.annotation for each in facts.scopes[1].parameters]
    methods = [each.rest[0][0] for each in annotations if isinstance(each, Operation)]
    assert methods == ["__or__", "__or__"]
    assert methods[0] is methods[1]


def test_statements_do_not_hold_what_else_was_decoded_with_them() -> None:
    encoded = encode(facts_of("def f(): ...\n"))
    before = sys.getrefcount(encoded)
    facts = decode(encoded)
    assert isinstance(facts, ModuleFacts)
    assert bytes(facts.scopes[1].encoded) in encoded
    assert sys.getrefcount(encoded) == before


@pytest.mark.usefixtures("pooled")
def test_a_file_that_kills_its_process_is_unreadable_and_harms_no_other(library: Callable[..., Library]) -> None:
    deadly = "if a: pass\n" + "elif a: pass\n" * 20_000
    files = {f"m{number}.py": f"x = {number}" for number in range(12)} | {"m5b.py": deadly}
    with library(files) as facts:
        facts.prefetch(sorted(path[:-3] for path in files))
        assert set(facts.unreadable) == {"m5b"}
        assert len(facts.loaded) == 12


def test_without_processes_all_is_done_in_this_one(
    library: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(processes: int) -> None:
        raise OSError(f"no {processes} processes")

    monkeypatch.setattr(pool, "_INLINE_BYTES", -1)
    monkeypatch.setattr(pool, "_executor", refuse)
    with library() as facts:
        facts.load_closure(["app.main"])
        assert set(facts.loaded) == CLOSURE


def test_an_idle_pool_has_no_results() -> None:
    assert ParserPool(1).results() == []


def test_a_script_from_standard_input_needs_no_processes(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.py").write_text("value = call()\n" * 5_000)
    script = f"""
from pathlib import Path
from ssot_lint.facts.library import Library
from ssot_lint.project.discover import discover
library = Library(discover(Path({str(tmp_path)!r})), jobs=2)
library.prefetch(["one", "two", "three"])
library.close()
print(len(library.loaded), library.unreadable)
"""
    command = [sys.executable, "-"]
    ended = subprocess.run(command, input=script, capture_output=True, text=True, timeout=120, check=False)
    assert ended.stdout == "3 {}\n"


LONG = f'"{"so long that it is worth waiting. " * 8}"'
WAITING = {"late.py": f"def f(a):\n    {LONG}\n    return lambda: a\n\n\ndef g():\n    {LONG}\n    return (1\n    )\n"}


def test_a_body_is_read_when_it_is_asked_for(library: Callable[..., Library]) -> None:
    with library(WAITING) as facts:
        late = facts.get("late")
        assert isinstance(late, ModuleFacts)
        assert [scope.is_unread for scope in late.scopes] == [False, True, True, True]
        assert isinstance(late.scopes[1].body[0], Return)
        assert [scope.is_unread for scope in late.scopes] == [False, False, False, True]
        assert [(scope.name, scope.bound, scope.captured) for scope in late.scopes[1:3]] == [
            ("f", ("a",), ("a",)),
            ("<lambda1>", (), ()),
        ]


def test_a_body_that_was_read_comes_from_the_cache(library: Callable[..., Library], tmp_path: Path) -> None:
    marks = set()
    for is_there in (True, False):
        with FactsCache(tmp_path / "cache", warn=pytest.fail) as cache, library(WAITING, cache=cache) as facts:
            late = facts.get("late")
            assert isinstance(late, ModuleFacts)
            marks.add(facts.mark("late"))
            if not is_there:
                (tmp_path / "project" / "late.py").unlink()
            assert isinstance(late.scopes[1].body[0], Return)
            marks.add(facts.mark("late"))
    assert len(marks) == 1


def test_a_file_that_changes_under_way_ends_the_run(library: Callable[..., Library], tmp_path: Path) -> None:
    with library(WAITING) as facts:
        late = facts.get("late")
        assert isinstance(late, ModuleFacts)
        (tmp_path / "project" / "late.py").write_text("x = 1\n" * 200)
        with pytest.raises(ChangedFileError, match=r"late\.py: the file changed while it was analysed"):
            late.scopes[1].read()
        (tmp_path / "project" / "late.py").unlink()
        with pytest.raises(ChangedFileError):
            late.scopes[3].read()
