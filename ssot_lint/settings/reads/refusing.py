"""What conditions and handlers say of a setting that is missing: that it is refused, or done without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from ssot_lint.facts.model import (
    Attribute,
    BoolOp,
    Call,
    Compare,
    Comprehension,
    Const,
    Display,
    Evaluate,
    Expression,
    Handler,
    If,
    Name,
    Not,
    Opaque,
    Raise,
    Return,
    Statement,
    Walrus,
)  # fmt: skip
from ssot_lint.facts.nested import walk
from ssot_lint.settings.environments import ENVIRONMENTS
from ssot_lint.settings.reads.index import last_name
from ssot_lint.settings.reads.staying import environments_of

_OF_OTHER_FAULTS = frozenset(
    {
        "ImportError",
        "ModuleNotFoundError",
        "TypeError",
        "AttributeError",
        "OSError",
        "IOError",
        "FileNotFoundError",
        "ConnectionError",
        "TimeoutError",
        "JSONDecodeError",
        "CancelledError",
        "StopIteration",
    }
)


def constants(node: Expression) -> frozenset[str]:
    """The strings in an expression."""
    return frozenset(each.value for each in walk(node) if isinstance(each, Const) and isinstance(each.value, str))


def missing_parts(test: Expression) -> Iterator[msgspec.Struct]:
    """The parts of a condition that are None or empty where it holds: `not x`, `x is None`, and `x not in y` itself."""
    stack: list[Expression] = [test]
    while stack:
        match stack.pop():
            case BoolOp(operator="or", values=values):
                stack += values
            case Not(value=BoolOp(operator="and", values=values)):
                yield from values
            case Not(value=Call(function=Name(id="all"), arguments=[Comprehension(element=element)])):
                yield element
            case Not(value=Call(function=Name(id="all"), arguments=[Display(items=items)])):
                yield from items
            case Call(function=Name(id="any"), arguments=[Comprehension(element=element)]):
                stack.append(element)
            case Not(value=Compare(rest=[("in", _)]) as value):
                yield value
            case Compare(rest=[("not in", _)]) as compared:
                yield compared
            case Not(value=Compare(first=value, rest=[("is not", Const(value=None))])):
                yield value
            case Not(value=value) | Compare(first=value, rest=[("is", Const(value=None))]):
                yield value
            case _:
                continue


def returned_if_there(statement: If) -> Name | Walrus | None:
    """What a function returns with if it is there: `x` of `if x: return x`, `if x is not None: return`."""
    if statement.orelse or not statement.body or not isinstance(statement.body[-1], Return):
        return None
    match statement.test:
        case Name() | Walrus() as test:
            return test
        case Compare(first=Name() | Walrus() as value, rest=[("is not" | "!=", Const(value=None))]):
            return value
        case _:
            return None


def asked_of_all(part: object) -> Name | None:
    """The list in `all(pair)`; None for anything else."""
    match part:
        case Call(function=Name(id="all"), arguments=[Name() as held]):
            return held
        case _:
            return None


def each_of(name: str) -> str:
    """What stands for all that a list holds, where code refuses one of it that is None: `if not all(pair): raise`."""
    return f"all({name})"


def dotted(target: Expression | None) -> str:
    """`name` or `self.name`, as it is written; empty for anything else."""
    names: list[str] = []
    while isinstance(target, Attribute):
        names.append(target.name)
        target = target.value
    return ".".join((target.id, *reversed(names))) if isinstance(target, Name) else ""


def sentinel(value: Expression | None) -> str:
    """What may stand for a default that is not given, as it is written: `_MISSING`, `Env.MISSING`, `...`."""
    return "..." if isinstance(value, Opaque) and value.type == "ellipsis" else dotted(value)


def sentinels(test: Expression, operator: str) -> Iterator[str]:
    """What something is (`is`), or is not (`is not`), where a condition holds."""
    parts = test.values if isinstance(test, BoolOp) else [test]
    for part in parts:
        match part:
            case Compare(rest=[(found, other)]) if found == operator and (name := sentinel(other)):
                yield name
            case _:
                continue


def filtered(value: Comprehension) -> list[msgspec.Struct]:
    """What is None or empty for what `[name for name in NAMES if not read(name)]` holds."""
    return [part for clause in value.clauses for condition in clause.conditions for part in missing_parts(condition)]


def added_to(statement: Statement) -> str:
    """The name of the list of `missing.append(name)`; empty for any other statement."""
    match statement:
        case Evaluate(value=Call(function=Attribute(value=Name(id=name), name="append" | "add"))):
            return name
        case _:
            return ""


def spared(body: Iterable[Statement]) -> frozenset[str] | None:
    """The environments in which a block does not refuse; None where it refuses in none.

    `raise` refuses everywhere, `if stage == "production": raise` in production alone.
    """
    found: frozenset[str] | None = None
    for statement in body:
        if isinstance(statement, Raise) or exits(statement):
            return frozenset()
        if isinstance(statement, If) and any(isinstance(each, Raise) or exits(each) for each in statement.body):
            where = environments_of(statement.test)
            found = found if where is None else ENVIRONMENTS - where
    return found


def catches_missing(handler: Handler) -> bool:
    """Whether it takes what the environment raises where a key is missing."""
    return _goes_on(handler) and (handler.type is None or _is_of_missing(handler.type))


def handles(handler: Handler) -> bool:
    """Whether it may take what a function of the project raises where a setting is missing."""
    caught = handler.type.items if isinstance(handler.type, Display) else [handler.type]
    return _goes_on(handler) and any(each is None or last_name(each) not in _OF_OTHER_FAULTS for each in caught)


def _goes_on(handler: Handler) -> bool:
    return not any(isinstance(statement, Raise) or exits(statement) for statement in handler.body)


def suppresses_missing(item: tuple[Expression, Expression | None, int]) -> bool:
    """`with contextlib.suppress(KeyError)`."""
    match item[0]:
        case Call(function=Attribute(name="suppress") | Name(id="suppress"), arguments=arguments):
            return any(map(_is_of_missing, arguments))
        case _:
            return False


def _is_of_missing(exceptions: Expression) -> bool:
    """Whether what a missing key raises is among the exceptions."""
    names = {node.id for node in walk(exceptions) if isinstance(node, Name)}
    return bool(names & {"KeyError", "LookupError", "Exception", "BaseException"})


def exits(statement: Statement) -> bool:
    """`sys.exit()`, `os.abort()`, `exit()` as a statement."""
    if not isinstance(statement, Evaluate) or not isinstance(statement.value, Call):
        return False
    function = statement.value.function
    return (isinstance(function, Attribute) and function.name in {"exit", "_exit", "abort"}) or (
        isinstance(function, Name) and function.id in {"exit", "quit"}
    )
