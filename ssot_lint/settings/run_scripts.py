"""Scripts of the project that steps of workflows run, held against the variables that those steps give them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssot_lint.findings import Site, Span
from ssot_lint.project.model import Project
from ssot_lint.settings.called_workflows import Workflow
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.files import text_of
from ssot_lint.settings.outside import is_platform
from ssot_lint.settings.shell import commands, parsed
from ssot_lint.settings.shell_branches import program_of
from ssot_lint.settings.shell_branches import text_of as covered
from ssot_lint.settings.yaml_tree import Node

if TYPE_CHECKING:
    from tree_sitter import Node as ShellNode

_SHELLS = frozenset({"bash", "sh", "zsh"})
_PYTHON = re.compile(r"python[\d.]*")
_RUNNING = (["uv", "run"], ["poetry", "run"], ["pipenv", "run"], ["pdm", "run"])
_SCRIPT = re.compile(r"[\w./-]+\.(?:sh|bash|py)")
_ENDING = re.compile(r"\.(?:sh|bash|py)\b")
_NAME = re.compile(r"[A-Z][A-Z0-9_]+")
_STRICT = re.compile(r"^\s*set\s+-[a-z]*u|^#!.*\s-[a-z]*u|^\s*set\s+(?:-\S+\s+)*-o\s+nounset", re.MULTILINE)
# https://docs.github.com/en/actions/reference/workflows-and-actions/variables
_OF_RUNNERS = re.compile(
    r"(?:GITHUB|RUNNER|ACTIONS|BASH|LC|AGENT|JAVA|ANDROID|NODE|GO|PIPX|CONDA|HOMEBREW|AWS|GOOGLE|GCP|GCLOUD|CLOUDSDK|AZURE)_\w+"
    r"|CI|HOME|PATH|PWD|OLDPWD|USER|LOGNAME|SHELL|SHLVL|HOSTNAME|TMPDIR|TEMP|LANG|TERM|RANDOM|SECONDS|LINENO|EPOCHSECONDS"
    r"|OPTARG|OPTIND|REPLY|IFS|UID|EUID|PPID|PIPESTATUS|FUNCNAME|OSTYPE|HOSTTYPE|MACHTYPE|COLUMNS|LINES|GOROOT|VCPKG\w*"
    r"|PS4"
)
_HARMLESS = re.compile(
    r"(?:actions|docker|google-github-actions|aws-actions|azure|astral-sh|hashicorp/setup-\w+)(?:/|@)"
)
"""The actions that give later steps no variables but those of their own platform."""
_CONDITIONAL = frozenset({"function_definition", "if_statement", "case_statement", "while_statement", "list"})
"""What need not run."""
_READING = frozenset({"read", "getopts", "mapfile", "readarray", "printf", "declare", "local", "typeset"})


@dataclass(frozen=True)
class Starving:
    """A step that runs a script without variables that this can't do without."""

    place: Span
    script: str
    reads: tuple[tuple[str, Site | Span], ...]


def starving(
    project: Project,
    workflows: Sequence[Workflow],
    of_module: Callable[[str], Iterable[tuple[str, Site]]] = lambda _: (),
) -> Iterator[Starving]:
    """The steps whose scripts lack something, each script of a step once.

    `of_module` gives what the Python script at a path can't do without.
    """
    needed: dict[str, list[tuple[str, Site | Span]]] = {}
    modules = {each.path for each in project.modules.values()}
    for document, root in workflows:
        for job, step, given in _steps(root):
            for script in _scripts({*project.others, *modules}, root, job, step):
                if script not in needed:
                    of_runners = of_module(script) if script in modules else _needed(project, script)
                    needed[script] = [each for each in of_runners if not _OF_RUNNERS.fullmatch(each[0])]
                run = step.text_of("run")
                reads = [
                    (name, place)
                    for name, place in needed[script]
                    if name not in given and not re.search(rf"\b{name}=|\b(?:export|read)\b.*\b{name}\b", run)
                ]
                if reads:
                    yield Starving(document.span(step.line), script, tuple(reads))


def _steps(root: Node) -> Iterator[tuple[Node, Node, set[str]]]:
    """The jobs of a workflow with their steps, and the variables that each is given, where these are all told."""
    jobs = root.get("jobs")
    for _, job in jobs.fields() if jobs else ():
        if not _is_of_the_project(job):
            given = _given(root) | _given(job) | _given(job.get("container") or job)
            yield from ((job, step, given | _given(step)) for step in _steps_without_others(job))


