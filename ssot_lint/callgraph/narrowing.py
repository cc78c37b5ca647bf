"""Branches: what a test, being true or false, says of the variables in it, and whether it can be so at all."""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.callgraph.equality import are_among, are_equal, is_decidable, is_one_of
from ssot_lint.callgraph.filling import fills
from ssot_lint.callgraph.folding import fold, last_name
from ssot_lint.callgraph.frame import Environment, Frame
from ssot_lint.callgraph.instances import classes_of, found_to_be, is_instance, is_subclass, says_itself
from ssot_lint.callgraph.predicates import classes_asked_by
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Constant,
    Container,
    Descriptor,
    External,
    ExternalInstance,
    Function,
    Generator,
    Instance,
    Module,
    Pattern,
    Unknown,
    Value,
)
from ssot_lint.facts.model import Attribute, BoolOp, Call, Compare, Const, Display, Expression, Name, Not, Star, Walrus

EQUALITY = ("==", "!=", "is", "is not")
POSITIVE = ("==", "is", "in")
COMPARED = (*EQUALITY, "in", "not in")
_ASKING_FOR_COROUTINES = ("iscoroutine", "isawaitable")


def narrow(frame: Frame, environment: Environment, test: Expression, outcome: bool) -> Environment | None:
    """The environment where the test had that outcome, or None where it can't have it."""
    if isinstance(test, Not):
        return narrow(frame, environment, test.value, not outcome)
    if isinstance(test, BoolOp):
        return _narrow_chain(frame, environment, test, outcome)
    if isinstance(test, Const):
        return environment if bool(test.value) is outcome else None
    if _is_type_checking(test):
        return None if outcome else environment
    known = fold(frame, test, environment)
    if known is not None:
        return environment if bool(known.value) is outcome else None
    if isinstance(test, Walrus):
        test = test.target
    if isinstance(test, (Name, Attribute)):
        return _filter(frame, environment, _place(frame, environment, test), lambda value: may_be(value, outcome))
    if isinstance(test, Compare) and len(test.rest) == 1:
        return _narrow_comparison(frame, environment, test, outcome)
    if isinstance(test, Call):
        return _narrow_call(frame, environment, test, outcome)
    return environment


def _narrow_chain(frame: Frame, environment: Environment, test: BoolOp, outcome: bool) -> Environment | None:
    if (test.operator == "and") is outcome:
        current: Environment | None = environment
        for value in test.values:
            current = narrow(frame, current, value, outcome) if current is not None else None
        return current
    if all(narrow(frame, environment, value, outcome) is None for value in test.values):
        return None
    return environment


def decides_type_checking(test: Expression) -> bool | None:
    """Which outcome of a test only type checkers see: that of `TYPE_CHECKING`, or of `not TYPE_CHECKING`."""
    if isinstance(test, Not):
        decided = decides_type_checking(test.value)
        return None if decided is None else not decided
    return True if _is_type_checking(test) else None


def _is_type_checking(test: Expression) -> bool:
    name = test.id if isinstance(test, Name) else test.name if isinstance(test, Attribute) else ""
    return name == "TYPE_CHECKING"


def may_be(value: Value, truth: bool) -> bool:
    """Whether a value can be true, or false."""
    if isinstance(value, Constant):
        return bool(value.value) is truth
    if isinstance(value, (Function, Bound, Class)):
        return truth
    if isinstance(value, Instance):
        return truth or not value.info.order or _defines_truth(value)
    return True


def _defines_truth(value: Instance) -> bool:
    return any("__bool__" in info.names or "__len__" in info.names for info in value.info.classes) or any(
        True for _ in value.info.outside
    )


def _place(frame: Frame, environment: Environment, expression: Expression) -> object:
    """The environment's key of a variable, or the key of the cell of a global or an attribute; None for others."""
    if isinstance(expression, Name):
        is_global = not frame.is_exact(expression.id) and frame.namespace is None
        key = frame.key_of(expression.id) if is_global else None
        return key if isinstance(key, tuple) and key[0] == "global" else expression.id
    if not isinstance(expression, Attribute) or not isinstance(expression.value, Name):
        return None
    holder_name = expression.value.id
    holders = environment.get(holder_name) or (frame.load(holder_name) if frame.namespace is None else NOTHING)
    for holder in holders if len(holders) == 1 else ():
        if isinstance(holder, Instance):
            field = ("field", holder, expression.name)
            if holder.key is not None or (field in environment and _is_made_by(frame, holder_name)):
                return field
        if isinstance(holder, Class):
            owner = next((each for each in holder.info.classes if expression.name in each.names), holder.info)
            return ("class", owner, expression.name)
    return None


