"""The facts of a project's modules, on demand: from memory, from the cache, or parsed."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, final

from msgspec.structs import replace

from ssot_lint.errors import ChangedFileError
from ssot_lint.facts.bodies import attach, decode_scopes, encode_scopes, read_body
from ssot_lint.facts.cache import FactsCache, digest
from ssot_lint.facts.deep import TOO_DEEP
from ssot_lint.facts.encoding import decode, encode
from ssot_lint.facts.jobs import Job, Parsed
from ssot_lint.facts.mentions import scopes_with
from ssot_lint.facts.model import ModuleFacts, Scope, Site, Unread, Unreadable
from ssot_lint.facts.order import source_order
from ssot_lint.project.imports import resolve_import, with_packages
from ssot_lint.project.model import Project, Source

if TYPE_CHECKING:
    from ssot_lint.facts.pool import ParserPool

_FLUSH_BYTES = 8_000_000


@final
class Library:
    """The facts of a project's modules by dotted name.

    `jobs` is the number of processes (0: the usable cores). `overrides` maps module names to contents that stand in
    for their files'. `parsed` and `cached` count the modules that were parsed and that came from the cache,
    `unreadable` holds those that could not be read, `sought` what all that is loaded was searched for, and `sought_in`
    what bodies that nobody has read were, by module.
    """

    def __init__(
        self,
        project: Project,
        *,
        jobs: int = 0,
        cache: FactsCache | None = None,
        overrides: Mapping[str, bytes] | None = None,
    ) -> None:
        self.parsed = 0
        self.cached = 0
        self.unreadable: dict[str, Unreadable] = {}
        self.sought: set[str] = set()
        self.sought_in: dict[str, set[str]] = {}
        self._project = project
        self._cache = cache
        self._overrides = overrides or {}
        self._jobs = jobs
        self._pool: ParserPool | None = None
        self._facts: dict[str, ModuleFacts | Unreadable] = {}
        self._marks: dict[str, bytes] = {}
        self._text = ("", b"")
        self._unsaved: list[tuple[bytes, bytes]] = []
        self._unsaved_bytes = 0

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes. The facts stay, and more can be loaded."""
        self._save()
        if self._pool is not None:
            self._pool.close()

    def get(self, name: str) -> ModuleFacts | Unreadable | None:
        """The facts of a module, why it can't be read, or None if the project has no such module."""
        if name not in self._facts and self._project.find(name) is not None:
            self._load([name], lambda _name, _facts: ())
        return self._facts.get(name)

    def own(self, name: str) -> ModuleFacts | None:
        """The facts of a module of the project itself; None for any other, and for one that can't be read."""
        facts = self.get(name) if name in self._project.modules else None
        return facts if isinstance(facts, ModuleFacts) else None

    def mark(self, name: str) -> bytes:
        """Names the facts of a module, less those that are about its comments and about where things stand.

        Of bodies that were left unread it names the text, whether or not anybody has read them since.
        """
        return self._marks.get(name, b"") if self.get(name) is not None else b""

    def stored(self, content: bytes) -> ModuleFacts | Unreadable | None:
        """The facts of a file with this content digest as an earlier run has left them.

        To ask for a body that it did not read raises `LookupError`.
        """
        facts = None if self._cache is None else self._cache.get(content)
        if isinstance(facts, ModuleFacts):
            attach(facts, lambda _function, unread: self._stored_body(content, unread))
        return facts

    def stored_now(self, name: str, content: bytes) -> ModuleFacts | Unreadable | None:
        """The facts of a module with this content digest as they were before anybody asked for a body."""
        self._save()
        facts = None if self._cache is None else self._cache.get(content)
        if isinstance(facts, ModuleFacts):
            attach(facts, lambda function, unread: self._body(name, content, function, unread))
        return facts

    def scopes_with(self, text: str) -> Iterator[tuple[str, int, Scope]]:
        """The scopes of what is loaded that have a name or a text somewhere, by module and index.

        That it was asked for is noted in `sought`.
        """
        self.sought.add(text)
        for name, facts in self.loaded.items():
            for index in scopes_with(facts, text.encode()):
                yield name, index, facts.scopes[index]

    def order(self, name: str, at: Site) -> tuple[Site, Site]:
        """What the sites of a module are to be sorted by to stand as they do in the file."""
        facts = self.get(name)
        return source_order(facts)(at) if isinstance(facts, ModuleFacts) else (at, 0)

    @property
    def loaded(self) -> dict[str, ModuleFacts]:
        """The facts of the project's modules that were asked for so far and could be read, by name."""
        own = self._project.modules
        return {
            name: facts for name, facts in sorted(self._facts.items()) if isinstance(facts, ModuleFacts) and name in own
        }

    def forget(self, most: int = 0) -> bool:
        """Lets go statements, until they are asked for again, if those looked at are more than so many bytes."""
        decoded = [
            (scope, len(memoryview(scope.encoded)))
            for facts in self._facts.values()
            if isinstance(facts, ModuleFacts)
            for scope in facts.scopes
            if scope.is_decoded
        ]
        if sum(size for _, size in decoded) <= most:
            return False
        for scope, size in decoded:
            if size:  # one that is not read yet has no bytes to read it from
                scope.forget()
        return True

    def prefetch(self, names: Iterable[str]) -> None:
        """Loads these modules, those that the project has, in parallel."""
        self._load(names, lambda _name, _facts: ())
        self.close()

    def load_closure(self, names: Iterable[str], *, deferred: bool = False) -> list[str]:
        """Loads these modules with their packages, and all that importing them imports; returns their names, sorted.

        With `deferred`, what functions import when they are called too. Imports for type checkers only are left out.
        """

        def imported(name: str, facts: ModuleFacts) -> Iterable[str]:
            source = self._source(name)
            for statement in facts.imports:
                if not statement.typing_only and (deferred or not statement.deferred):
                    yield from resolve_import(self._project, source, statement.level, statement.module, statement.names)

        loaded = self._load((part for name in names for part in with_packages(name)), imported)
        self.close()  # what is asked for later is little, and processes that wait take room
        return sorted(loaded)

    def _load(self, names: Iterable[str], more: Callable[[str, ModuleFacts], Iterable[str]]) -> set[str]:
        """Loads modules, and those that `more` names for each that was loaded; returns the names of all."""
        queue: deque[str] = deque()
        seen: set[str] = set()

        def want(wanted: Iterable[str]) -> None:
            new = [name for name in dict.fromkeys(wanted) if name not in seen and self._project.find(name)]
            seen.update(new)
            queue.extend(new)

        want(names)
        while queue or self._pool:
            while queue:
                name = queue.popleft()
                facts = self._facts.get(name) or self._look_up(self._source(name))
                if isinstance(facts, ModuleFacts):
                    want(more(name, facts))
            for parsed in self._pool.results() if self._pool else ():
                facts = self._take(parsed)
                if isinstance(facts, ModuleFacts):
                    want(more(parsed.job.name, facts))
        self._save()
        return seen

    def _source(self, name: str) -> Source:
        source = self._project.find(name)
        if source is None:
            raise LookupError(name)
        return source

    def _look_up(self, source: Source) -> ModuleFacts | Unreadable | None:
        """The facts of a file from the cache, or None after giving it to the pool."""
        path = self._project.root / source.path
        content = self._overrides.get(source.name)
        try:
            stat = path.stat() if content is None else None
            known = None if self._cache is None else self._digest(self._cache, source, stat, content)
        except OSError as error:
            return self._keep(source.name, Unreadable(1, f"can't be read: {error.strerror}"), None)
        found = None if self._cache is None or known is None else self._cache.get(known)
        if found is not None:
            self.cached += 1
            return self._keep(source.name, found, known)
        size = len(content or b"") if stat is None else stat.st_size
        self._submit(Job(source.name, path, content, size))
        return None

    def _submit(self, job: Job) -> None:
        if self._pool is None:
            from ssot_lint.facts.pool import ParserPool

            self._pool = ParserPool(self._jobs)
        self._pool.submit(job)

    def _digest(self, cache: FactsCache, source: Source, stat: os.stat_result | None, content: bytes | None) -> bytes:
        path = self._project.root / source.path
        if stat is None:
            return digest(content or b"")
        known = cache.known_digest(path, stat)
        if known is None:
            known = digest(path.read_bytes())
            cache.note_digest(path, stat, known)
        return known

    def _take(self, parsed: Parsed) -> ModuleFacts | Unreadable:
        self.parsed += 1
        if parsed.digest is not None:
            self._store(parsed.digest, parsed.encoded)
        return self._keep(parsed.job.name, decode(parsed.encoded) or Unreadable(1, TOO_DEEP), parsed.digest)

    def _keep(self, name: str, facts: ModuleFacts | Unreadable, content: bytes | None) -> ModuleFacts | Unreadable:
        self._facts[name] = facts
        if self._cache is not None:
            self._marks[name] = digest(encode(_less_places(facts)))
        if isinstance(facts, ModuleFacts):
            attach(
                facts,
                lambda function, unread: self._body(name, content or b"", function, unread),
                lambda unread, names: self._lacks(name, unread, names),
            )
        elif name in self._project.modules:
            self.unreadable[name] = facts
        return facts

    # -- bodies that were left unread

    def _body(self, name: str, content: bytes, function: Scope, unread: Unread) -> list[Scope]:
        """The scopes of a body from the cache, or parsed; none if it can't be, which is noted."""
        key = _body_key(content, unread)
        known = None if self._cache is None else decode_scopes(self._cache.result(key))
        if known is not None:
            return known
        text = self._text_of(name, unread)
        found = read_body(text, function, unread)
        if isinstance(found, Unreadable):
            line = self.content(name).count(b"\n", 0, unread.start) + found.line - 1
            self.unreadable.setdefault(name, Unreadable(line, found.message))
            return []
        self._store(key, encode_scopes(found))
        return found

    def _text_of(self, name: str, unread: Unread) -> bytes:
        text = self.content(name)[unread.start : unread.end]
        if digest(text) != unread.digest:
            raise ChangedFileError(self._source(name).path)
        return text

    def _lacks(self, name: str, unread: Unread, names: Collection[str]) -> bool:
        """Whether the text of a body tells that none of the names can stand in it, which is noted."""
        text = self._text_of(name, unread)
        if not text.isascii() or any(each.encode() in text for each in names):
            return False
        self.sought_in.setdefault(name, set()).update(names)
        return True

    def _stored_body(self, content: bytes, unread: Unread) -> list[Scope]:
        known = None if self._cache is None else decode_scopes(self._cache.result(_body_key(content, unread)))
        if known is None:
            raise LookupError(unread.scope)
        return known

    def content(self, name: str) -> bytes:
        """What a module's file holds now. Raises `ChangedFileError` where it can't be read.

        That of one is kept, since bodies are asked for in turn.
        """
        if self._text[0] != name:
            source = self._source(name)
            given = self._overrides.get(name)
            try:
                text = (self._project.root / source.path).read_bytes() if given is None else given
            except OSError:
                raise ChangedFileError(source.path) from None
            self._text = (name, text)
        return self._text[1]

    def _store(self, key: bytes, value: bytes) -> None:
        if self._cache is not None:
            self._unsaved.append((key, value))
            self._unsaved_bytes += len(value)
            if self._unsaved_bytes > _FLUSH_BYTES:
                self._save()

    def _save(self) -> None:
        if self._cache is not None and self._unsaved:
            self._cache.put_results(self._unsaved)
        self._unsaved.clear()
        self._unsaved_bytes = 0


def _body_key(content: bytes, unread: Unread) -> bytes:
    return content + b"body" + unread.scope.to_bytes(4, "big")


def _less_places(facts: ModuleFacts | Unreadable) -> ModuleFacts | Unreadable:
    """Facts without what is said of comments, of lines and of bytes."""
    if isinstance(facts, Unreadable):
        return facts
    unread = [replace(each, start=0, end=0) for each in facts.unread]
    return replace(facts, lines=0, suppressions=[], unread=unread)
