"""Breaks a copy of a program, lints it, and says whether the fault is among what is new."""

from __future__ import annotations

import ast
import random
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.seeded.faults import Fault, Kind
from benchmarks.seeded.files import Edit, Files
from benchmarks.seeded.reached import Start
from ssot_lint.check import CheckOptions, check
from ssot_lint.findings import Finding
from ssot_lint.locate import Places
from ssot_lint.run import Request, Run

_CODES = ("SSOT101", "SSOT102", "SSOT103", "SSOT11", "SSOT901")
_KEPT_SUFFIXES = (".py", ".toml", ".cfg", ".ini", ".in", ".txt", ".yml", ".yaml")
_SEED = 20


class Verdict(NamedTuple):
    """What became of one fault: the level at which it was found, empty where it was missed, and what else is new."""

    kind: str
    fault: Fault
    level: str
    beside: list[str]


class Trial:
    """A copy of a program with the linter beside it."""

    def __init__(self, project: Path, directory: Path, entry_points: Sequence[str]) -> None:
        self._root = directory / project.name
        _copy(project, self._root)
        self._linter = _Linter(self._root, directory / "cache", entry_points)

    def choose(self, kinds: Mapping[str, Kind], each: int) -> Iterator[tuple[str, Fault]]:
        """Some faults of each kind."""
        start = self._linter.start()
        for name, make in kinds.items():
            faults = [fault for fault in make(start) if _changed(self._root, fault)]
            random.Random(f"{_SEED} {name}").shuffle(faults)  # noqa: S311
            yield from ((name, fault) for fault in faults[:each])

    def judge(self, chosen: Iterable[tuple[str, Fault]]) -> Iterator[Verdict]:
        """What becomes of faults."""
        before = self._linter.findings()
        for name, fault in chosen:
            verdict = _verdict(name, fault, self._linter.broken(_changed(self._root, fault)), before)
            print(f"{verdict.level or 'MISSED':8} {name}: {fault.where} `{fault.word}`", *verdict.beside, sep="\n    ")
            yield verdict


def _verdict(name: str, fault: Fault, after: Sequence[Finding], before: set[str]) -> Verdict:
    new = [finding for finding in after if _key(finding) not in before]
    found = [each for each in new if each.code in fault.codes and fault.word in each.violation.message]
    levels = sorted({each.violation.level for each in found if each.violation.level != "note"})
    beside = [f"{each.violation.level} {_key(each)}" for each in new if each not in found]
    return Verdict(name, fault, levels[0] if levels else "", beside)


def _key(finding: Finding) -> str:
    """A finding whatever its line, which a fault may move."""
    return f"{finding.code} {finding.span.path} {finding.violation.function} {finding.violation.message}"


def _changed(root: Path, fault: Fault) -> dict[Path, str | None]:
    """The files that a fault changes with their new texts; none where they are no Python then, unless that is it."""
    changed: dict[Path, str | None] = {root / path: text for path, text in fault.files}
    for path in dict.fromkeys(edit.path for edit in fault.edits):
        text = (root / path).read_text(encoding="ascii")
        for edit in sorted({edit for edit in fault.edits if edit.path == path}, key=_start, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        if _is_python(text) is (fault.codes == ("SSOT901",)):
            return {}
        changed[root / path] = text
    if fault.config:
        changed[root / "ssot-lint.toml"] = fault.config
    return changed


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _start(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _copy(project: Path, root: Path) -> None:
    for path in project.rglob("*"):
        if path.is_file() and (path.suffix in _KEPT_SUFFIXES or path.name.startswith(("Dockerfile", "entry_points"))):
            target = root / path.relative_to(project)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


class _Linter:
    """The linter over one copy, with facts kept between runs."""

    def __init__(self, root: Path, cache: Path, entry_points: Sequence[str]) -> None:
        self._root = root
        self._request = Request((root,), entry_points=tuple(entry_points), cache_dir=cache, jobs=1)

    def start(self) -> Start:
        with Run(self._request) as run:
            return Start(run.context.graph, Files(run.project), Places(run.project, run.cache))

    def findings(self) -> set[str]:
        return {_key(finding) for finding in self._check()}

    def broken(self, changed: Mapping[Path, str | None]) -> Sequence[Finding]:
        """What is found while some files are changed."""
        kept = {path: path.read_bytes() if path.exists() else None for path in changed}
        try:
            for path, text in changed.items():
                _write(path, text.encode() if text is not None else None)
            return self._check()
        finally:
            for path, content in kept.items():
                _write(path, content)

    def _check(self) -> Sequence[Finding]:
        with Run(self._request) as run:
            return check(run, CheckOptions(select=_CODES)).findings


def _write(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
