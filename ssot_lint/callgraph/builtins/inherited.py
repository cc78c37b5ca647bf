"""Methods that a container of the standard library has as its builtin base has them."""

from __future__ import annotations

from ssot_lint.callgraph.builtins import iterating, methods
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.contents import HOLDERS

# All that a `UserDict` does by itself: the rest goes by way of these.
OF_USER_DICT = ("__getitem__", "__setitem__", "__delitem__", "__iter__")


def _inherited() -> dict[str, Handler]:
    known = {**methods.HANDLERS, **iterating.HANDLERS}
    found = {}
    for base, kind in HOLDERS.items():
        names = [path.rpartition(".")[2] for path in known if path.startswith(f"<builtin>.{kind}.")]
        for name in OF_USER_DICT if base == "collections.UserDict" else names:
            if not base.startswith("<builtin>."):
                found[f"{base}.{name}"] = known[f"<builtin>.{kind}.{name}"]
    return found


HANDLERS: dict[str, Handler] = _inherited()
