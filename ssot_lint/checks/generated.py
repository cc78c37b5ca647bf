"""Modules that are in no listing and may still be there: compiled ones, and those that a build writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from ssot_lint.project.ignore import IgnoreRules, outer_patterns, read_patterns
from ssot_lint.project.model import Project
from ssot_lint.project.paths import directories_above, join, parent

_WRITTEN_BY_TOOLS = re.compile(r"_*version_*|_version\w*|\w+_pb2(_grpc)?|_?(generated|autogen\w*|build_?info)")
_BUILD_FILE = re.compile(
    r"(.*/)?(pyproject\.toml|setup\.cfg|hatch\.toml|Makefile|.*\.mk|.*\.sh|Dockerfile.*|.*\.dockerfile|meson\.build"
    r"|CMakeLists\.txt|BUILD(\.bazel)?|tox\.ini|justfile|Taskfile\.ya?ml|.*\.proto|\.github/.*\.ya?ml|.*\.gitlab-ci\.yml)",
    re.IGNORECASE,
)
_LISTING = re.compile(r"(.*/)?(pyproject\.toml|setup\.cfg|Pipfile|environment\.ya?ml|.*requirements.*\.(txt|in))")
_METADATA = re.compile(r"(.*/)?(METADATA|PKG-INFO)")
_REQUIRED = re.compile(r"^Requires-Dist:(.*)$", re.MULTILINE)
_COMPILED = re.compile(r".*\.(pyx|pxd|so|pyd|c|cc|cpp|cxx|rs|zig|f90)|(.*/)?(Cargo\.toml|meson\.build|CMakeLists\.txt)")
_COMPILER_FILE = re.compile(r"(.*/)?(Cargo\.toml|meson\.build|CMakeLists\.txt)")
# Namespaces that distributions of many names put modules into.
_SHARED = frozenset((
    "airflow", "azure", "backports", "google", "jaraco", "opentelemetry", "ruamel", "sphinxcontrib", "zope",
))  # fmt: skip


class Generated:
    """What may stand where a project's listing has no module."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def may_exist(self, module: str) -> bool:
        """Whether a module below a package of the project may exist though it is not listed.

        It may where a file or directory of its name is there (compiled, stubs, an ignored source), where git ignores
        its file, where a file of the build names it, and where its name is one that tools give to what they write.
        """
        package, _, name = module.rpartition(".")
        if _WRITTEN_BY_TOOLS.fullmatch(name) or self._is_compiled(name):
            return True
        return f"{name}.py" in self._built or any(
            self._stands_there(directory, name) or self._is_ignored(directory, name)
            for directory in self._directories(package)
        )

    def is_shared(self, namespace: str) -> bool:
        """Whether another distribution may put modules into a namespace package: a dependency bears its name."""
        if namespace.partition(".")[0] in _SHARED:
            return True
        # Names of distributions are the same with any of these signs between their words (PEP 503).
        top = re.sub(r"[-_]+", "[-_.]+", namespace.partition(".")[0])
        # In the middle of a line a dot may be that of a module's name.
        return self._lists(rf"{top}[-_.]\w", rf"{top}-\w")

    def is_dependency(self, name: str) -> bool:
        """Whether something of just that name has to be installed."""
        alone = rf"{re.escape(name)}(?![-\w.])"
        return self._lists(alone, alone)

    def _lists(self, first: str, inside: str) -> bool:
        """Whether a name of something to be installed fits a pattern: of one that begins its line, or of another."""
        begins = rf"^[\s\"'-]*{first}"
        listed = rf"^(?!\s*(name|packages|include)\b).*[\"']{inside}"
        return re.search(f"{begins}|{listed}", self._dependencies, re.IGNORECASE | re.MULTILINE) is not None

    def _is_compiled(self, name: str) -> bool:
        """Whether a file that is compiled bears a module's name, or a file that tells how to compile speaks of it."""
        if not self._compiles:
            return False
        files = (path.rpartition("/")[2] for path in self._project.others if _COMPILED.fullmatch(path))
        if any(file.partition(".")[0] == name for file in files):
            return True
        said = "\n".join([*self._texts(_COMPILER_FILE), self._setup])
        return re.search(rf"\b{re.escape(name)}\b", said) is not None

    def _directories(self, package: str) -> set[str]:
        """Where the modules of a package stand; for a namespace package that may be several places."""
        source = self._project.modules.get(package)
        if source is not None:
            return {parent(source.path)}
        depth = package.count(".")
        below = {name: each for name, each in self._project.modules.items() if name.startswith(f"{package}.")}
        found = set()
        for name, each in below.items():
            path = parent(each.path) if each.is_package else each.path
            for _ in range(name.count(".") - depth):
                path = parent(path)
            found.add(path)
        return found

    def _stands_there(self, directory: str, name: str) -> bool:
        try:
            entries = list((self._project.root / directory).iterdir())
        except OSError:
            return True
        named = [entry for entry in entries if entry.name.partition(".")[0] == name]
        if all(_is_stub(entry) for entry in named):
            return bool(named) and (self._compiles or any(_COMPILED.fullmatch(entry.name) for entry in entries))
        return True

    @cached_property
    def _compiles(self) -> bool:
        """Whether the project has code in languages that modules are compiled from."""
        setup = "ext_modules" in self._built or "Extension(" in self._built
        return setup or any(_COMPILED.fullmatch(path) for path in self._project.others)

    def _is_ignored(self, directory: str, name: str) -> bool:
        warnings: list[str] = []
        rules = IgnoreRules(outer_patterns(self._project.root, warnings))
        path = join(directory, f"{name}.py")
        for above in reversed(list(directories_above(path))):
            file = self._project.root / above / ".gitignore"
            patterns = read_patterns(file, warnings, inside=f"{above}/" if above else "") if file.is_file() else None
            rules = rules.inside(patterns) if patterns is not None else rules
        return rules.ignores(path) or rules.ignores(join(directory, f"{name}/"))

    @cached_property
    def _dependencies(self) -> str:
        """What the files say that list what has to be installed."""
        required = (line for text in self._texts(_METADATA) for line in _REQUIRED.findall(text))
        return "\n".join([*self._texts(_LISTING), self._setup, *required])

    @cached_property
    def _built(self) -> str:
        """What the files say that tell a build what to do."""
        return "\n".join([*self._texts(_BUILD_FILE), self._setup])

    @cached_property
    def _setup(self) -> str:
        """The text of `setup.py`, empty where there is none."""
        setup = self._project.modules.get("setup")
        try:
            return self._project.read(setup).decode("utf-8", "replace") if setup is not None else ""
        except OSError:
            return ""  # the library reports what can't be read when it is asked for it

    def _texts(self, files: re.Pattern[str]) -> Iterator[str]:
        for path in self._project.others:
            if files.fullmatch(path):
                try:
                    yield (self._project.root / path).read_text("utf-8", "replace")
                except OSError:
                    continue  # a file that is gone says nothing


def _is_stub(entry: Path) -> bool:
    """Whether it is a stub, or a directory of stubs alone: nothing is imported from it, if nothing is compiled."""
    inside = list(entry.iterdir()) if entry.is_dir() else [entry]
    return bool(inside) and all(each.suffix == ".pyi" for each in inside)
