"""Which bodies of functions can be parsed later, if anybody asks for them: told from a file's tokens.

A body can wait if nothing in it matters to what is outside of it, but what it imports. Whatever may matter is looked
for as text, so that a word in a string only makes a body be read at once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ssot_lint.facts.cache import digest
from ssot_lint.facts.model import Unread
from ssot_lint.facts.speaking import speaks_of_environment

_STRINGS = rb"""\#[^\n\r]* | '''(?:[^\\']|\\.|'(?!''))*''' | \"\"\"(?:[^\\"]|\\.|"(?!""))*\"\"\"
    | '(?:[^\\'\n\r]|\\.)*' | "(?:[^\\"\n\r]|\\.)*\""""
_TOKEN = re.compile(
    rb"(?P<open>[(\[{]) | (?P<close>[)\]}]) | (?P<line>(?:\r\n?|\n)[ \t\f]*) | \\(?:\r\n?|\n) |" + _STRINGS,
    re.VERBOSE | re.DOTALL,
)
_STRING = re.compile(_STRINGS, re.VERBOSE | re.DOTALL)
_HEADER = re.compile(rb"(?P<async>async[ \t]+)?def\b|(?P<class>class)\b")
_IMPORT = re.compile(rb"(?:from|import)\b")
_SCOPE = re.compile(rb"\b(?:def|class|lambda)\b")
_ASYNC = re.compile(rb"\basync\b")
# What is told of a whole file: generators, globals, imports for type checkers, syntax that not every Python takes, and
# what may write attributes of anything, or put modules in their places.
_TELLING_WORDS = (b"yield", b"global", b"TYPE_CHECKING", b"setattr", b"vars(", b"__dict__", b"modules[")
_TELLING = tuple(
    re.compile(form, re.MULTILINE)
    for form in (
        rb"except[ \t]*\*|except[ \t]+[^\n\r:(]*,",
        rb"^[ \t]*(?:match|type)[ \t]+[^=\s]|^[ \t]*\(?[\w.*\[\]]+\.\w+[ \t]*,[^=\n\r(]*=(?!=)",
        rb"(?:def|class)[ \t]+\w+[ \t]*\[",
        rb"\b[tT][rR]?[\"']",
        rb"[:;][ \t]*(?:from|import)\b",
        rb"for[ \t]+[\w, ()*]*\.[\w, ().]*[ \t]+in\b",
        rb"as[ \t]+\(?\w[\w.]*\.\w",
    )
)
_STORE = re.compile(rb"\.[ \t]*\w+[ \t]*(?::[^=\n\r]*)?(?:[-+*/%&|^@]|//|\*\*|>>|<<)?=(?!=)")
_OWN = re.compile(rb"(?:^|[^\w.])(?:self|cls)$")
# Since PEP 701 an f-string may hold its own quotes, and the tokens can't be told so simply.
_REUSED_QUOTES = re.compile(rb"""[fF][rR]?(["'])[^\n\r]*\{[^\n\r}]*(?:\1|\\)""")
# To parse a body by itself costs as much as so many bytes of it.
_LEAST_BYTES = 200


@dataclass
class Function:
    """A function that stands in no other. Its body is the bytes from `start` to `end`, none if it has no own line.

    `imports` are the statements of the body that import. `header` is where the function begins, `owner` where the class
    that it stands in does (-1 for none).
    """

    header: int
    indent: int
    owner: int
    is_async: bool
    start: int = 0
    end: int = 0
    imports: list[bytes] = field(default_factory=list)


def outermost_functions(source: bytes) -> list[Function]:
    """The functions of a file that stand in no other, in source order. The file must be one that Python compiles."""
    found: list[Function] = []
    classes: list[tuple[int, int]] = []
    current: Function | None = None
    for start, indent, end in _logical_lines(source):
        if current is not None and indent > current.indent:
            current.start = current.start or max(source.rfind(b"\n", 0, start), source.rfind(b"\r", 0, start)) + 1
            current.end = end
            if _IMPORT.match(source, start):
                current.imports.append(source[start:end])
            continue
        current = None
        while classes and indent <= classes[-1][0]:
            classes.pop()
        header = _HEADER.match(source, start)
        if header is not None and header["class"]:
            classes.append((indent, start))
        elif header is not None:
            owner = classes[-1][1] if classes else -1
            current = Function(start, indent, owner, header["async"] is not None)
            found.append(current)
    return found


