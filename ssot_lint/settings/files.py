"""The files of a project as those see them who look for settings: inside its root, no larger than people write them."""

from __future__ import annotations

import codecs
import os
import re
from functools import cache
from pathlib import Path

from ssot_lint.project.model import Project
from ssot_lint.settings.document import UnreadableError

LARGEST_FILE = 4 * 2**20
"""Bytes: a settings file that people write is smaller."""

_ASIDE = re.compile(
    r"(?:^|/)(?:tests?(?:[_-][^/]*)?|[^/]+[_-](?:tests|e2e)|(?:unit|integration|functional|smoke)[_-]?tests?"
    r"|t/(?:unit|integration|functional|smoke)|testing|testdata|__tests__|e2e|fixtures?|examples?|samples?"
    r"|docs?|cookbook|vendor|third_party|node_modules|site-packages|[^/]*\{\{[^/]*)/"
    r"|(?:^|/)(?:tests?|test_[^/]*|[^/]*_test|conftest)\.py$|\.(?:test|spec|stories)\.\w+$"
    # texts for people, a file a language
    r"|(?:^|/)(?:translations|locales?|i18n)/(?:[\w.-]*\.)?[a-z]{2,3}(?:[-_]\w+)?\.json$"
)


def text_of(project: Project, path: str) -> str:
    """The text of a file inside the project; raises `UnreadableError`."""
    return text_in(project.root, path)


def text_in(root: Path, path: str) -> str:
    """The text of a file inside a root; raises `UnreadableError`."""
    return text_from(bytes_in(root, path))


def bytes_in(root: Path, path: str) -> bytes:
    """What a file inside a root holds; raises `UnreadableError`."""
    full = f"{root}/{path}"
    if not _real(full).startswith(_real_directory(str(root)).rstrip("/") + "/"):
        raise UnreadableError("lies outside the project and is not read")
    try:
        with open(full, "rb") as stream:  # noqa: PTH123
            if os.fstat(stream.fileno()).st_size > LARGEST_FILE:
                raise UnreadableError(f"larger than {LARGEST_FILE // 2**20} MB and not read")
            return stream.read()
    except OSError as error:
        raise UnreadableError(f"can't be read: {error.strerror}") from None


def text_from(content: bytes) -> str:
    """What a file holds as text; raises `UnreadableError`."""
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError("not UTF-8") from None


def _real(path: str) -> str:
    """Where a file really is."""
    directory, _, name = path.rpartition("/")
    return os.path.realpath(path) if os.path.islink(path) else f"{_real_directory(directory)}/{name}"  # noqa: PTH114


@cache
def _real_directory(path: str) -> str:
    return os.path.realpath(path)


def stands_aside(path: str) -> bool:
    """Whether a file belongs to tests, examples or somebody else's code, and so says nothing of the service."""
    return _ASIDE.search(path) is not None
