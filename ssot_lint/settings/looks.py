"""One look at every file: which readers want it, and which secrets stand in it. Each file is read once for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ssot_lint.project.model import Project
from ssot_lint.settings.document import Reader, UnreadableError
from ssot_lint.settings.exposure import Exposure, exposures
from ssot_lint.settings.files import bytes_in, stands_aside, text_from
from ssot_lint.settings.readers import readers

if TYPE_CHECKING:
    from ssot_lint.memory import Memory

_QUESTION = "settings and secrets"
_DEPLOYING_WORDS = (b"ecret", b"ECRET", b"gcloud", b"env_var", b"env_name", b"env_key", b"aws_cdk", b"pulumi")
"""Without one of these no module maps secrets or deploys."""
_ANY_TEXT = "services:\nFROM x\n"
"""What readers that know a file by its name want to see in it too."""


class _Look(NamedTuple):
    readers: Sequence[Reader]
    exposures: Sequence[Exposure]


_NOTHING = _Look((), ())


class Looks:
    """The looks at the files of a project; where nothing was found is kept in `memory` for later runs."""

    def __init__(self, project: Project, memory: Memory | None = None) -> None:
        self._root = project.root
        self._memory = memory
        self._made: dict[str, _Look] = {}

    def readers(self, path: str) -> Sequence[Reader]:
        """The readers that want a file; if it can't be read, those that would want one of its name."""
        return self._at(path).readers

    def exposures(self, path: str) -> Sequence[Exposure]:
        """The secrets that stand in a file."""
        return self._at(path).exposures

    def _at(self, path: str) -> _Look:
        if path not in self._made:
            self._made[path] = _NOTHING if stands_aside(path) else self._look(path)
        return self._made[path]

    def _look(self, path: str) -> _Look:
        if self._memory is not None and self._memory.was_quiet(_QUESTION, path):
            return _NOTHING
        is_python = path.endswith(".py")
        try:
            content = bytes_in(self._root, path)
            text = text_from(content)
        except UnreadableError:
            # Of a module the library tells, and of files that no reader would want nobody.
            return _NOTHING if is_python else _Look(_recognizing(path, _ANY_TEXT), ())
        wanted = not is_python or any(word in content for word in _DEPLOYING_WORDS)
        look = _Look(_recognizing(path, text) if wanted else (), tuple(exposures(text)))
        if look == _NOTHING and self._memory is not None:
            self._memory.note_quiet(_QUESTION, path)
        return look


def _recognizing(path: str, text: str) -> Sequence[Reader]:
    return tuple(reader for reader in readers().values() if reader.recognizes(path, text))
