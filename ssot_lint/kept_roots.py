"""The source roots of a project, kept for later runs by what the files import."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from ssot_lint.facts.cache import FactsCache
from ssot_lint.project.roots import Decided
from ssot_lint.results import Inputs


class _Kept(msgspec.Struct, array_like=True):
    """What was decided, and digests of all Python files by path."""

    decided: Decided
    contents: list[bytes]


class KeptRoots:
    """What an earlier run decided about files of the same names, and which of them have another content now."""

    def __init__(self, cache: FactsCache, inputs: Inputs) -> None:
        self._cache = cache
        self._key = inputs.key_but_python("source roots")
        self._contents = sorted(inputs.python.items())

    def recall(self) -> tuple[Decided, Collection[str]] | None:
        """What was decided, and the paths of the files that have changed since."""
        stored = self._cache.result(self._key)
        try:
            kept = None if stored is None else msgspec.msgpack.decode(stored, type=_Kept)
        except msgspec.MsgspecError:  # nothing that this tool has written
            return None
        if kept is None or len(kept.contents) != len(self._contents):
            return None
        both = zip(self._contents, kept.contents, strict=True)
        return kept.decided, [path for (path, now), before in both if now != before]

    def keep(self, decided: Decided) -> None:
        """Keeps what was decided."""
        kept = _Kept(decided, [content for _, content in self._contents])
        self._cache.put_results([(self._key, msgspec.msgpack.encode(kept))])
