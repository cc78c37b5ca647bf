"""What lives as long as the process: the instances that globals, attributes of classes and of applications hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.heap import Heap
from ssot_lint.callgraph.values import External, ExternalInstance, Instance, Values, ordered
from ssot_lint.findings import Site

# What holds the application's state, or is the application. What a request or a thread holds is not among them.
APPLICATIONS = frozenset(
    (
        "starlette.datastructures.State", "starlette.applications.Starlette", "fastapi.FastAPI", "flask.Flask",
        "quart.Quart", "sanic.Sanic", "litestar.Litestar", "aiohttp.web.Application", "celery.Celery",
    )
)  # fmt: skip
_PER_REQUEST = ("flask.g", "quart.g", "werkzeug.")


class Kept(NamedTuple):
    """An instance, where it was made and by whom, and what keeps it, in words."""

    instance: Instance
    site: Site
    maker: Activation
    holder: str

    @property
    def info(self) -> ClassInfo:
        """Its class."""
        return self.instance.info


def kept(heap: Heap) -> Iterator[Kept]:
    """The instances that any place of the whole process holds, and those that they made for themselves."""
    found: list[Kept] = []
    fields: defaultdict[object, list[tuple[object, Values]]] = defaultdict(list)
    for key, cell in heap.cells():
        if isinstance(key, tuple) and key[0] in ("global", "class", "external"):
            holder = _holder(key)
            if holder:
                found.extend(instances(cell.values, holder))
        elif isinstance(key, tuple) and key[0] == "field":
            fields[key[1]].append((key[2], cell.values))
    seen: set[Instance] = set()
    for each in found:  # grows meanwhile
        if each.instance not in seen:
            seen.add(each.instance)
            for name, values in fields[each.instance]:
                inner = instances(values, f"`{name}` of {each.holder}")
                found.extend(own for own in inner if _is_method_of(each.info, own.maker))
        yield each


def _is_method_of(info: ClassInfo, maker: Activation) -> bool:
    """Whether a function belongs to the class: what it keeps in an attribute is the instance's own."""
    owner = maker.function.owner if maker.function is not None else None
    return owner is not None and info.derives_from(owner)


def instances(values: Values, holder: str) -> Iterator[Kept]:
    """The instances among values of which it is known where they were made."""
    for value in ordered(values):
        if isinstance(value, Instance) and isinstance(value.key, tuple) and len(value.key) == 3:
            module, at, maker = value.key
            if isinstance(maker, Activation):
                yield Kept(value, Site(module, at), maker, holder)


def _holder(key: tuple[object, ...]) -> str:
    """What a cell is, in words; empty for what does not live as long as the process."""
    _, owner, name = key
    if isinstance(owner, str):
        return f"the global `{owner}.{name}`"
    if isinstance(owner, ClassInfo):
        return f"the class attribute `{owner.symbol}.{name}`"
    if isinstance(owner, ExternalInstance) and owner.path in APPLICATIONS:
        return f"the application's `{name}`"
    if isinstance(owner, External) and not _is_of_instance(owner.path) and not owner.path.startswith(_PER_REQUEST):
        return f"`{owner.path}.{name}`"
    return ""


def _is_of_instance(path: str) -> bool:
    """Whether a path leads through an instance: `starlette.requests.Request.state`."""
    return "()" in path or any(part[:1].isupper() for part in path.split(".")[:-1])
