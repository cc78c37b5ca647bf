"""Definitions: functions and classes come into being, and their decorators are applied."""

from __future__ import annotations

from ssot_lint.callgraph.activation import Made
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.classes import ClassInfo, refusal, resolution_order
from ssot_lint.callgraph.containers import set_item
from ssot_lint.callgraph.enumerations import make_members
from ssot_lint.callgraph.expressions import evaluate
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.interception import METHOD
from ssot_lint.callgraph.lookup import find, is_enum
from ssot_lint.callgraph.nothing import note_none
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
    Instance,
    Value,
    Values,
    ordered,
)
from ssot_lint.facts import model

NAMESPACE = "<namespace>"
IMPLICIT = {"__new__": "staticmethod", "__init_subclass__": "classmethod", "__class_getitem__": "classmethod"}


_GENERIC = frozenset(("typing.Generic", "typing_extensions.Generic"))


def make_function(frame: Frame, scope: int) -> Function:
    """The value of a `def` or `lambda`: its code, the variables around it, its defaults."""
    machine = frame.machine
    code = machine.module_code(frame.code.module.name).code(scope)
    closure = frame.activation if code.needs_closure() else None
    function = machine.make(Function, code, closure, frame.namespace)
    machine.functions[function] = None
    for parameter in code.scope.parameters:
        if parameter.default is not None:
            machine.set_default(function, parameter.name, evaluate(frame, parameter.default))
        if parameter.annotation is not None:
            run_annotation(frame, parameter.annotation)
    return function


def run_annotation(frame: Frame, annotation: model.Expression) -> None:
    """Calls inside an annotation happen when it is evaluated: `Annotated[User, Depends(current_user)]`."""
    if isinstance(annotation, model.Call):
        evaluate(frame, annotation)
    elif isinstance(annotation, model.Index):
        parts = annotation.key.items if isinstance(annotation.key, model.Display) else [annotation.key]
        for part in parts:
            run_annotation(frame, part)


def define_function(frame: Frame, node: model.Define) -> None:
    """`def`: the function, through its decorators, is bound to its name."""
    decorators = [(evaluate(frame, expression), at) for expression, at in node.decorators]
    function = make_function(frame, node.scope)
    name = function.code.scope.name
    value: Value = function
    if frame.namespace is not None and name in IMPLICIT:
        value = frame.machine.make(Descriptor, IMPLICIT[name], function, None, None)
        if name == "__init_subclass__":
            value = function
    frame.store(name, decorate(frame, frozenset((value,)), decorators))


def decorate(frame: Frame, values: Values, decorators: list[tuple[Values, int]]) -> Values:
    """Applies decorators, the innermost first. One of which nothing is known is taken to give back what it gets."""
    for decorator, at in reversed(decorators):
        result = frame.machine.call(frame, decorator, Arguments((values,)), at, "decorator")
        if result and not all(_is_unknown(frame, value, decorator) for value in result):
            values = result
    return values


def _is_unknown(frame: Frame, value: Value, decorator: Values) -> bool:
    """Whether nothing is known of what a decorator gives back: no model says what something outside is."""
    if not isinstance(value, ExternalInstance):
        return value is frame.machine.unknown
    outside = [each for each in decorator if isinstance(each, (External, ExternalInstance))]
    return not outside or any(frame.machine.models.canonical(each.path) == value.path for each in outside)


def define_class(frame: Frame, node: model.DefineClass) -> None:
    """`class`: bases, the body, what the metaclass and the bases do with a new class, then the decorators."""
    machine = frame.machine
    decorators = [(evaluate(frame, expression), at) for expression, at in node.decorators]
    bases = [evaluate(frame, base) for base in node.bases]
    for base, values in zip(node.bases, bases, strict=True):
        if isinstance(base, model.Name):
            note_none(frame, base, values, base.at, "__mro_entries__")
    keywords = {name: evaluate(frame, value) for name, value in node.keywords if name is not None}
    code = machine.module_code(frame.code.module.name).code(node.scope)
    info = machine.hierarchy.class_info(code, frame.activation)
    _place(frame, info, [values for at, values in enumerate(bases) if not _steps_back(node.bases, at, values)])
    _run_body(frame, info)
    info.metaclasses = _metaclasses(info, keywords.pop("metaclass", NOTHING))
    info.decorators = machine.interner.share(frozenset(_paths(frame, node, decorators)))
    for index, (values, _) in enumerate(decorators):
        if len(values) == 1 and isinstance(function := next(iter(values)), Function):
            info.decorated_by[index] = function.code
    if keywords or info.decorators or len(info.order) > 1:
        given = machine.interner.share(frozenset(keywords))
        frame.activation.made[Made(node.at, frame.half, info, 0, given)] = None
    value = machine.only(Class, info)
    _announce(frame, info, value, keywords, node.at)
    machine.models.defined(frame, info, node.at)
    frame.store(code.scope.name, decorate(frame, value, decorators))


def _steps_back(bases: list[model.Expression], at: int, values: Values) -> bool:
    """Whether it is a `Generic[…]` before another base in brackets, which then is generic enough (PEP 560)."""
    is_generic = any(isinstance(value, External) and value.path in _GENERIC for value in values)
    return is_generic and any(isinstance(each, model.Index) for each in bases[at + 1 :])


