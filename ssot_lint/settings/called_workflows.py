"""Workflows of GitHub that others of the project call, held against what those calls give them.

https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ssot_lint.findings import Span
from ssot_lint.project.model import Project
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.files import text_of
from ssot_lint.settings.yaml_tree import Node, YamlError, walk

_PATH = re.compile(r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$")
_USED = re.compile(r"\bsecrets\.([A-Za-z_]\w*)")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_INPUT = re.compile(r"(?<![\w.-])inputs\.([A-Za-z_][\w-]*)")
_OUTPUT = re.compile(r"(?<![\w.-])needs\.([\w-]+)\.outputs\.([\w-]+)")
_LOCAL = "./"
_PROVIDED = frozenset({"GITHUB_TOKEN"})


Workflow: TypeAlias = tuple[Document, Node]
"""A file, and what it holds."""


@dataclass(frozen=True)
class Call:
    """A job that calls a workflow: what that can't do without and is not given, and what it is given and does not take.

    `taken` is where the called workflow says what it takes.
    """

    place: Span
    taken: Span
    path: str
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Unknown:
    """What a workflow uses of its inputs (`inputs.x`) or of the outputs of a job, and there is no such.

    `taken` is where it says what there is.
    """

    place: Span
    taken: Span
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Called:
    document: Document
    node: Node
    secrets: dict[str, bool]
    inputs: dict[str, bool]
    used: frozenset[str]


def calls(workflows: Sequence[Workflow]) -> Iterator[Call]:
    """The calls that do not agree with the workflow that they call. One that hands over all its secrets gives any."""
    called = {f"{_LOCAL}{document.path}": found for document, root in workflows if (found := _called(document, root))}
    for document, root in workflows if called else ():
        jobs = root.get("jobs")
        for name, job in jobs.fields() if jobs else ():
            target = called.get(job.text_of("uses"))
            if target is not None and (fault := _fault(document, name, job, target)) is not None:
                yield fault


def unknown(workflows: Iterable[Workflow]) -> Iterator[Unknown]:
    """What workflows use of their inputs and of outputs of their jobs, and none such is declared: it is empty."""
    for document, root in workflows:
        taken: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        known = _known(root)
        for node in walk(root):
            for name in _used(node.text or ""):
                group, _, last = name.rpartition(".")
                around = known.get(group)
                if around is not None and last.lower() not in {(key.text or "").lower() for key, _ in around.pairs}:
                    line = document.line_of(name, node.line, node.line + (node.text or "").count("\n") + 1)
                    taken[around.line].append((name, line))
        for line, found in taken.items():
            name, first = min(found, key=lambda each: each[1])
            names = tuple(dict.fromkeys(each for each, _ in found))
            yield Unknown(document.span(first, name), document.span(line), names)


def _used(text: str) -> Iterator[str]:
    """`inputs.x` and `needs.job.outputs.x` in the expressions of a text."""
    for expression in _EXPRESSION.findall(text):
        yield from (f"inputs.{name}" for name in _INPUT.findall(expression))
        yield from (f"needs.{job}.outputs.{name}" for job, name in _OUTPUT.findall(expression))


def _known(root: Node) -> dict[str, Node]:
    """What says which inputs and outputs there are, by what stands before their names."""
    found = {}
    inputs = [node for each in ("workflow_call", "workflow_dispatch") if (node := root.get("on", each, "inputs"))]
    if len(inputs) == 1:
        found["inputs"] = inputs[0]
    jobs = root.get("jobs")
    for name, job in jobs.fields() if jobs else ():
        outputs = job.get("outputs")
        if outputs is not None and job.get("uses") is None:
            found[f"needs.{name.text}.outputs"] = outputs
    return found


def workflows_of(project: Project) -> Iterator[Workflow]:
    """The workflows of a project that can be read."""
    for path in project.others:
        if _PATH.search(path):
            try:
                document = Document(path, text_of(project, path))
                yield from ((document, root) for root in document.yaml[:1])
            except (UnreadableError, YamlError):
                continue  # its reader tells of it


def _called(document: Document, root: Node) -> _Called | None:
    node = root.get("on", "workflow_call")
    if node is None:
        return None
    used = frozenset(_USED.findall(document.text)) - _PROVIDED
    jobs = root.get("jobs")
    if any(job.get("environment") for _, job in (jobs.fields() if jobs else ())):
        used = frozenset()  # an environment may have them
    return _Called(document, node, dict(_taken(node, "secrets")), dict(_taken(node, "inputs")), used)


def _taken(node: Node, kind: str) -> Iterator[tuple[str, bool]]:
    """The secrets or inputs that a workflow takes, and whether it can't do without."""
    taken = node.get(kind)
    for key, value in taken.fields() if taken else ():
        yield key.text or "", value.text_of("required") == "true" and value.get("default") is None


def _fault(document: Document, name: Node, job: Node, target: _Called) -> Call | None:
    given: defaultdict[str, set[str]] = defaultdict(set)
    for kind in ("secrets", "with"):
        node = job.get(kind)
        given[kind] = {key.text or "" for key, _ in (node.fields() if node else ())}
    missing = _lacking(target.inputs, given["with"])
    unknown = given["with"] - target.inputs.keys()
    if job.text_of("secrets") != "inherit":
        # What it uses and does not say that it takes is empty there.
        missing += _lacking(target.secrets, given["secrets"])
        missing += sorted(target.used - target.secrets.keys())
        unknown |= given["secrets"] - target.secrets.keys()
    if not missing and not unknown:
        return None
    taken = target.document.span(target.node.line)
    place = document.span(name.line, name.text or "")
    return Call(place, taken, target.document.path, tuple(dict.fromkeys(missing)), tuple(sorted(unknown)))


def _lacking(taken: dict[str, bool], given: Iterable[str]) -> list[str]:
    return [name for name, is_required in taken.items() if is_required and name not in given]
