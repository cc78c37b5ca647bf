"""The packages of a virtual environment that the user names: their sources and stubs are read, never imported."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path

from ssot_lint.files import is_directory, is_file
from ssot_lint.project.model import Source


class Environment:
    """Finds the modules that are installed in a virtual environment, or lie in a directory of installed packages.

    `root` is the project's; `left_out` are the top-level packages that stay outside, such as those that models speak
    of. Of a module that is there as source and as stub the source counts.
    """

    def __init__(self, root: Path, directory: Path, left_out: Collection[str] = ()) -> None:
        self._root = root
        self._directory = directory
        self._left_out = left_out
        self._found: dict[str, Source | None] = {}

    @cached_property
    def sites(self) -> list[Path]:
        """The directories that hold the packages; none where the directory is no environment."""
        patterns = ("lib/python*/site-packages", "lib64/python*/site-packages", "Lib/site-packages")
        inside = [path for pattern in patterns for path in sorted(self._directory.glob(pattern))]
        if not inside and any(self._directory.glob("*.dist-info")):
            inside = [self._directory]
        return list(dict.fromkeys(Path(os.path.realpath(path)) for path in inside))

    def installed(self) -> Iterator[str]:
        """What is installed, and when it was: what is found changes with that."""
        for site in self.sites:
            for path in sorted(site.glob("*.dist-info")):
                yield f"{path.name} {path.stat().st_mtime_ns}"

    def find(self, name: str) -> Source | None:
        """A module by its dotted name, None where there is no file of it."""
        if name not in self._found:
            self._found[name] = self._look_for(name)
        return self._found[name]

    def is_namespace(self, name: str) -> bool:
        """Whether a directory of that name holds modules without being a package of its own."""
        if self._stays_out(name) or self.find(name) is not None:
            return False
        return any(is_directory(site.joinpath(*name.split("."))) for site in self.sites)

    def _stays_out(self, name: str) -> bool:
        return not all(part.isidentifier() for part in name.split(".")) or name.partition(".")[0] in self._left_out

    def _look_for(self, name: str) -> Source | None:
        if self._stays_out(name):
            return None
        first, *rest = name.split(".")
        for suffix, top in ((".py", first), (".pyi", f"{first}-stubs"), (".pyi", first)):
            for site in self.sites:
                base = site.joinpath(top, *rest)
                for path, is_package in (
                    (base / f"__init__{suffix}", True),
                    (base.with_name(base.name + suffix), False),
                ):
                    if is_file(path):
                        return Source(name, self._relative(path), is_package)
        return None

    def _relative(self, path: Path) -> str:
        return (path.relative_to(self._root) if path.is_relative_to(self._root) else path).as_posix()
