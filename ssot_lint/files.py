"""Files whose paths may be anything, and writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# `Path.exists` and its like raise for a path that no file can have, such as one that is too long; code, manifests and
# links may name anything.


def exists(path: Path) -> bool:
    """Whether anything has that path."""
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: Path) -> bool:
    """Whether a file has that path."""
    return os.path.isfile(path)  # noqa: PTH113


def is_directory(path: Path) -> bool:
    """Whether a directory has that path."""
    return os.path.isdir(path)  # noqa: PTH112


def write_atomically(path: Path, content: bytes) -> None:
    """Puts `content` in place of a file, or makes it; its mode stays, and a link stays one. Raises `OSError`.

    What is there and no file, such as a pipe or a terminal, is written to.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    path = path.resolve()
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:  # it names the file that nobody has asked for
        raise OSError(error.errno, error.strerror, str(path)) from None
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        temporary.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
