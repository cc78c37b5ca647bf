"""What lives as long as the process: the instances that globals, attributes of classes and of applications hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.heap import Heap
from ssot_lint.callgraph.values import External, ExternalInstance, Instance, Values, ordered
from ssot_lint.findings import Site

# What holds the application's state, or is the application. What a request or a thread holds is not among them.
_APPLICATIONS = frozenset(
    (
        "starlette.datastructures.State", "starlette.applications.Starlette", "fastapi.FastAPI", "flask.Flask",
        "quart.Quart", "sanic.Sanic", "litestar.Litestar", "aiohttp.web.Application", "celery.Celery",
    )
)  # fmt: skip
_PER_REQUEST = ("flask.g", "quart.g", "werkzeug.")


class Kept(NamedTuple):
    """An instance, where it was made and by whom, and what keeps it, in words."""

    info: ClassInfo
    site: Site
    maker: Activation
    holder: str


def kept(heap: Heap) -> Iterator[Kept]:
    """The instances that any place of the whole process holds directly."""
    for key, cell in heap.cells():
        if isinstance(key, tuple) and key[0] in ("global", "class", "external"):
            holder = _holder(key)
            if holder:
                yield from instances(cell.values, holder)


def instances(values: Values, holder: str) -> Iterator[Kept]:
    """The instances among values of which it is known where they were made."""
    for value in ordered(values):
        if isinstance(value, Instance) and isinstance(value.key, tuple) and len(value.key) == 3:
            module, at, maker = value.key
            if isinstance(maker, Activation):
                yield Kept(value.info, Site(module, at), maker, holder)


def _holder(key: tuple[object, ...]) -> str:
    """What a cell is, in words; empty for what does not live as long as the process."""
    _, owner, name = key
    if isinstance(owner, str):
        return f"the global `{owner}.{name}`"
    if isinstance(owner, ClassInfo):
        return f"the class attribute `{owner.symbol}.{name}`"
    if isinstance(owner, ExternalInstance) and owner.path in _APPLICATIONS:
        return f"the application's `{name}`"
    if isinstance(owner, External) and not owner.path.startswith(_PER_REQUEST):
        return f"`{owner.path}.{name}`"
    return ""
