"""Imports that leave out the package above: `from app.core import x` where the program is `backend.app`.

Such a name could be that of something installed, and the directory could be one that Python looks into. Nothing is said
where anything speaks for that: a dependency of the name, a path that code or files of the deployment set, or as many
other imports that are written so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.checks.library_names import Imported
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.facts.model import Attribute, Name
from ssot_lint.facts.nested import walk
from ssot_lint.project.model import Project

_STARTING = re.compile(
    r"(.*/)?(Dockerfile|Containerfile|Procfile|Makefile|justfile|.*\.(dockerfile|sh|env|toml|cfg|ini|ya?ml|json|service))"
    r"|(.*/)?\.env[\w.]*|(.*/)?(Dockerfile|Procfile)\.[\w.-]+",
    re.IGNORECASE,
)
# For one import that leaves it out, so many modules name the package above.
_OTHERS = 3


def shortened(start: Start, imports: list[Imported]) -> Iterator[tuple[Reached, str]]:
    """Each import that the start runs of a module that has another name, and what that is."""
    judged: dict[tuple[str, str], bool] = {}
    for place, module, name in imports:
        above, first = place.node.module.partition(".")[0], module.partition(".")[0]
        is_whole = not name and "." in module and above != place.node.module
        if is_whole and _is_below(start, place, f"{above}.{module}", first):
            if (above, first) not in judged:
                judged[above, first] = _is_left_out(start, above, first)
            if judged[above, first]:
                yield place, f"there is no module `{first}`: it is `{above}.{module}`"


def _is_below(start: Start, place: Reached, meant: str, first: str) -> bool:
    """Whether the project has such a module, other than the importing one, and none by the shorter name."""
    bindings = start.bindings
    return meant != place.node.module and bindings.is_module(meant) and not bindings.is_module(first)


def _is_left_out(start: Start, above: str, first: str) -> bool:
    """Whether a package is known by its whole name, and nothing lets Python find it by the shorter one."""
    loaded = start.context.library.loaded
    imports = {module: {each.module for each in facts.imports if not each.level} for module, facts in loaded.items()}
    shorter = sum(any(f"{each}.".startswith(f"{first}.") for each in names) for names in imports.values())
    whole = sum(any(f"{each}.".startswith(f"{above}.{first}.") for each in names) for names in imports.values())
    if whole < _OTHERS * shorter or start.bindings.generated.is_dependency(first):
        return False
    return not (_changes_path(start) or _starts_inside(start.context.project, above))


def _changes_path(start: Start) -> bool:
    """Whether any code speaks of `sys.path`."""
    return any(
        isinstance(node, Attribute) and node.name == "path" and isinstance(node.value, Name) and node.value.id == "sys"
        for _, _, scope in start.bindings.scopes_with("sys")
        for node in walk(scope.read())
    )


def _starts_inside(project: Project, above: str) -> bool:
    """Whether a file of the deployment tells Python where to look, or works in the directory of the package."""
    inside = re.compile(
        rf"pythonpath|app[-_]dir|chdir|\bcd\s|(workdir|working.dir\w*)\W+\S*\b{re.escape(above)}\b", re.IGNORECASE
    )
    for path in project.others:
        if _STARTING.fullmatch(path):
            try:
                text = (project.root / path).read_text("utf-8", "replace")
            except OSError:
                return True
            if inside.search(text):
                return True
    return False
