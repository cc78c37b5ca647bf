"""What parts of the work gave, kept for later runs by what it rests on.

Work that rests on facts holds until the facts of a module change that it looked at: a comment changes none. Who asks
for it may say that it holds for other facts too, those that differ only where it did not look. A look at a file's text
that found nothing holds for that text. What a search through all Python files found holds until one changes that it
looked into, or another fulfils the conditions for that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

import msgspec

from ssot_lint.facts.alike import Moved
from ssot_lint.facts.cache import FactsCache, digest
from ssot_lint.facts.library import Library
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.project.conditions import Condition, holds
from ssot_lint.project.model import Project
from ssot_lint.results import Inputs

T = TypeVar("T")


class _Module(msgspec.Struct, array_like=True):
    """A module that a value rests on: digests of its content and of its facts, and the scopes that were looked at."""

    content: bytes
    facts: bytes
    looked: list[int]


class _Kept(msgspec.Struct, array_like=True):
    """The encoded value, and the modules that it rests on."""

    value: bytes
    modules: dict[str, _Module]


class _Searched(msgspec.Struct, array_like=True):
    """The encoded value of a search; digests of all Python files by path, those looked into, and the conditions."""

    value: bytes
    conditions: list[Condition]
    contents: list[bytes]
    looked_at: list[str]


MovedTo: TypeAlias = Callable[[ModuleFacts, ModuleFacts, Collection[int]], "Moved | None"]


@dataclass(frozen=True)
class Remembered(Generic[T]):
    """What was kept, and the modules that stand where they stood: their content is what it was.

    `moved` says of modules with other facts what became of them.
    """

    value: T
    unmoved: frozenset[str]
    moved: dict[str, Moved]


class Memory:
    """The memory of one run: `inputs` are what the files hold now."""

    def __init__(self, project: Project, library: Library, cache: FactsCache, inputs: Inputs) -> None:
        self.inputs = inputs
        self._project = project
        self._library = library
        self._cache = cache
        self._quiet: set[bytes] = set()
        self._quiet_before: set[bytes] | None = None
        self._named: dict[frozenset[str], bool] = {}

    # -- what rests on facts

    def recall(self, key: bytes, type_: type[T], moved_to: MovedTo | None = None) -> Remembered[T] | None:
        """What was kept under the key, if the facts that it rests on are what they were.

        `moved_to` is asked about a module with other facts: what became of it, or None if that changes the value.
        """
        stored = self._cache.result(key)
        if stored is None:
            return None
        try:
            kept = msgspec.msgpack.decode(stored, type=_Kept)
            value = msgspec.msgpack.decode(kept.value, type=type_)
        except msgspec.MsgspecError:  # nothing that this tool has written
            return None
        if not kept.modules.keys() <= self._project.modules.keys():
            return None
        unmoved = frozenset(name for name, known in kept.modules.items() if known.content == self._content(name))
        moved = kept.modules.keys() - unmoved
        self._library.prefetch(moved)
        became: dict[str, Moved] = {}
        for name in sorted(moved):
            known = kept.modules[name]
            if known.facts != self._library.mark(name):
                now = self._moved(name, known, moved_to)
                if now is None:
                    return None
                became[name] = now
        return Remembered(value, unmoved, became)

    def _moved(self, module: str, known: _Module, moved_to: MovedTo | None) -> Moved | None:
        # Of the module that is loaded others may have read bodies that were left for later.
        old, new = self._library.stored(known.content), self._library.stored_now(module, self._content(module))
        if moved_to is None or not isinstance(old, ModuleFacts) or not isinstance(new, ModuleFacts):
            return None
        try:
            return moved_to(old, new, known.looked)
        except LookupError:  # what it looked at is no longer in the cache
            return None

    def keep(self, key: bytes, value: object, modules: Mapping[str, list[int]]) -> None:
        """Keeps a value that rests on the facts of these modules; of each are given the scopes that were looked at."""
        resting = {
            name: _Module(self._content(name), self._library.mark(name), looked) for name, looked in modules.items()
        }
        kept = _Kept(msgspec.msgpack.encode(value), resting)
        self._cache.put_results([(key, msgspec.msgpack.encode(kept))])

    def is_named(self, moved: Mapping[str, Moved]) -> bool:
        """Whether any file names a function that one of these modules has got or lost, but where it is defined."""
        names = frozenset(name for now in moved.values() for name in now.added + now.gone)
        if names not in self._named:
            try:
                self._named[names] = self._mentions(names) > sum(len(now.added) for now in moved.values())
            except OSError:  # who knows what it says
                self._named[names] = True
        return self._named[names]

    def _mentions(self, names: Collection[str]) -> int:
        """How often files hold one of the names. Raises `OSError` for a file that can't be read."""
        if not names:
            return 0
        written = [name.encode() for name in sorted(names)]
        spoken = re.compile(b"|".join(rb"\b%s\b" % re.escape(name) for name in written))
        paths = [*(source.path for source in self._project.modules.values()), *self._project.others]
        texts = ((self._project.root / path).read_bytes() for path in paths)
        # Searching for words is ten times as slow as searching for bytes, and next to no file has them.
        return sum(len(spoken.findall(text)) for text in texts if any(name in text for name in written))

    def _content(self, module: str) -> bytes:
        return self.inputs.python.get(self._project.modules[module].path, b"")

    # -- what rests on a search through texts

    def recall_search(self, key: bytes, type_: type[T]) -> T | None:
        """What a search found that was kept under the key, which names the files, if it would find the same now."""
        stored = self._cache.result(key)
        try:
            kept = None if stored is None else msgspec.msgpack.decode(stored, type=_Searched)
            if kept is None or not self._finds_the_same(kept):
                return None
            return msgspec.msgpack.decode(kept.value, type=type_)
        except (msgspec.MsgspecError, OSError):  # nothing that this tool has written, or nothing that can be read
            return None

    def _finds_the_same(self, kept: _Searched) -> bool:
        now = sorted(self.inputs.python.items())
        if len(now) != len(kept.contents):
            return False
        changed = [path for (path, content), before in zip(now, kept.contents, strict=True) if content != before]
        texts = ((self._project.root / path).read_bytes() for path in changed)
        return set(kept.looked_at).isdisjoint(changed) and not any(
            holds(condition, text) for text in texts for condition in kept.conditions
        )

    def keep_search(self, key: bytes, value: object, conditions: Sequence[Condition], looked_at: Sequence[str]) -> None:
        """Keeps what a search found, the files that it looked into (their paths), and the conditions for that."""
        contents = [content for _, content in sorted(self.inputs.python.items())]
        kept = _Searched(msgspec.msgpack.encode(value), list(conditions), contents, list(looked_at))
        self._cache.put_results([(key, msgspec.msgpack.encode(kept))])

    # -- looks that found nothing

    def was_quiet(self, question: str, path: str) -> bool:
        """Whether an earlier run noted that this file's content holds nothing that the question asks for."""
        if self._quiet_before is None:
            self._quiet_before = self._stored_quiet()
        mark = self._mark(question, path)
        if mark not in self._quiet_before:
            return False
        self._quiet.add(mark)
        return True

    def note_quiet(self, question: str, path: str) -> None:
        """Notes that it holds nothing."""
        self._quiet.add(self._mark(question, path))

    def close(self) -> None:
        """Keeps what was noted."""
        if self._quiet != self._quiet_before:
            self._cache.put_results([(self._quiet_key, msgspec.msgpack.encode(sorted(self._quiet)))])

    def _stored_quiet(self) -> set[bytes]:
        try:
            return set(msgspec.msgpack.decode(self._cache.result(self._quiet_key) or b"\x90", type=list[bytes]))
        except msgspec.MsgspecError:
            return set()

    @property
    def _quiet_key(self) -> bytes:
        return b"quiet" + self.inputs.tool + self._project.root.name.encode("utf-8", "surrogateescape")

    def _mark(self, question: str, path: str) -> bytes:
        content = self.inputs.python.get(path) or self.inputs.others.get(path, b"")
        return digest(b"\0".join((question.encode(), path.encode("utf-8", "surrogateescape"), content)))
