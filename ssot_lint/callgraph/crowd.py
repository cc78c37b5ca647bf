"""Activations that wait for something: mostly few, for which a dict takes more room than what waits."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from ssot_lint.callgraph.activation import Activation

Crowd: TypeAlias = Union["Activation", "tuple[Activation, ...]", "dict[Activation, None]", None]

# Up to so many are found in a tuple as fast as in a dict.
_FEW = 8


def joined_by(crowd: Crowd, member: Activation) -> Crowd:
    """The crowd with a member more, last unless it is one already. A larger crowd is changed in place."""
    if isinstance(crowd, dict):
        crowd[member] = None
        return crowd
    if isinstance(crowd, tuple):
        if member in crowd:
            return crowd
        joined = (*crowd, member)
        return joined if len(joined) <= _FEW else dict.fromkeys(joined)
    return member if crowd is None or crowd is member else (crowd, member)


def members(crowd: Crowd) -> Collection[Activation]:
    """Who is in it, in the order in which they joined; what joins meanwhile is not among them."""
    if crowd is None:
        return ()
    return tuple(crowd) if isinstance(crowd, (dict, tuple)) else (crowd,)
