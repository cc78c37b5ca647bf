"""What a module can't do without where it is run as a script, by itself."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.facts.library import Library
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.findings import Site
from ssot_lint.project.model import Project
from ssot_lint.settings.outside import is_platform
from ssot_lint.settings.reads.indexes import Indexes
from ssot_lint.settings.reads.scan import code_settings

_LOADING = (b"dotenv", b"read_env", b"EnvironmentFile", b"add_argument")
"""What may take values from a file, and what leaves it to arguments whether something is asked for."""
_ALWAYS_RUN = "main"


def needed_by(project: Project, library: Library, path: str) -> Iterator[tuple[str, Site]]:
    """The variables that the body of the module at a path, or its `main`, stops without, each with its first place.

    What is only read where an option asks for it, or may come from a file, is left out.
    """
    source = next((each for each in project.modules.values() if each.path == path), None)
    facts = library.get(source.name) if source is not None else None
    if source is None or not isinstance(facts, ModuleFacts):
        return
    content = library.content(source.name)
    if any(word in content for word in _LOADING):
        return
    indexes = Indexes({source.name: (source, facts)}, library.content)
    seen: set[str] = set()
    for each in code_settings(indexes).settings:
        runs = each.at_import or each.group == _ALWAYS_RUN
        is_needed = each.need == "required" and runs and not each.is_pattern and not each.never_in
        if is_needed and not is_platform(each.name) and each.name not in seen and isinstance(each.place, Site):
            seen.add(each.name)
            yield each.name, each.place
    indexes.let_go()
