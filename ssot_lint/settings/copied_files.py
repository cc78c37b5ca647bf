"""Files and folders that Dockerfiles copy and that are not there."""

from __future__ import annotations

import difflib
import io
import json
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.findings import Span
from ssot_lint.project.model import Project
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.files import stands_aside, text_of
from ssot_lint.settings.named_files import Files, Missing, making
from ssot_lint.settings.readers.dockerfile import names_dockerfile

_PLAIN = re.compile(r"[\w.@/+-]+")
_BUILT = re.compile(
    r"(?:^|/)(?:dist|build|out|target|bin|public|output|artifacts?|node_modules|\.next|wheels?|__pycache__)(?:/|$)"
    r"|\.(?:whl|jar|tar|gz|tgz|zip|so|exe|lock)$"
)
"""What a build makes, and locks, which not everybody keeps."""
_OF_ARCHIVES = "PKG-INFO"
_FEWEST = 2
_ALIKE = 0.7


@dataclass(frozen=True)
class _Source:
    path: str
    place: Span


def uncopied(project: Project) -> Iterator[Missing]:
    """What is copied of a context of which the other sources are there, and is nowhere in it.

    The context is the folder, of those above the Dockerfile, that has most. A source distribution is not whole.
    """
    if (project.root / _OF_ARCHIVES).is_file():
        return
    files = Files(project)
    for path in project.others:
        if names_dockerfile(path) and not stands_aside(path):
            try:
                sources = list(_sources(Document(path, text_of(project, path))))
            except UnreadableError:
                continue  # its reader tells of it
            yield from _of_file(project, path, sources, files)


def _of_file(project: Project, path: str, sources: Sequence[_Source], files: Files) -> Iterator[Missing]:
    folders = list(_above(path))
    missing = {folder: [each for each in sources if not files.has(_at(folder, each.path))] for folder in folders}
    context = min(folders, key=lambda each: len(missing[each]))
    lost = {each.path: each for each in missing[context] if not any(files.has(_at(one, each.path)) for one in folders)}
    there = {each.path for each in sources} - {each.path for each in missing[context]}
    for each in lost.values() if there and len(lost) == 1 else ():  # of more the context is another one
        full = _at(context, each.path)
        beside = [one for one in files.paths if posixpath.dirname(one) == posixpath.dirname(full)]
        is_sure = len(there) >= _FEWEST or difflib.get_close_matches(full, beside, 1, _ALIKE)
        is_made = _BUILT.search(each.path) or files.is_ignored(full) or any(making(project, full))
        if is_sure and not is_made:
            yield Missing(each.place, full, "this image copies it")


def _at(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def _above(path: str) -> Iterator[str]:
    while path:
        path = posixpath.dirname(path)
        yield path


def _sources(document: Document) -> Iterator[_Source]:
    """What `COPY` and `ADD` take from the context, as far as it is written out."""
    from dockerfile_parse import DockerfileParser

    for instruction in DockerfileParser(fileobj=io.StringIO(document.text)).structure:
        value = instruction["value"]
        if instruction["instruction"] not in {"COPY", "ADD"} or "--from" in value or "<<" in value:
            continue
        for word in _words(value)[:-1]:
            path = word.lstrip("/").rstrip("/")
            if _PLAIN.fullmatch(path) and posixpath.normpath(path) != "." and not path.startswith(".."):
                line = document.line_of(word, instruction["startline"] + 1, instruction["endline"] + 1)
                yield _Source(posixpath.normpath(path), document.span(line, word))


def _words(value: str) -> list[str]:
    if value.lstrip().startswith("["):
        try:
            words = json.loads(value)
        except ValueError:
            return []  # Docker refuses it, too
        return [str(each) for each in words] if isinstance(words, list) else []
    return [each for each in value.split() if not each.startswith("--")]
