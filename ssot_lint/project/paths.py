"""Relative POSIX paths as plain strings: the root is empty, no path starts or ends in a slash."""

from __future__ import annotations

from collections.abc import Iterator


def parent(path: str) -> str:
    """The directory that holds a path."""
    return path.rpartition("/")[0]


def join(directory: str, path: str) -> str:
    """A path inside a directory."""
    return f"{directory}/{path}" if directory else path


def directories_above(path: str) -> Iterator[str]:
    """The directories around a path, innermost first; the root is the last."""
    while path:
        path = parent(path)
        yield path


def is_below(path: str, directory: str) -> bool:
    """Whether a path is a directory, or lies in it."""
    return not directory or path == directory or path.startswith(f"{directory}/")


def is_identifier_path(path: str) -> bool:
    """Whether each part of a path can be a part of a dotted name."""
    return all(part.isidentifier() for part in path.split("/"))