def _place(frame: Frame, info: ClassInfo, bases: list[Values]) -> None:
    """Puts the class below its bases; whoever looked into it before looks again."""
    order = resolution_order(info, bases)
    own = frame.machine.make(Class, info)
    info.refusal = refusal(bases)
    # A class that takes the place of its own base, `html.Parser = Parser`, was made before it did.
    info.unknown_base = not all(
        values and all(isinstance(value, (Class, External)) and value is not own for value in values)
        for values in bases
    )
    if order == info.order:
        return
    info.order = order
    for ancestor in order[1:]:
        if isinstance(ancestor, ClassInfo):
            ancestor.subclasses[info] = None
    frame.machine.hierarchy.placed(info)


def _run_body(frame: Frame, info: ClassInfo) -> None:
    machine = frame.machine
    body = Frame(machine, frame.activation, info.code, around=frame, namespace=info)
    machine.run(body, machine.body(info.code))
    frame.half = body.half
    body.publish()
    known = len(info.names)
    if METHOD in body.environment:
        machine.hierarchy.intercepting.add(info)
    for name, values in body.environment.items():
        if isinstance(name, str):
            info.names[name] = None
            machine.heap.write(("class", info, name), values, frame.activation)
    if len(info.names) != known:
        machine.hierarchy.look_again(info)


def _metaclasses(info: ClassInfo, given: Values) -> Values:
    inherited = [base.metaclasses for base in list(info.classes)[1:] if base.metaclasses]
    return given or (inherited[0] if inherited else NOTHING)


def _paths(frame: Frame, node: model.DefineClass, decorators: list[tuple[Values, int]]) -> list[str]:
    """The import paths of a class's decorators from outside, of `@dataclass(frozen=True)` that of `dataclass`.

    One that is told to write no `__init__` is left out: that is all that the analysis asks it for.
    """
    calls = [each for each, _ in node.decorators if isinstance(each, model.Call)]
    called = [each.function for each in calls if not any(map(_is_without_init, each.keywords))]
    named = [evaluate(frame, each) for each in called if isinstance(each, (model.Name, model.Attribute))]
    paths = []
    for values in (*named, *(values for values, _ in decorators)):
        for value in ordered(values):
            if isinstance(value, (External, ExternalInstance)):
                paths.append(value.path)
    return paths


def _is_without_init(keyword: tuple[str | None, model.Expression]) -> bool:
    name, value = keyword
    return name == "init" and isinstance(value, model.Const) and value.value is False


def make_class(
    frame: Frame, name: str, bases: list[Values], attributes: dict[str, Values], at: int, metaclass: Values = NOTHING
) -> Values:
    """`type(name, bases, attributes)`, or the same call of a metaclass: a class without a body."""
    machine = frame.machine
    info = machine.hierarchy.class_info(frame.code, frame.activation, at, name)
    _place(frame, info, bases)
    info.dynamic = info.unknown_base = True
    info.metaclasses = _metaclasses(info, metaclass)
    for attribute, values in attributes.items():
        machine.heap.write(("class", info, attribute), values, frame.activation)
    if not attributes.keys() <= info.names.keys():
        info.names.update(dict.fromkeys(attributes))
        machine.hierarchy.look_again(info)
    value = machine.only(Class, info)
    _announce(frame, info, value, {}, at)
    return value


def _announce(frame: Frame, info: ClassInfo, value: Values, keywords: dict[str, Values], at: int) -> None:
    """What Python calls when a class comes into being (data model 3.3.3): metaclass, `__set_name__`, the bases."""
    for metaclass in ordered(info.metaclasses):
        if isinstance(metaclass, Class):
            _make_by(frame, metaclass, info, keywords, at)
    _name_attributes(frame, info, value, at)
    if is_enum(info):
        make_members(frame, info, at)
    owner, hooks = find(frame, info, "__init_subclass__", after=info)
    for hook in ordered(hooks) if owner is not None else ():
        function = hook.getter if isinstance(hook, Descriptor) else hook
        bound = frozenset(frame.machine.make(Bound, function, each) for each in value)
        frame.machine.call(frame, bound, Arguments((), keywords), at, "class")


def _make_by(frame: Frame, metaclass: Class, info: ClassInfo, keywords: dict[str, Values], at: int) -> None:
    """The metaclass's `__new__` and `__init__`, as far as the project defines them."""
    machine = frame.machine
    unknown = frozenset((machine.unknown,))
    arguments = Arguments(
        (machine.only(Constant, info.symbol.rpartition(".")[2]), unknown, _namespace(frame, info)), keywords
    )
    for method in ("__prepare__", "__new__", "__init__"):
        owner, found = find(frame, metaclass.info, method)
        receiver = machine.only(Class, info) if method == "__init__" else frozenset((metaclass,))
        for each in ordered(found) if owner is not None else ():
            function = each.getter if isinstance(each, Descriptor) else each
            given = arguments if method != "__prepare__" else arguments._replace(positional=arguments.positional[:2])
            machine.call(frame, frozenset((function,)), given.prepend(receiver), at, "class")


def _namespace(frame: Frame, info: ClassInfo) -> Values:
    """The dict that a metaclass is given: what the body bound, and which class `type.__new__` makes of it."""
    namespace = frame.machine.make(Container, "dict", (NAMESPACE, info))
    for name in list(info.names):
        values = frame.machine.heap.read(("class", info, name), frame.activation)
        set_item(frame, namespace, frame.machine.only(Constant, name), values, strong=True)
    return frozenset((namespace,))


def _name_attributes(frame: Frame, info: ClassInfo, value: Values, at: int) -> None:
    machine = frame.machine
    for name in list(info.names):
        for each in ordered(machine.heap.read(("class", info, name), frame.activation)):
            method = machine.special(frame, each, "__set_name__") if isinstance(each, Instance) else NOTHING
            if method:
                machine.call(frame, method, Arguments((value, machine.only(Constant, name))), at, "class")
