"""What is known of a file: its scopes, what it imports, and what was left unread."""

from __future__ import annotations

from functools import cached_property
from typing import Literal as OneOf

import msgspec

from ssot_lint.errors import DamagedCacheError
from ssot_lint.facts.deep import run_deep
from ssot_lint.facts.model.expressions import Expression, Site
from ssot_lint.facts.model.statements import Statement

_ENCODER = msgspec.msgpack.Encoder()
_DECODER: msgspec.msgpack.Decoder[list[Statement]] = msgspec.msgpack.Decoder(list[Statement])


class Parameter(msgspec.Struct, array_like=True, gc=False):
    """One parameter. Defaults are evaluated by the scope around the function."""

    name: str
    kind: OneOf["positional-only", "positional", "var-positional", "keyword-only", "var-keyword"]
    annotation: Expression | None
    default: Expression | None


class Scope(msgspec.Struct, array_like=True, dict=True):
    """The code of a module, function, lambda or class body.

    `qualname` is dotted inside the module (empty for the module itself), lambdas named `<lambda1>`, `<lambda2>`, …
    in source order within their scope. `parent` is the index of the scope around it (-1 for the module).
    `bound` holds the names that the scope itself binds (parameters first, then in order of first binding, without
    its `global` and `nonlocal` names; comprehension targets are not among them). `captured` holds those of its
    `bound` that a scope inside it reads or rebinds as its own free variable. A class scope captures nothing.
    `encoded` are the statements as bytes: most functions of a project are never looked into.
    """

    name: str
    qualname: str
    kind: OneOf["module", "function", "lambda", "class"]
    parent: int
    parameters: tuple[Parameter, ...]
    returns: Expression | None
    is_async: bool
    is_generator: bool
    bound: tuple[str, ...]
    captured: tuple[str, ...]
    global_names: tuple[str, ...]
    nonlocal_names: tuple[str, ...]
    encoded: msgspec.Raw
    at: Site

    @cached_property
    def body(self) -> list[Statement]:
        """The statements. Raises `DamagedCacheError` for bytes that this tool has not written."""
        self.look_at()
        return self.read()

    def complete(self) -> Scope:
        """The scope itself, with what is only known once its statements were read: `bound`, `captured`, `encoded`."""
        if self.is_unread:
            self.__dict__["reader"]()
        return self

    @property
    def is_unread(self) -> bool:
        """Whether its statements were left for later, and nobody has asked for them."""
        return "reader" in self.__dict__

    def look_at(self) -> None:
        """Notes that a result rests on the statements."""
        self.__dict__["is_looked_at"] = True

    @property
    def is_looked_at(self) -> bool:
        """Whether anybody has asked for `body`, or noted that it matters."""
        return "is_looked_at" in self.__dict__

    @property
    def is_decoded(self) -> bool:
        """Whether `body` is at hand."""
        return "body" in self.__dict__

    def read(self) -> list[Statement]:
        """The same, decoded for this once, not kept, and not noted: for a look at every scope of a program."""
        if self.is_decoded:
            return self.body
        self.complete()
        try:
            return run_deep(lambda: _DECODER.decode(self.encoded))
        except msgspec.MsgspecError as error:
            raise DamagedCacheError from error

    def glance(self) -> list[Statement]:
        """The same as `body`, decoded for this once: for who goes through all that runs and keeps next to nothing."""
        self.look_at()
        return self.read()

    def mentions(self, *words: str) -> bool:
        """Whether one of these names may stand in the statements, which are not decoded for that."""
        if self.is_unread and self.__dict__["lacks"](words):
            return False
        self.look_at()
        return self._has(words)

    def has(self, *words: str) -> bool:
        """The same, not noted."""
        return not (self.is_unread and self.__dict__["lacks"](words)) and self._has(words)

    def _has(self, words: tuple[str, ...]) -> bool:
        encoded = bytes(self.complete().encoded)
        return any(word.encode() in encoded for word in words)

    def forget(self) -> None:
        """Lets the statements go until they are asked for again."""
        self.__dict__.pop("body", None)

    def seal(self) -> None:
        """Writes `encoded` from the statements. Raises `RecursionError` where they are nested too deeply."""
        self.encoded = msgspec.Raw(_ENCODER.encode(self.body))


def unread_scope(function: Scope, index: int) -> Scope:
    """What stands for one of the scopes inside of a function that is not read yet."""
    scope = Scope(
        name="<unread>", qualname=f"{function.qualname}.<unread>", kind="lambda", parent=index, parameters=(),
        returns=None, is_async=False, is_generator=False, bound=(), captured=(), global_names=(), nonlocal_names=(),
        encoded=msgspec.Raw(), at=function.at,
    )  # fmt: skip
    scope.body = []
    return scope


class Unread(msgspec.Struct, array_like=True, gc=False):
    """A body that is parsed when it is asked for.

    `scope` is the index of its function; those of the `inner` scopes follow. It is the bytes from `start` to `end` of
    the file, and `digest` names its text. `sites` is where its sites begin.
    """

    scope: int
    inner: int
    start: int
    end: int
    digest: bytes
    sites: Site


class ImportedModule(msgspec.Struct, array_like=True, gc=False):
    """One import as the files needed next: `deferred` inside a function, `typing_only` under `TYPE_CHECKING`.

    `names` are those of a `from` import (submodules perhaps), empty for `import module`.
    """

    level: int
    module: str
    names: tuple[str, ...]
    deferred: bool
    typing_only: bool


class Suppression(msgspec.Struct, array_like=True, gc=False):
    """`# ssot-lint: ignore[CODES] reason`; no codes means all of them. The site is the comment."""

    codes: list[str]
    reason: str
    whole_file: bool
    at: Site


class Syntax(msgspec.Struct, array_like=True, gc=False):
    """A piece of syntax that not every Python 3 takes, by what people call it.

    `since` is the first version that takes it, such as `3.12`; empty for what none does though its grammar allows it.
    """

    since: str
    what: str
    at: Site


class ModuleFacts(msgspec.Struct, array_like=True, gc=False, tag_field="node", tag=301):
    """All that is known of a file from its bytes alone.

    `scopes[0]` is the module's body; `syntax` has the first piece of each kind; `unread` are the bodies that were left
    for later.
    """

    scopes: list[Scope]
    imports: list[ImportedModule]
    suppressions: list[Suppression]
    syntax: list[Syntax]
    lines: int
    unread: list[Unread]


class Unreadable(msgspec.Struct, array_like=True, gc=False, tag_field="node", tag=302):
    """Why a file could not be decoded or parsed. The line is 1-based."""

    line: int
    message: str
