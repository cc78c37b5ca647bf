"""Which names a project mentions anywhere: a name that nothing mentions is read by nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from ssot_lint.project.model import Project

_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]{2,}")
_DEFINING = (".env", ".tf", ".tofu", ".md", ".rst", ".txt", ".lock")


def mentioned(project: Project, names: Iterable[str], defining: Collection[str]) -> set[str]:
    """Those of `names` that some file mentions, as they are or as the field of a settings class may be written.

    Args:
        project: the files.
        names: names of settings.
        defining: the paths of the files that define them; what they say does not count.
    """
    wanted: dict[bytes, set[str]] = {}
    for name in names:
        for form in _forms(name):
            wanted.setdefault(form.encode(), set()).add(name)
    found: set[str] = set()
    for path in (*(source.path for source in project.modules.values()), *project.others):
        file = path.rsplit("/", 1)[-1]
        if path in defining or file.endswith(_DEFINING) or file.startswith(".env"):
            continue
        try:
            content = (project.root / path).read_bytes()
        except OSError:
            continue  # Others tell of files that can't be read.
        for word in set(_WORD.findall(content)) & wanted.keys():
            found |= wanted[word]
    return found


def _forms(name: str) -> set[str]:
    """`APP_DB_URL`, and `app_db_url`, `db_url` as a field behind a prefix has it; one word alone says too little."""
    words = name.lower().split("_")
    fields = {"_".join(words[start:]) for start in range(len(words) - 1)}
    return {name, *fields}
