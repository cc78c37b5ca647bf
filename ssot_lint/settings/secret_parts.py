"""Keys of JSON inside of secrets: those with which Terraform creates one, and those that services take of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssot_lint.settings.environments import stem_of_id
from ssot_lint.settings.hcl import Block, text_of
from ssot_lint.settings.model import UNKNOWN, Setting, Settings, may_be_same
from ssot_lint.settings.terraform import Pairs, Scope

_HOLDING = {"aws_secretsmanager_secret": "secret_string"}
_VERSION = "_version"
_OF_VAULT = ("vault_", "data_json")
_WRITTEN_OUT = re.compile(r"jsonencode\(\s*\{\s*(?!for\b)")
_ALIKE = 0.5


class Partless(NamedTuple):
    """A place that takes a part of a secret, what creates that secret without it, and the part that may be meant."""

    taken: Setting
    created: Setting
    meant: str


def parts_of(secret: Block, blocks: Iterable[Block], scope: Scope) -> tuple[str, ...]:
    """The keys that a secret of Terraform holds; none where they are not all written out, or may be changed by hand."""
    kind, name = secret.labels
    if kind.startswith(_OF_VAULT[0]):
        held = [(secret, _OF_VAULT[1])]
    else:
        attribute = _HOLDING.get(kind, "")
        versions = [each for each in blocks if attribute and each.labels[:1] == (f"{kind}{_VERSION}",)]
        reference = re.compile(rf"\b{re.escape(kind)}\.{re.escape(name)}\b")
        held = [
            (each, attribute)
            for each in versions
            if "secret_id" in each.attributes and reference.search(text_of(each.attributes["secret_id"]))
        ]
    if len({id(each) for each, _ in held}) != 1 or any(each.type == "lifecycle" for each in held[0][0].blocks):
        return ()
    tree = held[0][0].attributes.get(held[0][1])
    table = scope.evaluate(tree) if tree is not None and _WRITTEN_OUT.match(text_of(tree)) else None
    keys = [key.text for key, _ in table.pairs] if isinstance(table, Pairs) else []
    return tuple(keys) if all(UNKNOWN not in key for key in keys) else ()


def partless(settings: Settings) -> Iterator[Partless]:
    """What is taken of secrets that have no such part, wherever they are created."""
    created = [each for each in settings.of("provisioned") if each.parts]
    for taken in settings.of("mapped", "deployed") if created else ():
        identifier, _, part = taken.secret.partition("#")
        own = [
            each
            for each in created
            if part and _is_it(identifier, each) and may_be_same(each.environment, taken.environment)
        ]
        known = {key for each in own for key in each.parts}
        if own and part not in known and part.partition(".")[0] not in known and UNKNOWN not in part:
            near = difflib.get_close_matches(part, sorted(known), 1, _ALIKE)
            yield Partless(taken, own[0], near[0] if near else "")


def _is_it(identifier: str, created: Setting) -> bool:
    if UNKNOWN in identifier or UNKNOWN in created.secret:
        stem = stem_of_id(identifier)
        return UNKNOWN not in stem and stem == stem_of_id(created.secret)
    return identifier == created.secret
