"""Files that commands, workflows and compose files name and that are not there.

Only what can't be meant otherwise: a path with a folder that the project has, that `.gitignore` does not name, and that
nothing in the same file makes, fetches or asks for first.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from ssot_lint.files import exists
from ssot_lint.findings import Span
from ssot_lint.project.entry_points.command_files import compose
from ssot_lint.project.ignore import Patterns, read_patterns
from ssot_lint.project.model import Project
from ssot_lint.project.paths import parent
from ssot_lint.settings.called_workflows import workflows_of
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.environments import is_example
from ssot_lint.settings.files import bytes_in, stands_aside, text_from, text_of
from ssot_lint.settings.shell import Word, commands
from ssot_lint.settings.yaml_tree import Node, YamlError

_PATH = re.compile(r"(?:\./)?[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*")
_SHELLS = frozenset({"bash", "sh", "zsh"})
_PYTHON = re.compile(r"python[\d.]*")
_BUILDERS = frozenset({"docker", "podman", "buildah", "gcloud", "helm", "terraform", "tofu"})
_OPTIONS = frozenset({"-f", "--file", "--values", "--env-vars-file", "-var-file", "--var-file"})
_ELSEWHERE = re.compile(r"^\s*(?:cd|pushd)\s|git clone|\|\|\s*(?:true|:)|hashFiles", re.MULTILINE)
"""What takes a script somewhere else, or tells that it may do without."""
_MAKING = re.compile(
    r">|\s-[oO]\s|(?<![\w-])(?:cp|mv|tee|curl|wget|ln|install|touch|tar|unzip|download|envsubst)\b|(?:\[|\btest)\s+(?:!\s+)?-[a-z]\s"
)
_CHECKOUT = re.compile(r"actions/checkout@")
_PYTHON_FIELD = re.compile(r"""\bdockerfile["']?\s*(?::\s*\w+\s*)?[=:]\s*["']([\w.-]+(?:/[\w.-]+)+)["']""")
_DEPLOYING = re.compile(r"deploy|build|release|docker|container|gcp|cloud|infra|(?:^|/)(?:ops|scripts?|tools|ci)/")
"""What the paths of modules that build services speak of."""
_ENV_FILE = re.compile(r"(?:^|/)(?:\.env[\w.-]*|[\w.-]+\.env[\w.-]*)$")
_CLOUD_BUILD = re.compile(r"(?:^|/)cloud-?build(?:[\w.-]*|/(?:[\w.-]+/)*[\w.-]+)\.ya?ml$")


@dataclass(frozen=True)
class Missing:
    """A path that is named in a place, and what it is named for."""

    place: Span
    path: str
    what: str


class Files:
    """What there is in a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.paths = {*project.others, *(each.path for each in project.modules.values())}
        self.folders = {folder for path in self.paths for folder in _folders(path)}

    @cached_property
    def _ignored(self) -> Patterns | None:
        file = self._project.root / ".gitignore"
        return read_patterns(file, []) if file.is_file() else None

    def has(self, path: str) -> bool:
        """Whether a file or a folder is there."""
        return path in self.paths or path in self.folders or exists(self._project.root / path)

    def is_ignored(self, path: str) -> bool:
        """Whether `.gitignore` names a path."""
        return self._ignored is not None and self._ignored.ignores(path) is True

    def lacks(self, path: str) -> bool:
        """Whether a path is of the project, by a folder that it has, and nothing is there."""
        is_inside = not path.startswith(("..", "/")) and (not parent(path) or parent(path) in self.folders)
        return is_inside and not self.has(path) and not self.is_ignored(path)


def missing(project: Project) -> Iterator[Missing]:
    """What is named and is not there, in the order of the files."""
    files = Files(project)
    for document, root in workflows_of(project):
        yield from _of_workflow(document, root, files)
    for path in project.others:
        if (compose.recognizes(path) or _CLOUD_BUILD.search(path)) and not stands_aside(path):
            try:
                document = Document(path, text_of(project, path))
                roots = document.yaml
            except (UnreadableError, YamlError):
                continue  # its reader tells of it
            for root in roots:
                yield from (_of_compose if compose.recognizes(path) else _of_cloud_build)(document, root, files)
    for source in project.modules.values():
        if _DEPLOYING.search(source.path) and not stands_aside(source.path):
            try:
                content = project.read(source)
            except OSError:
                continue  # the library reports what can't be read when it is asked for it
            yield from _of_python(source.path, content, files)


def _folders(path: str) -> Iterator[str]:
    while path := parent(path):
        yield path


def _of_workflow(document: Document, root: Node, files: Files) -> Iterator[Missing]:
    jobs = root.get("jobs")
    for _, job in jobs.fields() if jobs else ():
        called = job.get("uses")
        if called is not None and (called.text or "").startswith("./"):
            yield from _named(document, called, posixpath.normpath(called.text or ""), "this job calls it", files)
        steps = job.list_of("steps")
        checkouts = [each for each in steps if _CHECKOUT.match(each.text_of("uses"))]
        if not checkouts or any(each.get("with", key) for each in checkouts for key in ("path", "repository")):
            continue  # what is there is not what the project has
        for step in steps:
            yield from _of_step(document, root, job, step, files)