def _logical_lines(source: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each line of Python begins behind its blanks, how far it is indented, and where it ends."""
    depth = start = indent = 0
    for token in _TOKEN.finditer(source):
        kind = token.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "line" and depth <= 0:
            end = token.start()
            if start < end and source[start] != ord("#"):
                yield start, indent, end
            start = token.end()
            blanks = token[0].lstrip(b"\r\n").rpartition(b"\f")[2]
            indent = len(blanks.expandtabs(8))
    if start < len(source) and source[start] != ord("#"):
        yield start, indent, len(source)


def can_wait(source: bytes, function: Function) -> bool:
    """Whether nothing in the body of a function matters to what is outside of it, but its imports."""
    text = source[function.start : function.end]
    if len(text) < _LEAST_BYTES or b"lambda" in source[function.header : function.start]:
        return False
    if any(word in text for word in _TELLING_WORDS) or not _is_ordinary(text, function):
        return False
    return all(
        function.owner >= 0 and _OWN.search(text[max(0, at - 5) : at])
        for at in (store.start() for store in _STORE.finditer(text))
    )


def _is_ordinary(text: bytes, function: Function) -> bool:
    """Whether the body holds no syntax that not every Python takes, and no import that hides in a line."""
    return not any(form.search(text) for form in _TELLING) and (function.is_async or not _ASYNC.search(text))


def _inner_scopes(text: bytes) -> int | None:
    """How many scopes stand in a body; None if one may stand in a string."""
    if not _SCOPE.search(text):
        return 0
    code = _STRING.sub(b'""', text)
    return len(_SCOPE.findall(code)) if code.count(b"lambda") == text.count(b"lambda") else None


def _is_hard_to_tell(source: bytes) -> bool:
    """Whether strings may hold their own quotes."""
    return sys.version_info >= (3, 12) and _REUSED_QUOTES.search(source) is not None


def outline(source: bytes, functions: list[Function]) -> tuple[bytes, dict[int, Unread]]:
    """The file with no more of each body that can wait than what it imports, and these bodies.

    The bodies are by the number of their function, from 1. Nothing waits where strings may hold their own quotes.
    """
    if _is_hard_to_tell(source):
        return source, {}
    is_spoken_of = speaks_of_environment(source)
    unread: dict[int, Unread] = {}
    pieces: list[bytes] = []
    behind = 0
    for number, function in enumerate(functions, 1):
        text = source[function.start : function.end]
        reads = is_spoken_of and speaks_of_environment(text)
        inner = _inner_scopes(text) if not reads and can_wait(source, function) else None
        if inner is not None:
            unread[number] = Unread(0, inner, function.start, function.end, digest(text), 0)
            blanks = text[: len(text) - len(text.lstrip(b" \t\f"))]
            imports = [blanks + each for each in function.imports or [b"pass"]]
            pieces += [source[behind : function.start], b"\n".join(imports)]
            behind = function.end
    return b"".join([*pieces, source[behind:]]), unread


def hollow(source: bytes, functions: list[Function], kept: Collection[int]) -> bytes:
    """The file with the bodies emptied of all functions but those of these numbers, from 1, where they can be.

    All that is left stands where it stood, and what such a body ends, a function or a class, ends where it did.
    """
    pieces: list[bytes] = []
    behind = 0
    for number, function in enumerate(functions if not _is_hard_to_tell(source) else (), 1):
        body = source[function.start : function.end]
        filling = _filling(body) if len(body) >= _LEAST_BYTES and number not in kept else None
        if filling is not None and _is_ordinary(body, function):
            pieces += [source[behind : function.start], filling]
            behind = function.end
    return b"".join([*pieces, source[behind:]])


def _filling(body: bytes) -> bytes | None:
    """A body of nothing, as many lines long, that ends in the same column; None where that can't be told."""
    lines = body.splitlines()
    blanks = lines[0][: len(lines[0]) - len(lines[0].lstrip(b" \t"))]
    last = lines[-1]
    if not last.isascii() or b"#" in last or last[-1:].isspace() or len(last) <= len(blanks):
        return None
    return b"\n" * (len(lines) - 1) + blanks + b"x" * (len(last) - len(blanks))
