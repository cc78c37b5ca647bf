"""Comments that suppress findings, in files that are not Python: settings, deployment, shell.

A `#` in the middle of a line may belong to a value. So a comment counts where it begins the line, or, if the format has
comments behind values, where white space stands before it and no quotation is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ssot_lint.findings import Span

if TYPE_CHECKING:
    from ssot_lint.memory import Memory

MARK = b"ssot-lint:"
FORM = re.compile(r"#\s*ssot-lint:\s*ignore(-file)?(?![\w-])(?:\s*\[([^\]]*)\])?\s*(.*)")
"""A suppression: whether of the whole file, the codes, the reason."""

_INLINE = re.compile(
    r"(?:\.(?:ya?ml|toml|tf|tofu|tfvars|hcl|sh|bash|zsh|env|cfg|conf)|(?:^|/)(?:\.env[^/]*|[^/]*\.env\.[^/]*|env\.example"
    r"|Makefile|GNUmakefile|[^/]*\.mk|Procfile))$"
)
_OWN_LINE = re.compile(r"(?:^|/)(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$", re.IGNORECASE)
_QUESTION = "suppressions"
_LARGEST = 4 * 2**20


class Comment(NamedTuple):
    """A suppression and where it stands; `alone` on its line it speaks of the line below too."""

    span: Span
    codes: tuple[str, ...]
    reason: str
    whole_file: bool
    alone: bool


def comments(root: Path, paths: Iterable[str], memory: Memory | None = None) -> Iterator[Comment]:
    """The suppressions in those of the files that have `#` comments; that one has none is kept in `memory`."""
    for path in paths:
        inline = _INLINE.search(path) is not None
        if not (inline or _OWN_LINE.search(path)) or (memory is not None and memory.was_quiet(_QUESTION, path)):
            continue
        text = _text(root / path)
        if not text and memory is not None:
            memory.note_quiet(_QUESTION, path)
        for number, line in enumerate(text.splitlines(), 1):
            if comment := _comment(path, number, line, inline=inline):
                yield comment


def _comment(path: str, number: int, line: str, *, inline: bool) -> Comment | None:
    match = FORM.search(line)
    if match is None:
        return None
    before = line[: match.start()]
    alone = not before.strip()
    if not alone and (not inline or not before[-1:].isspace() or before.count('"') % 2 or before.count("'") % 2):
        return None
    span = Span(path, number, match.start() + 1, number, len(line.rstrip()) + 1)
    codes = tuple(code.strip() for code in (match[2] or "").split(",") if code.strip())
    return Comment(span, codes, match[3].strip(), match[1] is not None, alone)


def _text(path: Path) -> str:
    """The text of a file that holds the mark, empty for any other; what can't be read is told of by its reader."""
    try:
        if path.stat().st_size > _LARGEST:
            return ""
        content = path.read_bytes()
    except OSError:
        return ""
    return content.decode("utf-8-sig", "replace") if MARK in content else ""
