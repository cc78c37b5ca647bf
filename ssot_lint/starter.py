"""A starter configuration, from what is found in a project."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ssot_lint.checks.raising import only_raises
from ssot_lint.facts.model import BoolOp, Compare, Const, Expression, If, ModuleFacts, Name, Not, Parameter, Scope
from ssot_lint.project.model import EntryPoint
from ssot_lint.run import Run
from ssot_lint.settings.collect import reached
from ssot_lint.settings.files import stands_aside
from ssot_lint.settings.model import Setting
from ssot_lint.settings.python_file import PART

_CONTEXT = re.compile(r"(^|_)(context|ctx|user|tenant|principal|session|request|scope)(_|$)")
_MAKES = re.compile(r"^(get|create|make|build|new|open|acquire)_|^__init__$")
_MOST = 25
_NAMED_KINDS = ("env-file", "python-mapping")
_TIMEOUT = re.compile(r"^(WEBSOCKET|WS)_.*(TIMEOUT|INTERVAL)")


class Required(NamedTuple):
    """A function that asks for a context: the parameter, whether a guard insists on it, and a factory of that name."""

    symbol: str
    parameter: str
    guarded: bool
    factory: str


def starter(run: Run) -> str:
    """The text of a `ssot-lint.toml` for the project of a run. It can be loaded, and a check can run with it."""
    modules = reached(run.project, run.library, run.entry_points)
    required = [each for name, (_, facts) in modules.items() for each in _required(name, facts)]
    settings = [each for each in run.context.settings if not stands_aside(each.path)]
    parts = [
        "# A start: keep what is right, and delete the rest. `ssot-lint explain CODE` says what a rule does.",
        *_entry_points(run.entry_points),
        *_packs(run.entry_points, required, settings),
        *_contracts(required),
        *_sources(settings),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def _entry_points(points: Sequence[EntryPoint]) -> Iterator[str]:
    yield ""
    yield "# What starts the program is found from the tree, unless it is named (see `ssot-lint entry-points`)."
    specs = list(dict.fromkeys(point.spec for point in points))
    for spec in specs[:_MOST]:
        point = next(point for point in points if point.spec == spec)
        yield f"#   {spec}  {' '.join(point.reason.split())}, {point.path}:{point.line}"
    if len(specs) > _MOST:
        yield f"#   … and {len(specs) - _MOST} more"
    yield f"# entry-points = {_array(specs[:_MOST])}"


def _packs(points: Sequence[EntryPoint], required: Sequence[Required], settings: Sequence[Setting]) -> Iterator[str]:
    fits = {
        "websocket-context": any(_is_in_pack(each) for each in required),
        "blocking-async": any(point.kind == "asgi" for point in points),
        "import-side-effects": bool(points),
        "secret-drift": any(each.role in ("mapped", "provisioned", "required") for each in settings),
        "websocket-timeouts": any(_TIMEOUT.match(each.name) for each in settings),
    }
    yield ""
    yield f"packs = {_array([name for name, does in fits.items() if does])}"
    others = [name for name, does in fits.items() if not does]
    if others:
        yield f"# Also shipped: {', '.join(others)}."


def _is_in_pack(required: Required) -> bool:
    return required.symbol.endswith(".get_websocket_manager") and required.parameter == "user_context"


def _contracts(required: Sequence[Required]) -> Iterator[str]:
    own = [each for each in required if not _is_in_pack(each)]
    sure = [each for each in own if each.guarded and _CONTEXT.search(each.parameter)]
    for each in sure[:_MOST]:
        yield from _contract(each)
    others = [each for each in own if each not in sure[:_MOST]]
    if others:
        yield ""
        yield "# These may need a context too; a contract for one of them looks like those above, or like this:"
        first, *more = others[:_MOST]
        yield from (f"# {line}" if line else "#" for line in list(_contract(first))[1:])
        yield from (f"#   {each.symbol}  `{each.parameter}`" for each in more)


def _contract(each: Required) -> Iterator[str]:
    name = each.symbol.removesuffix(".__init__")
    short = name.rpartition(".")[2]
    yield from ("", "[[contracts]]")
    yield f"name = {_string(f'{short} needs `{each.parameter}`')}"
    yield 'code = "SSOT101"'
    yield f"targets = {_array([name])}"
    yield f"requires = {_string(each.parameter)}"
    yield 'phases = ["import", "startup"]'
    if each.factory:
        yield f"replace-with = {_string(each.factory)}"


def _sources(settings: Iterable[Setting]) -> Iterator[str]:
    named: dict[tuple[str, str, str], set[str]] = {}
    others: dict[str, str] = {}
    for each in settings:
        if each.kind in _NAMED_KINDS and each.role in ("set", "mapped"):
            group = each.group.partition(PART)[0] if each.kind == "python-mapping" else ""
            named.setdefault((each.through or each.path, each.kind, group), set()).add(each.environment)
        elif each.kind != "code":
            others[each.path] = each.kind
    for (path, kind, symbol), environments in list(named.items())[:_MOST]:
        yield from ("", "[[sources]]")
        yield f"name = {_string(f'{path} {symbol}'.strip())}"
        yield f"kind = {_string(kind)}"
        yield f"path = {_string(path)}"
        if symbol:
            yield f"symbol = {_string(symbol)}"
        if len(environments) == 1 and "" not in environments:
            yield f"environment = {_string(*environments)}"
    if others:
        yield from ("", "# Read without being named:")
        yield from (f"#   {path}  {kind}" for path, kind in list(others.items())[:_MOST])


def _required(module: str, facts: ModuleFacts) -> Iterator[Required]:
    """The functions of a module that raise without a parameter, or that make something of a context."""
    names = {scope.name for scope in facts.scopes}
    for scope in facts.scopes:
        if scope.kind != "function" or (scope.parent > 0 and facts.scopes[scope.parent].kind != "class"):
            continue
        factory = f"{scope.name}_factory" if f"{scope.name}_factory" in names else ""
        for parameter in scope.parameters:
            guarded = _is_guarded(scope, parameter.name)
            if guarded or (_is_optional(parameter) and _CONTEXT.search(parameter.name) and _MAKES.search(scope.name)):
                yield Required(f"{module}.{scope.qualname}", parameter.name, guarded, factory)


def _is_optional(parameter: Parameter) -> bool:
    return isinstance(parameter.default, Const) and parameter.default.value is None


def _is_guarded(scope: Scope, parameter: str) -> bool:
    """Whether the function begins with a test that refuses None for the parameter."""
    return any(
        isinstance(statement, If) and _asks_for(statement.test, parameter) and only_raises(statement.body)
        for statement in scope.body
    )


def _asks_for(test: Expression, parameter: str) -> bool:
    if isinstance(test, Not):
        return isinstance(test.value, Name) and test.value.id == parameter
    if isinstance(test, BoolOp) and test.operator == "or":
        return any(_asks_for(value, parameter) for value in test.values)
    if isinstance(test, Compare) and isinstance(test.first, Name) and test.first.id == parameter:
        operator, value = test.rest[0]
        return operator in ("is", "==") and isinstance(value, Const) and value.value is None
    return False


def _string(text: str) -> str:
    """A TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _array(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_string, texts))}]"
