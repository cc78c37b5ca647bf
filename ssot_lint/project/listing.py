"""Which files a project has, before anything is read of them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ssot_lint.project.walk import walk

BINARY_SUFFIXES = frozenset({
    ".7z", ".a", ".avif", ".bin", ".bmp", ".bz2", ".class", ".dat", ".db", ".dll", ".dmg", ".doc", ".docx", ".dylib",
    ".eot", ".exe", ".gif", ".gz", ".ico", ".jar", ".jpeg", ".jpg", ".lib", ".map", ".mo", ".mov", ".mp3", ".mp4",
    ".npy", ".npz", ".o", ".obj", ".ogg", ".onnx", ".otf", ".parquet", ".pdf", ".pickle", ".pkl", ".png", ".ppt",
    ".pptx", ".pt", ".pyc", ".pyd", ".pyo", ".rar", ".so", ".sqlite", ".sqlite3", ".svg", ".tar", ".tgz", ".tif",
    ".tiff", ".ttf", ".wasm", ".wav", ".webm", ".webp", ".whl", ".woff", ".woff2", ".xls", ".xlsx", ".xz", ".zip",
    ".zst",
})  # fmt: skip
PYTHON_SUFFIXES = frozenset({".py", ".pyi", ".pyw", ".pyx"})
LARGEST_OTHER_FILE = 2**20  # bytes: no file of settings that people write is larger
# Of these it is told where one is too large to be read.
_SETTINGS = re.compile(r"\.(?:env|tf|tofu)$|^\.env|^(?:docker-)?compose\b.*\.ya?ml$|^(?:[\w.-]+\.)?Dockerfile")


@dataclass(frozen=True)
class Listing:
    """The files below a root, by POSIX path relative to it, in the order of the walk.

    `python` and `others` have what the file system says of each (None where it says nothing any more). `unread` are
    those whose content nothing looks at, `left_out` what ignore rules or `exclude` take and might be a module.
    `warnings` say what could not be listed, and why.
    """

    python: dict[str, os.stat_result | None]
    others: dict[str, os.stat_result]
    unread: tuple[str, ...]
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_now(self, root: Path) -> Listing:
        """The same files, with what the file system says of each now."""
        python = {path: _stat_of(f"{root}/{path}") for path in self.python}
        others = {path: stat for path in self.others if (stat := _stat_of(f"{root}/{path}")) is not None}
        return replace(self, python=python, others=others)


def list_files(root: Path, *, exclude: Sequence[str] = ()) -> Listing:
    """Walks the tree below `root`; `exclude` are gitignore patterns, beside what the `.gitignore` files name."""
    python: dict[str, os.stat_result | None] = {}
    others: dict[str, os.stat_result] = {}
    unread: list[str] = []
    left_out: list[str] = []
    warnings: list[str] = []
    for path, entry in walk(root.absolute(), exclude, warnings, left_out):
        suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 - a Path for each file is too slow
        stat = _stat_of(entry) if suffix not in BINARY_SUFFIXES else None
        if suffix == ".py":
            python[path] = stat
        elif suffix not in PYTHON_SUFFIXES and stat is not None and _is_wanted(entry.name, stat):
            others[path] = stat
        else:
            unread.append(path)
    return Listing(python, others, tuple(unread), tuple(left_out), tuple(warnings))


def _is_wanted(name: str, stat: os.stat_result) -> bool:
    return stat.st_size <= LARGEST_OTHER_FILE or _SETTINGS.search(name) is not None


def _stat_of(file: os.DirEntry[str] | str) -> os.stat_result | None:
    try:
        return os.stat(file) if isinstance(file, str) else file.stat()  # noqa: PTH116 - a Path for each file is too slow
    except OSError:
        return None
