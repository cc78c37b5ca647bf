"""A project on disk whose sites tests can name by the text that stands there."""

from __future__ import annotations

import re
from pathlib import Path

from ssot_lint.facts.extract import extract
from ssot_lint.facts.locate import Location, locate
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.findings import Site, Violation
from ssot_lint.project.model import Project, Source

NAMES = {"SSOT101": "call-without-context", "SSOT107": "forbidden-call", "SSOT902": "unused-suppression"}


def project(root: Path, **files: str) -> Project:
    """Modules by name, written below `root`."""
    for name, text in files.items():
        (root / f"{name}.py").write_text(text, encoding="utf-8", newline="")
    return Project(root, (".",), {name: Source(name, f"{name}.py", is_package=False) for name in files}, frozenset())


def facts_of(place: Project) -> dict[str, ModuleFacts]:
    """The facts of all modules."""
    facts = {name: extract(place.read(source)) for name, source in place.modules.items()}
    return {name: module for name, module in facts.items() if isinstance(module, ModuleFacts)}


def sites(place: Project, module: str, text: str) -> list[Site]:
    """The sites in a module that span exactly `text`, in source order."""
    source = place.read(place.modules[module])
    lines = re.split(r"\r\n?|\n", source.decode())
    return [Site(module, at) for at, location in locate(source).items() if _text(lines, location) == text]


def _text(lines: list[str], place: Location) -> str:
    spanned = lines[place.line - 1 : place.end_line]
    shown = "\n".join(spanned)
    return shown[place.column - 1 : len(shown) - len(spanned[-1]) + place.end_column - 1]


def violation(site: Site, code: str = "SSOT101", message: str = "called bare", function: str = "") -> Violation:
    return Violation(code, "error", message, site, phase="startup", function=function, target="m.call")
