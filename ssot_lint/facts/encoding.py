"""Facts as bytes and back: msgpack, typed, data only."""

from __future__ import annotations

from sys import intern

import msgspec

from ssot_lint.facts.deep import TOO_DEEP, run_deep
from ssot_lint.facts.model import ModuleFacts, Name, Operation, Unreadable

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
        _share(facts)
    return facts


def _share(facts: ModuleFacts) -> None:
    """Makes one string of each name that stands in many files: of a large program that is a tenth of all its facts.

    The statements are copied out of the bytes, of which half are facts that were decoded: a view would keep all.
    """
    for scope in facts.scopes:
        scope.encoded = scope.encoded.copy()
        scope.bound = tuple(map(intern, scope.bound))
        for parameter in scope.parameters:
            parameter.name = intern(parameter.name)
            annotation = parameter.annotation
            if isinstance(annotation, Operation):  # X | None
                annotation.rest = [(intern(method), value, at) for method, value, at in annotation.rest]
                annotation = annotation.first
            if isinstance(annotation, Name):
                annotation.id = intern(annotation.id)
    for imported in facts.imports:
        imported.module = intern(imported.module)
        imported.names = tuple(map(intern, imported.names))
