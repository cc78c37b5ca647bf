"""From findings that can be mended to the files as they would be, and what could not be mended and why."""

from __future__ import annotations

import difflib
import importlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ssot_lint import fixes
from ssot_lint.facts.deep import run_deep
from ssot_lint.files import write_atomically
from ssot_lint.findings import Finding
from ssot_lint.fixes.definitions import Definitions
from ssot_lint.fixes.module import EditedModule, Refused
from ssot_lint.project.model import Project, Source
from ssot_lint.settings.redaction import Redaction

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class FixedFile:
    """A file as it is and as it would be."""

    path: str
    before: bytes
    after: bytes


@dataclass
class Plan:
    """What fixing would do: files in the order of their paths, findings in the order in which they were given."""

    files: list[FixedFile] = field(default_factory=list)
    fixed: list[Finding] = field(default_factory=list)
    refused: list[tuple[Finding, str]] = field(default_factory=list)


def plan_fixes(findings: Iterable[Finding], project: Project, *, unsafe: bool) -> Plan:
    """Works out the fixes of those findings that have one (with `unsafe`, the unsafe ones too); writes nothing.

    Raises `OSError` where a file can't be read any more.
    """
    by_module: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        edit = finding.violation.fix
        if edit is not None and (edit.safe or unsafe):
            by_module[edit.place.module].append(finding)
    plan = Plan()
    definitions = Definitions(project)
    for source in sorted((project.modules[name] for name in by_module), key=lambda source: source.path):
        _plan_file(by_module[source.name], source, definitions, plan, unsafe=unsafe)
    return plan


def write_fixes(plan: Plan, project: Project) -> None:
    """Writes the fixed files, each whole or not at all. Raises `OSError`."""
    for file in plan.files:
        write_atomically(project.root / file.path, file.after)


def diff(plan: Plan) -> str:
    """The changes as a unified diff, with stars for secrets; bytes that are not UTF-8 are shown as escapes."""
    return "".join(line for file in plan.files for line in _diff(file))


def _plan_file(findings: list[Finding], source: Source, definitions: Definitions, plan: Plan, *, unsafe: bool) -> None:
    before = definitions.project.read(source)
    try:
        after, refusals = run_deep(lambda: _fix(findings, EditedModule(source, before, unsafe=unsafe), definitions))
    except (Refused, RecursionError) as error:
        why = str(error) if isinstance(error, Refused) else "the file is nested too deeply"
        after, refusals = before, [why] * len(findings)
    for finding, refusal in zip(findings, refusals, strict=True):
        if refusal:
            plan.refused.append((finding, refusal))
        else:
            plan.fixed.append(finding)
    if after != before:
        plan.files.append(FixedFile(source.path, before, after))


def _fix(findings: list[Finding], module: EditedModule, definitions: Definitions) -> tuple[bytes, list[str]]:
    """The fixed file, and for each finding why it is not fixed there, or an empty text."""
    refusals = [_refusal(finding, module, definitions) for finding in findings]
    return module.content(definitions), refusals


def _refusal(finding: Finding, module: EditedModule, definitions: Definitions) -> str:
    edit = finding.violation.fix
    if edit is None:
        return "it has no fix"
    try:
        rewriting = importlib.import_module(f"{fixes.__name__}.{edit.rewrite}")
        rewriting.rewrite(edit, finding.violation.target, module, definitions)
    except Refused as refusal:
        return str(refusal)
    return ""


def _diff(file: FixedFile) -> Iterator[str]:
    before, after = (
        _LINE.findall(Redaction(content.decode("utf-8", "backslashreplace")).whole())
        for content in (file.before, file.after)
    )
    for line in difflib.unified_diff(before, after, f"a/{file.path}", f"b/{file.path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
