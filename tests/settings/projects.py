"""Small projects on disk, and what is found in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ssot_lint.checks.registry import rules
from ssot_lint.findings import Span, Violation
from ssot_lint.locate import Places
from ssot_lint.run import Request, Run
from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Setting, Settings
from ssot_lint.settings.readers import readers


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Writes the files below `root`, which becomes a project."""
    for name, text in {"pyproject.toml": '[project]\nname = "x"\n', **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return root


def settings_of(root: Path) -> Settings:
    """The settings of a project."""
    with Run(Request((root,), no_cache=True, jobs=1)) as run:
        return run.context.settings


def violations(root: Path, code: str) -> list[tuple[Violation, Span]]:
    """What one rule says of a project, with places as lines."""
    with Run(Request((root,), no_cache=True, jobs=1)) as run:
        found = list(rules()[code]().check(run.context))
        places = Places(run.project)
        return [(violation, places.span(violation.place)) for violation in found]


def said(root: Path, code: str) -> list[str]:
    """What one rule says, as `level path:line message`, sorted."""
    return sorted(
        f"{violation.level} {span.path}:{span.line} {violation.message}" for violation, span in violations(root, code)
    )


def read(kind: str, path: str, text: str, *, symbol: str = "", source: str = "") -> list[Setting]:
    """What a reader gives for a text."""
    return list(readers()[kind].read(Document(path, text, source=source, symbol=symbol)))


def short(settings: list[Setting]) -> list[tuple[str, str, str, int]]:
    """(role, name, state or secret id, line) of each."""
    return [(each.role, each.name, each.secret or each.value_state, each.line) for each in settings]
