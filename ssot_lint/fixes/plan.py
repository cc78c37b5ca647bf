"""From findings that can be mended to the files as they would be, and what could not be mended and why."""

from __future__ import annotations

import difflib
import importlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ssot_lint import fixes
from ssot_lint.facts.deep import run_deep
from ssot_lint.files import write_atomically
from ssot_lint.findings import Edit, Finding
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
    """Works out the fixes of those findings that have one (with `unsafe`, also where it may not be right).

    Writes nothing. Raises `OSError` where a file can't be read any more.
    """
    plan = Plan()
    definitions = Definitions(project)
    for source, there in _by_file(findings, project):
        before, after, refusals = _tried(there, source, definitions, unsafe=unsafe, writes=True)
        for finding, refusal in zip(there, refusals, strict=True):
            if refusal:
                plan.refused.append((finding, refusal))
            else:
                plan.fixed.append(finding)
        if after != before:
            plan.files.append(FixedFile(source.path, before, after))
    return plan


def with_outcomes(findings: Iterable[Finding], project: Project) -> list[Finding]:
    """The findings, with what would come of their fixes: whether they are safe, and why they can't be made.

    Raises `OSError` where a file can't be read any more.
    """
    found = list(findings)
    outcomes: dict[int, Edit] = {}
    definitions = Definitions(project)
    for source, there in _by_file(found, project):
        _, _, refusals = _tried(there, source, definitions, unsafe=False, writes=False)
        if any(refusals):
            _, _, at_all = _tried(there, source, definitions, unsafe=True, writes=False)
            for finding, refusal, why in zip(there, refusals, at_all, strict=True):
                if refusal and finding.violation.fix is not None:
                    outcomes[id(finding)] = replace(finding.violation.fix, safe=False, refused=why)
    return [
        replace(each, violation=replace(each.violation, fix=outcomes[id(each)])) if id(each) in outcomes else each
        for each in found
    ]


def write_fixes(plan: Plan, project: Project) -> None:
    """Writes the fixed files, each whole or not at all. Raises `OSError`."""
    for file in plan.files:
        write_atomically(project.root / file.path, file.after)


def diff(plan: Plan) -> str:
    """The changes as a unified diff, with stars for secrets; bytes that are not UTF-8 are shown as escapes."""
    return "".join(line for file in plan.files for line in _diff(file))


def _by_file(findings: Iterable[Finding], project: Project) -> list[tuple[Source, list[Finding]]]:
    """The findings that have a fix, by the file that it changes; files in the order of their paths."""
    by_module: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.violation.fix is not None:
            by_module[finding.violation.fix.place.module].append(finding)
    files = [(project.modules[name], there) for name, there in by_module.items()]
    return sorted(files, key=lambda file: file[0].path)


def _tried(
    findings: list[Finding], source: Source, definitions: Definitions, *, unsafe: bool, writes: bool
) -> tuple[bytes, bytes, list[str]]:
    """A file as it is and, if `writes`, as it would be; for each finding why it is not fixed, or an empty text."""
    before = definitions.project.read(source)

    def tried() -> tuple[bytes, bytes, list[str]]:
        module = EditedModule(source, before, unsafe=unsafe)
        refusals = [_refusal(finding, module, definitions) for finding in findings]
        return before, module.content(definitions) if writes else before, refusals

    try:
        return run_deep(tried)
    except (Refused, RecursionError) as error:
        why = str(error) if isinstance(error, Refused) else "the file is nested too deeply"
        return before, before, [why] * len(findings)


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