def _is_of_the_project(job: Node) -> bool:
    """Whether a job runs on a machine of its own, which may have any variables."""
    machine = job.get("runs-on")
    labels = [machine.text or "", *(each.text or "" for each in machine.elements)] if machine is not None else []
    return any(label.startswith("self-hosted") for label in labels) or (machine is not None and bool(machine.pairs))


def _given(node: Node) -> set[str]:
    env = node.get("env")
    return {key.text or "" for key, _ in env.fields()} if env else set()


def _steps_without_others(job: Node) -> Iterator[Node]:
    """The steps of a job, up to one that may give variables to those after it."""
    for step in job.list_of("steps"):
        yield step
        if "GITHUB_ENV" in step.text_of("run") or not _HARMLESS.match(step.text_of("uses") or "actions/"):
            return


def _scripts(files: Collection[str], root: Node, job: Node, step: Node) -> Iterator[str]:
    """The scripts that a step runs, those of `files`."""
    folder = step.text_of("working-directory") or next(
        (each.text_of("defaults", "run", "working-directory") for each in (job, root) if each.get("defaults")), ""
    )
    run = step.text_of("run")
    for words in commands(run) if _ENDING.search(run) else ():
        texts = [word.text for word in words]
        if texts[:2] in _RUNNING:
            texts = texts[2:]
        if texts and (posixpath.basename(texts[0]) in _SHELLS or _PYTHON.fullmatch(posixpath.basename(texts[0]))):
            texts = [text for text in texts[1:] if not text.startswith("-")]
        path = posixpath.normpath(posixpath.join(folder, texts[0])) if texts and _SCRIPT.fullmatch(texts[0]) else ""
        if path in files:
            yield path


def _needed(project: Project, path: str) -> Iterator[tuple[str, Span]]:
    """The variables without which a script stops, each with its first place; none of one that sources others."""
    try:
        document = Document(path, text_of(project, path))
    except UnreadableError:
        return
    root = parsed(document.text).root_node
    nodes = list(_walk(root))
    if any(each.type == "command" and program_of(each) in {"source", ".", "eval"} for each in nodes):
        return
    own = {name for each in nodes for name in _bound(each)}
    asked = {name for each in nodes for name in _asked(each)}
    is_strict = _STRICT.search(document.text) is not None
    seen: set[str] = set()
    for node in _walk(root, without=_CONDITIONAL):
        name = _read(node, asked if is_strict else None)
        if name and name not in own | seen and not is_platform(name):
            seen.add(name)
            yield name, document.span(node.start_point[0] + 1, name)


def _walk(root: ShellNode, without: Collection[str] = ()) -> Iterator[ShellNode]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type not in without:
            yield node
            stack += reversed(node.children)


def _bound(node: ShellNode) -> Iterator[str]:
    """The variables that a script sets itself, or that a loop or a builtin does."""
    if node.type in {"variable_assignment", "for_statement"}:
        name = node.child_by_field_name("name" if node.type == "variable_assignment" else "variable")
        yield from [covered(name)] if name is not None else []
    elif node.type in {"command", "declaration_command"} and program_of(node) in _READING:
        yield from _NAME.findall(covered(node))
    elif node.type == "expansion" and any(child.type in {"=", ":="} for child in node.children):
        yield from _NAME.findall(covered(node))[:1]


def _asked(node: ShellNode) -> Iterator[str]:
    """The variables that a script asks whether they are there: `${X:-}`, `[ -v X ]`."""
    if node.type == "expansion" and any(child.type in {":-", "-", ":+", "+"} for child in node.children):
        yield from _NAME.findall(covered(node))[:1]
    elif node.type == "unary_expression" and covered(node).startswith("-v"):
        yield from _NAME.findall(covered(node))


def _read(node: ShellNode, asked: Collection[str] | None) -> str:
    """The variable without which an expansion stops the script; nothing for any other node.

    Where `asked` is not None, a script stops at any variable that is not set; it may have asked for some before.
    """
    if node.type not in {"simple_expansion", "expansion"}:
        return ""
    name = next((covered(child) for child in node.named_children if child.type == "variable_name"), "")
    operators = {child.type for child in node.children if not child.is_named} - {"$", "${", "}"}
    stops = bool(operators & {":?", "?"}) or (asked is not None and not operators and name not in asked)
    return name if stops and _NAME.fullmatch(name) else ""
