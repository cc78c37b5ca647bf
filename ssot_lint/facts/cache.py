"""A store of what was worked out before, by content, shared by all runs of a user.

It holds data only, so that a hostile one can lie but not act; each value carries a checksum, and what does not fit is
a miss. Several processes may use it at once, and one may be killed at any time. Whatever goes wrong with it is told
once, and the run goes on without it.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from functools import cache as once
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, final

from ssot_lint import __version__

if TYPE_CHECKING:
    from ssot_lint.facts.model import ModuleFacts, Unreadable

DIRECTORY_VARIABLE = "SSOT_LINT_CACHE_DIR"
LARGEST_CACHE = 512 * 1024 * 1024

_FILE = "cache-1.sqlite"
_CHECKSUM_BYTES = 8
_DAY = 86_400
# A file that changed so shortly before it was read may change again within the clock's resolution, unseen.
_SETTLED_NANOSECONDS = 2_000_000_000
_RETRY_SECONDS = 0.05
_BUSY_SECONDS = 10
_SCHEMA = """
    CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS entries_by_use ON entries (used);
    CREATE TABLE IF NOT EXISTS files (path BLOB PRIMARY KEY, stat TEXT NOT NULL, digest BLOB NOT NULL) WITHOUT ROWID;
"""


def default_cache_dir() -> Path:
    """The directory of the cache: `SSOT_LINT_CACHE_DIR`, else the user's cache directory of the platform."""
    if configured := os.environ.get(DIRECTORY_VARIABLE):
        return Path(configured)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "ssot-lint"


def remove_cache(directory: Path) -> None:
    """Removes the cache's files from a directory, and the directory if it is empty then. Raises `OSError`."""
    for path in _files(directory):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        directory.rmdir()


def digest(content: bytes) -> bytes:
    """What names a content in the cache."""
    return blake2b(content, digest_size=20).digest()


