"""Whether what an expression stands for at a place is known for sure, and not by way of joined contexts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssot_lint.callgraph.activation import Activation, CallRecord
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.code import GLOBAL, Code
from ssot_lint.callgraph.graph import Node, Reach
from ssot_lint.callgraph.values import NOTHING, Class, Instance, Value, Values
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.scopes import is_looped_over
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.checks.turns import calls_in_turn
from ssot_lint.facts.model import (
    Attribute,
    Call,
    Conditional,
    Define,
    DefineClass,
    Expression,
    If,
    Import,
    ImportFrom,
    Name,
    Statement,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site

_DEFINING = (Define, DefineClass, Import, ImportFrom)


def is_known(start: Start, place: Reached, expression: Expression) -> bool:
    """Whether what an expression stands for is known.

    A global or a definition, or what hangs on one, is; anything else is where no call on the way goes to one of
    several, all was analysed to the end, each method around has a receiver of its own class, and no test that the start
    may not get past may be one of what the value is.
    """
    if _hangs_on_a_definition(start.context.surroundings, place, expression):
        return True
    if place.reach is None and _is_passed(place, _root(expression)):
        return False
    if rests_on_a_choice(place.reach, start.context.surroundings):
        return False
    if _is_partial(place.node) or start.is_doubtful(place):
        return False
    return all(map(_has_own_receiver, _around(place.node.activation)))


def _is_passed(place: Reached, expression: Expression) -> bool:
    """Whether callers pass it: who they are is not known of code to which nothing leads."""
    code = place.node.activation.code
    return isinstance(expression, Name) and expression.id in code.parameters and own_class(place, expression) is None


def may_hang_together(surroundings: Surroundings, place: Reached, called: Expression) -> bool:
    """Whether what a variable holds that is called may decide, too, on whether it is called.

    So it may where an `if` that does not ask for the variable stands between the call and what binds that, as in
    `if self.construct: found = found()`.
    """
    code = place.node.activation.code
    if not isinstance(called, Name) or _is_defined(surroundings, place, called.id):
        return False
    inner: object = None
    for step in surroundings.of(place.site):
        block = getattr(step.node, step.field, None)
        for each in nested(block) if isinstance(block, list) and inner is not None else ():
            if each is inner:
                break
            if called.id in names_bound(code.module.facts, each):
                return False
        if isinstance(step.node, If) and step.field != "test":
            return not any(isinstance(each, Name) and each.id == called.id for each in walk(step.node.test))
        inner = step.node
    return False


def asks_for_receiver(surroundings: Surroundings, site: Site) -> bool:
    """Whether a test around the call of a method asks the object: `if not plugin.parses: plugin.f()`."""
    called = surroundings.node(site)
    receiver = called.function.value if isinstance(called, Call) and isinstance(called.function, Attribute) else None
    return isinstance(receiver, Name) and any(
        isinstance(each, Attribute) and isinstance(each.value, Name) and each.value.id == receiver.id
        for step in surroundings.of(site)
        if isinstance(step.node, (If, Conditional)) and step.field != "test"
        for each in walk(step.node.test)
    )


def is_made_here(place: Reached, value: Value) -> bool:
    """Whether an instance is one that this very run of the function has made."""
    key = value.key if isinstance(value, Instance) else None
    return isinstance(key, tuple) and key[-1] is place.node.activation


def own_class(place: Reached, expression: Expression) -> ClassInfo | None:
    """The class that the expression, `self` or `cls`, stands for or derives from."""
    function = place.node.activation.function
    if function is None or function.owner is None or not isinstance(expression, Name):
        return None
    code = function.code
    is_first = code.parameters[:1] == (expression.id,) and expression.id not in rebound(code)
    if is_first and is_mixed_in(place, expression):
        return None
    receivers = place.node.activation.binding.get(expression.id, NOTHING) if is_first else NOTHING
    # That a class came to where a method has `self` is what joined contexts of a decorator's wrapper say.
    kinds = (Instance,) if expression.id == "self" else (Instance, Class)
    is_own = bool(receivers) and all(isinstance(each, kinds) for each in receivers)
    return function.owner if is_own and _has_own_receiver(place.node.activation) else None


def is_mixed_in(place: Reached, expression: Expression) -> bool:
    """Whether it is the first parameter of a method that is no instance of the class, or not of it alone.

    An annotation asks for what other classes are to bring; an enumeration's hook gets a name.
    """
    function = place.node.activation.function
    if function is None or function.owner is None or not isinstance(expression, Name):
        return False
    scope = function.code.scope
    is_hook = scope.name == "_generate_next_value_"
    return any(each.name == expression.id and (each.annotation or is_hook) for each in scope.parameters[:1])


def has_one_meaning(place: Reached, expression: Expression) -> bool:
    """Whether `self.name` or `super().name` is the same definition in its class and in all below it."""
    if not isinstance(expression, Attribute):
        return False
    function = place.node.activation.function
    if isinstance(expression.value, Call) and _is_super(expression.value):
        owner, after = function.owner if function is not None else None, True
    else:
        owner, after = own_class(place, expression.value), False
    return owner is not None and is_the_same_below(owner, expression.name, owner if after else None)


def is_the_same_below(info: ClassInfo, name: str, after: ClassInfo | None = None) -> bool:
    """Whether an attribute of a class (after another one in its order) is the same definition in all below it."""
    found = {_definer(each, name, after) for each in (info, *info.all_subclasses())}
    return len(found) == 1 and None not in found


def _is_super(call: Call) -> bool:
    return isinstance(call.function, Name) and call.function.id == "super" and not call.arguments


def _definer(info: ClassInfo, name: str, after: ClassInfo | None) -> ClassInfo | None:
    """The class whose attribute that is; None where it may come from outside the project."""
    started = after is None
    for ancestor in info.order:
        if not started:
            started = ancestor is after
        elif isinstance(ancestor, str) or ancestor.unknown_base:
            return None
        elif name in ancestor.names:
            return ancestor
    return None


def rests_on_a_choice(reach: Reach | None, surroundings: Surroundings | None = None) -> bool:
    """Whether a call on the way there goes to one of several, of which the run may take another.

    What was not analysed to the end may go to others too. With the surroundings, a loop over what is called takes them
    all.
    """
    while reach is not None and reach.parent is not None and reach.call is not None:
        (parent, half), call = reach.parent, reach.call
        here = [each.callee for each in parent.calls if (each.at, each.half, each.kind) == (call.at, half, call.kind)]
        has_several = call.certainty != "certain" and len(set(here)) > 1
        chosen = has_several or len({frozenset(map(_origin, _receiver(each))) for each in here}) > 1
        is_open = _is_partial(parent) and not _is_named(surroundings, Reached(parent, call.at, half), call)
        if is_open or (chosen and not _takes_all(here, surroundings, parent, half, call)):
            return True
        reach = parent.reach[half]
    return False


def _is_named(surroundings: Surroundings | None, place: Reached, call: CallRecord) -> bool:
    """Whether a call, or an import, goes to what the code names there, whatever is known of values."""
    written = surroundings.node(Site(call.module, call.at)) if surroundings is not None else None
    if surroundings is None or not isinstance(written, Call):
        return call.kind == "import"
    return call.kind == "call" and _hangs_on_a_definition(surroundings, place, written.function)


def _takes_all(
    callees: Iterable[Activation | None], surroundings: Surroundings | None, node: Node, half: int, call: CallRecord
) -> bool:
    if surroundings is None or not calls_in_turn(surroundings, node, half, Site(call.module, call.at)):
        return False
    return not any(isinstance(value, Instance) and value.open for each in callees for value in _receiver(each))


def _is_partial(node: Node) -> bool:
    """Whether the analysis broke off what the node does, or what it calls; a task that it leaves running is none."""
    activation = node.activation
    callees = (call.callee for call in node.calls if call.callee is not None)
    return activation.unsettled or any(each.unsettled and each.stage <= activation.stage for each in callees)


def _origin(value: Value) -> object:
    """What an instance is: where it is made, whoever makes it there."""
    if isinstance(value, Instance) and isinstance(value.key, tuple) and isinstance(value.key[-1], Activation):
        return (value.info, *value.key[:-1])
    return value


def _receiver(callee: Activation | None) -> Values:
    """What `self` is in a method, nothing in another function."""
    is_method = callee is not None and callee.function is not None and callee.function.owner is not None
    return next(iter(callee.binding.values()), NOTHING) if callee is not None and is_method else NOTHING


def _root(expression: Expression) -> Expression:
    """What the attributes hang on."""
    while isinstance(expression, Attribute):
        expression = expression.value
    return expression


def _hangs_on_a_definition(surroundings: Surroundings, place: Reached, expression: Expression) -> bool:
    """Whether it is a global or a definition, or what hangs on one."""
    root = _root(expression)
    return isinstance(root, Name) and _is_defined(surroundings, place, root.id)


def _is_defined(surroundings: Surroundings, place: Reached, name: str) -> bool:
    """Whether a name is a global, or one that only definitions and imports of the functions around bind."""
    code = place.node.activation.code
    if is_looped_over(surroundings, place.site, name):
        return False
    index = code.index if name in code.bound else code.owner_of(name)
    if index in (GLOBAL, 0):
        return True
    holder = code.module.code(index)
    if name in holder.parameters:
        return False
    binding = [each for each in nested(holder.scope.body) if name in names_bound(code.module.facts, each)]
    if len(binding) > 1:  # imports of the same in several branches
        return len({_source(each, name) for each in binding}) == 1 and isinstance(binding[0], ImportFrom)
    return len(binding) == 1 and isinstance(binding[0], _DEFINING)


def _source(statement: Statement, name: str) -> object:
    """What an import takes under a name, and from where; another statement is its own."""
    if not isinstance(statement, ImportFrom):
        return id(statement)
    return (
        statement.level,
        statement.module,
        *(taken for taken, alias, _ in statement.names if (alias or taken) == name),
    )


def rebound(code: Code) -> set[str]:
    """The names that a function binds beside its parameters."""
    return {name for statement in nested(code.scope.body) for name in names_bound(code.module.facts, statement)}


def _around(activation: Activation) -> Iterator[Activation]:
    """An activation and those that its free variables live in."""
    current: Activation | None = activation
    while current is not None:
        yield current
        current = current.closure


def _has_own_receiver(activation: Activation) -> bool:
    function = activation.function
    if function is None or function.owner is None or not function.code.parameters:
        return True
    receivers = activation.binding.get(function.code.parameters[0], NOTHING)
    return all(value.info.derives_from(function.owner) for value in receivers if isinstance(value, (Instance, Class)))