def _is_made_by(frame: Frame, name: str) -> bool:
    """Whether the frame initialises what that name holds: what it has set is so, however many instances share it."""
    return frame.code.scope.name == "__init__" and frame.code.parameters[:1] == (name,)


def _filter_cell(
    frame: Frame, environment: Environment, key: tuple[object, ...], keep: Callable[[Value], bool]
) -> Environment | None:
    """The same of a cell that others write too: what it holds is narrowed until the next call into the project.

    Where nothing that it holds so far fits, and the function itself fills it, as that of a singleton which is made when
    it is first asked for, the branch waits for what it will hold. Of what others fill, it may hold anything.
    """
    known = environment.get(key)
    is_own = known is not None and not frame.is_narrowed(key, known)
    values = known if known is not None else frame.cell_values(key)
    kept = frozenset(filter(keep, values))
    if not kept and known is not None and not is_own:  # asked again, since others may have written it
        kept = frozenset(filter(keep, frame.cell_values(key)))
    if kept == values or (kept and is_own):
        return environment  # what is yet to be published must stay whole
    if not kept:
        if is_own:
            return None if key[0] == "field" else environment
        if fills(frame, str(key[-1])):
            frame.machine.heap.read_to_decide(key, frame.activation)
            return None
        kept = frozenset((frame.machine.unknown,))  # what others may yet write
    narrowed = dict(environment)
    narrowed[key] = kept
    frame.note_narrowed(key, kept)
    return narrowed


def _filter(frame: Frame, environment: Environment, key: object, keep: Callable[[Value], bool]) -> Environment | None:
    if isinstance(key, tuple):
        return _filter_cell(frame, environment, key, keep)
    values = environment.get(key)
    if not values:
        around = frame.load_to_decide(key) if isinstance(key, str) else NOTHING
        return environment if not around or any(map(keep, around)) else None
    if isinstance(key, str) and frame.is_shared(key):
        values |= frame.machine.heap.read_foreign(frame.key_of(key), frame.activation)
    kept = frozenset(value for value in values if keep(value))
    if len(kept) == len(values):
        return environment
    if not kept:
        return None if isinstance(key, str) and frame.is_exact(key) else environment
    narrowed = dict(environment)
    narrowed[key] = kept
    return narrowed


def _doubt(frame: Frame, environment: Environment, place: object) -> Environment:
    """What a variable holds where it is none of what it may well be: hardly that, and perhaps something else."""
    values = environment.get(place)
    return (
        {**environment, place: values | {frame.machine.unknown}} if values and isinstance(place, str) else environment
    )


def _tell(frame: Frame, environment: Environment, place: object, classes: list[Value]) -> Environment:
    """What a variable or a cell holds, known to be an instance of one of the classes."""
    values = environment.get(place)
    if isinstance(place, tuple):
        if values is not None and not frame.is_narrowed(place, values):
            return environment  # what is yet to be published must stay whole
        values = values if values is not None else frame.cell_values(place)
    told = found_to_be(frame, values, classes) if values else NOTHING
    if not told or told == values:
        return environment
    narrowed = dict(environment)
    narrowed[place] = told
    if isinstance(place, tuple):
        frame.note_narrowed(place, told)
    return narrowed


def _narrow_comparison(frame: Frame, environment: Environment, test: Compare, outcome: bool) -> Environment | None:
    """`x == value`, `x is value`, `x in (value, other)`, where the value is known when the test runs."""
    operator, right = test.rest[0]
    left = test.first.target if isinstance(test.first, Walrus) else test.first
    if isinstance(right, Name) and not isinstance(left, Name) and operator in EQUALITY:
        left, right = right, left
    place = _place(frame, environment, left)
    if operator not in COMPARED or place is None:
        return environment
    if isinstance(left, Name) and left.id == "__name__" and isinstance(right, Const) and right.value == "__main__":
        runs_as_main = frame.machine.runs_as_main(frame.code.module.name)
        return environment if runs_as_main is None or (runs_as_main == (operator == "==")) is outcome else None
    is_none = isinstance(right, Const) and right.value is None
    if not (is_none or any(is_decidable(value) for value in environment.get(place, ()))):
        return environment
    if not isinstance(right, (Const, Attribute, Name, Display)):
        return environment
    wanted = frame.machine.evaluate(frame, right)
    listed = right.items if isinstance(right, Display) and right.type == "set" else []
    items = [frame.machine.evaluate(frame, each) for each in listed if not isinstance(each, Star)]
    positive = (operator in POSITIVE) is outcome

    def keep(value: Value) -> bool:
        if operator in ("in", "not in"):
            known = (
                is_one_of(frame, value, items)
                if items and len(items) == len(listed)
                else are_among(frame, value, wanted)
            )
            return known is not (not positive)
        if len(wanted) != 1:
            return True
        return are_equal(frame, value, *wanted, same_type=operator in ("is", "is not")) is not (not positive)

    return _filter(frame, environment, place, keep)


