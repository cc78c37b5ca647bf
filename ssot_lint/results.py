"""Finished reports, kept for the next run over the same files: it then needs to load none of what works them out.

A report is found by all that decides it: the tool and what is installed beside it, the configuration, the options, and
the content of every file of the project. Contents are known by what the file system says of a file, where that is
what it was; else the file is read. Lines of source are kept only as reports may show them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from ssot_lint import __version__
from ssot_lint.config.model import Config
from ssot_lint.config.resources import rules_directory
from ssot_lint.facts.cache import FactsCache, digest
from ssot_lint.project.listing import list_files
from ssot_lint.report.model import Report

# What rules look at by name, though git may ignore it.
_ALWAYS_READ = (".python-version", "pyproject.toml", "setup.cfg", "setup.py")


def report_key(config: Config, cache: FactsCache, options: str, baseline: Path | None = None) -> bytes:
    """Names the report of the project as its files are now.

    Args:
        config: the configuration.
        cache: knows the contents of files that have not been touched.
        options: what else is asked for and decides the report, all in one text.
        baseline: the file of accepted findings, if one counts.
    """
    key = blake2b(digest_size=20)
    for part in _parts(config, cache, options, baseline):
        key.update(len(part).to_bytes(8, "little") + part)
    return key.digest()


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


def _parts(config: Config, cache: FactsCache, options: str, baseline: Path | None) -> Iterator[bytes]:
    root = config.root
    yield from _tool()
    yield repr((sys.version_info[:2], sys.platform, root.name, options)).encode()
    for file in filter(os.path.exists, _configured(config, baseline)):
        yield os.fsencode(file.name)
        yield _content(file)
    listing = list_files(root, exclude=config.exclude)
    yield repr((sorted(listing.unread), sorted(listing.left_out), listing.warnings)).encode()
    cache.recall_digests(root)
    for path, stat in sorted({**listing.python, **listing.others}.items()):
        yield path.encode()
        yield _digest(cache, root / path, stat)


def _tool() -> Iterator[bytes]:
    """The code and the rules of the tool, and what is installed beside it: plugins, and the libraries it stands on."""
    yield __version__.encode()
    package = Path(__file__).parent
    for path in sorted([*package.rglob("*.py"), *rules_directory().rglob("*.toml")]):
        yield path.read_bytes()
    installed = {path.name for directory in sys.path for path in Path(directory).glob("*.dist-info")}
    yield "\0".join(sorted(installed)).encode()


def _configured(config: Config, baseline: Path | None) -> Iterator[Path]:
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


def _content(file: Path) -> bytes:
    try:
        return digest(file.read_bytes())
    except OSError:
        return b""


def _digest(cache: FactsCache, file: Path, stat: os.stat_result | None) -> bytes:
    known = cache.known_digest(file, stat) if stat is not None else None
    if known is None:
        known = _content(file)
        if stat is not None and known:
            cache.note_digest(file, stat, known)
    return known
