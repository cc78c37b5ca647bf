"""A module's `__dict__`, which `globals()` gives too: a dict whose entries are the module's variables."""

from __future__ import annotations

from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Container, Values

_VARIABLES = "<variables>"


def namespace(frame: Frame, module: str) -> Values:
    """`module.__dict__`."""
    made = frame.machine.make(Container, "dict", (_VARIABLES, module))
    made.is_telling = True
    return frozenset((made,))


def module_of(container: Container) -> str | None:
    """The module of which a dict is the `__dict__`."""
    key = container.key
    return key[1] if isinstance(key, tuple) and key[0] == _VARIABLES else None


def names_of(frame: Frame, module: str) -> list[str]:
    """The names that a module is known to have."""
    frame.publish()
    return frame.machine.global_names(module, frame.activation)


def read_name(frame: Frame, module: str, name: str) -> Values:
    """What a module binds a name to."""
    frame.publish()
    return frame.machine.heap.read(("global", module, name), frame.activation)


def write_name(frame: Frame, module: str, name: str, values: Values, *, strong: bool) -> None:
    """Binds a name of a module: its own body sees that as an assignment."""
    is_own = frame.code.module.name == module and frame.code.scope.kind == "module" and frame.around is None
    if is_own:
        frame.store_dynamic(name, values if strong else values | frame.environment.get(name, NOTHING))
    else:
        frame.write(("global", module, name), values, strong=strong)
        frame.machine.add_global(module, name)
