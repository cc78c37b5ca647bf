"""What decides a result, and finished reports by that: a run over unchanged files needs to load nothing else.

A report is found by the tool and what is installed beside it, the configuration, the options, and the content of every
file of the project. Contents are known by what the file system says of a file, where that is what it was; else the
file is read. Lines of source are kept only as reports may show them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from ssot_lint import __version__
from ssot_lint.config.model import Config
from ssot_lint.config.resources import rules_directory
from ssot_lint.facts.cache import FactsCache, digest
from ssot_lint.project.listing import Listing
from ssot_lint.report.model import Report

# What rules look at by name, though git may ignore it.
_ALWAYS_READ = (".python-version", "pyproject.toml", "setup.cfg", "setup.py")


@dataclass(frozen=True)
class Inputs:
    """All that decides results: digests of the contents of files by path, of the tool, and of everything together."""

    python: dict[str, bytes]
    others: dict[str, bytes]
    tool: bytes
    rest: bytes

    def key(self, *options: object) -> bytes:
        """Names what is worked out of all inputs with these options, whose `repr` must say all of them."""
        return _joined((self.rest, *_flat(self.python), repr(options).encode()))

    def key_but_python(self, *options: object) -> bytes:
        """The same, whatever is in the Python files."""
        return _joined((self.rest, *(path.encode() for path in sorted(self.python)), repr(options).encode()))


def take_inputs(config: Config, listing: Listing, cache: FactsCache, baseline: Path | None) -> Inputs:
    """The inputs as they are when the files are listed. `baseline` is the file of accepted findings, if one counts."""
    root = config.root
    cache.recall_digests(root)
    others = {path: _digest(cache, f"{root}/{path}", stat) for path, stat in listing.others.items()}
    names = (sorted(listing.unread), sorted(listing.left_out), listing.warnings, _installed(config))
    named = {os.path.relpath(path, root): _content(path) for path in _named(config, baseline) if path.exists()}
    tool = _tool()
    rest = (tool, root.name.encode(), *_flat(named), repr(names).encode(), *_flat(others))
    python = {path: _digest(cache, f"{root}/{path}", stat) for path, stat in listing.python.items()}
    return Inputs(python, others, tool, _joined(rest))


def recall_report(cache: FactsCache, key: bytes) -> Report | None:
    """The report that was kept under a key."""
    stored = cache.result(key)
    try:
        return None if stored is None else msgspec.msgpack.decode(stored, type=Report)
    except msgspec.MsgspecError:  # nothing that this tool has written
        return None


def keep_report(cache: FactsCache, key: bytes, report: Report) -> None:
    """Keeps a report under a key."""
    cache.put_results([(key, msgspec.msgpack.encode(report))])


def _joined(parts: Iterable[bytes]) -> bytes:
    key = blake2b(digest_size=20)
    for part in parts:
        key.update(len(part).to_bytes(8, "little") + part)
    return key.digest()


def _flat(contents: dict[str, bytes]) -> Iterator[bytes]:
    for path, content in sorted(contents.items()):
        yield os.fsencode(path)
        yield content


@cache
def _tool() -> bytes:
    """Names the tool, which does not change while it runs."""
    return _joined(_parts_of_tool())


def _parts_of_tool() -> Iterator[bytes]:
    """The code and the rules of the tool, and what is installed beside it: plugins, and the libraries it stands on."""
    yield repr((__version__, sys.version_info[:2], sys.platform)).encode()
    package = Path(__file__).parent
    for path in sorted([*package.rglob("*.py"), *rules_directory().rglob("*.toml")]):
        yield path.read_bytes()
    installed = {path.name for directory in sys.path for path in Path(directory).glob("*.dist-info")}
    yield "\0".join(sorted(installed)).encode()


def _named(config: Config, baseline: Path | None) -> Iterator[Path]:
    """The files that decide though they may stand outside the listing; not all of them exist."""
    if baseline is not None:
        yield baseline
    if config.document is not None:
        yield config.document.path
    yield from (config.directory / pack for pack in config.packs if pack.endswith(".toml"))
    yield from config.model_files
    yield from (config.root / source.path for source in config.sources)
    yield from (config.root / name for name in _ALWAYS_READ)
    yield from (directory / ".gitignore" for directory in config.root.parents)


def _installed(config: Config) -> list[str]:
    """What lies in the virtual environment, where one is read."""
    directory = config.environment_directory
    if directory is None:
        return []
    from ssot_lint.project.environment import Environment

    return [str(directory), *Environment(config.root, directory).installed()]


def _content(file: Path | str) -> bytes:
    try:
        with open(file, "rb") as stream:  # noqa: PTH123 - a Path for each file is too slow
            return digest(stream.read())
    except OSError:
        return b""


def _digest(cache: FactsCache, file: str, stat: os.stat_result | None) -> bytes:
    known = cache.known_digest(file, stat) if stat is not None else None
    if known is None:
        known = _content(file)
        if stat is not None and known:
            cache.note_digest(file, stat, known)
    return known
