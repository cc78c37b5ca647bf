"""What code reads, kept for the next run with what would change it.

It holds as long as the functions that were looked into say what they said, and no other comes to speak of a reader:
those that were left for later matter only by the words that are looked for in them (`reads.scan`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import msgspec

from ssot_lint.facts.alike import Moved, moved
from ssot_lint.facts.library import Library
from ssot_lint.facts.model import Attribute, Call, Compare, Const, Index, ModuleFacts, Name, Scope
from ssot_lint.facts.nested import walk
from ssot_lint.facts.speaking import speaks_of_environment
from ssot_lint.findings import Site
from ssot_lint.memory import Memory, Remembered
from ssot_lint.project.model import Project, Source
from ssot_lint.settings.model import Setting
from ssot_lint.settings.reads.indexes import Indexes
from ssot_lint.settings.reads.scan import Reads, code_settings

_QUESTION = "words that reading an environment takes"


class _Kept(msgspec.Struct, array_like=True):
    """What is read, and the words that were looked for in what was left for later.

    `asked` are the classes, by module, whose methods were looked into where they mention what was asked for.
    """

    settings: tuple[Setting, ...]
    words: list[str]
    asked: dict[str, list[str]]


def code_reads(
    project: Project, library: Library, modules: Mapping[str, tuple[Source, ModuleFacts]], memory: Memory | None
) -> Sequence[Setting]:
    """What code reads. It is read off the facts alone, once it is known which modules speak of an environment."""
    speaking = {name for name, (source, _) in modules.items() if _may_read(project, source.path, memory)}
    if memory is None:
        return _read(library, modules, speaking)[0].settings
    imports = [(name, facts.imports) for name, (_, facts) in sorted(modules.items())]
    key = memory.inputs.key_but_python("reads", sorted(speaking), imports)
    remembered = memory.recall(key, _Kept, moved)
    recalled = _recalled(remembered, library, memory) if remembered is not None else None
    if recalled is not None:
        return recalled
    reads, looked_into, asked = _read(library, modules, speaking)
    memory.keep(key, _Kept(tuple(reads.settings), sorted(reads.words), asked), looked_into)
    return reads.settings


def _read(
    library: Library, modules: Mapping[str, tuple[Source, ModuleFacts]], speaking: Collection[str]
) -> tuple[Reads, dict[str, list[int]], dict[str, list[str]]]:
    """What code reads; the scopes that were looked at for that, and the classes asked for methods, by module."""
    indexes = Indexes(modules, library.content)
    reads = code_settings(indexes, speaking.__contains__)
    looked_into = indexes.looked_into
    asked = {name: sorted(classes) for name, classes in sorted(indexes.asked.items())}
    indexes.let_go()
    return reads, looked_into, asked


def _recalled(remembered: Remembered[_Kept], library: Library, memory: Memory) -> Sequence[Setting] | None:
    """What was kept, with the places that reads have now; None if other code may read something, or be read."""
    kept = remembered.value
    words = frozenset(kept.words)
    told = (_tells(library, module, now, words, kept.asked.get(module, ())) for module, now in remembered.moved.items())
    if memory.is_named(remembered.moved) or any(told):
        return None
    try:
        return [_placed(each, remembered.moved) for each in kept.settings]
    except KeyError:  # a place is lost
        return None


def _placed(setting: Setting, moved_modules: Mapping[str, Moved]) -> Setting:
    place = setting.place
    if not isinstance(place, Site) or place.module not in moved_modules:
        return setting
    return replace(setting, place=Site(place.module, moved_modules[place.module].sites[place.at]))


def _tells(library: Library, module: str, now: Moved, words: frozenset[str], asked: Collection[str]) -> bool:
    """Whether code that nobody has looked into may be looked into now, or may read by itself."""
    facts = library.get(module)
    if not isinstance(facts, ModuleFacts):
        return True
    waiting = {each.scope: each for each in facts.unread}
    inside = {number for each in facts.unread for number in range(each.scope + 1, each.scope + each.inner + 1)}
    spoken = re.compile(rb"\b(?:%s)\b" % b"|".join(re.escape(word.encode()) for word in sorted(words)))
    content = library.content(module)
    for number in now.unseen:
        if facts.scopes[facts.scopes[number].parent].qualname in asked:
            return True
        if number in waiting:
            if spoken.search(content, waiting[number].start, waiting[number].end):
                return True
        elif number not in inside and _may_matter(facts.scopes[number], words):
            return True
    return False


def _may_matter(scope: Scope, words: frozenset[str]) -> bool:
    """Whether there is anything in the statements by which code may read, or stand for what reads."""
    return any(_is_telling(node, words) for node in walk(scope.read()))


def _is_telling(node: msgspec.Struct, words: frozenset[str]) -> bool:
    match node:
        case Name(id=name):
            return name in words
        case Attribute(name=name):
            return name in words or name.isupper()
        case Const(value=str(text)):
            return text.isupper() or text in words
        case Call(keywords=keywords):
            return any(name is not None and name in words for name, _ in keywords)
        case _:
            return isinstance(node, Index | Compare)


def _may_read(project: Project, path: str, memory: Memory | None) -> bool:
    """Whether a module has a word in it that reading an environment takes; that one has none is kept in `memory`."""
    if memory is not None and memory.was_quiet(_QUESTION, path):
        return False
    try:
        content = (project.root / path).read_bytes()
    except OSError:
        return False  # The library tells of it.
    if speaks_of_environment(content):
        return True
    if memory is not None:
        memory.note_quiet(_QUESTION, path)
    return False