def _of_step(document: Document, root: Node, job: Node, step: Node, files: Files) -> Iterator[Missing]:
    used, run = step.get("uses"), step.get("run")
    if used is not None and (used.text or "").startswith("./"):
        path = posixpath.normpath(used.text or "")
        if path not in files.folders:
            yield from _named(document, used, path, "this step uses it", files)
    is_asked = "hashFiles" in step.text_of("if")
    if run is None or is_asked or _ELSEWHERE.search(run.text or ""):
        return
    defaults = (each.text_of("defaults", "run", "working-directory") for each in (job, root))
    folder = step.text_of("working-directory") or next(filter(None, defaults), "")
    if "$" not in folder:
        first = run.line + (1 if run.block else 0)
        yield from _of_commands(document, commands(run.text or "", first), posixpath.normpath(folder or "."), files)


def _of_cloud_build(document: Document, root: Node, files: Files) -> Iterator[Missing]:
    for step in root.list_of("steps"):
        program = posixpath.basename(step.text_of("entrypoint") or step.text_of("name").partition(":")[0])
        words = [Word(each.text or "", each.line) for each in step.list_of("args")]
        if words and not step.get("dir") and not step.get("script"):
            yield from _of_commands(document, [[Word(program, words[0].line), *words]], ".", files)


def _of_commands(document: Document, found: Iterable[list[Word]], folder: str, files: Files) -> Iterator[Missing]:
    for words in found:
        for word in _files_of(words):
            path = posixpath.normpath(posixpath.join(folder, word.text))
            if "/" in word.text.removeprefix("./") or folder != ".":
                yield from _at(document, word.line, word.text, path, "this command takes it", files)


def _files_of(words: list[Word]) -> Iterator[Word]:
    """The words of a command that are files of the project, if anything is."""
    program = posixpath.basename(words[0].text)
    arguments = words[1:]
    if words[0].text.startswith("./") and words[0].text.endswith((".sh", ".py", ".bash")):
        yield words[0]
    elif program in _SHELLS or _PYTHON.fullmatch(program):
        first = next(iter(arguments), None)
        if first is not None and first.text.endswith((".py", ".sh", ".bash")):
            yield first
    elif program in _BUILDERS:
        for option, value in zip_longest(arguments, arguments[1:]):
            name, is_joined, joined = option.text.partition("=")
            if name in _OPTIONS and (is_joined or value is not None):
                yield Word(joined, option.line) if is_joined else value


def _of_compose(document: Document, root: Node, files: Files) -> Iterator[Missing]:
    folder = parent(document.path)
    for entry in root.list_of("include"):
        for node in (entry, entry.get("path"), *entry.list_of("path")):
            if node is not None and node.text:
                yield from _named(document, node, _joined(folder, node.text), "this file includes it", files)
    services = root.get("services")
    for _, service in services.fields() if services else ():
        extended = service.get("extends", "file")
        if extended is not None and extended.text:
            yield from _named(document, extended, _joined(folder, extended.text), "a service here extends it", files)
        yield from _of_env_files(document, service, files)
        build, name = service.get("build"), service.get("build", "dockerfile")
        if build is not None and name is not None and name.text:
            path = _joined(folder, build.text_of("context") or ".", name.text)
            yield from _named(document, name, path, "a service here is built of it", files)


def _of_env_files(document: Document, service: Node, files: Files) -> Iterator[Missing]:
    """Environment files of a service, where others stand in their folder: what all have of their own is not tracked."""
    given = service.get("env_file")
    for entry in (given, *given.elements) if given is not None else ():
        node = entry.get("path") or entry
        path = _joined(parent(document.path), node.text or "")
        folder, name = posixpath.split(path)
        beside = [each for each in files.paths if parent(each) == folder and _ENV_FILE.search(each)]
        is_shared = any(not is_example(each) for each in beside) and not name.startswith(".env")
        is_made = any(is_example(each) and posixpath.basename(each).startswith(name) for each in beside)
        if node.text and entry.text_of("required") != "false" and is_shared and not is_made:
            yield from _named(document, node, path, "a service here is given it", files)


def _joined(*parts: str) -> str:
    return posixpath.normpath(posixpath.join(*parts))


def _of_python(path: str, content: bytes, files: Files) -> Iterator[Missing]:
    """What a script names as the Dockerfile of a service: `dockerfile="docker/web.Dockerfile"`."""
    if b"dockerfile" not in content:
        return
    document = Document(path, content.decode("utf-8", "replace"))
    for number, line in enumerate(document.lines, 1):
        for match in _PYTHON_FIELD.finditer(line):
            yield from _at(document, number, match[1], posixpath.normpath(match[1]), "a service is built of it", files)


def _named(document: Document, node: Node, path: str, what: str, files: Files) -> Iterator[Missing]:
    yield from _at(document, node.line, node.text or "", path, what, files)


def _at(document: Document, line: int, text: str, path: str, what: str, files: Files) -> Iterator[Missing]:
    if _PATH.fullmatch(text.removeprefix("../")) and files.lacks(path) and not _is_made(document, path):
        yield Missing(document.span(line, text), path, what)


def making(project: Project, path: str) -> Iterator[str]:
    """The files of a project that make a file of that name, fetch it, or ask whether it is there."""
    name = posixpath.basename(path).encode()
    for other in project.others:
        try:
            content = bytes_in(project.root, other)
            if name in content and _is_made(Document(other, text_from(content)), path):
                yield other
        except UnreadableError:
            continue  # no text


def _is_made(document: Document, path: str) -> bool:
    """Whether a line of the file makes that file, fetches it, or asks whether it is there."""
    name = posixpath.basename(path)
    return any(name in line and _MAKING.search(line.partition("#")[0]) for line in document.lines)
