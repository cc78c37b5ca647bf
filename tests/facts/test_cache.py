"""The cache gives back what was put in, and whatever happens to it harms no run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssot_lint.facts import cache as cache_module
from ssot_lint.facts.cache import FactsCache, default_cache_dir, digest, remove_cache
from ssot_lint.facts.encoding import encode
from ssot_lint.facts.model import Unreadable
from tests.facts.programs import facts_of

FACTS = facts_of("import os\nprint(os.name)\n")
KEY = digest(b"content")


def never(message: str) -> None:
    raise AssertionError(message)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[FactsCache]:
    with FactsCache(tmp_path, warn=never) as opened:
        yield opened


def test_gives_back_facts(tmp_path: Path) -> None:
    other = digest(b"other")
    with FactsCache(tmp_path, warn=never) as cache:
        assert cache.get(KEY) is None
        cache.put_results([(KEY, encode(FACTS)), (other, encode(Unreadable(3, "why")))])
        assert cache.get(KEY) == FACTS
    with FactsCache(tmp_path, warn=never) as cache:
        assert cache.get(KEY) == FACTS
        assert cache.get(other) == Unreadable(3, "why")


@settings(max_examples=20)
@given(st.dictionaries(st.binary(), st.binary(), max_size=5))
def test_gives_back_results(tmp_path_factory: pytest.TempPathFactory, results: dict[bytes, bytes]) -> None:
    with FactsCache(tmp_path_factory.mktemp("cache"), warn=never) as cache:
        cache.put_results(results.items())
        assert {key: cache.result(key) for key in results} == results


def test_another_version_of_the_tool_finds_nothing(cache: FactsCache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put_results([(KEY, encode(FACTS))])
    monkeypatch.setattr(cache_module, "_tool_version", lambda: b"another")
    assert cache.get(KEY) is None


def test_an_entry_that_is_not_facts_is_a_miss(cache: FactsCache) -> None:
    cache.put_results([(KEY, b"\x93\x01\x02\x03")])
    assert cache.get(KEY) is None


@pytest.mark.parametrize("value", [b"too short", b"", "a text", b"another checksum, or another value"])
def test_a_damaged_entry_is_a_miss(tmp_path: Path, cache: FactsCache, value: object) -> None:
    cache.put_results([(KEY, encode(FACTS))])
    with sqlite3.connect(tmp_path / "cache-1.sqlite") as database:
        database.execute("UPDATE entries SET value = ?", (value,))
    database.close()
    assert cache.get(KEY) is None


def test_a_damaged_file_is_told_once_and_replaced(tmp_path: Path) -> None:
    (tmp_path / "cache-1.sqlite").write_bytes(b"no database" * 1000)
    warnings: list[str] = []
    with FactsCache(tmp_path, warn=warnings.append) as cache:
        cache.put_results([(KEY, encode(FACTS))])
        assert cache.get(KEY) is None
    assert len(warnings) == 1
    with FactsCache(tmp_path, warn=never) as cache:
        cache.put_results([(KEY, encode(FACTS))])
        assert cache.get(KEY) == FACTS


def test_a_hostile_schema_is_no_more_than_a_warning(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "cache-1.sqlite") as database:
        database.execute("CREATE VIEW entries AS SELECT 1 AS key, load_extension('x') AS value, 2 AS used")
    database.close()
    warnings: list[str] = []
    with FactsCache(tmp_path, warn=warnings.append) as cache:
        assert cache.get(KEY) is None
    assert len(warnings) == 1


def test_a_directory_that_can_not_be_made_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    warnings: list[str] = []
    with FactsCache(tmp_path / "file" / "cache", warn=warnings.append) as cache:
        cache.put_results([(KEY, encode(FACTS))])
        assert cache.get(KEY) is None
    assert len(warnings) == 1
    assert str(tmp_path / "file" / "cache") in warnings[0]


def test_a_full_disk_is_told_once(tmp_path: Path) -> None:
    warnings: list[str] = []
    with FactsCache(tmp_path, warn=warnings.append) as cache:
        assert cache._database is not None
        pages = cache._database.execute("PRAGMA page_count").fetchone()[0]
        cache._database.execute(f"PRAGMA max_page_count = {pages + 1}")
        cache.put_results([(bytes([number]), os.urandom(100_000)) for number in range(5)])
        cache.put_results([(b"more", b"x" * 100_000)])
        assert cache.result(b"more") is None
    assert len(warnings) == 1
    assert "full" in warnings[0]


def test_the_oldest_go_when_it_grows_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, key in enumerate([b"old", b"used again", b"new"]):
        monkeypatch.setattr(time, "time", lambda day=day: 86_400 * (100 + day))
        with FactsCache(tmp_path, warn=never) as cache:
            cache.put_results([(key, os.urandom(100_000))])
    monkeypatch.setattr(time, "time", lambda: 86_400 * 200)
    with FactsCache(tmp_path, warn=never) as cache:
        assert cache.result(b"used again")
    with FactsCache(tmp_path, warn=never, largest=360_000) as cache:
        cache.put_results([(b"newest", os.urandom(100_000))])
        assert cache.result(b"old") is None
        assert cache.result(b"used again")
        assert cache.result(b"newest")
        cache.put_results([(b"larger than allowed", os.urandom(500_000))])
    assert (tmp_path / "cache-1.sqlite").stat().st_size < 360_000


def test_a_file_that_changed_just_now_is_read_again(tmp_path: Path, cache: FactsCache) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"content")
    recent = file.stat()
    cache.note_digest(file, recent, KEY)
    cache.close()
    with FactsCache(tmp_path, warn=never) as reopened:
        assert reopened.known_digest(file, recent) is None, "it may still change within the clock's resolution"


def test_a_touched_file_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("files") / "a.py"
    file.write_bytes(b"content")
    monkeypatch.setattr(cache_module, "_SETTLED_NANOSECONDS", -1_000_000_000)
    stat = file.stat()
    with FactsCache(tmp_path, warn=never) as cache:
        cache.note_digest(file, stat, KEY)
    with FactsCache(tmp_path, warn=never) as cache:
        assert cache.known_digest(file, stat) == KEY
        assert cache.known_digest(file.with_name("b.py"), stat) is None
        file.write_bytes(b"Content")
        assert cache.known_digest(file, file.stat()) is None


def _write_many(directory: Path, worker: int) -> None:
    with FactsCache(directory, warn=never) as cache:
        for number in range(20):
            cache.put_results([(f"{worker} {number}".encode(), b"x" * 5000)])


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write_many, args=(tmp_path, worker)) for worker in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    with FactsCache(tmp_path, warn=never) as cache:
        assert all(cache.result(f"{worker} {number}".encode()) for worker in range(2) for number in range(20))


WRITER = """
import sys
from pathlib import Path
from ssot_lint.facts.cache import FactsCache
cache = FactsCache(Path(sys.argv[1]), warn=print)
for number in range(10**9):
    cache.put_results([(str(number).encode(), bytes(20_000))])
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_writer_leaves_a_sound_cache(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process:
        written = [int(process.stdout.readline()) for _ in range(20)]
        process.send_signal(signal.SIGKILL)
    with FactsCache(tmp_path, warn=never) as cache:
        assert all(cache.result(str(number).encode()) == bytes(20_000) for number in written)
        cache.put_results([(b"more", b"value")])
        assert cache.result(b"more") == b"value"


def test_removing_leaves_what_is_not_the_caches(tmp_path: Path, cache: FactsCache) -> None:
    cache.put_results([(b"a", b"b")])
    cache.close()
    (tmp_path / "mine").touch()
    remove_cache(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSOT_LINT_CACHE_DIR", str(tmp_path))
    assert default_cache_dir() == tmp_path
    monkeypatch.delenv("SSOT_LINT_CACHE_DIR")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache_dir() == tmp_path / "ssot-lint"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_cache_dir() == Path.home() / ".cache" / "ssot-lint"