def _narrow_call(frame: Frame, environment: Environment, test: Call, outcome: bool) -> Environment | None:
    """`isinstance(x, C)`, a function that only asks that, `callable(x)` and `inspect.isclass(x)`."""
    if isinstance(test.function, Attribute) and test.function.name in ("startswith", "endswith"):
        return _narrow_text(frame, environment, test, test.function, outcome)
    subject = test.arguments[0] if test.arguments else None
    subject = subject.target if isinstance(subject, Walrus) else subject
    if not isinstance(subject, (Name, Attribute)):
        return environment
    place = _place(frame, environment, subject)
    if isinstance(test.function, Attribute) and test.function.name == "isclass":
        return _filter(frame, environment, place, lambda value: _is_class(value) is not (not outcome))
    if last_name(test.function) in _ASKING_FOR_COROUTINES:  # what a coroutine gives stands for it
        return _doubt(frame, environment, place) if outcome else environment
    if not isinstance(test.function, Name):
        return environment
    if test.function.id == "issubclass" and len(test.arguments) == 2:
        above = classes_of(frame, frame.machine.evaluate(frame, test.arguments[1]))
        if above is None:
            return environment
        return _filter(frame, environment, place, lambda value: is_subclass(frame, value, above) is not (not outcome))
    is_own = test.function.id == "isinstance" and len(test.arguments) == 2
    asked = frame.machine.evaluate(frame, test.arguments[1]) if is_own else classes_asked_by(frame, test)
    if asked is not None:
        classes = classes_of(frame, asked)
        if classes is None:
            return environment
        kept = _filter(frame, environment, place, lambda value: is_instance(frame, value, classes) is not (not outcome))
        if kept is None or outcome:
            return _tell(frame, kept, place, classes) if kept is not None else None
        return _doubt(frame, kept, place) if any(says_itself(frame, each) for each in classes) else kept
    if test.function.id == "callable" and not frame.load("callable") - frame.machine.only(
        External, "<builtin>.callable"
    ):
        return _filter(frame, environment, place, lambda value: _is_callable(value) is not (not outcome))
    return environment


def _narrow_text(
    frame: Frame, environment: Environment, test: Call, method: Attribute, outcome: bool
) -> Environment | None:
    """`name.startswith("on_")`: constants may be told apart, and of any other text its beginning is known."""
    argument = test.arguments[0] if len(test.arguments) == 1 else None
    if not isinstance(argument, Const) or not isinstance(argument.value, str) or not isinstance(method.value, Name):
        return environment
    part, name = argument.value, method.value.id
    narrowed = _filter(frame, environment, name, lambda value: _has_part(value, method.name, part) is not (not outcome))
    values = narrowed.get(name, NOTHING) if narrowed is not None else NOTHING
    if narrowed is None or not outcome or not part or not any(map(_is_any_text, values)):
        return narrowed
    ends = (part, "") if method.name == "startswith" else ("", part)
    known = frame.machine.only(Pattern, *ends)
    return {**narrowed, name: known | frozenset(value for value in values if not _is_any_text(value))}


def _has_part(value: Value, method: str, part: str) -> bool | None:
    if not isinstance(value, Constant) or not isinstance(value.value, str):
        return None
    return value.value.startswith(part) if method == "startswith" else value.value.endswith(part)


def _is_any_text(value: Value) -> bool:
    return isinstance(value, Unknown) or (isinstance(value, ExternalInstance) and value.path == "<builtin>.str")


def _is_class(value: Value) -> bool | None:
    if isinstance(value, Class):
        return True
    if isinstance(value, (Function, Bound, Constant, Container, Descriptor, Generator, Module, Pattern)):
        return False
    if isinstance(value, Instance) and not value.open:
        makes_classes = any(base.lower().endswith(("type", "meta")) for base in value.info.outside)
        return None if makes_classes or value.info.unknown_base else False
    return None


def _is_callable(value: Value) -> bool | None:
    if isinstance(value, (Function, Bound, Class)):
        return True
    if isinstance(value, (Constant, Container, Generator, Module, Pattern)):
        return False
    if isinstance(value, Descriptor):
        return False if value.type in ("property", "cached_property") else None
    if isinstance(value, Instance):
        return _is_callable_instance(value)
    return None


def _is_callable_instance(value: Instance) -> bool | None:
    if any("__call__" in info.names for info in value.info.classes):
        return True
    is_known = value.info.order and not value.open and not value.info.unknown_base and not any(value.info.outside)
    return False if is_known else None
