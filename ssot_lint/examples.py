"""The examples that contracts, relations and packs carry, tried: what must be reported in them, and what must not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec

from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.registry import rules
from ssot_lint.config.model import Config, Contract, Drift, FilesExample, Relation
from ssot_lint.errors import ConfigurationError
from ssot_lint.facts.library import Library
from ssot_lint.facts.model import Attribute, ModuleFacts, Name, Scope
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Phase
from ssot_lint.project.discover import discover
from ssot_lint.project.model import EntryPoint, Project, Source

MODULE = "example"
_STARTUP = re.compile(r"startup|lifespan")


class Trial(NamedTuple):
    """One example of what stands at `origin`, by its number from 1, and whether something is reported in it."""

    origin: str
    name: str
    number: int
    wanted: bool
    reported: bool

    @property
    def passed(self) -> bool:
        """Whether what is tried does what the example asks."""
        return self.wanted is self.reported


def trials(contracts: Iterable[Contract]) -> Iterator[Trial]:
    """Tries the examples of contracts. Raises `ConfigurationError` for one that is not Python.

    An example is a project of one module, `example`. It is imported; a function that nothing in it names is then
    called, at startup where its name holds `startup` or `lifespan`, else as a request.
    """
    for contract in contracts:
        for number, example in enumerate(contract.examples, 1):
            with TemporaryDirectory() as directory:
                reported = _is_reported(contract, number, Path(directory))
                yield Trial(contract.origin, contract.name, number, example.reported, reported)


def relation_trials(relations: Iterable[Relation]) -> Iterator[Trial]:
    """Tries the examples of relations. Raises `ConfigurationError` for a path that is not inside the example."""
    for relation in relations:
        for number, example in enumerate(relation.examples, 1):
            tried = msgspec.structs.replace(relation, source=None, optional=True)
            reported = _is_drift(example, relation.origin, "SSOT301", {"relations": (tried,)})
            yield Trial(relation.origin, relation.expression, number, example.reported, reported)


def drift_trials(examples: Iterable[Drift]) -> Iterator[Trial]:
    """Tries the examples of rules about drift, with the sources that stand beside them; raises likewise."""
    for number, example in enumerate(examples, 1):
        sources = tuple(msgspec.structs.replace(source, optional=True) for source in example.sources)
        reported = _is_drift(example, example.origin, example.code, {"sources": sources})
        yield Trial(example.origin, example.code, number, example.reported, reported)


def _is_drift(example: FilesExample, origin: str, code: str, keys: dict[str, Any]) -> bool:
    """Whether the rule reports something in the files. Their Python modules are the entry points."""
    with TemporaryDirectory() as directory:
        root = Path(directory).resolve()
        for name, text in example.files.items():
            path = root / name
            if not path.resolve().is_relative_to(root):
                raise ConfigurationError(origin, f"`{name}` lies outside the example")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        project = discover(root)
        starts = tuple(
            EntryPoint(name, "module", "import", source.path, 1, "the example")
            for name, source in project.modules.items()
        )
        with Library(project, jobs=1) as library:
            context = CheckContext(project, library, Config(root=root, document=None, **keys), starts)
            return any(found.code == code for found in rules()[code]().check(context))


def _is_reported(contract: Contract, number: int, root: Path) -> bool:
    (root / f"{MODULE}.py").write_text(contract.examples[number - 1].code, encoding="utf-8")
    source = Source(MODULE, f"{MODULE}.py", is_package=False)
    project = Project(root, (".",), {MODULE: source}, frozenset())
    with Library(project, jobs=1) as library:
        facts = library.get(MODULE)
        if not isinstance(facts, ModuleFacts):
            problem = library.unreadable[MODULE]
            raise ConfigurationError(
                contract.origin, f"example {number} is not Python: line {problem.line}: {problem.message}"
            )
        config = Config(root=root, document=None, contracts=(contract,))
        context = CheckContext(project, library, config, tuple(_entry_points(facts)))
        found = rules()[contract.code]().check(context)
        return any(violation.code == contract.code and violation.certainty != "possible" for violation in found)


def _entry_points(facts: ModuleFacts) -> Iterator[EntryPoint]:
    path = f"{MODULE}.py"
    yield EntryPoint(MODULE, "module", "import", path, 1, "the example")
    named = {name for scope in facts.scopes for name in _names(scope.body)}
    for scope in facts.scopes:
        if scope.kind == "function" and scope.name not in named and not _is_inside_function(facts, scope):
            if scope.name.startswith("__"):
                continue
            phase: Phase = "startup" if _STARTUP.search(scope.name) else "request"
            yield EntryPoint(f"{MODULE}:{scope.qualname}", "configured", phase, path, 1, f"`{scope.qualname}`")


def _is_inside_function(facts: ModuleFacts, scope: Scope) -> bool:
    return scope.parent > 0 and facts.scopes[scope.parent].kind != "class"


def _names(part: object) -> Iterator[str]:
    """The names and attributes that code reads or binds."""
    for node in walk(part):
        if isinstance(node, Name):
            yield node.id
        elif isinstance(node, Attribute):
            yield node.name
