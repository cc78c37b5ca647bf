"""What `logging.config.dictConfig` gives the classes and factories that a configuration names: its other entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.callgraph.arguments import Arguments, Signature, bind
from ssot_lint.callgraph.values import NOTHING
from ssot_lint.checks.logging_classes import configurations, entries
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.facts.model import Const, Define, DefineClass, DictDisplay, Expression, ModuleFacts, Parameter
from ssot_lint.facts.nested import nested

# What names the factory of an entry in which section: that of a formatter without `()` gets arguments of its own.
_SECTIONS = {"formatters": ("()",), "filters": ("()",), "handlers": ("()", "class")}
# What is taken out of an entry before the factory gets the rest.
_OF_HANDLERS = frozenset(("formatter", "level", "filters"))
_OF_ALL = frozenset(("()", "class", "."))
# Tried again under an older name, where it is refused.
_RENAMED = {"formatters": "format", "handlers": "stream"}


def misfits(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each configuration whose entry does not fit what it names, and what is wrong."""
    for place, configuration in configurations(start):
        sections = entries(configuration)
        for section, keys in _SECTIONS.items():
            for name, entry in entries(sections.get(section)).items():
                problem = _problem(start, section, entry, keys)
                if problem:
                    yield place, f"{problem}, as `{name}` of its {section} asks the configuration of logging to do"


def _problem(start: Start, section: str, entry: Expression, keys: tuple[str, ...]) -> str:
    """Why an entry does not fit the factory that it names; empty where it may."""
    found = entries(entry)
    factory = next((found[key] for key in keys if key in found), None)
    is_whole = isinstance(entry, DictDisplay) and len(found) == len(entry.items)
    if not is_whole or not isinstance(factory, Const) or not isinstance(factory.value, str):
        return ""
    parameters = _parameters(start, factory.value)
    if parameters is None:
        return ""
    taken = _OF_ALL | _OF_HANDLERS if section == "handlers" else _OF_ALL
    given = [key for key in found if key not in taken and key.isidentifier()]
    problem = bind(Signature(parameters), Arguments((), dict.fromkeys(given, NOTHING))).problem
    name = factory.value.rpartition(".")[2]
    return f"{name}() {problem}" if problem and _RENAMED.get(section) not in given else ""


def _parameters(start: Start, dotted: str) -> Sequence[Parameter] | None:
    """What a factory of the project takes: a function as it is written, or a class with an `__init__` of its own."""
    module, _, name = dotted.rpartition(".")
    facts = start.context.library.own(module)
    if facts is None:
        return None
    made = _definition(facts, 0, name)
    if isinstance(made, Define):
        return None if made.decorators else facts.scopes[made.scope].parameters
    if made is None or made.decorators or any(name == "metaclass" for name, _ in made.keywords):
        return None
    if _definition(facts, made.scope, "__new__") is not None:
        return None
    init = _definition(facts, made.scope, "__init__")
    return facts.scopes[init.scope].parameters[1:] if isinstance(init, Define) and not init.decorators else None


def _definition(facts: ModuleFacts, scope: int, name: str) -> Define | DefineClass | None:
    """The one definition of that name in a scope; None where there is none, or another."""
    found = [
        each
        for each in nested(facts.scopes[scope].body)
        if isinstance(each, (Define, DefineClass)) and facts.scopes[each.scope].name == name
    ]
    return found[0] if len(found) == 1 else None
