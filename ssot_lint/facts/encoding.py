"""Facts as bytes and back: msgpack, typed, data only."""

from __future__ import annotations

import msgspec

from ssot_lint.facts.deep import TOO_DEEP, run_deep
from ssot_lint.facts.model import ModuleFacts, Unreadable

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
        return run_deep(lambda: _DECODER.decode(encoded))
    except (msgspec.MsgspecError, RecursionError):
        return None
