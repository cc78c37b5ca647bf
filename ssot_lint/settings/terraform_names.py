"""Variables, locals and instances by a key that Terraform uses and the folder does not declare."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.findings import Span
from ssot_lint.project.model import Project
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.files import stands_aside, text_of
from ssot_lint.settings.hcl import Block, parse
from ssot_lint.settings.hcl import text_of as written
from ssot_lint.settings.model import UNKNOWN
from ssot_lint.settings.spelling import ALIKE
from ssot_lint.settings.terraform import Scope, Text

_ENDINGS = (".tf", ".tofu")
_COMMENT = re.compile(r"/\*.*?\*/|(?:(?<=\s)|^)(?:#|//)[^\n]*", re.DOTALL | re.MULTILINE)
_USED = re.compile(r"(?<![\w.-])(?P<kind>var|local)\.(?P<name>[A-Za-z_][\w-]*)")
_INSTANCE = re.compile(r"(?<![\w.-])(?P<of>(?:module|[a-z]\w+)\.[A-Za-z_][\w-]*)\[\"(?P<key>[^\"$%{}]+)\"\]")
_IN_TURN = re.compile(r"(?<![\w.-])(?P<of>(?:module|[a-z]\w+)\.[A-Za-z_][\w-]*)\[(?P<key>\w+\.(?:key|value))\]")
_ESCAPED = re.compile(r"\$\$\{[^}]*\}")
_GENERATED = ("terragrunt.hcl", ".tf.json", ".tofu.json")


@dataclass(frozen=True)
class Undeclared:
    """`var.x` or `local.x` where nothing of the folder declares it, all its places, and one that may be meant.

    `kind` is what is not declared; that of an instance is one of those that a `for_each` makes.
    """

    name: str
    kind: str
    places: tuple[Span, ...]
    meant: str


def undeclared(project: Project) -> Iterator[Undeclared]:
    """What each folder uses and does not declare; nothing of folders whose files may be made by something else."""
    if any(path.endswith(_GENERATED) for path in project.others):
        return
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for path in project.others:
        if path.endswith(_ENDINGS) and not stands_aside(path):
            folders[posixpath.dirname(path)].append(path)
    for paths in folders.values():
        try:
            documents = [Document(path, text_of(project, path)) for path in paths]
            blocks = [block for each in documents for block in parse(each.text)]
        except UnreadableError:
            continue  # its reader tells of it
        yield from _of_folder(documents, {name for block in blocks for name in _declared(block)})
        yield from _instances(documents, blocks)


def _declared(block: Block) -> Iterator[str]:
    if block.type == "variable" and block.labels:
        yield f"var.{block.labels[0]}"
    elif block.type == "locals":
        yield from (f"local.{name}" for name in block.attributes)


def _of_folder(documents: list[Document], declared: set[str]) -> Iterator[Undeclared]:
    # Where none is declared, the file that declares them is not here.
    kinds = {name.partition(".")[0] for name in declared}
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for document in documents:
        text = _ESCAPED.sub(_blanked, _COMMENT.sub(_blanked, document.text))
        for number, line in enumerate(text.splitlines(), 1):
            for match in _USED.finditer(line):
                if match[0] not in declared and match["kind"] in kinds:
                    places[match[0]].append(document.span(number, match[0]))
    for name, found in places.items():
        near = difflib.get_close_matches(name, sorted(declared), 1, ALIKE)
        kind = "variable" if name.startswith("var.") else "local"
        yield Undeclared(name, kind, tuple(dict.fromkeys(found)), near[0] if near else "")


def _instances(documents: list[Document], blocks: list[Block]) -> Iterator[Undeclared]:
    """The instances by keys that the `for_each` of their resource or module does not have, where it is written out."""
    scope = Scope.of(blocks)
    keys = {
        ".".join(block.labels if block.type == "resource" else (block.type, *block.labels)): known
        for block in blocks
        if block.type in {"resource", "module"} and "for_each" in block.attributes
        if (known := _keys(block, scope))
    }
    places: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    for document in documents:
        for number, line in enumerate(_COMMENT.sub(_blanked, document.text).splitlines(), 1):
            for match in _INSTANCE.finditer(line):
                if match["key"] not in keys.get(match["of"], {match["key"]}):
                    places[match["of"], match["key"]].append(document.span(number, match["key"]))
        for block in parse(document.text) if keys else ():
            for of, taken in _keys_in_turn(block, scope):
                if taken.text not in keys.get(of, {taken.text}) and UNKNOWN not in taken.text and taken.line:
                    places[of, taken.text].append(document.span(taken.line, taken.text))
    for (of, key), found in places.items():
        near = difflib.get_close_matches(key, sorted(keys[of]), 1, ALIKE)
        yield Undeclared(f'{of}["{key}"]', "instance", tuple(dict.fromkeys(found)), near[0] if near else "")


def _keys_in_turn(block: Block, scope: Scope) -> Iterator[tuple[str, Text]]:
    """What `type.name[each.value]` and `type.name[env.value]` take, in each turn of the loops around them."""
    stack: list[tuple[Block, list[Scope]]] = [(block, [scope])]
    while stack:
        inner, scopes = stack.pop()
        if "for_each" in inner.attributes:
            name = (inner.labels[0] if inner.labels else "each") if inner.type == "dynamic" else "each"
            scopes = [turn for each in scopes for turn in each.instances(inner.attributes, name)]
        for tree in inner.attributes.values():
            for match in _IN_TURN.finditer(written(tree)):
                for each in scopes:
                    key = each.bound.get(match["key"])
                    if isinstance(key, Text):
                        yield match["of"], key
        stack += [(each, scopes) for each in inner.blocks]


def _keys(block: Block, scope: Scope) -> set[str]:
    """The keys of a `for_each`; none where one of them is not known."""
    keys = {getattr(each.bound.get("each.key"), "text", UNKNOWN) for each in scope.instances(block.attributes)}
    return set() if any(UNKNOWN in key for key in keys) else keys


def _blanked(match: re.Match[str]) -> str:
    """What is left out, with its lines."""
    return "\n" * match[0].count("\n")
