"""Values that steps of workflows give to options of the project's own commands, and that these refuse."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ssot_lint.facts.library import Library
from ssot_lint.facts.model import Call, Const, Display, Expression, ModuleFacts
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Site, Span
from ssot_lint.project.entry_points.commands import CommandLine, started_by
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.model import Project
from ssot_lint.settings.called_workflows import Workflow
from ssot_lint.settings.reads.index import last_name
from ssot_lint.settings.shell import commands
from ssot_lint.settings.yaml_tree import Node

_OF_MATRIX = re.compile(r"\$\{\{\s*matrix\.([\w-]+)\s*\}\}")
_EXPRESSION = re.compile(r"\$\{\{.*?\}\}", re.DOTALL)
_DECLARING = frozenset({"add_argument", "option"})
"""The calls of argparse, click and typer that declare an option."""
_VALUE = re.compile(r"[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True)
class Refused:
    """A value that a step gives to an option which takes others, and where the option is declared."""

    value: str
    option: str
    choices: tuple[str, ...]
    place: Span
    declared: Site


@dataclass(frozen=True)
class _Choices:
    """What an option takes, and where it is declared."""

    texts: tuple[str, ...]
    declared: Site


def refused(project: Project, library: Library, workflows: Iterable[Workflow]) -> Iterator[Refused]:
    """What commands in steps give, written out or by the matrix of their job, and what they start refuses."""
    search = Search(project, library)
    known: dict[str, Mapping[str, _Choices]] = {}
    for document, root in workflows:
        for job, run, words in _commands(root):
            points = started_by(search, CommandLine(words, document.path, run.line, ""))
            for module in sorted({point.module for point in points if point.kind == "main"}):
                if module not in known:
                    known[module] = _options(library, module)
                for option, value in _given(words):
                    choices = known[module].get(option)
                    for each, line in _matrix(job).get(value, [(value, run.line)]) if choices else ():
                        if choices and _VALUE.fullmatch(each) and each not in choices.texts:
                            place = document.span(document.line_of(each, line, run.end_line), each)
                            yield Refused(each, option, choices.texts, place, choices.declared)


def _commands(root: Node) -> Iterator[tuple[Node, Node, list[str]]]:
    """The commands of Python in the steps of jobs; `matrix.name` stands for what the matrix of the job gives."""
    jobs = root.get("jobs")
    for _, job in jobs.fields() if jobs else ():
        for run in filter(None, (step.get("run") for step in job.list_of("steps"))):
            text = _EXPRESSION.sub("*", _OF_MATRIX.sub(r"matrix.\1", run.text or ""))
            for words in commands(text) if "python" in text else ():
                yield job, run, [word.text for word in words]


def _matrix(job: Node) -> Mapping[str, list[tuple[str, int]]]:
    """What each word `matrix.name` stands for, with the lines."""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    matrix = job.get("strategy", "matrix")
    for key, value in matrix.fields() if matrix is not None else ():
        for entry in value.elements:
            named = entry.fields() if key.text == "include" else [(key, entry)]
            for name, each in named if key.text != "exclude" else ():
                if each.text is not None:
                    found[f"matrix.{name.text}"].append((each.text, each.line))
    return found


def _given(words: list[str]) -> Iterator[tuple[str, str]]:
    for position, word in enumerate(words):
        option, is_joined, value = word.partition("=")
        if option.startswith("--") and is_joined:
            yield option, value
        elif option.startswith("--") and position + 1 < len(words):
            yield option, words[position + 1]


def _options(library: Library, module: str) -> Mapping[str, _Choices]:
    """The options that a module declares, those of which each declaration writes out its choices."""
    facts = library.get(module)
    nodes = (node for scope in facts.scopes for node in walk(scope.glance())) if isinstance(facts, ModuleFacts) else ()
    found: dict[str, _Choices] = {}
    left_open: set[str] = set()
    for node in nodes:
        if isinstance(node, Call) and last_name(node.function) in _DECLARING:
            named = dict(node.keywords)
            # What converts a value, or takes several, may take more.
            is_plain = "nargs" not in named and not ("choices" in named and "type" in named)
            texts = _choices(named.get("choices") or named.get("type")) if is_plain else ()
            names = [str(each.value) for each in node.arguments if isinstance(each, Const)]
            for option in (name for name in names if name.startswith("--")):
                before = found[option].texts if option in found else ()
                found[option] = _Choices((*before, *texts), Site(module, node.at))
                left_open.update([] if texts else [option])
    return {option: choices for option, choices in found.items() if option not in left_open}


def _choices(expression: Expression | None) -> tuple[str, ...]:
    """The texts of `["a", "b"]` and of `click.Choice(["a", "b"])`; none if one of them is not known."""
    is_class = isinstance(expression, Call) and last_name(expression.function) == "Choice" and not expression.keywords
    if is_class and isinstance(expression, Call) and expression.arguments:
        expression = expression.arguments[0]
    items = expression.items if isinstance(expression, Display) else []
    texts = [item.value for item in items if isinstance(item, Const) and isinstance(item.value, str)]
    return tuple(texts) if len(texts) == len(items) else ()
