"""Which names a project mentions anywhere: a name that nothing mentions is read by nothing, and declared by nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

from ssot_lint.project.entry_points.command_files import compose
from ssot_lint.project.model import Project
from ssot_lint.settings.files import stands_aside

_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]{2,}")
_USED = re.compile(rb"\$[{(]?!?[A-Za-z_][A-Za-z0-9_]*")
"""A variable as shells, compose and Make take it: that it is taken gives it to nobody."""
_EXPORTED = re.compile(rb"export[ \t]+([A-Z_][A-Z0-9_]*)\b|\$\{([A-Z_][A-Z0-9_]*):=")
_ANY_FILE = re.compile(rb"[}$*]\.env\b|\.env\.[{$*]|\.env\.[\"']|\$\w+\.env\b|%s\.env\b|[\"']\.env[\"'] *%")
_SCRIPTS = (".sh", ".bash", ".zsh", "Makefile", ".mk", "justfile")
_DEPLOYING = re.compile(
    rb"\b(?:docker|podman|gcloud|kubectl|helm|kustomize|terraform|aws|az|fly|flyctl|heroku|ansible\w*|ssh|scp|rsync)\b"
)
_STARTING = re.compile(rb"^\s*(?:CMD|ENTRYPOINT)\b", re.MULTILINE | re.IGNORECASE)
_TAKING = re.compile(rb"access_secret_version|get_secret_value\(\s*\w*SecretId|SecretManagerServiceClient|hvac\.Client")
_FARTHEST = 16 * 2**20
_FEW = 200
_PROSE = (".md", ".rst", ".txt", ".lock")
_DEFINING = (".env", ".tf", ".tofu", *_PROSE)


def may_be_read(
    project: Project,
    names: Iterable[str],
    defining: Collection[str],
    given: Mapping[tuple[str, str], int],
    *,
    as_fields: bool = True,
) -> set[str]:
    """Those of `names` that some file mentions, as they are or, `as_fields`, as a settings class may write them.

    What the files at the paths `defining` say does not count: they define the names. Of a file that gives a name to a
    service as often as it mentions it, by path and name in `given`, no mention counts either.
    """
    paths = (*(source.path for source in project.modules.values()), *project.others)
    reading = [path for path in paths if path not in defining and not _defines(path)]
    return _mentioned(project, names, reading, _forms if as_fields else _itself, given=given)


def may_be_declared(
    project: Project,
    names: Iterable[str],
    taking: Collection[str] = (),
    given: Mapping[tuple[str, str], int] = MappingProxyType({}),
) -> set[str]:
    """Those of `names` that some file which is no code of the project mentions: a chart or a template, for instance.

    What the files `taking` say does not count, nor what a file says no more often than `given` tells by path and name.
    """
    declaring = [
        path for path in project.others if not path.endswith(_PROSE) and not stands_aside(path) and path not in taking
    ]
    return _mentioned(project, names, declaring, _itself, but=_USED, given=given)


def exported(project: Project, names: Iterable[str]) -> set[str]:
    """Those of `names` that some script, or a command in a manifest, exports before the program starts."""
    wanted = {name.encode(): name for name in names}
    found: set[str] = set()
    for path in project.others if wanted else ():
        if not path.endswith(_PROSE) and not stands_aside(path):
            given = {name for names in _EXPORTED.findall(_content(project, path)) for name in names}
            found.update(wanted[name] for name in given & wanted.keys())
    return found


def speaks_of(project: Project, text: str, but: str) -> bool:
    """Whether any file but the one at that path, tests and prose left out, has a text, such as the id of a secret."""
    sign = re.compile(rb"(?<![A-Za-z0-9_-])%s(?![A-Za-z0-9_])" % re.escape(text.encode()))
    paths = (*(source.path for source in project.modules.values()), *project.others)
    wanted = (path for path in paths if path != but and not path.endswith(_PROSE) and not stands_aside(path))
    return any(sign.search(_content(project, path)) for path in wanted)


def imports_from(project: Project, path: str, other: str) -> bool:
    """Whether a Python file has an import statement that names another one, or its folder."""
    parts = other.removesuffix(".py").removesuffix("/__init__").split("/")[-2:]
    named = rb"^\s*(?:from|import)\b.*\b(?:%s)\b" % b"|".join(re.escape(part.encode()) for part in parts)
    return path.endswith(".py") and re.search(named, _content(project, path), re.MULTILINE) is not None


def loads_from_store(project: Project) -> bool:
    """Whether code of the project takes the values of secrets from a store by itself."""
    return any(_TAKING.search(_content(project, source.path)) for source in project.modules.values())


def loaded(project: Project, paths: Iterable[str]) -> frozenset[str]:
    """Those of these environment files that code, a script or a manifest names, or may name (`f"{stage}.env"`).

    Where images say how the program starts, a script that deploys nothing and that nothing else runs is there for
    whoever starts it by hand. What a compose file or Kustomize names comes to its own services alone.
    """
    names = {path: path.rpartition("/")[2].encode() for path in paths}
    found: set[str] = set()
    reading = (*(source.path for source in project.modules.values()), *project.others)
    for path in reading if names else ():
        is_silent = path.endswith((*_PROSE, "ssot-lint.toml")) or path in names or _hands_to_its_own(path)
        if not is_silent and not stands_aside(path):
            content = _content(project, path)
            if b".env" in content and not _is_by_hand(project, path, content):
                anyone = _ANY_FILE.search(content) is not None
                found.update(each for each, name in names.items() if anyone or name in content)
    return frozenset(found)


def _hands_to_its_own(path: str) -> bool:
    return compose.recognizes(path) or path.endswith(("kustomization.yaml", "kustomization.yml"))


def _is_by_hand(project: Project, path: str, content: bytes) -> bool:
    """Whether a file is a script that only people start."""
    if not path.endswith(_SCRIPTS) or _DEPLOYING.search(content):
        return False
    name = path.rpartition("/")[2].encode()
    others = [other for other in project.others if not other.endswith(_SCRIPTS) and not _defines(other)]
    starts = any("dockerfile" in other.lower() and _STARTING.search(_content(project, other)) for other in others)
    return starts and not any(name in _content(project, other) for other in others)


def _content(project: Project, path: str) -> bytes:
    try:
        with (project.root / path).open("rb") as file:
            return file.read(_FARTHEST)
    except OSError:
        return b""  # Others tell of files that can't be read.


def _mentioned(
    project: Project,
    names: Iterable[str],
    paths: Iterable[str],
    forms: Callable[[str], set[str]],
    *,
    but: re.Pattern[bytes] | None = None,
    given: Mapping[tuple[str, str], int] = MappingProxyType({}),
) -> set[str]:
    """Those of `names` of which some file has a form, leaving out what `but` finds in it, and what it only gives."""
    wanted: dict[bytes, set[str]] = {}
    for name in names:
        for form in forms(name):
            wanted.setdefault(form.encode(), set()).add(name)
    found: set[str] = set()
    for path in paths if wanted else ():
        content = _content(project, path)
        words = _words_in(content, wanted.keys())
        if words and but is not None:
            words = _words_in(but.sub(b"", content), words)
        for word in words:
            found |= {name for name in wanted[word] if not _only_gives(content, word, given.get((path, name), 0))}
    return found


def _only_gives(content: bytes, word: bytes, times: int) -> bool:
    return times > 0 and len(re.findall(rb"\b%s\b" % re.escape(word), content)) <= times


def _words_in(content: bytes, wanted: Collection[bytes]) -> Collection[bytes]:
    """The wanted words that a text has. To look for a few of them is quicker than to make words of all that it has."""
    if len(wanted) <= _FEW:
        wanted = [word for word in wanted if word in content]
    return set(_WORD.findall(content)).intersection(wanted) if wanted else ()


def _defines(path: str) -> bool:
    is_of_tests = compose.recognizes(path) and stands_aside(path)
    return path.endswith(_DEFINING) or path.rsplit("/", 1)[-1].startswith(".env") or is_of_tests


def _itself(name: str) -> set[str]:
    return {name}


def _forms(name: str) -> set[str]:
    """`APP_DB_URL`, and `app_db_url`, `db_url` as a field behind a prefix has it; one word alone says too little."""
    words = name.lower().split("_")
    fields = {"_".join(words[start:]) for start in range(len(words) - 1)}
    return {name, *fields}
