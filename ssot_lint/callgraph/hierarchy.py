"""All classes that the running program defines, and who runs again when one of them changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.code import Code


class Hierarchy:
    """The classes by what defines them. `changed` is called with whoever looked into one that is no more what it was.

    Of a class with more than `most` classes below it, nobody looks at each.
    """

    def __init__(self, changed: Callable[[Activation], None], most: int) -> None:
        self._changed = changed
        self.most = most
        self.intercepting: set[ClassInfo] = set()  # those that define `__getattribute__`
        self._classes: dict[tuple[Code, Activation, int], ClassInfo] = {}

    def class_info(self, code: Code, activation: Activation, at: int = -1, name: str = "") -> ClassInfo:
        """The class that an activation defines with that code, or of that name by a call in it."""
        key = (code, activation, at)
        found = self._classes.get(key)
        if found is None:
            found = self._classes[key] = ClassInfo(code, activation, name)
        return found

    def classes(self) -> Iterator[ClassInfo]:
        """Every class that was defined."""
        return iter(self._classes.values())

    def look_again(self, info: ClassInfo) -> None:
        """The class has changed: whoever looked into it, or one below it, or above it for its instances, runs again."""
        for each in (info, *info.all_subclasses()):
            self._tell(each)
        if info.instantiated:
            self._make_below(info)

    def placed(self, info: ClassInfo) -> None:
        """The class has other bases than before."""
        self.look_again(info)
        for each in info.classes:
            if len(each.subclasses) <= self.most:
                self._tell(each)

    def instantiated(self, info: ClassInfo) -> None:
        """The program makes instances of the class."""
        if not info.instantiated:
            info.instantiated = True
            self._make_below(info)

    def _make_below(self, info: ClassInfo) -> None:
        """Classes above learn of the instances, as far as anybody looks at so many."""
        for each in info.classes:
            if each is not info:
                each.instantiated_below[info] = None
            if len(each.instantiated_below) <= self.most:
                self._tell(each)

    def _tell(self, info: ClassInfo) -> None:
        for watcher in list(info.watchers):
            self._changed(watcher)
