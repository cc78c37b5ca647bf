"""Says findings in the formats that people and services read. A format is a module of `ssot_lint.report.formats`.

Its `render(report, options)` returns the whole text. It is pure: the same report gives the same text, which can always
be encoded as UTF-8 and ends with a newline unless it is empty.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TextIO, cast

from ssot_lint.report import formats
from ssot_lint.report.model import Options, Report


def format_names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(formats.__path__)))


def render(name: str, report: Report, options: Options) -> str:
    """`report` in the format of that name (one of `format_names()`)."""
    module = importlib.import_module(f"{formats.__name__}.{name}")
    return cast("str", module.render(report, options))


def write(text: str, stream: TextIO) -> None:
    """Writes rendered text; what the stream's encoding lacks (a terminal's perhaps) is written as an escape."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
