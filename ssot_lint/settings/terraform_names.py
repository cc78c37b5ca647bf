"""What Terraform uses by a name that nothing declares: variables, locals, resources, modules and their outputs."""

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
_RESOURCE = re.compile(r"(?<![\w.-])(?P<of>[a-z][a-z0-9]*_[a-z0-9_]+)\.(?P<name>[A-Za-z_][\w-]*)(?=[.\[])")
_OUTPUT = re.compile(r"(?<![\w.-])module\.(?P<of>[A-Za-z_][\w-]*)(?:\[[^\]]*\])?\.(?P<name>[A-Za-z_][\w-]*)")
_PLAIN = re.compile(r"\"[^\"$\n]*\"")
_MOVED = re.compile(r"^\s*from\s*=")
"""What a resource was called, which `moved` and `removed` tell."""
_ESCAPED = re.compile(r"\$\$\{[^}]*\}")
_GENERATED = ("terragrunt.hcl", ".tf.json", ".tofu.json")


@dataclass(frozen=True)
class Undeclared:
    """`var.x` or `local.x` where nothing of the folder declares it, all its places, and one that may be meant.

    `kind` is what is not declared, and `where` it is missed; an instance is one of those that a `for_each` makes.
    """

    name: str
    kind: str
    places: tuple[Span, ...]
    meant: str
    where: str = "this folder"


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
        yield from _resources(documents, blocks)
        yield from _outputs(project, documents, blocks)


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


def _resources(documents: list[Document], blocks: list[Block]) -> Iterator[Undeclared]:
    """The resources of which something is taken and that are not there, of providers of which the folder has some."""
    declared = {".".join(block.labels) for block in blocks if block.type == "resource"}
    providers = {name.partition("_")[0] for name in declared}
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for document, number, line in _lines(documents):
        for match in _RESOURCE.finditer(line) if not _MOVED.match(line) else ():
            if match[0] not in declared and match["of"].partition("_")[0] in providers:
                places[match[0]].append(document.span(number, match[0]))
    for name, found in places.items():
        alike = sorted(each for each in declared if each.partition(".")[0] == name.partition(".")[0])
        near = difflib.get_close_matches(name, alike, 1, ALIKE)
        yield Undeclared(name, "resource", tuple(dict.fromkeys(found)), near[0] if near else "")


def _outputs(project: Project, documents: list[Document], blocks: list[Block]) -> Iterator[Undeclared]:
    """The outputs that modules of the project are asked for and do not have."""
    sources = {
        block.labels[0]: written(block.attributes["source"])
        for block in blocks
        if block.type == "module" and block.labels and "source" in block.attributes
    }
    folder = posixpath.dirname(documents[0].path)
    inside = {
        name: posixpath.normpath(posixpath.join(folder, source))
        for name, source in sources.items()
        if source.startswith(("./", "../"))
    }
    known = {name: _outputs_of(project, path) for name, path in inside.items()}
    places: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    for document, number, line in _lines(documents) if known else ():
        for match in _OUTPUT.finditer(line):
            outputs = known.get(match["of"])
            if outputs is not None and match["name"] not in outputs:
                places[match["of"], match["name"]].append(document.span(number, match["name"]))
    for (module, name), found in places.items():
        near = difflib.get_close_matches(name, sorted(known[module] or ()), 1, ALIKE)
        meant, places_ = near[0] if near else "", tuple(dict.fromkeys(found))
        yield Undeclared(f"module.{module}.{name}", "output", places_, meant, f"`{inside[module]}`")


def _outputs_of(project: Project, folder: str) -> set[str] | None:
    """The outputs of a module; None where its folder has no files, or one that can't be read."""
    paths = [each for each in project.others if each.endswith(_ENDINGS) and posixpath.dirname(each) == folder]
    try:
        blocks = [block for path in paths for block in parse(text_of(project, path))]
    except UnreadableError:
        return None  # its reader tells of it
    return {block.labels[0] for block in blocks if block.type == "output" and block.labels} if paths else None


def _lines(documents: list[Document]) -> Iterator[tuple[Document, int, str]]:
    """The lines of some files with their numbers, without comments and plain strings."""
    for document in documents:
        text = _PLAIN.sub('""', _ESCAPED.sub(_blanked, _COMMENT.sub(_blanked, document.text)))
        for number, line in enumerate(text.splitlines(), 1):
            yield document, number, line


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
