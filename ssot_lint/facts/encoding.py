"""Facts as bytes and back: msgpack, typed, data only."""

from __future__ import annotations

from sys import intern

import msgspec

from ssot_lint.facts.deep import TOO_DEEP, run_deep
from ssot_lint.facts.model import ModuleFacts, Name, Unreadable

_ENCODER = msgspec.msgpack.Encoder()
_DECODER: msgspec.msgpack.Decoder[ModuleFacts | Unreadable] = msgspec.msgpack.Decoder(ModuleFacts | Unreadable)


def encode(facts: ModuleFacts | Unreadable) -> bytes:
    """Facts as bytes; those of code that is nested more deeply than the encoder can follow are `Unreadable`."""
    try:
        return run_deep(lambda: _ENCODER.encode(facts))
    except RecursionError:
        return _ENCODER.encode(Unreadable(1, TOO_DEEP))


def decode(encoded: bytes) -> ModuleFacts | Unreadable | None:
    """Facts from bytes; None if these are not facts."""
    try:
        facts = run_deep(lambda: _DECODER.decode(encoded))
    except (msgspec.MsgspecError, RecursionError):
        return None
    if isinstance(facts, ModuleFacts):
        _share_names(facts)
    return facts


def _share_names(facts: ModuleFacts) -> None:
    """Makes one string of each name that stands in many files: of a large program that is a tenth of all its facts."""
    for scope in facts.scopes:
        scope.bound = tuple(map(intern, scope.bound))
        for parameter in scope.parameters:
            parameter.name = intern(parameter.name)
            if isinstance(parameter.annotation, Name):
                parameter.annotation.id = intern(parameter.annotation.id)
    for imported in facts.imports:
        imported.module = intern(imported.module)
        imported.names = tuple(map(intern, imported.names))
