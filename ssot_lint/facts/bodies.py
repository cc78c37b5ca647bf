"""Reads the bodies of functions that were left unread, when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from ssot_lint.facts.deep import TOO_DEEP, run_deep
from ssot_lint.facts.model import ModuleFacts, Scope, Unread, Unreadable

_ENCODER = msgspec.msgpack.Encoder()
_DECODER: msgspec.msgpack.Decoder[list[Scope]] = msgspec.msgpack.Decoder(list[Scope])


def attach(
    facts: ModuleFacts,
    read: Callable[[Scope, Unread], Sequence[Scope]],
    lacks: Callable[[Unread, Collection[str]], bool] = lambda *_: False,
) -> None:
    """Lets a file's unread scopes be read by `read`, which gives that of a function and those inside of it.

    `lacks` tells of a body that none of some names can stand in it.
    """
    for unread in facts.unread:
        scopes = facts.scopes[unread.scope : unread.scope + unread.inner + 1]
        reader, lacking = partial(_fill, scopes, unread, read), partial(lacks, unread)
        for scope in scopes:
            scope.__dict__["reader"] = reader
            scope.__dict__["lacks"] = lacking


def _fill(scopes: list[Scope], unread: Unread, read: Callable[[Scope, Unread], Sequence[Scope]]) -> None:
    for scope in scopes:
        del scope.__dict__["reader"], scope.__dict__["lacks"]
    for scope, found in zip(scopes, read(scopes[0], unread), strict=False):
        for name in Scope.__struct_fields__:
            setattr(scope, name, getattr(found, name))


def read_body(text: bytes, function: Scope, unread: Unread) -> list[Scope] | Unreadable:
    """The scope of a function whose body has this text, and the scopes inside of it; or why it can't be read.

    The line is that in the body.
    """
    from ssot_lint.facts.parser import parse_bare
    from ssot_lint.facts.scopes import Walk
    from ssot_lint.facts.statements import lower_body

    header = b"async def f():\n" if function.is_async else b"def f():\n"
    module = parse_bare(header + text + b"\n", is_compiled=True)
    if isinstance(module, Unreadable):
        return module

    def lowered() -> list[Scope]:
        walk = Walk(first=unread.scope, sites=unread.sites)
        walk.scopes.append(replace(function))
        walk.scopes[0].body = []
        lower_body(walk, module, function.bound)
        for scope in walk.scopes:
            scope.seal()
        return walk.scopes

    try:
        return run_deep(lowered)
    except RecursionError:
        return Unreadable(1, TOO_DEEP)


def encode_scopes(scopes: list[Scope]) -> bytes:
    """Scopes as bytes."""
    return _ENCODER.encode(scopes)


def decode_scopes(encoded: bytes | None) -> list[Scope] | None:
    """Scopes from bytes; None if these are not scopes."""
    try:
        return None if encoded is None else _DECODER.decode(encoded)
    except msgspec.MsgspecError:
        return None