@final
class FactsCache:
    """Facts of files by the digest of their content, results of other work by a key, digests of files by their stat.

    Nothing here raises: `warn` is called once with what went wrong, and from then on everything is a miss. May be used
    by one thread at a time.
    """

    def __init__(
        self,
        directory: Path,
        *,
        warn: Callable[[str], None],
        largest: int = LARGEST_CACHE,
    ) -> None:
        self._directory = directory
        self._warn = warn
        self._largest = largest
        self._database: sqlite3.Connection | None = None
        self._touched: set[bytes] = set()
        self._noted: list[tuple[bytes, str, bytes]] = []
        self._digests: dict[bytes, tuple[object, object]] = {}
        self._recalled: tuple[bytes, ...] = ()
        self._today = int(time.time()) // _DAY
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._database = self._open()
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def __enter__(self) -> FactsCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, content: bytes) -> ModuleFacts | Unreadable | None:
        """The facts of the file with this content digest."""
        from ssot_lint.facts.encoding import decode

        encoded = self.result(content)
        return None if encoded is None else decode(encoded)

    def result(self, key: bytes) -> bytes | None:
        """What was stored under a key by this version of the facts; a key should name the version of all else."""
        stored_as = _entry_key(key)
        rows = self._query("SELECT value, used FROM entries WHERE key = ?", (stored_as,))
        if not rows:
            return None
        stored, used = rows[0]
        if not isinstance(stored, bytes) or _checksum(stored[_CHECKSUM_BYTES:]) != stored[:_CHECKSUM_BYTES]:
            return None
        if used != self._today:
            self._touched.add(stored_as)
        return stored[_CHECKSUM_BYTES:]

    def put_results(self, results: Iterable[tuple[bytes, bytes]]) -> None:
        """Stores (key, value), and removes the oldest entries if there are too many."""
        rows = [(_entry_key(key), _checksum(value) + value, self._today) for key, value in results]
        self._write("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
        self._evict()

    def known_digest(self, path: Path | str, stat: os.stat_result) -> bytes | None:
        """The content digest of a file that has not been touched since it was noted."""
        encoded = os.fsencode(path)
        if encoded not in self._digests and not encoded.startswith(self._recalled):
            rows = self._query("SELECT stat, digest FROM files WHERE path = ?", (encoded,))
            self._digests[encoded] = (rows[0][0], rows[0][1]) if rows else (None, None)
        mark, known = self._digests.get(encoded, (None, None))
        return known if mark == _mark(stat) and isinstance(known, bytes) else None

    def recall_digests(self, directory: Path) -> None:
        """Looks up the digests of all files below a directory at once, for many calls of `known_digest`."""
        first, end = os.fsencode(f"{directory}{os.sep}"), os.fsencode(f"{directory}{chr(ord(os.sep) + 1)}")
        rows = self._query("SELECT path, stat, digest FROM files WHERE path >= ? AND path < ?", (first, end))
        self._digests.update((path, (mark, known)) for path, mark, known in rows if isinstance(path, bytes))
        self._recalled += (first,)

    def note_digest(self, path: Path | str, stat: os.stat_result, content: bytes) -> None:
        """Notes the content digest of a file; the stat must have been taken before the content was read."""
        if max(stat.st_mtime_ns, stat.st_ctime_ns) < time.time_ns() - _SETTLED_NANOSECONDS:
            encoded, mark = os.fsencode(path), _mark(stat)
            self._noted.append((encoded, mark, content))
            self._digests[encoded] = (mark, content)

    def close(self) -> None:
        """Writes what was noted, and which entries were used; closes the store."""
        self._write("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", self._noted)
        self._write("UPDATE entries SET used = ? WHERE key = ?", [(self._today, key) for key in self._touched])
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(
            self._directory / _FILE, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            # A hostile file's schema must not make SQLite do more than read and write tables.
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            database.execute("PRAGMA auto_vacuum = FULL")
            _use_log(database)
            database.execute("PRAGMA synchronous = NORMAL")
            database.executescript(_SCHEMA)
        except BaseException:
            database.close()
            raise
        return database

    def _query(self, statement: str, parameters: tuple[object, ...]) -> list[tuple[object, ...]]:
        if self._database is None:
            return []
        try:
            return self._database.execute(statement, parameters).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if self._database is None or not rows:
            return
        try:
            with closing(self._database.cursor()) as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                cursor.executemany(statement, rows)
                cursor.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)

    def _evict(self) -> None:
        """Removes the least recently used quarter of the entries for as long as the file is too large."""
        while self._size() > self._largest:
            quarter = "SELECT rowid FROM entries ORDER BY used, rowid LIMIT (SELECT count(*) / 4 + 1 FROM entries)"
            self._write(f"DELETE FROM entries WHERE rowid IN ({quarter}) AND ?", [(1,)])  # noqa: S608 - a constant
            self._write("DELETE FROM files WHERE ?", [(1,)])
            if not self._query("SELECT 1 FROM entries LIMIT 1", ()):
                return

    def _size(self) -> int:
        rows = self._query("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", ())
        return rows[0][0] if rows and isinstance(rows[0][0], int) else 0

    def _give_up(self, error: Exception) -> None:
        database, self._database = self._database, None
        self._touched.clear()
        if database is not None:
            with suppress(sqlite3.Error):
                database.close()
        if type(error) is sqlite3.DatabaseError:  # damaged, or no database: the next run starts a new one
            with suppress(OSError):
                remove_cache(self._directory)
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        self._warn(f"the cache in {self._directory} can't be used: {why}")


def _files(directory: Path) -> list[Path]:
    return [directory / f"{_FILE}{suffix}" for suffix in ("", "-wal", "-shm", "-journal")]


def _checksum(value: bytes) -> bytes:
    return blake2b(value, digest_size=_CHECKSUM_BYTES).digest()


def _use_log(database: sqlite3.Connection) -> None:
    """Switches to a write-ahead log; SQLite doesn't wait by itself while another process does the same."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _mark(stat: os.stat_result) -> str:
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


def _entry_key(key: bytes) -> bytes:
    return blake2b(key, digest_size=20, key=_tool_version()).digest()


@once
def _tool_version() -> bytes:
    """Names the code that makes facts: its version, and its own sources, which change while it is worked on."""
    code = blake2b(__version__.encode(), digest_size=20)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        code.update(path.read_bytes())
    return code.digest()
