"""Which `__init__`s do not run when an instance is made: those above one that does not call on."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.checks.writes import attributes_written
from ssot_lint.facts.model import Attribute, Name, Scope
from ssot_lint.facts.nested import walk

_INIT = "__init__"


class Initialisers:
    """What the code of classes writes, and which `__init__`s do not run, looked up once for each class.

    `answers` are kept for who asks more about a class and a name, with and without its `__init__`.
    """

    def __init__(self) -> None:
        self._uninitialised: dict[ClassInfo, Sequence[ClassInfo]] = {}
        self.answers: dict[tuple[ClassInfo, str, bool], bool] = {}
        self._written: dict[tuple[ClassInfo, bool], frozenset[str]] = {}

    def uninitialised(self, info: ClassInfo) -> Sequence[ClassInfo]:
        """See `uninitialised`."""
        found = self._uninitialised.get(info)
        if found is None:
            found = self._uninitialised[info] = uninitialised(info)
        return found

    def writes(self, info: ClassInfo, name: str, skipped: Sequence[ClassInfo] = ()) -> bool:
        """Whether the code of a class, without an `__init__` that is skipped, writes an attribute on anything."""
        key = (info, info in skipped)
        found = self._written.get(key)
        if found is None:
            scopes = inside(info, skipped)
            found = self._written[key] = frozenset().union(*(attributes_written(each) for each in scopes))
        return name in found


def uninitialised(info: ClassInfo) -> Sequence[ClassInfo]:
    """The classes above a class whose `__init__` surely does not run when it makes an instance; empty where it may."""
    classes = list(info.classes)
    if any(each.decorators for each in classes):
        return ()  # `@dataclass` writes one
    for index, each in enumerate(classes):
        if _INIT in each.names:
            own = [scope for scope in inside(each) if scope.qualname == f"{each.code.scope.qualname}.{_INIT}"]
            skipped = [above for above in classes[index + 1 :] if _INIT in above.names]
            if not skipped or len(own) != 1 or any(_calls_on(scope) for scope in _all(classes[: index + 1])):
                return ()
            return skipped
    return ()


def inside(info: ClassInfo, skipped: Sequence[ClassInfo] = ()) -> list[Scope]:
    """The body of a class, and the code in it; without its `__init__` if that is to be skipped."""
    scope = info.code.scope
    left_out = f"{scope.qualname}.{_INIT}" if info in skipped else None
    return [
        scope,
        *(
            each
            for each in info.code.module.facts.scopes
            if each.qualname.startswith(f"{scope.qualname}.")
            and (left_out is None or not f"{each.qualname}.".startswith(f"{left_out}."))
        ),
    ]


def _all(classes: Sequence[ClassInfo]) -> list[Scope]:
    return [scope for each in classes for scope in inside(each)]


def _calls_on(scope: Scope) -> bool:
    """Whether code may run the `__init__` of another class."""
    is_init = scope.qualname.endswith(f".{_INIT}") or f".{_INIT}." in scope.qualname
    return any(
        (isinstance(node, Attribute) and node.name == _INIT)
        or (is_init and isinstance(node, Name) and node.id == "super")
        for node in walk(scope.body)
    )
